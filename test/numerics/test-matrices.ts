import { fromTriplets, type SparseMatrix } from "../../src/numerics/sparse-matrix.ts";

/** Uniform numbers in [0, 1) from a 32-bit seed: a linear step through a mixing function, the same on every machine. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

export const randomVector = (n: number, random: () => number): Float64Array =>
  Float64Array.from({ length: n }, () => 2 * random() - 1);

export const naturalOrder = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => i);

export function shuffledOrder(n: number, random: () => number): Int32Array {
  const order = naturalOrder(n);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/** The matrix with the given rows; zeros are left out of the pattern. */
export function sparse(rows: readonly (readonly number[])[], columns = rows[0]?.length ?? 0): SparseMatrix {
  const i: number[] = [];
  const j: number[] = [];
  const values: number[] = [];
  rows.forEach((row, r) => {
    row.forEach((value, c) => {
      if (value === 0) return;
      i.push(r);
      j.push(c);
      values.push(value);
    });
  });
  return fromTriplets(rows.length, columns, i, j, values);
}

export function dense(A: SparseMatrix): number[][] {
  const rows = Array.from({ length: A.rows }, () => new Array<number>(A.columns).fill(0));
  for (let column = 0; column < A.columns; column++)
    for (let p = A.columnStarts[column]!; p < A.columnStarts[column + 1]!; p++)
      rows[A.rowIndices[p]!]![column]! += A.values[p]!;
  return rows;
}

/** About `perColumn` random entries in each column and, unless told otherwise, a diagonal. */
export function randomSparse(n: number, perColumn: number, random: () => number, diagonal = 1): SparseMatrix {
  const i: number[] = [];
  const j: number[] = [];
  const values: number[] = [];
  for (let column = 0; column < n; column++) {
    if (diagonal !== 0) {
      i.push(column);
      j.push(column);
      values.push(diagonal * (1 + random()));
    }
    for (let k = 0; k < perColumn; k++) {
      i.push(Math.floor(random() * n));
      j.push(column);
      values.push(2 * random() - 1);
    }
  }
  return fromTriplets(n, n, i, j, values);
}

/** The five-point stencil on a side × side grid, with a drift that makes it unsymmetric where `drift` ≠ 0. */
export function gridMatrix(side: number, drift = 0): SparseMatrix {
  const i: number[] = [];
  const j: number[] = [];
  const values: number[] = [];
  const add = (row: number, column: number, value: number) => {
    i.push(row);
    j.push(column);
    values.push(value);
  };
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const node = y * side + x;
      add(node, node, 4);
      if (x > 0) add(node, node - 1, -1 - drift);
      if (x < side - 1) add(node, node + 1, -1 + drift);
      if (y > 0) add(node, node - side, -1 - 0.5 * drift);
      if (y < side - 1) add(node, node + side, -1 + 0.5 * drift);
    }
  }
  return fromTriplets(side * side, side * side, i, j, values);
}

/** A full band of random entries, diagonally weighted. */
export function bandMatrix(n: number, halfBandwidth: number, random: () => number): SparseMatrix {
  const i: number[] = [];
  const j: number[] = [];
  const values: number[] = [];
  for (let row = 0; row < n; row++) {
    for (
      let column = Math.max(0, row - halfBandwidth);
      column <= Math.min(n - 1, row + halfBandwidth);
      column++
    ) {
      i.push(row);
      j.push(column);
      values.push(row === column ? 3 + random() : 2 * random() - 1);
    }
  }
  return fromTriplets(n, n, i, j, values);
}

/** The same pattern with every value changed by `change`. */
export const withValues = (
  A: SparseMatrix,
  change: (value: number, position: number) => number,
): SparseMatrix => ({
  ...A,
  values: A.values.map(change),
});

export const maxDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
};
