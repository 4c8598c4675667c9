import { describe, expect, it } from "vitest";
import { boxMaximum } from "../../src/numerics/box-maximum.ts";
import { brentMaximum } from "../../src/numerics/brent-maximum.ts";
import { chebyshevMaximum } from "../../src/numerics/chebyshev-maximum.ts";
import { nelderMead } from "../../src/numerics/nelder-mead.ts";
import { randomSequence } from "../../src/numerics/random-sequence.ts";

describe("Brent's method", () => {
  it.each([
    ["sin x", Math.sin, 0, 3, Math.PI / 2],
    ["x e^−x", (x: number) => x * Math.exp(-x), 0, 5, 1],
    ["−|x − 0.3|, which no parabola fits", (x: number) => -Math.abs(x - 0.3), 0, 1, 0.3],
    ["rising to its end", (x: number) => x, 0, 2, 2],
  ])("finds the maximum of %s", (_, f, from, to, exact) => {
    let count = 0;
    const counted = (x: number) => {
      count++;
      return f(x);
    };
    const point = (at: number) => ({ at, value: f(at) });
    const start = exact === to ? to : (from + to) / 3;
    const found = brentMaximum(counted, point(from), point(to), point(start));
    expect(Math.abs(found.at - exact)).toBeLessThan(3e-7);
    expect(count).toBeLessThan(60);
  });
});

describe("the maximum by Chebyshev interpolation", () => {
  const EPSILON = 5e-12;
  const next = randomSequence(7);
  const rough = (x: number) => Math.cos(x - 0.371) * Math.exp(-x / 3) + EPSILON * (2 * next() - 1);
  // tan(x − a) = −1/3
  const exact = 0.371 - Math.atan(1 / 3);
  const point = (at: number) => ({ at, value: rough(at) });

  it("is known to ε, where values alone leave it uncertain by √ε", () => {
    const [from, middle, to] = [-0.5, 0, 0.5].map(point);
    const found = chebyshevMaximum(rough, from!.at, to!.at, [from!, middle!, to!])!;
    expect(Math.abs(found.at - exact)).toBeLessThan(2e-9);
    const brent = Array.from({ length: 5 }, () => brentMaximum(rough, from!, to!, middle!).at - exact);
    expect(Math.max(...brent.map(Math.abs))).toBeGreaterThan(1e-7);
  });

  it("computes no value that is known, and few others", () => {
    const seen: number[] = [];
    const f = (x: number) => {
      seen.push(x);
      return -((x - 0.3) ** 2);
    };
    const known = [0, 0.5, 1].map((at) => ({ at, value: f(at) }));
    seen.length = 0;
    expect(chebyshevMaximum(f, 0, 1, known)!.at).toBeCloseTo(0.3, 12);
    expect(seen).toHaveLength(7);
    expect(seen.some((x) => known.some(({ at }) => at === x))).toBe(false);
  });

  it("is exactly an end where the function rises to it", () => {
    expect(chebyshevMaximum(Math.exp, 0.1, 0.7, [])).toEqual({ at: 0.7, value: Math.exp(0.7) });
    expect(chebyshevMaximum((x) => Math.exp(-x), 0.1, 0.7, [])!.at).toBe(0.1);
  });

  it("is the highest of several", () => {
    const humps = (x: number) => -((x - 0.2) ** 2) * (x - 0.8) ** 2 + 0.01 * x;
    const at = chebyshevMaximum(humps, 0, 1, [])!.at;
    expect(at).toBeGreaterThan(0.5);
    expect(Math.abs(-2 * ((at - 0.2) * (at - 0.8) ** 2 + (at - 0.2) ** 2 * (at - 0.8)) + 0.01)).toBeLessThan(
      1e-9,
    );
  });

  it.each([
    ["a kink", (x: number) => -Math.abs(x - 0.3)],
    ["a step", (x: number) => -((x - 0.3) ** 2) + (x > 0.6 ? 1e-6 : 0)],
    ["a gap", (x: number) => (x > 0.9 ? Number.NEGATIVE_INFINITY : -((x - 0.3) ** 2))],
  ])("is none of a function with %s", (_, f) => {
    expect(chebyshevMaximum(f, 0, 1, [])).toBeUndefined();
  });
});

