import { equilibrateRows } from "./row-scaling.ts";
import type { SparseLu } from "./sparse-lu.ts";
import type { SparseMatrix } from "./sparse-matrix.ts";

export type RefactoriseResult =
  | { readonly kind: "factorised"; readonly lu: SparseLu }
  /**
   * At elimination step `step`, `column` of A, the pivot is only `ratio` times the largest entry below it (0 where it
   * vanishes): factorise anew.
   */
  | { readonly kind: "unstable"; readonly column: number; readonly step: number; readonly ratio: number }
  | { readonly kind: "not-finite"; readonly column: number };

/** The smallest pivot, relative to the entries below it, that one refinement step still repairs comfortably. */
export const SMALLEST_RATIO = 1e-3;

/**
 * Overwrites the numbers of `lu` by the factors of A, a matrix with the pattern of the one factorised (or a part of
 * it), in the same pivot order; allocates nothing. Reports a pivot smaller than `smallestRatio` times the entries below
 * it, and entries that are not finite; `lu` then holds no factors until a later call succeeds.
 */
export function refactorise(
  lu: SparseLu,
  A: SparseMatrix,
  smallestRatio = SMALLEST_RATIO,
): RefactoriseResult {
  if (A.rows !== lu.size || A.columns !== lu.size) throw new RangeError("a matrix of another size");
  const bad = equilibrateRows(A, lu.rowScale);
  if (bad >= 0) return { kind: "not-finite", column: bad };
  for (let step = 0; step < lu.size; step++) {
    eliminateColumn(lu, A, step);
    const ratio = storeColumn(lu, step);
    if (ratio >= smallestRatio) continue;
    lu.work.fill(0);
    return { kind: "unstable", column: lu.columnOrder[step]!, step, ratio };
  }
  return { kind: "factorised", lu };
}

function eliminateColumn(lu: SparseLu, A: SparseMatrix, step: number): void {
  const { work, rowScale, pivotPositions, lowerStarts, lowerRows, lowerValues, upperRows, upperValues } = lu;
  const { columnStarts, rowIndices, values } = A;
  const column = lu.columnOrder[step]!;
  const end = columnStarts[column + 1]!;
  for (let p = columnStarts[column]!; p < end; p++) {
    const row = rowIndices[p]!;
    work[pivotPositions[row]!] = values[p]! * rowScale[row]!;
  }
  const upperEnd = lu.upperStarts[step + 1]!;
  for (let q = lu.upperStarts[step]!; q < upperEnd; q++) {
    const earlier = upperRows[q]!;
    const factor = work[earlier]!;
    work[earlier] = 0;
    upperValues[q] = factor;
    if (factor === 0) continue;
    const lowerEnd = lowerStarts[earlier + 1]!;
    for (let p = lowerStarts[earlier]!; p < lowerEnd; p++) work[lowerRows[p]!]! -= factor * lowerValues[p]!;
  }
}

/**
 * Moves the column at hand to L and returns |pivot| over the largest entry below it, deferred rows apart (their entries
 * may grow); ∞ where there is nothing below.
 */
function storeColumn(lu: SparseLu, step: number): number {
  const { work, pivots, deferred, lowerStarts, lowerRows, lowerValues } = lu;
  const pivot = work[step]!;
  work[step] = 0;
  pivots[step] = pivot;
  let largest = 0;
  const end = lowerStarts[step + 1]!;
  for (let p = lowerStarts[step]!; p < end; p++) {
    const row = lowerRows[p]!;
    const value = work[row]!;
    work[row] = 0;
    if (deferred[row] === 0) largest = Math.max(largest, Math.abs(value));
    lowerValues[p] = value / pivot;
  }
  return pivot === 0 ? 0 : Math.abs(pivot) / largest;
}
