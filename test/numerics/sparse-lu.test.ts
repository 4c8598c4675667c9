import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extendedResidual, solveExtended } from "../../src/numerics/extended-refinement.ts";
import { type FactoriseOptions, factorise, type SparseLu } from "../../src/numerics/sparse-lu.ts";
import { refactorise } from "../../src/numerics/sparse-lu-refactorise.ts";
import { solve, solveTransposed } from "../../src/numerics/sparse-lu-solve.ts";
import {
  fromTriplets,
  multiply,
  normInf,
  type SparseMatrix,
  transpose,
} from "../../src/numerics/sparse-matrix.ts";
import {
  bandMatrix,
  dense,
  gridMatrix,
  maxDifference,
  naturalOrder,
  randomNumbers,
  randomSparse,
  randomVector,
  shuffledOrder,
  sparse,
  withValues,
} from "./test-matrices.ts";

const EPSILON = 2 ** -52;

function factors(A: SparseMatrix, order = naturalOrder(A.columns), options?: FactoriseOptions): SparseLu {
  const result = factorise(A, order, options);
  if (result.kind !== "factorised") throw new Error(result.kind);
  expect(result.fill).toBe(result.lu.lowerValues.length + result.lu.upperValues.length + A.columns);
  return result.lu;
}

/** The largest entry of P R A Q − L U and the largest of |L||U|, which bounds it up to n ε. */
function productDefect(A: SparseMatrix, lu: SparseLu): { defect: number; scale: number } {
  const n = lu.size;
  const product = Array.from({ length: n }, () => new Float64Array(n));
  const sizes = Array.from({ length: n }, () => new Float64Array(n));
  const spread = (column: number, k: number, factor: number) => {
    product[k]![column]! += factor;
    sizes[k]![column]! += Math.abs(factor);
    for (let p = lu.lowerStarts[k]!; p < lu.lowerStarts[k + 1]!; p++) {
      product[lu.lowerRows[p]!]![column]! += factor * lu.lowerValues[p]!;
      sizes[lu.lowerRows[p]!]![column]! += Math.abs(factor * lu.lowerValues[p]!);
    }
  };
  for (let column = 0; column < n; column++) {
    for (let p = lu.upperStarts[column]!; p < lu.upperStarts[column + 1]!; p++)
      spread(column, lu.upperRows[p]!, lu.upperValues[p]!);
    spread(column, column, lu.pivots[column]!);
  }
  const rows = dense(A);
  let defect = 0;
  let scale = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const row = lu.pivotRows[i]!;
      const expected = rows[row]![lu.columnOrder[j]!]! * lu.rowScale[row]!;
      defect = Math.max(defect, Math.abs(product[i]![j]! - expected));
      scale = Math.max(scale, sizes[i]![j]!);
    }
  }
  return { defect, scale };
}

const expectFactors = (A: SparseMatrix, lu: SparseLu) => {
  const { defect, scale } = productDefect(A, lu);
  // Higham, Accuracy and Stability, Thm 9.3: |LU − A| ≤ γ_n |L||U|.
  expect(defect).toBeLessThanOrEqual(lu.size * EPSILON * scale);
  expect(lu.work.every((value) => value === 0)).toBe(true);
};

const expectSolves = (A: SparseMatrix, lu: SparseLu, random: () => number) => {
  const b = randomVector(A.rows, random);
  // Refined solutions are backward stable: a few ε in norm, whatever the condition number. The transposed solve has no
  // refinement, so its error carries the growth of the factors; 1e-10 is far above that and far below a wrong solve.
  const none = new Float64Array(A.values.length);
  const { x } = solveExtended(A, none, lu, b);
  const residual = Math.max(0, ...extendedResidual(A, none, x, b).map(Math.abs));
  const size = normInf(A) * Math.max(0, ...x.map(Math.abs)) + Math.max(0, ...b.map(Math.abs));
  expect(residual).toBeLessThanOrEqual(4 * EPSILON * size);
  const y = solveTransposed(lu, b);
  const At = transpose(A);
  const scale = normInf(At) * Math.max(...y.map(Math.abs)) + 1;
  expect(maxDifference(multiply(At, y), b) / scale).toBeLessThan(1e-10);
  expect(lu.work.every((value) => value === 0)).toBe(true);
};

