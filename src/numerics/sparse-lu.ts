import { findReach, pruneReached, type ReachWorkspace, reachWorkspace } from "./column-reach.ts";
import { equilibrateRows } from "./row-scaling.ts";
import type { SparseMatrix } from "./sparse-matrix.ts";

/**
 * P R A Q = L U, with R a diagonal row scaling, P the pivot order of the rows and Q the order of the columns given.
 * L has a unit diagonal that is not stored, the diagonal of U is `pivots`; both are held by columns, rows numbered by
 * pivot position. The rows in a column of U come in an order in which they can be eliminated; those of L in none.
 * `refactorise` overwrites the numbers in place.
 */
export interface SparseLu {
  readonly size: number;
  /** columnOrder[k] is the column of A eliminated at step k. */
  readonly columnOrder: Int32Array;
  /** pivotRows[k] is the row of A that served as pivot at step k; pivotPositions is its inverse. */
  readonly pivotRows: Int32Array;
  readonly pivotPositions: Int32Array;
  readonly rowScale: Float64Array;
  readonly lowerStarts: Int32Array;
  readonly lowerRows: Int32Array;
  readonly lowerValues: Float64Array;
  readonly upperStarts: Int32Array;
  readonly upperRows: Int32Array;
  readonly upperValues: Float64Array;
  readonly pivots: Float64Array;
  /** 1 at the pivot positions of the rows deferred. */
  readonly deferred: Uint8Array;
  /** Scratch space of `refactorise` and the solves, all zeros between calls. */
  readonly work: Float64Array;
}

export interface FactoriseOptions {
  /** A diagonal entry of at least this fraction of the largest candidate becomes the pivot. Default 0.1. */
  readonly threshold?: number;
  /** A column whose largest candidate (of the row-scaled matrix) is at most this is singular. Default 0. */
  readonly singularTolerance?: number;
  /**
   * Rows of A that serve as pivots only where a column holds no other candidate above DEFERRAL_TOLERANCE: a dense row
   * (the trace of ρ) taken early would fill everything after it. Their entries of L may grow without bound, which harms
   * only right-hand sides that are nonzero before the deferred rows' pivots.
   */
  readonly deferredRows?: Iterable<number>;
  /** The most entries L and U may hold together, 12 bytes each. Default 4·10⁷. */
  readonly maxFill?: number;
}

export type FactoriseResult =
  | { readonly kind: "factorised"; readonly lu: SparseLu; readonly fill: number }
  /** No usable pivot in `column` of A at elimination step `step`; `largest` is the largest scaled candidate. */
  | { readonly kind: "singular"; readonly column: number; readonly step: number; readonly largest: number }
  /** At least `needed` entries would be held once `step` of the columns are eliminated. */
  | { readonly kind: "too-large"; readonly needed: number; readonly step: number }
  | { readonly kind: "not-finite"; readonly column: number };

const DEFAULT_THRESHOLD = 0.1;

/** A few thousand round-offs of a row-scaled entry: what is left of dependent rows. */
const DEFERRAL_TOLERANCE = 2 ** -40;

const DEFAULT_MAX_FILL = 4e7;

/**
 * The LU factors of the square matrix A, its columns taken in the order `columnOrder` (a permutation). Column by column
 * as in Gilbert and Peierls, SIAM J. Sci. Stat. Comput. 9 (1988) 862: the pattern by a search in the graph of L, then
 * a sparse triangular solve over it, in time proportional to the arithmetic. Reports a column without a pivot, factors
 * larger than `maxFill`, and entries that are not finite. Throws `RangeError` if A is not square or the order not as long.
 */