const rosenbrock = (x: readonly number[]): number =>
  -x.slice(1).reduce((sum, b, k) => sum + 100 * (b - x[k]! ** 2) ** 2 + (1 - x[k]!) ** 2, 0);

describe("Nelder and Mead's simplex", () => {
  it("climbs Rosenbrock's ridge", () => {
    // the unit cube stands for [−2, 2]²
    const scaled = (at: readonly number[]) => rosenbrock(at.map((x) => 4 * x - 2));
    const start = [0.2, 0.75];
    const { at, value } = nelderMead(scaled, { at: start, value: scaled(start) });
    expect(at.map((x) => 4 * x - 2).map((x) => Math.abs(x - 1) < 1e-6)).toEqual([true, true]);
    expect(value).toBeGreaterThan(-1e-12);
  });
});

describe("the maximum over a box", () => {
  it.each([2, 3, 4])("of Rosenbrock's function in %i dimensions is where all coordinates are 1", (n) => {
    const scaled = (at: readonly number[]) => rosenbrock(at.map((x) => 4 * x - 2));
    const { best, isSettled } = boxMaximum(scaled, n)!;
    expect(best!.value).toBeGreaterThan(-1e-8);
    expect(isSettled).toBe(true);
  });

  it("is on the surface where the function rises to it, exactly", () => {
    const { best } = boxMaximum(([x, y]) => x! - (y! - 0.5) ** 2, 2)!;
    expect(best!.at[0]).toBe(1);
    expect(best!.at[1]).toBeCloseTo(0.5, 6);
  });

  it("is none where the function has no value", () => {
    expect(boxMaximum(() => Number.NEGATIVE_INFINITY, 1)).toBeUndefined();
    expect(boxMaximum(() => Number.NEGATIVE_INFINITY, 3)).toBeUndefined();
  });

  it("is looked for besides poles, which are found", () => {
    const pole = (x: number, at: number) => 1e-3 / Math.abs(x - at);
    const hump = ([x]: readonly number[]) => 1 - (x! - 0.3) ** 2 + pole(x!, 0.8123);
    const found = boxMaximum(hump, 1)!;
    expect(found.poles).toHaveLength(1);
    expect(Math.abs(found.poles[0]! - 0.8123)).toBeLessThan(1e-7);
    // of 1 − (x − a)² + c/(b − x) the top is where 2(x − a)(b − x)² = c
    const x = found.best!.at[0]!;
    expect(Math.abs(2 * (x - 0.3) * (0.8123 - x) ** 2 - 1e-3)).toBeLessThan(1e-6);
    expect(boxMaximum(([y]) => pole(y!, 0.4), 1)).toMatchObject({ poles: [expect.closeTo(0.4, 7)] });
    // sharp, but a maximum
    expect(boxMaximum(([y]) => 1 / (1e-4 + (y! - 0.41) ** 2), 1)!.poles).toEqual([]);
  });

  it("is not settled where a needle nearby is higher", () => {
    const needle = ([x]: readonly number[]) => (Math.abs(x! - 0.51) < 1e-9 ? 2 : 1 - (x! - 0.5) ** 2);
    expect(boxMaximum(needle, 1)!.isSettled).toBe(false);
  });
});

describe("random sequences", () => {
  it("are uniform: mean, variance and neighbours as they should be, for several seeds", () => {
    for (const seed of [0, 1, 2, 123456789]) {
      const next = randomSequence(seed);
      const n = 20_000;
      const values = Array.from({ length: n }, next);
      const mean = values.reduce((a, x) => a + x / n, 0);
      const variance = values.reduce((a, x) => a + (x - mean) ** 2 / n, 0);
      const covariance = values.reduce(
        (a, x, k) => a + ((x - mean) * (values[k - 1] ?? mean) - mean * (x - mean)) / n,
        0,
      );
      // five standard deviations of each
      expect(Math.abs(mean - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / n));
      expect(Math.abs(variance - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / n));
      expect(Math.abs(covariance)).toBeLessThan((5 / 12) * Math.sqrt(1 / n));
    }
  });
});