describe("factorise", () => {
  it("reproduces random unsymmetric matrices, in any column order", () => {
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 4 }),
        (seed, n, extra) => {
          const random = randomNumbers(seed);
          const A = randomSparse(n, extra, random);
          const lu = factors(A, shuffledOrder(n, random));
          expectFactors(A, lu);
          expectSolves(A, lu, random);
        },
      ),
    );
  });

  it("pivots where the diagonal is zero", () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.integer({ min: 2, max: 30 }), (seed, n) => {
        const random = randomNumbers(seed);
        // A cyclic permutation keeps it regular in structure; its diagonal is absent.
        const noise = randomSparse(n, 1, random, 0);
        const rows = dense(noise);
        for (let i = 0; i < n; i++) {
          rows[i]![i] = 0;
          rows[i]![(i + 1) % n] = 3 + random();
        }
        const A = sparse(rows);
        const lu = factors(A);
        expectFactors(A, lu);
        expectSolves(A, lu, random);
      }),
    );
  });

  it("keeps every factor of L within 1/threshold", () => {
    const random = randomNumbers(5);
    const A = randomSparse(200, 4, random, 0.05);
    for (const threshold of [0.1, 0.5, 1]) {
      const lu = factors(A, naturalOrder(200), { threshold });
      // One rounding in the division.
      for (const value of lu.lowerValues)
        expect(Math.abs(value)).toBeLessThanOrEqual((1 + EPSILON) / threshold);
    }
  });

  it("prefers an acceptable diagonal, and takes the largest with threshold 1", () => {
    const A = sparse([
      [0.5, 1],
      [1, 1],
    ]);
    expect(Array.from(factors(A).pivotRows)).toEqual([0, 1]);
    const hidden = sparse([
      [0.05, 1],
      [1, 1],
    ]);
    expect(Array.from(factors(hidden).pivotRows)).toEqual([1, 0]);
    expect(Array.from(factors(A, naturalOrder(2), { threshold: 1 }).pivotRows)).toEqual([1, 0]);
  });

  it("handles empty and 1×1 matrices", () => {
    const empty = fromTriplets(0, 0, [], [], []);
    expect(solve(factors(empty), new Float64Array(0))).toEqual(new Float64Array(0));
    const one = sparse([[-4]]);
    expect(solve(factors(one), new Float64Array([2]))).toEqual(new Float64Array([-0.5]));
    expect(solveTransposed(factors(one), new Float64Array([2]))).toEqual(new Float64Array([-0.5]));
    expect(factorise(sparse([[0]], 1), naturalOrder(1))).toEqual({
      kind: "singular",
      column: 0,
      step: 0,
      largest: 0,
    });
  });

  it("copes with rows scaled by 1e±250", () => {
    const random = randomNumbers(11);
    const A = randomSparse(60, 3, random);
    const scales = Array.from({ length: 60 }, () => 10 ** (500 * random() - 250));
    const scaled = withValues(A, (value, p) => value * scales[A.rowIndices[p]!]!);
    const x = randomVector(60, random);
    const solution = solve(factors(scaled), multiply(scaled, x));
    // The equilibrated matrix is A up to row factors within [1, 4): as well conditioned as A (κ ~ 1e3).
    expect(maxDifference(solution, x)).toBeLessThan(1e-11);
  });

  it("solves a grid problem with a drift", () => {
    const A = gridMatrix(25, 0.7);
    expectSolves(A, factors(A), randomNumbers(3));
  });

  it("keeps a deferred dense row to the end", () => {
    // A birth–death chain, its first balance row replaced by the sum of all unknowns, as for a steady state. Taken from
    // the populous end, L grows by 1.9/1.1 a step in the sum row, beyond any threshold.
    const n = 60;
    const rows = Array.from({ length: n }, () => new Array<number>(n).fill(0));
    for (let k = 0; k + 1 < n; k++) {
      rows[k]![k]! -= 1.1;
      rows[k + 1]![k]! += 1.1;
      rows[k + 1]![k + 1]! -= 1.9;
      rows[k]![k + 1]! += 1.9;
    }
    rows[n - 1]!.fill(1);
    const A = sparse(rows);
    const result = factorise(A, naturalOrder(n), { deferredRows: [n - 1] });
    if (result.kind !== "factorised") throw new Error(result.kind);
    const { lu } = result;
    expect(lu.pivotRows[n - 1]).toBe(n - 1);
    expect(result.fill).toBe(4 * n - 4);
    const b = new Float64Array(n);
    b[n - 1] = 1;
    const { x } = solveExtended(A, new Float64Array(A.values.length), lu, b);
    // Geometric in q = 1.1/1.9, p_k = (1 − q) q^k / (1 − q^n): well conditioned (κ ~ 10) as absolute errors go.
    const q = 1.1 / 1.9;
    for (let k = 0; k < n; k++)
      expect(Math.abs(x[k]! - ((1 - q) * q ** k) / (1 - q ** n))).toBeLessThan(16 * EPSILON);
    expect(refactorise(lu, A).kind).toBe("factorised");
  });

  it("uses a deferred row where nothing else is left", () => {
    const A = sparse([
      [1, 1],
      [1, 0],
    ]);
    const lu = factors(A, naturalOrder(2), { deferredRows: [0, 1] });
    expectFactors(A, lu);
    const dependent = sparse([
      [1, 1, 1],
      [0.1, 0.7, 0],
      [0.3, 2.1, 1],
    ]);
    // Rows 1 and 2 agree in the first two columns up to round-off: row 0 must step in there.
    const result = factorise(dependent, naturalOrder(3), { deferredRows: [0] });
    if (result.kind !== "factorised") throw new Error(result.kind);
    expect(result.lu.pivotRows[1]).toBe(0);
  });

  it("says why it failed", () => {
    const singular = sparse([
      [1, 2, 3],
      [2, 4, 6],
      [1, 0, 1],
    ]);
    expect(factorise(singular, naturalOrder(3))).toMatchObject({
      kind: "singular",
      largest: 0,
      column: 2,
      step: 2,
    });
    const empty = sparse([
      [1, 0],
      [1, 0],
    ]);
    expect(factorise(empty, naturalOrder(2))).toMatchObject({ kind: "singular", column: 1 });
    const nearly = sparse([
      [1, 1],
      [1, 1 + 1e-14],
    ]);
    expect(factorise(nearly, naturalOrder(2)).kind).toBe("factorised");
    expect(factorise(nearly, naturalOrder(2), { singularTolerance: 1e-12 })).toMatchObject({
      kind: "singular",
      column: 1,
    });
    expect(factorise(sparse([[Number.NaN]]), naturalOrder(1))).toEqual({ kind: "not-finite", column: 0 });
    expect(
      factorise(
        sparse([
          [1, 0],
          [0, -Infinity],
        ]),
        naturalOrder(2),
      ),
    ).toEqual({ kind: "not-finite", column: 1 });
    expect(() => factorise(sparse([[1, 2]]), naturalOrder(2))).toThrow(RangeError);
    expect(() => factorise(sparse([[1]]), naturalOrder(2))).toThrow(RangeError);
  });

  it("stops before it exceeds maxFill, and not earlier", () => {
    const A = gridMatrix(20, 0.3);
    const result = factorise(A, naturalOrder(400));
    if (result.kind !== "factorised") throw new Error(result.kind);
    expect(factorise(A, naturalOrder(400), { maxFill: result.fill }).kind).toBe("factorised");
    const refused = factorise(A, naturalOrder(400), { maxFill: result.fill - 1 });
    expect(refused).toMatchObject({ kind: "too-large", needed: result.fill });
    expect(factorise(A, naturalOrder(400), { maxFill: 500 })).toMatchObject({ kind: "too-large" });
  });
});

