import type { SparseMatrix } from "./sparse-matrix.ts";

/**
 * What the search for the pattern of one column of the factors needs and finds. A row of A that has served as pivot
 * at step j leads to the rows in column j of L; the pattern of the next column is all that can be reached from the
 * rows of A's column (Gilbert and Peierls 1988).
 */
export interface ReachWorkspace {
  /** The step searched last. */
  step: number;
  /** positions[row] is the step at which the row became pivot, −1 before that. */
  readonly positions: Int32Array;
  /** Steps reached, in an order in which they can be eliminated, at orderStart … size − 1. */
  readonly order: Int32Array;
  orderStart: number;
  /** Rows reached that have not been pivots, the first `candidateCount`. */
  readonly candidates: Int32Array;
  candidateCount: number;
  /** mark[row] is the last step at which the row was reached. */
  readonly mark: Int32Array;
  /** The search looks at a column of L only up to here; −1 means the whole column. */
  readonly prunedEnd: Int32Array;
  readonly stack: Int32Array;
  readonly cursor: Int32Array;
}

/** An empty workspace for matrices of `size` rows: no pivots yet. */
export function reachWorkspace(size: number): ReachWorkspace {
  return {
    step: -1,
    positions: new Int32Array(size).fill(-1),
    order: new Int32Array(size),
    orderStart: size,
    candidates: new Int32Array(size),
    candidateCount: 0,
    mark: new Int32Array(size).fill(-1),
    prunedEnd: new Int32Array(size).fill(-1),
    stack: new Int32Array(size),
    cursor: new Int32Array(size),
  };
}

/** Finds what `column` of A reaches at `step` and leaves it in `order` and `candidates`. No recursion. */
export function findReach(
  reach: ReachWorkspace,
  A: SparseMatrix,
  column: number,
  step: number,
  lowerStarts: Int32Array,
  lowerRows: Int32Array,
): void {
  const { positions, candidates, mark } = reach;
  reach.step = step;
  reach.orderStart = mark.length;
  reach.candidateCount = 0;
  const end = A.columnStarts[column + 1]!;
  for (let p = A.columnStarts[column]!; p < end; p++) {
    const row = A.rowIndices[p]!;
    if (mark[row] === step) continue;
    mark[row] = step;
    const position = positions[row]!;
    if (position < 0) candidates[reach.candidateCount++] = row;
    else searchFrom(reach, position, step, lowerStarts, lowerRows);
  }
}

function searchFrom(
  reach: ReachWorkspace,
  root: number,
  step: number,
  lowerStarts: Int32Array,
  lowerRows: Int32Array,
): void {
  const { positions, candidates, mark, prunedEnd, stack, cursor, order } = reach;
  let { orderStart, candidateCount } = reach;
  let depth = 0;
  stack[0] = root;
  cursor[0] = lowerStarts[root]!;
  while (depth >= 0) {
    const node = stack[depth]!;
    const end = prunedEnd[node]! < 0 ? lowerStarts[node + 1]! : prunedEnd[node]!;
    let child = -1;
    let p = cursor[depth]!;
    while (p < end && child < 0) {
      const row = lowerRows[p++]!;
      if (mark[row] === step) continue;
      mark[row] = step;
      child = positions[row]!;
      if (child < 0) candidates[candidateCount++] = row;
    }
    if (child < 0) {
      order[--orderStart] = node;
      depth--;
    } else {
      cursor[depth++] = p;
      stack[depth] = child;
      cursor[depth] = lowerStarts[child]!;
    }
  }
  reach.orderStart = orderStart;
  reach.candidateCount = candidateCount;
}

/**
 * Shortens later searches once the column last searched is stored with pivot `pivotRow`: a column j of L with u_{j,k} in the
 * pattern and an entry in the pivot row has below the pivot only rows that the column k just stored has too, so the search may
 * skip them (Eisenstat and Liu, SIAM J. Sci. Comput. 14 (1993) 253). Moves the rows still searched to the front, and
 * the values with them.
 */
export function pruneReached(
  reach: ReachWorkspace,
  pivotRow: number,
  lowerStarts: Int32Array,
  lowerRows: Int32Array,
  lowerValues: Float64Array,
): void {
  const { order, orderStart, prunedEnd, positions } = reach;
  for (let k = orderStart; k < order.length; k++) {
    const earlier = order[k]!;
    if (prunedEnd[earlier]! >= 0) continue;
    const start = lowerStarts[earlier]!;
    const end = lowerStarts[earlier + 1]!;
    let found = start;
    while (found < end && lowerRows[found] !== pivotRow) found++;
    if (found === end) continue;
    let front = start;
    for (let p = start; p < end; p++) {
      const row = lowerRows[p]!;
      if (positions[row]! < 0) continue;
      const value = lowerValues[p]!;
      lowerRows[p] = lowerRows[front]!;
      lowerValues[p] = lowerValues[front]!;
      lowerRows[front] = row;
      lowerValues[front++] = value;
    }
    prunedEnd[earlier] = front;
  }
}
