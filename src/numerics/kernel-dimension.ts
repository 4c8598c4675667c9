import { equilibrateRows } from "./row-scaling.ts";
import type { SparseMatrix } from "./sparse-matrix.ts";

/** What decided the dimension of a kernel. */
export interface KernelDimension {
  readonly dimension: number;
  readonly rank: number;
  /**
   * The last diagonal entry of R that counted and the first that did not, relative to the first of all: stand-ins for
   * the singular values on either side of the cut (right up to a modest factor). 1 where none counted, 0 where all did.
   */
  readonly smallestKept: number;
  readonly largestDropped: number;
}

export interface KernelOptions {
  /** A diagonal entry of R below this fraction of the largest counts as zero. Default 64 ε max(rows, columns). */
  readonly tolerance?: number;
}

/** Beyond this order the cubic work and the dense copy (18 MB) are not worth the answer. */
const LARGEST_ORDER = 1500;

/**
 * The numerical dimension of the kernel of A, columns − rank, by a QR decomposition with column pivoting of the
 * row-equilibrated dense matrix: Householder reflections, Golub and Van Loan, Matrix Computations (4th ed.), §5.4.2, with
 * the norms kept as in Drmač and Bujanović, ACM TOMS 35 (2008) 12. `undefined` where A has more than 1500 rows or
 * columns, or entries that are not finite. Cubic (seconds at 1500): for explaining a failure.
 */
export function kernelDimension(A: SparseMatrix, options: KernelOptions = {}): KernelDimension | undefined {
  if (Math.max(A.rows, A.columns) > LARGEST_ORDER) return undefined;
  const columns = equilibratedColumns(A);
  if (columns === undefined) return undefined;
  const { tolerance = 64 * 2 ** -52 * Math.max(A.rows, A.columns) } = options;
  const diagonal = pivotedDiagonal(columns, A.rows, tolerance);
  const largest = diagonal[0] ?? 0;
  let rank = 0;
  while (rank < diagonal.length && diagonal[rank]! > tolerance * largest) rank++;
  return {
    dimension: A.columns - rank,
    rank,
    smallestKept: rank === 0 ? 1 : diagonal[rank - 1]! / largest,
    largestDropped: rank < diagonal.length && largest > 0 ? diagonal[rank]! / largest : 0,
  };
}

/** The columns of the row-scaled matrix, each as a dense vector. */
function equilibratedColumns(A: SparseMatrix): Float64Array[] | undefined {
  const scale = new Float64Array(A.rows);
  if (equilibrateRows(A, scale) >= 0) return undefined;
  return Array.from({ length: A.columns }, (_, column) => {
    const dense = new Float64Array(A.rows);
    for (let p = A.columnStarts[column]!; p < A.columnStarts[column + 1]!; p++) {
      const row = A.rowIndices[p]!;
      dense[row] = A.values[p]! * scale[row]!;
    }
    return dense;
  });
}

/** |R_kk| in descending order, up to and including the first below tolerance · |R_11|. Overwrites and reorders `columns`. */
function pivotedDiagonal(columns: Float64Array[], rows: number, tolerance: number): number[] {
  const norms = Float64Array.from(columns, (column) => normFrom(column, 0));
  const exactNorms = norms.slice();
  const diagonal: number[] = [];
  for (let k = 0; k < Math.min(rows, columns.length); k++) {
    const pivot = indexOfLargest(norms, k);
    [columns[k], columns[pivot]] = [columns[pivot]!, columns[k]!];
    norms[pivot] = norms[k]!;
    exactNorms[pivot] = exactNorms[k]!;
    const reflector = columns[k]!;
    const size = normFrom(reflector, k);
    diagonal.push(size);
    if (!(size > tolerance * diagonal[0]!)) break;
    reflector[k]! += reflector[k]! < 0 ? -size : size;
    const beta = 1 / (size * Math.abs(reflector[k]!));
    for (let j = k + 1; j < columns.length; j++) {
      reflect(columns[j]!, reflector, beta, k);
      downdateNorm(norms, exactNorms, j, columns[j]!, k);
    }
  }
  return diagonal;
}

function normFrom(column: Float64Array, start: number): number {
  let square = 0;
  for (let i = start; i < column.length; i++) square += column[i]! * column[i]!;
  return Math.sqrt(square);
}

function indexOfLargest(norms: Float64Array, start: number): number {
  let best = start;
  for (let j = start + 1; j < norms.length; j++) if (norms[j]! > norms[best]!) best = j;
  return best;
}

/** column − β (v · column) v, on the entries from k on. */
function reflect(column: Float64Array, v: Float64Array, beta: number, k: number): void {
  let product = 0;
  for (let i = k; i < v.length; i++) product += v[i]! * column[i]!;
  if (product === 0) return;
  const factor = beta * product;
  for (let i = k; i < v.length; i++) column[i]! -= factor * v[i]!;
}

/** Takes row k out of the norm of column j, afresh where cancellation since the last exact norm has used up half the digits. */
function downdateNorm(
  norms: Float64Array,
  exactNorms: Float64Array,
  j: number,
  column: Float64Array,
  k: number,
): void {
  if (norms[j] === 0) return;
  const share = Math.abs(column[k]!) / norms[j]!;
  const remainder = Math.max(0, (1 - share) * (1 + share));
  const shrinkage = norms[j]! / exactNorms[j]!;
  if (remainder * shrinkage * shrinkage > 2 ** -26) {
    norms[j]! *= Math.sqrt(remainder);
    return;
  }
  norms[j] = normFrom(column, k + 1);
  exactNorms[j] = norms[j]!;
}
