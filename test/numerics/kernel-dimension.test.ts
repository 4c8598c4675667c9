import fc from "fast-check";
import { Matrix, SVD } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { kernelDimension } from "../../src/numerics/kernel-dimension.ts";
import { fromTriplets, multiply, type SparseMatrix } from "../../src/numerics/sparse-matrix.ts";
import {
  dense,
  gridMatrix,
  randomNumbers,
  randomSparse,
  randomVector,
  sparse,
  withValues,
} from "./test-matrices.ts";

/** A random n × n matrix of the given rank, as a product. */
function ofRank(n: number, rank: number, random: () => number): SparseMatrix {
  if (rank === 0) return fromTriplets(n, n, [], [], []);
  const left = sparse(Array.from({ length: n }, () => Array.from(randomVector(rank, random))));
  const columns = Array.from({ length: n }, () => multiply(left, randomVector(rank, random)));
  return sparse(Array.from({ length: n }, (_, i) => columns.map((column) => column[i]!)));
}

/** Rates on a ring of n states: columns sum to zero, one stationary state. */
function ring(n: number, random: () => number): number[][] {
  const rows = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (let k = 0; k < n; k++) {
    for (const next of [(k + 1) % n, (k + n - 1) % n]) {
      const rate = 10 ** (-3 * random());
      rows[next]![k]! += rate;
      rows[k]![k]! -= rate;
    }
  }
  return rows;
}

describe("kernelDimension", () => {
  it("counts n − rank for random products", () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.integer({ min: 1, max: 20 }), fc.nat(20), (seed, n, r) => {
        const rank = Math.min(r, n);
        const random = randomNumbers(seed);
        // A random factor can come close to a lower rank; a tolerance near round-off and n ≤ 20 keep that improbable.
        const result = kernelDimension(ofRank(n, rank, random), { tolerance: 1e-12 });
        expect(result).toMatchObject({ dimension: n - rank, rank });
        expect(result!.smallestKept).toBeGreaterThan(1e-12);
        expect(result!.largestDropped).toBeLessThan(1e-12);
      }),
      { seed: 3 },
    );
  });

  it("brackets a gap of singular values", () => {
    const n = 30;
    const A = ofRank(n, 27, randomNumbers(8));
    const scaled = new Matrix(dense(A));
    const singular = new SVD(scaled).diagonal;
    const result = kernelDimension(A)!;
    expect(result.dimension).toBe(3);
    // Rows are scaled by factors in (1/2, 1] and diagonals of R differ from singular values by less than n.
    expect(result.smallestKept).toBeGreaterThan(singular[26]! / singular[0]! / (2 * n));
    expect(result.smallestKept).toBeLessThan((singular[26]! / singular[0]!) * 2 * n);
    expect(result.largestDropped).toBeLessThan(1e-14);
  });

  it("finds the stationary states of separate rings", () => {
    const random = randomNumbers(2);
    for (const rings of [1, 2, 4]) {
      const size = 12;
      const rows = Array.from({ length: rings * size }, () => new Array<number>(rings * size).fill(0));
      for (let r = 0; r < rings; r++) {
        ring(size, random).forEach((row, i) => {
          row.forEach((value, j) => {
            rows[r * size + i]![r * size + j] = value;
          });
        });
      }
      expect(kernelDimension(sparse(rows))!.dimension).toBe(rings);
    }
  });

  it("is not misled by badly scaled rows", () => {
    const A = randomSparse(40, 3, randomNumbers(5), 2);
    const scaled = withValues(A, (value, p) => value * 10 ** (((A.rowIndices[p]! * 7) % 41) * 5 - 100));
    expect(kernelDimension(scaled)!.dimension).toBe(0);
  });

  it("decides by the tolerance given", () => {
    const A = sparse([
      [1, 1],
      [1, 1 + 1e-6],
    ]);
    expect(kernelDimension(A)!.dimension).toBe(0);
    const result = kernelDimension(A, { tolerance: 1e-4 })!;
    expect(result.dimension).toBe(1);
    // R_22/R_11 = det/‖a₁‖² = 1e-6/2, to first order.
    expect(result.largestDropped / 0.5e-6).toBeCloseTo(1, 5);
  });

  it("takes rectangles, zeros and empty matrices", () => {
    expect(kernelDimension(sparse([[1, 2, 3]]))).toMatchObject({ dimension: 2, rank: 1, largestDropped: 0 });
    expect(kernelDimension(sparse([[1], [2], [3]]))).toMatchObject({ dimension: 0, rank: 1 });
    expect(kernelDimension(fromTriplets(3, 3, [], [], []))).toEqual({
      dimension: 3,
      rank: 0,
      smallestKept: 1,
      largestDropped: 0,
    });
    expect(kernelDimension(fromTriplets(0, 0, [], [], []))!.dimension).toBe(0);
    expect(kernelDimension(fromTriplets(0, 4, [], [], []))!.dimension).toBe(4);
    expect(kernelDimension(sparse([[0]], 1))!.dimension).toBe(1);
  });

  it("declines large matrices and entries that are not finite", () => {
    expect(kernelDimension(gridMatrix(40))).toBeUndefined();
    expect(kernelDimension(sparse([[Number.NaN]]))).toBeUndefined();
  });
});
