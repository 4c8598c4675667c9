import type { SparseLu } from "./sparse-lu.ts";
import { solve } from "./sparse-lu-solve.ts";
import type { SparseMatrix } from "./sparse-matrix.ts";

/** A solution of A x = b with what is known of its quality. Where x is not finite the three errors are infinite. */
export interface RefinedSolution {
  readonly x: Float64Array;
  /** ‖b − A x‖∞, in the unit of b. */
  readonly residual: number;
  /** ‖b − A x‖∞ / (‖A‖∞‖x‖∞ + ‖b‖∞): the smallest relative change of A and b, in norm, that makes x exact. */
  readonly normwiseError: number;
  /** ω = max_i |b − A x|_i / (|A||x| + |b|)_i: the same entry by entry (Oettli and Prager 1964). */
  readonly componentwiseError: number;
  /** Corrections that were kept. */
  readonly steps: number;
}

/** Backward errors of this size are what double precision gives; there is nothing left to refine. */
const GOOD_ENOUGH = 2 ** -52;

/** A correction that does not at least halve the error is the last one. */
const WORTHWHILE = 0.5;

/**
 * Solves A x = b by the factors `lu` of A (or of a matrix near it) and corrects x by the solution of A d = b − A x, at
 * most `maxSteps` times and as long as that halves ω. Fixed-precision refinement after a sparse LU with a weak pivot
 * threshold: Arioli, Demmel and Duff, SIAM J. Matrix Anal. Appl. 10 (1989) 165. After them, in rows where
 * (|A||x| + |b|)_i is itself round-off (zero in exact arithmetic) ω takes |A_i|‖x‖∞ into the denominator.
 */
export function solveRefined(A: SparseMatrix, lu: SparseLu, b: Float64Array, maxSteps = 2): RefinedSolution {
  const residual = new Float64Array(A.rows);
  const trial = new Float64Array(A.columns);
  let x = solve(lu, b);
  let quality = assess(A, x, b, residual);
  let steps = 0;
  while (steps < maxSteps && quality.componentwiseError > GOOD_ENOUGH) {
    solve(lu, residual, trial);
    for (let i = 0; i < trial.length; i++) trial[i]! += x[i]!;
    const before = quality.componentwiseError;
    const corrected = assess(A, trial, b, residual);
    if (!(corrected.componentwiseError < before)) break;
    x = trial.slice();
    quality = corrected;
    steps++;
    if (corrected.componentwiseError > WORTHWHILE * before) break;
  }
  return { x, ...quality, steps };
}

type Quality = Pick<RefinedSolution, "residual" | "normwiseError" | "componentwiseError">;

/** Writes b − A x to `residual` and measures it. */
function assess(A: SparseMatrix, x: Float64Array, b: Float64Array, residual: Float64Array): Quality {
  const sizes = new Float64Array(A.rows);
  const rowSums = new Float64Array(A.rows);
  residual.set(b);
  for (let i = 0; i < b.length; i++) sizes[i] = Math.abs(b[i]!);
  for (let column = 0; column < A.columns; column++) {
    const factor = x[column]!;
    const end = A.columnStarts[column + 1]!;
    for (let p = A.columnStarts[column]!; p < end; p++) {
      const row = A.rowIndices[p]!;
      const term = A.values[p]! * factor;
      residual[row]! -= term;
      sizes[row]! += Math.abs(term);
      rowSums[row]! += Math.abs(A.values[p]!);
    }
  }
  return measure(residual, sizes, rowSums, largest(x), b);
}

function measure(
  residual: Float64Array,
  sizes: Float64Array,
  rowSums: Float64Array,
  xNorm: number,
  b: Float64Array,
): Quality {
  const norm = largest(residual);
  if (!Number.isFinite(norm) || !Number.isFinite(xNorm))
    return { residual: Infinity, normwiseError: Infinity, componentwiseError: Infinity };
  let componentwise = 0;
  for (let i = 0; i < residual.length; i++) {
    const error = Math.abs(residual[i]!);
    if (error === 0) continue;
    const rowSize = rowSums[i]! * xNorm;
    const roundOff = 1000 * residual.length * 2 ** -53 * (rowSize + Math.abs(b[i]!));
    const size = sizes[i]! > roundOff ? sizes[i]! : sizes[i]! + rowSize;
    componentwise = Math.max(componentwise, error / size);
  }
  const scale = largest(rowSums) * xNorm + largest(b);
  return { residual: norm, normwiseError: norm === 0 ? 0 : norm / scale, componentwiseError: componentwise };
}

/** ‖v‖∞, NaN if an entry is. */
function largest(v: Float64Array): number {
  let norm = 0;
  for (let i = 0; i < v.length; i++) norm = Math.max(norm, Math.abs(v[i]!));
  return norm;
}
