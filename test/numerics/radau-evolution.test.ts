import { describe, expect, it } from "vitest";
import { applyDense, denseOf } from "../../src/numerics/dense-matrix.ts";
import { matrixExponential } from "../../src/numerics/matrix-exponential.ts";
import { RADAU_EMBEDDED, RADAU_GAMMA, RADAU_NODES, RADAU_STAGES } from "../../src/numerics/radau.ts";
import { evolveRadau } from "../../src/numerics/radau-evolution.ts";
import { evolveRungeKutta } from "../../src/numerics/runge-kutta.ts";
import { multiply, type SparseMatrix } from "../../src/numerics/sparse-matrix.ts";
import { randomLindblad, traceOf } from "./lindblad.ts";
import { logarithmic } from "./rotor.ts";
import { maxDifference, randomNumbers, sparse, withValues } from "./test-matrices.ts";

const sum = (values: readonly number[]) => values.reduce((total, v) => total + v, 0);

describe("the table of Radau IIA with five stages", () => {
  const b = RADAU_STAGES[4]!;

  it("meets the simplifying conditions B(9), C(5) and D(4), from which order 9 follows", () => {
    for (let q = 1; q <= 9; q++) {
      expect(Math.abs(sum(b.map((w, j) => w * RADAU_NODES[j]! ** (q - 1))) - 1 / q)).toBeLessThan(1e-15);
    }
    for (let q = 1; q <= 5; q++) {
      RADAU_STAGES.forEach((row, i) => {
        const found = sum(row.map((a, j) => a * RADAU_NODES[j]! ** (q - 1)));
        expect(Math.abs(found - RADAU_NODES[i]! ** q / q)).toBeLessThan(1e-15);
      });
    }
    for (let q = 1; q <= 4; q++) {
      RADAU_NODES.forEach((c, j) => {
        const found = sum(RADAU_STAGES.map((row, i) => b[i]! * RADAU_NODES[i]! ** (q - 1) * row[j]!));
        expect(Math.abs(found - (b[j]! * (1 - c ** q)) / q)).toBeLessThan(1e-15);
      });
    }
  });

  it("has an embedded formula of order 5, and γ is an eigenvalue", () => {
    for (let q = 1; q <= 5; q++) {
      const found = sum(RADAU_EMBEDDED.map((w, j) => w * RADAU_NODES[j]! ** (q - 1)));
      expect(Math.abs(found + (q === 1 ? RADAU_GAMMA : 0) - 1 / q)).toBeLessThan(1e-15);
    }
    const shifted = RADAU_STAGES.map((row, i) => row.map((a, j) => (i === j ? a - RADAU_GAMMA : a)));
    expect(Math.abs(determinant(shifted))).toBeLessThan(1e-17);
  });
});

function determinant(rows: number[][]): number {
  if (rows.length === 1) return rows[0]![0]!;
  return sum(
    rows[0]!.map((a, j) => {
      const minor = rows.slice(1).map((row) => row.filter((_, k) => k !== j));
      return (j % 2 === 0 ? 1 : -1) * a * determinant(minor);
    }),
  );
}

/** Two levels with rates that are switched on and off slowly, fast ones and slow ones: p₁ follows from quadrature. */
const switched =
  (fast: number) =>
  (t: number): SparseMatrix => {
    const up = fast * (1 + 0.5 * Math.sin(t));
    return sparse([
      [-up, fast],
      [up, -fast],
    ]);
  };

describe("evolveRadau", () => {
  it("agrees with the exponential where the generator is constant, and keeps the trace", () => {
    for (const d of [2, 4, 6]) {
      const L = randomLindblad(d, randomNumbers(d), 2, [1, 1e-4]);
      const start = new Float64Array(d * d);
      start[0] = 1;
      const times = [0.3, 2, 7];
      const { states, outcome } = evolveRadau(() => L, start, times);
      expect(outcome).toBe("evolved");
      times.forEach((t, k) => {
        expect(maxDifference(states[k]!, applyDense(matrixExponential(denseOf(L, t)), start))).toBeLessThan(
          1e-10,
        );
        expect(Math.abs(traceOf(states[k]!, d) - 1)).toBeLessThan(1e-13);
      });
    }
  });

  it("keeps tolerances under a drive, against the explicit pair, with the slope of its estimate", () => {
    const d = 4;
    const [still, drive] = [
      randomLindblad(d, randomNumbers(1), 3, [0.3]),
      randomLindblad(d, randomNumbers(1), 5, [0.3]),
    ];
    const at = (t: number): SparseMatrix =>
      withValues(still, (value, p) => value + (drive.values[p]! - value) * Math.sin(t) ** 2);
    const start = new Float64Array(d * d);
    start[1] = 1;
    const times = Float64Array.from({ length: 23 }, (_, k) => (k + 1) / 4);
    const reference = evolveRungeKutta((t, x, out) => void multiply(at(t), x, out), start, times, {
      relative: 1e-13,
      absolute: 1e-13,
    });
    const steps: number[] = [];
    for (const tolerance of [1e-4, 1e-6, 1e-8, 1e-10]) {
      const found = evolveRadau(at, start, times, { tolerance });
      expect(found.outcome).toBe("evolved");
      found.states.forEach((x, k) => {
        expect(maxDifference(x, reference.states[k]!)).toBeLessThan(tolerance);
      });
      steps.push(found.steps);
    }
    expect(steps[3]! / steps[0]!).toBeLessThan(1.5 * 10 ** (6 / 6));
    expect(steps[3]! / steps[0]!).toBeGreaterThan(10 ** (6 / 6) / 2);
  });

  it("steps over fast decays: the work does not grow with their rates", () => {
    const start = Float64Array.of(1, 0);
    const counts = [1e3, 1e6].map((fast) => {
      const found = evolveRadau(switched(fast), start, [10], { tolerance: 1e-8 });
      // the populations follow the balance of the moment, to within 1/fast
      const expected = 1 / (2 + 0.5 * Math.sin(10));
      expect(Math.abs(found.states[0]![0]! - expected)).toBeLessThan(1 / fast);
      return found.steps;
    });
    expect(counts[1]!).toBeLessThan(1.6 * counts[0]!);
    expect(counts[0]!).toBeLessThan(150);
  });

  it("follows rates 10 … 10⁻⁵ to t = 2·10⁵", () => {
    const rates = [10, 1e-5];
    const L = sparse([
      [-10, 0, 0],
      [10, -1e-5, 0],
      [0, 1e-5, 0],
    ]);
    const times = logarithmic(1e-2, 2e5, 50);
    const { states, steps } = evolveRadau(() => L, Float64Array.of(1, 0, 0), times);
    states.forEach((x, k) => {
      const [a, b] = rates.map((rate) => Math.exp(-rate * times[k]!));
      const middle = (10 * (b! - a!)) / (10 - 1e-5);
      expect(maxDifference(x, [a!, middle, 1 - a! - middle])).toBeLessThan(1e-10);
    });
    expect(steps).toBeLessThan(250);
  });

  it("stops when told or when it must", () => {
    const L = sparse([[-1]]);
    expect(evolveRadau(() => L, Float64Array.of(1), [10], { onStep: (t) => t < 1 }).outcome).toBe(
      "cancelled",
    );
    expect(evolveRadau(() => L, Float64Array.of(1), [1e3], { maxSteps: 3 }).outcome).toBe("too-many-steps");
    const broken = (t: number) => sparse([[t > 0.5 ? Number.NaN : -1]]);
    expect(evolveRadau(broken, Float64Array.of(1), [1]).outcome).toBe("not-finite");
  });
});
