import type { SparseLu } from "./sparse-lu.ts";
import { solve, solveTransposed } from "./sparse-lu-solve.ts";
import { norm1, type SparseMatrix } from "./sparse-matrix.ts";

const MAX_ITERATIONS = 5;

/**
 * An estimate of the condition number ‖A‖₁‖A⁻¹‖₁ from the factors of A: a lower bound (up to round-off), seldom below a
 * third of it. Infinite where the solves overflow; 1 for an empty matrix. Costs about eleven solves at most.
 */
export function conditionEstimate(A: SparseMatrix, lu: SparseLu): number {
  if (lu.size === 0) return 1;
  const inverse = estimateInverseNorm(lu);
  return Number.isNaN(inverse) ? Infinity : norm1(A) * inverse;
}

/**
 * A lower bound on ‖A⁻¹‖₁ by a climb over the unit vectors (Hager 1984) with Higham's safeguards (ACM TOMS 14 (1988)
 * 381): stop when the signs repeat or the gradient shows no ascent, and try one vector of alternating growing entries.
 */
function estimateInverseNorm(lu: SparseLu): number {
  const n = lu.size;
  const x = new Float64Array(n).fill(1 / n);
  const y = solve(lu, x);
  let estimate = sumOfMagnitudes(y);
  let signs = signsOf(y);
  let unit = -1;
  for (let iteration = 0; iteration < MAX_ITERATIONS && Number.isFinite(estimate); iteration++) {
    const gradient = solveTransposed(lu, signs);
    const steepest = indexOfLargest(gradient);
    if (unit >= 0 && Math.abs(gradient[steepest]!) <= Math.abs(gradient[unit]!)) break;
    unit = steepest;
    x.fill(0);
    x[unit] = 1;
    solve(lu, x, y);
    const climbed = sumOfMagnitudes(y);
    const nextSigns = signsOf(y);
    const stalled = climbed <= estimate || areEqual(nextSigns, signs);
    estimate = climbed > estimate || Number.isNaN(climbed) ? climbed : estimate;
    if (stalled) break;
    signs = nextSigns;
  }
  return Math.max(estimate, alternatingBound(lu));
}

function alternatingBound(lu: SparseLu): number {
  const n = lu.size;
  const x = new Float64Array(n);
  for (let i = 0; i < n; i++) x[i] = (i % 2 === 0 ? 1 : -1) * (n === 1 ? 1 : 1 + i / (n - 1));
  // ‖x‖₁ = 3n/2, except for n = 1 where it is 1.
  return sumOfMagnitudes(solve(lu, x)) / (n === 1 ? 1 : 1.5 * n);
}

function signsOf(v: Float64Array): Float64Array {
  const signs = new Float64Array(v.length);
  for (let i = 0; i < v.length; i++) signs[i] = v[i]! < 0 ? -1 : 1;
  return signs;
}

function areEqual(v: Float64Array, w: Float64Array): boolean {
  for (let i = 0; i < v.length; i++) if (v[i] !== w[i]) return false;
  return true;
}

function sumOfMagnitudes(v: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += Math.abs(v[i]!);
  return sum;
}

function indexOfLargest(v: Float64Array): number {
  let best = 0;
  for (let i = 1; i < v.length; i++) if (Math.abs(v[i]!) > Math.abs(v[best]!)) best = i;
  return best;
}
