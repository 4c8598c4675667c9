import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addTransposedProduct,
  fromTriplets,
  multiply,
  multiplyTransposed,
  norm1,
  normInf,
  type SparseMatrix,
  transpose,
} from "../../src/numerics/sparse-matrix.ts";
import { dense, sparse } from "./test-matrices.ts";

interface Triplets {
  readonly rows: number;
  readonly columns: number;
  readonly entries: readonly (readonly [number, number, number])[];
}

const triplets: fc.Arbitrary<Triplets> = fc
  .record({ rows: fc.integer({ min: 1, max: 7 }), columns: fc.integer({ min: 1, max: 7 }) })
  .chain(({ rows, columns }) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(columns),
      // Small integers: every sum below is exact.
      entries: fc.array(fc.tuple(fc.nat(rows - 1), fc.nat(columns - 1), fc.integer({ min: -9, max: 9 })), {
        maxLength: 40,
      }),
    }),
  );

const build = ({ rows, columns, entries }: Triplets, dropZeros = false): SparseMatrix =>
  fromTriplets(
    rows,
    columns,
    entries.map(([i]) => i),
    entries.map(([, j]) => j),
    entries.map(([, , v]) => v),
    { dropZeros },
  );

const expectValid = (A: SparseMatrix) => {
  expect(A.columnStarts[0]).toBe(0);
  expect(A.columnStarts[A.columns]).toBe(A.values.length);
  expect(A.rowIndices.length).toBe(A.values.length);
  for (let column = 0; column < A.columns; column++)
    for (let p = A.columnStarts[column]! + 1; p < A.columnStarts[column + 1]!; p++)
      expect(A.rowIndices[p]!).toBeGreaterThan(A.rowIndices[p - 1]!);
};

describe("fromTriplets", () => {
  it("sums duplicates, sorts rows and keeps zero sums", () => {
    fc.assert(
      fc.property(triplets, (t) => {
        const A = build(t);
        expectValid(A);
        const expected = Array.from({ length: t.rows }, () => new Array<number>(t.columns).fill(0));
        for (const [i, j, v] of t.entries) expected[i]![j]! += v;
        expect(dense(A)).toEqual(expected);
        expect(A.values.length).toBe(new Set(t.entries.map(([i, j]) => `${i},${j}`)).size);
      }),
    );
  });

  it("drops zero sums when asked", () => {
    fc.assert(
      fc.property(triplets, (t) => {
        const A = build(t, true);
        expectValid(A);
        expect(dense(A)).toEqual(dense(build(t)));
        expect(A.values.every((value) => value !== 0)).toBe(true);
      }),
    );
  });

  it("builds empty matrices", () => {
    const A = fromTriplets(0, 0, [], [], []);
    expect(A.columnStarts).toEqual(new Int32Array(1));
    expect(norm1(A)).toBe(0);
    expect(normInf(A)).toBe(0);
    expect(multiply(A, new Float64Array(0))).toEqual(new Float64Array(0));
    expect(transpose(fromTriplets(3, 0, [], [], [])).columns).toBe(3);
  });

  it("refuses indices outside and unequal lists", () => {
    expect(() => fromTriplets(2, 2, [2], [0], [1])).toThrow(RangeError);
    expect(() => fromTriplets(2, 2, [0], [-1], [1])).toThrow(RangeError);
    expect(() => fromTriplets(2, 2, [0.5], [0], [1])).toThrow(RangeError);
    expect(() => fromTriplets(2, 2, [0, 1], [0], [1])).toThrow(RangeError);
  });
});

describe("products, transpose and norms", () => {
  it("agree with the dense matrix exactly for small integers", () => {
    fc.assert(
      fc.property(
        triplets,
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 7, maxLength: 7 }),
        (t, seed) => {
          const A = build(t);
          const rows = dense(A);
          const x = Float64Array.from(seed.slice(0, t.columns));
          const y = Float64Array.from(seed.slice(0, t.rows));
          const product = rows.map((row) => row.reduce((sum, value, j) => sum + value * x[j]!, 0));
          const transposedRows = Array.from({ length: t.columns }, (_, j) => rows.map((row) => row[j]!));
          const transposedProduct = transposedRows.map((row) =>
            row.reduce((s, value, i) => s + value * y[i]!, 0),
          );
          expect(Array.from(multiply(A, x), (v) => v + 0)).toEqual(product.map((v) => v + 0));
          expect(Array.from(multiplyTransposed(A, y), (v) => v + 0)).toEqual(
            transposedProduct.map((v) => v + 0),
          );
          expectValid(transpose(A));
          expect(dense(transpose(A))).toEqual(transposedRows);
          const sums = (lines: number[][]) =>
            Math.max(...lines.map((l) => l.reduce((s, v) => s + Math.abs(v), 0)));
          expect(norm1(A)).toBe(sums(transposedRows));
          expect(normInf(A)).toBe(sums(rows));
        },
      ),
    );
  });

  it("add a multiple of a transposed product to what is there", () => {
    const A = sparse([
      [1, 0, 2],
      [0, -3, 4],
    ]);
    const out = Float64Array.of(10, 20, 30);
    addTransposedProduct(A, 2, Float64Array.of(5, -1), out);
    expect([...out]).toEqual([20, 26, 42]);
  });

  it("overwrite the vector given", () => {
    const A = sparse([
      [1, 2],
      [0, 3],
    ]);
    const out = new Float64Array([7, 7]);
    expect(multiply(A, new Float64Array([1, 1]), out)).toBe(out);
    expect(out).toEqual(new Float64Array([3, 3]));
    expect(multiplyTransposed(A, new Float64Array([1, 1]), out)).toBe(out);
    expect(out).toEqual(new Float64Array([1, 5]));
  });
});
