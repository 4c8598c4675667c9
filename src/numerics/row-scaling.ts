import type { SparseMatrix } from "./sparse-matrix.ts";

/** With exponents up to this a scale and its inverse are normal doubles. */
const LARGEST_EXPONENT = 1000;

/**
 * Fills `scale` (length `rows`) with 1/max_j |a_ij| rounded to a power of two, so that scaling is exact and the largest
 * magnitude of each scaled row lies in [1, 2); a row without a nonzero entry gets 1. Returns the first column that holds an infinite or NaN entry, −1 where there is none
 * (then `scale` is complete).
 */
export function equilibrateRows(A: SparseMatrix, scale: Float64Array): number {
  const { columns, columnStarts, rowIndices, values } = A;
  scale.fill(0);
  for (let column = 0; column < columns; column++) {
    const end = columnStarts[column + 1]!;
    for (let p = columnStarts[column]!; p < end; p++) {
      const magnitude = Math.abs(values[p]!);
      if (!(magnitude < Infinity)) return column;
      const row = rowIndices[p]!;
      if (magnitude > scale[row]!) scale[row] = magnitude;
    }
  }
  for (let row = 0; row < scale.length; row++) {
    const largest = scale[row]!;
    scale[row] = largest === 0 ? 1 : 2 ** Math.min(-exponentOf(largest), LARGEST_EXPONENT);
  }
  return -1;
}

/** e with 2ᵉ ≤ x < 2ᵉ⁺¹; the logarithm of what is just below a power of two may be rounded to that power's. */
function exponentOf(x: number): number {
  const exponent = Math.floor(Math.log2(x));
  return 2 ** exponent > x ? exponent - 1 : exponent;
}