export function factorise(
  A: SparseMatrix,
  columnOrder: Int32Array,
  options: FactoriseOptions = {},
): FactoriseResult {
  const size = A.columns;
  if (A.rows !== size) throw new RangeError(`a ${A.rows}×${size} matrix is not square`);
  if (columnOrder.length !== size)
    throw new RangeError(`an order of ${columnOrder.length} for ${size} columns`);
  const rowScale = new Float64Array(size);
  const bad = equilibrateRows(A, rowScale);
  if (bad >= 0) return { kind: "not-finite", column: bad };
  const { threshold = DEFAULT_THRESHOLD, singularTolerance = 0, maxFill = DEFAULT_MAX_FILL } = options;
  const state = startElimination(A, rowScale, options.deferredRows ?? []);
  for (let step = 0; step < size; step++) {
    const column = columnOrder[step]!;
    findReach(state.reach, A, column, step, state.lowerStarts, state.lowerRows);
    const needed = reserve(state, maxFill);
    if (needed > maxFill) return { kind: "too-large", needed, step: step + 1 };
    eliminateColumn(state, A, column, step);
    const { largest, deferred } = largestCandidate(state);
    if (!(largest > singularTolerance)) return { kind: "singular", column, step, largest };
    const pivotRow = choosePivot(state, column, largest * threshold, deferred);
    storeColumn(state, step, pivotRow);
    pruneReached(state.reach, pivotRow, state.lowerStarts, state.lowerRows, state.lowerValues);
  }
  const lu = finish(state, columnOrder);
  return { kind: "factorised", lu, fill: lu.lowerRows.length + lu.upperRows.length + size };
}

/** The factors as far as they are known; `lowerRows` are still rows of A. */
interface Elimination {
  readonly size: number;
  readonly rowScale: Float64Array;
  /** Entries in each row of A: among acceptable pivots off the diagonal, the sparsest row spreads least. */
  readonly rowCounts: Int32Array;
  /** 1 for each row of A to be taken last. */
  readonly deferred: Uint8Array;
  readonly reach: ReachWorkspace;
  /** The column at hand, indexed by rows of A; all zeros between columns. */
  readonly x: Float64Array;
  readonly pivotRows: Int32Array;
  readonly pivots: Float64Array;
  readonly lowerStarts: Int32Array;
  lowerRows: Int32Array;
  lowerValues: Float64Array;
  readonly upperStarts: Int32Array;
  upperRows: Int32Array;
  upperValues: Float64Array;
}

function startElimination(
  A: SparseMatrix,
  rowScale: Float64Array,
  deferredRows: Iterable<number>,
): Elimination {
  const size = A.columns;
  const entries = A.columnStarts[size]!;
  const rowCounts = new Int32Array(size);
  for (let p = 0; p < entries; p++) rowCounts[A.rowIndices[p]!]!++;
  const deferred = new Uint8Array(size);
  for (const row of deferredRows) deferred[row] = 1;
  const capacity = 2 * entries + size;
  return {
    size,
    rowScale,
    rowCounts,
    deferred,
    reach: reachWorkspace(size),
    x: new Float64Array(size),
    pivotRows: new Int32Array(size),
    pivots: new Float64Array(size),
    lowerStarts: new Int32Array(size + 1),
    lowerRows: new Int32Array(capacity),
    lowerValues: new Float64Array(capacity),
    upperStarts: new Int32Array(size + 1),
    upperRows: new Int32Array(capacity),
    upperValues: new Float64Array(capacity),
  };
}

/** Makes room for the column just searched, unless that passes `maxFill`; returns the entries then held in all. */
function reserve(state: Elimination, maxFill: number): number {
  const { reach, size } = state;
  const step = reach.step;
  const lower = state.lowerStarts[step]! + reach.candidateCount;
  const upper = state.upperStarts[step]! + (size - reach.orderStart);
  // The candidates include the pivot of this step.
  const needed = lower + upper + step;
  if (needed > maxFill) return needed;
  if (lower > state.lowerRows.length) {
    const capacity = grownCapacity(lower, maxFill);
    state.lowerRows = resized(state.lowerRows, new Int32Array(capacity));
    state.lowerValues = resized(state.lowerValues, new Float64Array(capacity));
  }
  if (upper > state.upperRows.length) {
    const capacity = grownCapacity(upper, maxFill);
    state.upperRows = resized(state.upperRows, new Int32Array(capacity));
    state.upperValues = resized(state.upperValues, new Float64Array(capacity));
  }
  return needed;
}

const grownCapacity = (needed: number, maxFill: number) => Math.max(needed, Math.min(2 * needed, maxFill));

function resized<T extends Int32Array | Float64Array>(old: T, grown: T): T {
  grown.set(old);
  return grown;
}

