import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { solveRefined } from "../../src/numerics/refine.ts";
import { factorise } from "../../src/numerics/sparse-lu.ts";
import { fromTriplets, multiply, type SparseMatrix } from "../../src/numerics/sparse-matrix.ts";
import {
  maxDifference,
  naturalOrder,
  randomNumbers,
  randomSparse,
  randomVector,
  sparse,
  withValues,
} from "./test-matrices.ts";

const EPSILON = 2 ** -52;

function factors(A: SparseMatrix, threshold = 0.1) {
  const result = factorise(A, naturalOrder(A.columns), { threshold });
  if (result.kind !== "factorised") throw new Error(result.kind);
  return result.lu;
}

describe("solveRefined", () => {
  it("reaches a componentwise backward error of a few ε", () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.integer({ min: 1, max: 50 }), (seed, n) => {
        const random = randomNumbers(seed);
        const A = randomSparse(n, 3, random, 3);
        const result = solveRefined(A, factors(A), randomVector(n, random));
        // Skeel's bound after one step is about (entries in a row + 1) ε; rows have about 5.
        expect(result.componentwiseError).toBeLessThan(20 * EPSILON);
        expect(result.normwiseError).toBeLessThan(4 * EPSILON);
      }),
    );
  });

  it("repairs factors of a weak pivot order", () => {
    const random = randomNumbers(4);
    const A = randomSparse(150, 4, random, 0.01);
    const b = randomVector(150, random);
    const lu = factors(A, 1e-8);
    const errors = [0, 1, 2, 6].map((steps) => solveRefined(A, lu, b, steps).componentwiseError);
    // These factors are good to about three digits, so each step gains about as many.
    expect(errors[0]!).toBeGreaterThan(1e-6);
    expect(errors[1]!).toBeLessThan(errors[0]! / 10);
    expect(errors[2]!).toBeLessThan(errors[1]! / 10);
    expect(errors[3]!).toBeLessThan(20 * EPSILON);
  });

  it("gives up on factors that are of no use, and says so", () => {
    const random = randomNumbers(4);
    const A = randomSparse(150, 4, random, 1e-4);
    const result = solveRefined(A, factors(A, 1e-8), randomVector(150, random));
    expect(result.steps).toBe(0);
    expect(result.componentwiseError).toBeGreaterThan(0.1);
  });

  it("converges with the factors of a neighbouring matrix", () => {
    const random = randomNumbers(6);
    const A = randomSparse(80, 3, random, 8);
    const near = withValues(A, (value) => value * (1 + 1e-6 * random()));
    const x = randomVector(80, random);
    const refined = solveRefined(A, factors(near), multiply(A, x), 3);
    // Each step gains six digits, so two reach the round-off of κ ~ 10.
    expect(maxDifference(refined.x, x)).toBeLessThan(1e-13);
  });

  it("does not count rows that are round-off throughout", () => {
    // x₁ = x₂ = 0: their row has no scale of its own.
    const A = sparse([
      [1, 1, 0],
      [1, -2, 0.1],
      [0, 0, 1],
    ]);
    const result = solveRefined(A, factors(A), new Float64Array([1e-25, 0.1, 1]));
    expect(result.componentwiseError).toBeLessThan(4 * EPSILON);
  });

  it("reports the residual of an inconsistent solution as infinite", () => {
    const A = sparse([
      [1e-300, 0],
      [0, 1],
    ]);
    const lu = factors(A);
    const overflow = solveRefined(A, lu, new Float64Array([1e300, 1]));
    expect(overflow).toMatchObject({
      residual: Infinity,
      normwiseError: Infinity,
      componentwiseError: Infinity,
    });
  });

  it("solves the empty and the homogeneous system", () => {
    const empty = fromTriplets(0, 0, [], [], []);
    expect(solveRefined(empty, factors(empty), new Float64Array(0))).toEqual({
      x: new Float64Array(0),
      residual: 0,
      normwiseError: 0,
      componentwiseError: 0,
      steps: 0,
    });
    const A = sparse([[2]]);
    expect(solveRefined(A, factors(A), new Float64Array(1))).toMatchObject({
      residual: 0,
      componentwiseError: 0,
    });
  });
});
