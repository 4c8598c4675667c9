import { describe, expect, it } from "vitest";
import { applyDense, denseOf } from "../../src/numerics/dense-matrix.ts";
import { ERROR_5, INTERPOLANT, NODES, STAGES, WEIGHTS_3 } from "../../src/numerics/dormand-prince.ts";
import { matrixExponential } from "../../src/numerics/matrix-exponential.ts";
import { type Derivative, evolveRungeKutta } from "../../src/numerics/runge-kutta.ts";
import { multiply } from "../../src/numerics/sparse-matrix.ts";
import { randomLindblad, traceOf } from "./lindblad.ts";
import { maxDifference, randomNumbers } from "./test-matrices.ts";

/** A rooted tree as the list of its subtrees. */
type Tree = readonly Tree[];

/** All rooted trees with up to `most` nodes, by number of nodes. */
function rootedTrees(most: number): Tree[][] {
  const bySize: Tree[][] = [[], [[]]];
  for (let size = 2; size <= most; size++) {
    const known = bySize.flatMap((trees, nodes) => trees.map((tree) => ({ tree, nodes })));
    const found: Tree[] = [];
    const extend = (from: number, left: number, subtrees: readonly Tree[]): void => {
      if (left === 0) found.push(subtrees);
      for (let k = from; k < known.length && known[k]!.nodes <= left; k++) {
        extend(k, left - known[k]!.nodes, [...subtrees, known[k]!.tree]);
      }
    };
    extend(0, size - 1, []);
    bySize.push(found);
  }
  return bySize;
}

const nodesOf = (tree: Tree): number => 1 + tree.reduce((sum, t) => sum + nodesOf(t), 0);
const densityOf = (tree: Tree): number => tree.reduce((p, t) => p * densityOf(t), nodesOf(tree));

/** Φ_i(τ), the elementary weights at each stage. */
function stageWeights(tree: Tree): number[] {
  const inner = tree.map((subtree) => {
    const below = stageWeights(subtree);
    return STAGES.map((row) => row.reduce((sum, a, j) => sum + a * below[j]!, 0));
  });
  return STAGES.map((_, i) => inner.reduce((p, values) => p * values[i]!, 1));
}

/** The largest violation of Σ b_i Φ_i(τ) = θ^|τ|/γ(τ) over all trees of one size. */
const violation = (weights: readonly number[], trees: readonly Tree[], theta = 1): number =>
  Math.max(
    ...trees.map((tree) => {
      const phi = stageWeights(tree);
      const sum = weights.reduce((s, b, i) => s + b * phi[i]!, 0);
      return Math.abs(sum - theta ** nodesOf(tree) / densityOf(tree));
    }),
  );

describe("the table of the pair 8(5,3)", () => {
  const trees = rootedTrees(9);

  it("counts the rooted trees right", () => {
    expect(trees.map((list) => list.length)).toEqual([0, 1, 1, 2, 4, 9, 20, 48, 115, 286]);
  });

  it("has nodes that are the sums of their stages, and no stage that looks ahead", () => {
    STAGES.forEach((row, i) => {
      expect(Math.abs(row.reduce((sum, a) => sum + a, 0) - NODES[i]!)).toBeLessThan(1e-13);
      expect(row.length).toBe(i);
    });
  });

  it("meets all 200 conditions of order 8 and not those of order 9", () => {
    for (let order = 1; order <= 8; order++) {
      expect(violation(STAGES[12]!, trees[order]!)).toBeLessThan(1e-14 * 4);
    }
    expect(violation(STAGES[12]!, trees[9]!)).toBeGreaterThan(1e-6);
  });

  it("has embedded formulas of orders 5 and 3", () => {
    const fifth = STAGES[12]!.map((b, i) => b - ERROR_5[i]!);
    for (const [weights, order] of [
      [fifth, 5],
      [WEIGHTS_3, 3],
    ] as const) {
      for (let k = 1; k <= order; k++) expect(violation(weights, trees[k]!)).toBeLessThan(1e-13);
      expect(violation(weights, trees[order + 1]!)).toBeGreaterThan(1e-5);
    }
  });

  it("has an interpolant of order 7 at every θ", () => {
    for (const theta of [0.1, 0.5, 0.83, 1]) {
      const weights = NODES.map((_, s) => {
        const b = STAGES[12]![s] ?? 0;
        const [first, last] = [s === 0 ? 1 : 0, s === 12 ? 1 : 0];
        const coefficients = [b, first - b, 2 * b - first - last, ...INTERPOLANT.map((row) => row[s]!)];
        return coefficients.reduceRight((sum, c, k) => (sum + c) * (k % 2 === 0 ? theta : 1 - theta), 0);
      });
      for (let order = 1; order <= 7; order++) {
        expect(violation(weights, trees[order]!, theta)).toBeLessThan(1e-11);
      }
    }
  });
});