/** Solves L x = R A(:, column) over the pattern found, moving the part above the diagonal to U. */
function eliminateColumn(state: Elimination, A: SparseMatrix, column: number, step: number): void {
  const { x, rowScale, pivotRows, lowerStarts, lowerRows, lowerValues, upperRows, upperValues, size } = state;
  const { order, orderStart } = state.reach;
  const { columnStarts, rowIndices, values } = A;
  const end = columnStarts[column + 1]!;
  for (let p = columnStarts[column]!; p < end; p++) {
    const row = rowIndices[p]!;
    x[row] = values[p]! * rowScale[row]!;
  }
  let next = state.upperStarts[step]!;
  for (let k = orderStart; k < size; k++) {
    const earlier = order[k]!;
    const row = pivotRows[earlier]!;
    const factor = x[row]!;
    x[row] = 0;
    // A factor that happens to be 0 stays in the pattern, which must serve other values too.
    upperRows[next] = earlier;
    upperValues[next++] = factor;
    if (factor === 0) continue;
    const lowerEnd = lowerStarts[earlier + 1]!;
    for (let p = lowerStarts[earlier]!; p < lowerEnd; p++) x[lowerRows[p]!]! -= factor * lowerValues[p]!;
  }
  state.upperStarts[step + 1] = next;
}

/** The largest candidate, and whether the deferred rows must be among them. */
function largestCandidate({ x, reach, deferred }: Elimination): { largest: number; deferred: boolean } {
  let regular = 0;
  let last = 0;
  for (let k = 0; k < reach.candidateCount; k++) {
    const row = reach.candidates[k]!;
    const magnitude = Math.abs(x[row]!);
    if (deferred[row] === 1) last = Math.max(last, magnitude);
    else regular = Math.max(regular, magnitude);
  }
  if (regular > DEFERRAL_TOLERANCE || last === 0) return { largest: regular, deferred: false };
  return { largest: Math.max(regular, last), deferred: true };
}

/** The diagonal if it reaches `acceptable`, else of the rows that do the sparsest, and of these the largest entry. */
function choosePivot(
  { x, reach, rowCounts, deferred }: Elimination,
  column: number,
  acceptable: number,
  allowDeferred: boolean,
): number {
  const usable = (row: number) =>
    x[row] !== 0 && Math.abs(x[row]!) >= acceptable && (allowDeferred || deferred[row] === 0);
  // x holds nonzeros only in rows without a pivot, so this cannot choose a row twice.
  if (usable(column)) return column;
  let best = -1;
  for (let k = 0; k < reach.candidateCount; k++) {
    const row = reach.candidates[k]!;
    if (!usable(row)) continue;
    const gain = best < 0 ? 1 : rowCounts[best]! - rowCounts[row]!;
    if (gain > 0 || (gain === 0 && Math.abs(x[row]!) > Math.abs(x[best]!))) best = row;
  }
  return best;
}

function storeColumn(state: Elimination, step: number, pivotRow: number): void {
  const { x, reach, lowerRows, lowerValues } = state;
  const pivot = x[pivotRow]!;
  x[pivotRow] = 0;
  state.pivots[step] = pivot;
  state.pivotRows[step] = pivotRow;
  reach.positions[pivotRow] = step;
  let next = state.lowerStarts[step]!;
  for (let k = 0; k < reach.candidateCount; k++) {
    const row = reach.candidates[k]!;
    if (row === pivotRow) continue;
    lowerRows[next] = row;
    lowerValues[next++] = x[row]! / pivot;
    x[row] = 0;
  }
  state.lowerStarts[step + 1] = next;
}

function finish(state: Elimination, columnOrder: Int32Array): SparseLu {
  const { size, x, rowScale, pivotRows, pivots, lowerStarts, upperStarts } = state;
  const pivotPositions = state.reach.positions;
  const lowerRows = state.lowerRows.slice(0, lowerStarts[size]!);
  for (let p = 0; p < lowerRows.length; p++) lowerRows[p] = pivotPositions[lowerRows[p]!]!;
  return {
    size,
    columnOrder,
    pivotRows,
    pivotPositions,
    rowScale,
    lowerStarts,
    lowerRows,
    lowerValues: state.lowerValues.slice(0, lowerStarts[size]!),
    upperStarts,
    upperRows: state.upperRows.slice(0, upperStarts[size]!),
    upperValues: state.upperValues.slice(0, upperStarts[size]!),
    pivots,
    deferred: Uint8Array.from(pivotRows, (row) => state.deferred[row]!),
    work: x,
  };
}
