import { describe, expect, it } from "vitest";
import {
  type Complex,
  ERROR_CONSTANT,
  INSIDE_CONSTANT,
  POLES,
  type RationalPole,
  weightsAt,
} from "../../src/numerics/rational-step.ts";

const plus = (a: Complex, b: Complex): Complex => [a[0] + b[0], a[1] + b[1]];
const minus = (a: Complex, b: Complex): Complex => [a[0] - b[0], a[1] - b[1]];
const times = (a: Complex, b: Complex): Complex => [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
const over = (a: Complex, b: Complex): Complex => {
  const square = b[0] ** 2 + b[1] ** 2;
  return [(a[0] * b[0] + a[1] * b[1]) / square, (a[1] * b[0] - a[0] * b[1]) / square];
};
const modulus = (a: Complex) => Math.hypot(a[0], a[1]);
const exp = (z: Complex): Complex => [Math.exp(z[0]) * Math.cos(z[1]), Math.exp(z[0]) * Math.sin(z[1])];
const power = (z: Complex, n: number): Complex => (n === 0 ? [1, 0] : times(z, power(z, n - 1)));
const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));

/** Σ coefficient_j z/(z − pole_j) over the poles and their conjugates. */
function fractions(z: Complex, coefficients: readonly Complex[]): Complex {
  return POLES.reduce<Complex>(
    (sum, { pole }, j) => {
      const [re, im] = coefficients[j]!;
      const upper = over(times([re, im], z), minus(z, pole));
      const lower = over(times([re, -im], z), minus(z, [pole[0], -pole[1]]));
      return plus(sum, plus(upper, lower));
    },
    [0, 0],
  );
}

const of = (field: keyof RationalPole) => POLES.map((p) => p[field]);
const sumOf = (z: Complex, coefficients: readonly number[]): Complex =>
  coefficients.reduceRight<Complex>((v, c) => plus(times(v, z), [c, 0]), [0, 0]);
const Q = (z: Complex) =>
  sumOf(
    z,
    Array.from(
      { length: 9 },
      (_, j) =>
        ((-1) ** j * factorial(15 - j) * factorial(8)) / (factorial(15) * factorial(j) * factorial(8 - j)),
    ),
  );
const P = (z: Complex) =>
  sumOf(
    z,
    Array.from(
      { length: 8 },
      (_, j) => (factorial(15 - j) * factorial(7)) / (factorial(15) * factorial(j) * factorial(7 - j)),
    ),
  );

const POINTS: readonly Complex[] = [
  [-0.1, 0],
  [0, 1.5],
  [-2, 1],
  [-8, 3],
  [0, 12],
  [-50, 20],
  [-1e4, 1e3],
];

describe("the rational step", () => {
  it("is the Padé approximant 7/8, in partial fractions, with its companions", () => {
    for (const z of POINTS) {
      const r = plus([1, 0], fractions(z, of("weight")));
      expect(modulus(minus(r, over(P(z), Q(z))))).toBeLessThan(2e-12);
      const top = over(power(z, 8), Q(z));
      expect(modulus(minus(fractions(z, of("top")), top))).toBeLessThan(2e-5 + 1e-13 * modulus(top));
      const side = over(times(z, power([1 - z[0] / 10, -z[1] / 10], 7)), Q(z));
      expect(modulus(minus(fractions(z, of("side")), side))).toBeLessThan(1e-12 + 1e-12 * modulus(side));
    }
    for (const { pole } of POLES) expect(modulus(Q(pole))).toBeLessThan(1e-12);
  });

  it("is L-stable and as exact as its constant says", () => {
    for (let k = 0; k < 200; k++) {
      const z: Complex = [-(k % 10) * 0.3, 0.05 * k];
      const r = over(P(z), Q(z));
      const error = modulus(minus(r, exp(z)));
      expect(modulus(r)).toBeLessThan(1 + 1e-15);
      const bound = (ERROR_CONSTANT * modulus(power(z, 16))) / modulus(Q(z));
      expect(error).toBeLessThan(1.000001 * bound + 1e-15);
      if (z[0] === 0 && bound < 1e-3) expect(error).toBeGreaterThan(0.5 * bound - 1e-15);
    }
    expect(modulus(plus([1, 0], fractions([-1e12, 0], of("weight"))))).toBeLessThan(1e-10);
  });

  it("has an interpolant of order 8 that ends where the step ends", () => {
    weightsAt(1).forEach((w, j) => {
      expect(modulus(minus(w, POLES[j]!.weight))).toBeLessThan(1e-9);
    });
    weightsAt(0).forEach((w) => {
      expect(modulus(w)).toBeLessThan(1e-11);
    });
    const errorAt = (theta: number, z: Complex) =>
      modulus(minus(plus([1, 0], fractions(z, weightsAt(theta))), exp([theta * z[0], theta * z[1]])));
    for (const z of [
      [0, 0.9],
      [0, 2],
      [0, 4],
      [-1, 1],
      [-3, 0],
      [-10, 0],
      [-30, 30],
      [-1000, 0],
    ] as const) {
      const side = fractions(z, of("side"));
      const estimate = INSIDE_CONSTANT * modulus(times(side, fractions(z, of("top"))));
      const error = Math.max(...Array.from({ length: 101 }, (_, k) => errorAt(k / 100, z)));
      expect(error).toBeLessThan(1.5 * estimate + 1e-12);
      expect(error).toBeGreaterThan(estimate / 4 - 1e-12);
    }
  });
});