/** Two levels driven on resonance in the frame of the drive, with decay: Bloch's equations with a pulse. */
const driven: Derivative = (t, x, out) => {
  const rabi = 2 * Math.exp(-((t - 3) ** 2));
  out[0] = -0.1 * x[0]! - 1.5 * x[1]!;
  out[1] = 1.5 * x[0]! - 0.1 * x[1]! - rabi * x[2]!;
  out[2] = rabi * x[1]! - 0.2 * (x[2]! + 1);
};

describe("evolveRungeKutta", () => {
  it("keeps tolerances over seven decades, with work that grows as order 8 says", () => {
    const f: Derivative = (t, x, out) => {
      out[0] = -x[1]! * (1 + Math.cos(t));
      out[1] = x[0]! * (1 + Math.cos(t));
    };
    const angle = (t: number) => t + Math.sin(t);
    const times = Float64Array.from({ length: 80 }, (_, k) => (k + 1) / 4);
    const steps: number[] = [];
    for (const tolerance of [1e-5, 1e-7, 1e-9, 1e-12]) {
      const found = evolveRungeKutta(f, Float64Array.of(1, 0), times, {
        relative: tolerance,
        absolute: tolerance,
      });
      expect(found.outcome).toBe("evolved");
      const error = Math.max(
        ...found.states.map((x, k) =>
          maxDifference(x, [Math.cos(angle(times[k]!)), Math.sin(angle(times[k]!))]),
        ),
      );
      expect(error).toBeLessThan(30 * tolerance);
      steps.push(found.steps);
    }
    expect(steps[3]! / steps[0]!).toBeGreaterThan(10 ** (7 / 8) / 2);
    expect(steps[3]! / steps[0]!).toBeLessThan(10 ** (7 / 8) * 1.5);
  });

  it("does not depend on where it is asked, through a pulse", () => {
    const start = Float64Array.of(0, 0, -1);
    const fine = Float64Array.from({ length: 97 }, (_, k) => k / 8);
    const inside = evolveRungeKutta(driven, start, fine);
    const whole = evolveRungeKutta(driven, start, [12], { relative: 1e-13, absolute: 1e-13 });
    expect(maxDifference(inside.states[96]!, whole.states[0]!)).toBeLessThan(1e-9);
    const half = evolveRungeKutta(driven, start, [fine[50]!], { relative: 1e-13, absolute: 1e-13 });
    expect(maxDifference(inside.states[50]!, half.states[0]!)).toBeLessThan(1e-9);
    // the pulse did something
    expect(inside.states[40]![2]!).toBeGreaterThan(-0.9);
  });

  it("agrees with the exponential for a constant generator of Lindblad form, trace and all", () => {
    for (const d of [3, 6, 14]) {
      const L = randomLindblad(d, randomNumbers(d), 2, [1, 0.01]);
      const start = new Float64Array(d * d);
      start[1] = 1;
      const f: Derivative = (_, x, out) => void multiply(L, x, out);
      const { states } = evolveRungeKutta(f, start, [0.5, 2]);
      [0.5, 2].forEach((t, k) => {
        const exact = applyDense(matrixExponential(denseOf(L, t)), start);
        expect(maxDifference(states[k]!, exact)).toBeLessThan(1e-9);
        expect(Math.abs(traceOf(states[k]!, d) - 1)).toBeLessThan(1e-13);
      });
    }
  });

  it("sees a short pulse where steps are kept short, and stops when told or when it must", () => {
    const f: Derivative = (t, _, out) => {
      out[0] = Math.exp(-(((t - 50) / 0.01) ** 2));
    };
    const found = evolveRungeKutta(f, new Float64Array(1), [100], { longestStep: 0.02 });
    expect(Math.abs(found.states[0]![0]! - 0.01 * Math.sqrt(Math.PI))).toBeLessThan(1e-9);
    const stopped = evolveRungeKutta(driven, Float64Array.of(0, 0, -1), [12], { onStep: (t) => t < 3 });
    expect(stopped.outcome).toBe("cancelled");
    expect(stopped.time).toBeLessThan(12);
    const blowUp: Derivative = (_, x, out) => {
      out[0] = x[0]! ** 2;
    };
    expect(evolveRungeKutta(blowUp, Float64Array.of(1), [2]).outcome).not.toBe("evolved");
    expect(evolveRungeKutta(driven, Float64Array.of(0, 0, -1), [1e4], { maxSteps: 10 }).outcome).toBe(
      "too-many-steps",
    );
    expect(evolveRungeKutta(driven, Float64Array.of(0, 0, -1), [0, 0]).states.length).toBe(2);
  });
});