describe("refactorise", () => {
  it("gives the factors of the new matrix in the old order", () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.integer({ min: 1, max: 40 }), (seed, n) => {
        const random = randomNumbers(seed);
        const A = randomSparse(n, 2, random, 4);
        const lu = factors(A, shuffledOrder(n, random));
        const changed = withValues(A, (value) => value * (1 + 0.3 * (random() - 0.5)));
        expect(refactorise(lu, changed)).toEqual({ kind: "factorised", lu });
        expectFactors(changed, lu);
        expectSolves(changed, lu, random);
      }),
    );
  });

  it("repeats a factorisation exactly", () => {
    const A = gridMatrix(15, 0.4);
    const fresh = factors(A);
    const lu = factors(withValues(A, (value) => 2 * value - 0.1));
    refactorise(lu, A);
    expect(maxDifference(lu.pivots, fresh.pivots)).toBe(0);
    const b = randomVector(225, randomNumbers(1));
    // The same operations, but sums in another order: equal up to round-off on a system with κ ~ 1e2.
    expect(maxDifference(solve(lu, b), solve(fresh, b))).toBeLessThan(1e-13);
  });

  it("keeps entries that were zero the first time", () => {
    const pattern = fromTriplets(2, 2, [0, 1, 0, 1], [0, 0, 1, 1], [1, 0, 0, 1]);
    const lu = factors(pattern);
    const full = withValues(pattern, (_, p) => [4, 1, 2, 3][p]!);
    expect(refactorise(lu, full).kind).toBe("factorised");
    expectFactors(full, lu);
  });

  it("reports a pivot that became small or vanished, and recovers", () => {
    const A = sparse([
      [1, 2],
      [3, 4],
    ]);
    const lu = factors(A);
    const b = new Float64Array([1, 2]);
    const expected = Array.from(solve(lu, b));
    const weak = withValues(A, (value, p) => (p === 0 ? 1e-9 : value));
    expect(refactorise(lu, weak)).toMatchObject({ kind: "unstable", column: 0, step: 0 });
    const gone = withValues(A, (value, p) => (p === 0 ? 0 : value));
    expect(refactorise(lu, gone)).toEqual({ kind: "unstable", column: 0, step: 0, ratio: 0 });
    const singular = withValues(A, (_, p) => [1, 2, 2, 4][p]!);
    expect(refactorise(lu, singular)).toEqual({ kind: "unstable", column: 1, step: 1, ratio: 0 });
    expect(
      refactorise(
        lu,
        withValues(A, () => Number.NaN),
      ),
    ).toEqual({ kind: "not-finite", column: 0 });
    expect(refactorise(lu, A).kind).toBe("factorised");
    expect(Array.from(solve(lu, b))).toEqual(expected);
  });
});

describe("solve", () => {
  it("may write over the right-hand side", () => {
    const A = bandMatrix(30, 3, randomNumbers(8));
    const lu = factors(A, shuffledOrder(30, randomNumbers(9)));
    const b = randomVector(30, randomNumbers(10));
    const x = solve(lu, b);
    const y = solveTransposed(lu, b);
    const inPlace = b.slice();
    expect(solve(lu, inPlace, inPlace)).toEqual(x);
    inPlace.set(b);
    expect(solveTransposed(lu, inPlace, inPlace)).toEqual(y);
  });
});
