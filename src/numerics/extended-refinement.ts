import type { SparseLu } from "./sparse-lu.ts";
import { solve } from "./sparse-lu-solve.ts";
import type { SparseMatrix } from "./sparse-matrix.ts";

/** A solution refined with residuals in twice the working precision. */
export interface ExtendedSolution {
  readonly x: Float64Array;
  /** ‖last correction‖∞/‖x‖∞: about the relative error that x still has beyond its own rounding. */
  readonly lastCorrection: number;
  readonly steps: number;
}

const MAX_STEPS = 12;

/** A correction below the rounding of x changes nothing more. */
const SETTLED = 2 ** -52;

/**
 * Solves (A + low) x = b by the factors `lu` of A, where `low` holds what the entries of A lost to rounding (in the
 * order of `A.values`). Residuals are accumulated in twice the working precision (Dekker, Numer. Math. 18 (1971) 224),
 * so that x is right to about its last digit while ε·cond(A) < 1: Higham, Accuracy and Stability (2nd ed.), §12.1.
 */
export function solveExtended(
  A: SparseMatrix,
  low: Float64Array,
  lu: SparseLu,
  b: Float64Array,
): ExtendedSolution {
  const x = solve(lu, b).slice();
  let before = Number.POSITIVE_INFINITY;
  for (let steps = 1; ; steps++) {
    const correction = solve(lu, extendedResidual(A, low, x, b));
    const lastCorrection = largest(correction) / largest(x);
    if (!(lastCorrection < before / 2)) return { x, lastCorrection: before, steps };
    for (let i = 0; i < x.length; i++) x[i]! += correction[i]!;
    if (lastCorrection <= SETTLED || steps === MAX_STEPS) return { x, lastCorrection, steps };
    before = lastCorrection;
  }
}

/** Corrections that each leave less than the rounding of x stop the refinement, and so do those that do not shrink. */
const MAX_REFINEMENTS = 6;

/**
 * Corrects a solution x of (A + low) x = b found by the factors of A in place, as often as it takes to be right to about
 * its last digit: most often once, where `solveExtended` would go on until it sees no change.
 */
export function refine(
  lu: SparseLu,
  A: SparseMatrix,
  low: Float64Array,
  b: Float64Array,
  x: Float64Array,
): void {
  for (let k = 0; k < MAX_REFINEMENTS; k++) {
    const correction = solve(lu, extendedResidual(A, low, x, b));
    const ratio = largest(correction) / largest(x);
    for (let i = 0; i < x.length; i++) x[i]! += correction[i]!;
    // each correction leaves about `ratio` of the error before it
    if (!(ratio * ratio > Number.EPSILON / 4) || ratio > 0.5) return;
  }
}

function largest(x: Float64Array): number {
  let most = 0;
  for (let i = 0; i < x.length; i++) {
    most = Math.max(most, Math.abs(x[i]!));
  }
  return most;
}

/** 2²⁷ + 1 splits a double into two halves whose products are exact. */
const SPLITTER = 134217729;

/** b − (A + low) x, rounded only at the end. */
export function extendedResidual(
  A: SparseMatrix,
  low: Float64Array,
  x: Float64Array,
  b: Float64Array,
): Float64Array {
  const high = b.slice();
  const rest = new Float64Array(b.length);
  for (let column = 0; column < A.columns; column++) {
    const factor = -x[column]!;
    if (factor === 0) continue;
    const scaled = SPLITTER * factor;
    const factorTop = scaled - (scaled - factor);
    const factorTail = factor - factorTop;
    for (let e = A.columnStarts[column]!; e < A.columnStarts[column + 1]!; e++) {
      const value = A.values[e]!;
      const row = A.rowIndices[e]!;
      const product = value * factor;
      const wide = SPLITTER * value;
      const top = wide - (wide - value);
      const tail = value - top;
      const lost = top * factorTop - product + top * factorTail + tail * factorTop + tail * factorTail;
      const sum = high[row]! + product;
      const back = sum - high[row]!;
      rest[row]! += high[row]! - (sum - back) + (product - back) + lost + low[e]! * factor;
      high[row] = sum;
    }
  }
  for (let i = 0; i < high.length; i++) high[i]! += rest[i]!;
  return high;
}

/** Adds a·b to the double-double (high[at], low[at]), exactly but for the rounding of its low part. */
export function accumulateProduct(
  high: Float64Array,
  low: Float64Array,
  at: number,
  a: number,
  b: number,
): void {
  const product = a * b;
  const wideA = SPLITTER * a;
  const topA = wideA - (wideA - a);
  const tailA = a - topA;
  const wideB = SPLITTER * b;
  const topB = wideB - (wideB - b);
  const tailB = b - topB;
  const lost = topA * topB - product + topA * tailB + tailA * topB + tailA * tailB;
  const sum = high[at]! + product;
  const back = sum - high[at]!;
  const error = high[at]! - (sum - back) + (product - back) + lost + low[at]!;
  const rounded = sum + error;
  low[at] = error - (rounded - sum);
  high[at] = rounded;
}
