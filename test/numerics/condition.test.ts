import fc from "fast-check";
import { inverse, Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { conditionEstimate } from "../../src/numerics/condition.ts";
import { factorise } from "../../src/numerics/sparse-lu.ts";
import { fromTriplets, norm1, type SparseMatrix } from "../../src/numerics/sparse-matrix.ts";
import { dense, naturalOrder, randomNumbers, randomSparse, sparse, withValues } from "./test-matrices.ts";

function estimate(A: SparseMatrix): number {
  const result = factorise(A, naturalOrder(A.columns));
  if (result.kind !== "factorised") throw new Error(result.kind);
  return conditionEstimate(A, result.lu);
}

const exact = (A: SparseMatrix): number =>
  norm1(A) * norm1(sparse(inverse(new Matrix(dense(A))).to2DArray()));

/** The estimate is a lower bound, and within 3 of the truth on all but contrived matrices (Higham 1988). */
const expectClose = (A: SparseMatrix) => {
  const condition = exact(A);
  // Both sides carry a relative error of about κ ε; 1e-16 κ n covers it.
  const roundOff = 1 + 1e-15 * A.columns * condition;
  expect(estimate(A)).toBeLessThanOrEqual(condition * roundOff);
  expect(estimate(A)).toBeGreaterThanOrEqual(condition / (3 * roundOff));
};

describe("conditionEstimate", () => {
  it("is within a factor 3 of the exact value, from below", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 25 }), (seed, n) => {
        expectClose(randomSparse(n, 3, randomNumbers(seed), 1.5));
      }),
      { seed: 1 },
    );
  });

  it("sees bad scaling and nearness to singularity", () => {
    const random = randomNumbers(2);
    const A = randomSparse(20, 3, random);
    expectClose(withValues(A, (value, p) => value * 10 ** ((A.rowIndices[p]! % 5) - 2)));
    const nearly = sparse([
      [1, 1],
      [1, 1 + 1e-9],
    ]);
    expectClose(nearly);
  });

  it("is exact for diagonal and for Hilbert matrices", () => {
    expect(estimate(sparse([[5]]))).toBe(1);
    const diagonal = sparse([
      [1e-3, 0, 0],
      [0, 1, 0],
      [0, 0, 1e3],
    ]);
    // One division and one product.
    expect(estimate(diagonal) / 1e6).toBeCloseTo(1, 14);
    const hilbert = sparse(
      Array.from({ length: 6 }, (_, i) => Array.from({ length: 6 }, (_, j) => 1 / (i + j + 1))),
    );
    // Known: κ₁ = 2.907027900294064e7; an inverse with κ ε = 6e-9 of relative error.
    expect(Math.abs(estimate(hilbert) / 29070279.00294 - 1)).toBeLessThan(1e-8);
  });

  it("is 1 for the empty matrix and infinite on overflow", () => {
    const empty = fromTriplets(0, 0, [], [], []);
    expect(estimate(empty)).toBe(1);
    expect(
      estimate(
        sparse([
          [1, 1e200],
          [0, 1e-200],
        ]),
      ),
    ).toBe(Infinity);
  });
});
