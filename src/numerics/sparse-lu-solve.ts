import type { SparseLu } from "./sparse-lu.ts";

/**
 * The solution x of A x = b by the factors of A, written to `out` where given (it may be `b`). Near-singular factors
 * may give infinities or NaN; `solveRefined` tells.
 */
export function solve(
  lu: SparseLu,
  b: Float64Array,
  out: Float64Array = new Float64Array(lu.size),
): Float64Array {
  const { size, work, rowScale, pivotRows, pivots, columnOrder } = lu;
  const { lowerStarts, lowerRows, lowerValues, upperStarts, upperRows, upperValues } = lu;
  for (let k = 0; k < size; k++) {
    const row = pivotRows[k]!;
    work[k] = b[row]! * rowScale[row]!;
  }
  for (let k = 0; k < size; k++) {
    const value = work[k]!;
    if (value === 0) continue;
    const end = lowerStarts[k + 1]!;
    for (let p = lowerStarts[k]!; p < end; p++) work[lowerRows[p]!]! -= lowerValues[p]! * value;
  }
  for (let k = size - 1; k >= 0; k--) {
    const value = work[k]! / pivots[k]!;
    work[k] = 0;
    out[columnOrder[k]!] = value;
    if (value === 0) continue;
    const end = upperStarts[k + 1]!;
    for (let p = upperStarts[k]!; p < end; p++) work[upperRows[p]!]! -= upperValues[p]! * value;
  }
  return out;
}

/** The solution x of Aᵀ x = b by the factors of A, written to `out` where given (it may be `b`). */
export function solveTransposed(
  lu: SparseLu,
  b: Float64Array,
  out: Float64Array = new Float64Array(lu.size),
): Float64Array {
  const { size, work, rowScale, pivotRows, pivots, columnOrder } = lu;
  const { lowerStarts, lowerRows, lowerValues, upperStarts, upperRows, upperValues } = lu;
  for (let k = 0; k < size; k++) {
    let value = b[columnOrder[k]!]!;
    const end = upperStarts[k + 1]!;
    for (let p = upperStarts[k]!; p < end; p++) value -= upperValues[p]! * work[upperRows[p]!]!;
    work[k] = value / pivots[k]!;
  }
  for (let k = size - 1; k >= 0; k--) {
    let value = work[k]!;
    const end = lowerStarts[k + 1]!;
    for (let p = lowerStarts[k]!; p < end; p++) value -= lowerValues[p]! * work[lowerRows[p]!]!;
    work[k] = value;
  }
  for (let k = 0; k < size; k++) {
    const row = pivotRows[k]!;
    out[row] = work[k]! * rowScale[row]!;
    work[k] = 0;
  }
  return out;
}
