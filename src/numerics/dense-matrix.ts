import type { SparseMatrix } from "./sparse-matrix.ts";

/** A square real matrix by rows: entry (i, j) is values[i · size + j]. */
export interface DenseMatrix {
  readonly size: number;
  readonly values: Float64Array;
}

export const zeroMatrix = (size: number): DenseMatrix => ({ size, values: new Float64Array(size * size) });

/** c · 1 */
export function scalarMatrix(size: number, c: number): DenseMatrix {
  const result = zeroMatrix(size);
  for (let i = 0; i < size; i++) result.values[i * size + i] = c;
  return result;
}

/** factor · A of a sparse square matrix. */
export function denseOf(A: SparseMatrix, factor = 1): DenseMatrix {
  const result = zeroMatrix(A.columns);
  for (let column = 0; column < A.columns; column++) {
    for (let e = A.columnStarts[column]!; e < A.columnStarts[column + 1]!; e++) {
      result.values[A.rowIndices[e]! * A.columns + column]! += factor * A.values[e]!;
    }
  }
  return result;
}

/** Columns of B taken at a time: rows of both factors then stay in the first cache. */
const TILE = 64;

/** A B. Four rows of B at a time are added to a row of the product; rows of A that are zero cost nothing. */
export function multiplyDense(A: DenseMatrix, B: DenseMatrix): DenseMatrix {
  const n = A.size;
  const product = zeroMatrix(n);
  const [a, b, c] = [A.values, B.values, product.values];
  for (let from = 0; from < n; from += TILE) {
    const to = Math.min(n, from + TILE);
    for (let i = 0; i < n; i++) {
      let k = from;
      for (; k + 3 < to; k += 4) {
        const [a0, a1] = [a[i * n + k]!, a[i * n + k + 1]!];
        const [a2, a3] = [a[i * n + k + 2]!, a[i * n + k + 3]!];
        if (a0 === 0 && a1 === 0 && a2 === 0 && a3 === 0) continue;
        const row = i * n;
        const first = k * n;
        for (let j = 0; j < n; j++) {
          c[row + j]! +=
            a0 * b[first + j]! +
            a1 * b[first + n + j]! +
            a2 * b[first + 2 * n + j]! +
            a3 * b[first + 3 * n + j]!;
        }
      }
      for (; k < to; k++) {
        const factor = a[i * n + k]!;
        if (factor === 0) continue;
        for (let j = 0; j < n; j++) c[i * n + j]! += factor * b[k * n + j]!;
      }
    }
  }
  return product;
}

/** Σ c_k A_k of matrices of one size. */
export function combine(terms: readonly (readonly [number, DenseMatrix])[]): DenseMatrix {
  const result = zeroMatrix(terms[0]![1].size);
  for (const [factor, { values }] of terms) {
    if (factor === 0) continue;
    for (let e = 0; e < values.length; e++) result.values[e]! += factor * values[e]!;
  }
  return result;
}

/** A x */
export function applyDense({ size, values }: DenseMatrix, x: Float64Array): Float64Array {
  const result = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += values[i * size + j]! * x[j]!;
    result[i] = sum;
  }
  return result;
}

/** The largest sum of magnitudes in a column; NaN where an entry is. */
export function norm1Dense({ size, values }: DenseMatrix): number {
  const sums = new Float64Array(size);
  for (let e = 0; e < values.length; e++) sums[e % size]! += Math.abs(values[e]!);
  return sums.reduce((most, sum) => Math.max(most, sum), 0);
}

/**
 * X with A X = B by Gaussian elimination with partial pivoting (Golub and Van Loan, Matrix Computations (4th ed.),
 * §3.4); entries are infinite or NaN where A is singular.
 */
export function solveDense(A: DenseMatrix, B: DenseMatrix): DenseMatrix {
  const n = A.size;
  const a = A.values.slice();
  const x = B.values.slice();
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(a[i * n + k]!) > Math.abs(a[pivot * n + k]!)) pivot = i;
    if (pivot !== k) {
      swapRows(a, n, k, pivot);
      swapRows(x, n, k, pivot);
    }
    for (let i = k + 1; i < n; i++) {
      const factor = a[i * n + k]! / a[k * n + k]!;
      if (factor === 0) continue;
      for (let j = k + 1; j < n; j++) a[i * n + j]! -= factor * a[k * n + j]!;
      for (let j = 0; j < n; j++) x[i * n + j]! -= factor * x[k * n + j]!;
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    for (let j = 0; j < n; j++) x[k * n + j]! /= a[k * n + k]!;
    for (let i = 0; i < k; i++) {
      const factor = a[i * n + k]!;
      if (factor === 0) continue;
      for (let j = 0; j < n; j++) x[i * n + j]! -= factor * x[k * n + j]!;
    }
  }
  return { size: n, values: x };
}

function swapRows(a: Float64Array, n: number, i: number, j: number): void {
  for (let k = 0; k < n; k++) {
    const kept = a[i * n + k]!;
    a[i * n + k] = a[j * n + k]!;
    a[j * n + k] = kept;
  }
}
