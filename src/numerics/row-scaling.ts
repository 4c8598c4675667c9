import type { SparseMatrix } from "./sparse-matrix.ts";

/** Beyond these 1/max would leave the range of doubles. */
const LARGEST_SCALE = 2 ** 1000;

/**
 * Fills `scale` (length `rows`) with 1/max_j |a_ij|, so that the largest magnitude of each scaled row is 1; a row
 * without a nonzero entry gets 1. Returns the first column that holds an infinite or NaN entry, −1 where there is none
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
    scale[row] = largest === 0 ? 1 : Math.min(1 / largest, LARGEST_SCALE);
  }
  return -1;
}
