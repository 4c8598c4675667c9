import { multiply, norm1, type SparseMatrix } from "./sparse-matrix.ts";

/** Largest ‖A‖₁t of one step: a Taylor series of about twenty terms that grow to no more than e. */
const STEP = 1;

const MAX_TERMS = 60;

/** Multiplications and additions of one `meanOverTime`, about. */
export const meanOverTimeCost = (A: SparseMatrix, t: number): number =>
  2 * A.values.length * TYPICAL_TERMS * Math.max(1, (norm1(A) * t) / STEP);

const TYPICAL_TERMS = 20;

/**
 * The mean of e^{As}x over 0 ≤ s ≤ t, φ₁(At)x with φ₁(z) = (e^z − 1)/z, by Taylor series over steps of ‖A‖₁t ≤ 1:
 * e^{At}x − x is t·A times it, without cancellation. Al-Mohy and Higham, SIAM J. Sci. Comput. 33 (2011) 488.
 */
export function meanOverTime(A: SparseMatrix, t: number, x: Float64Array): Float64Array {
  const steps = Math.max(1, Math.ceil((norm1(A) * t) / STEP));
  const h = t / steps;
  const mean = new Float64Array(x.length);
  let state = x;
  for (let step = 0; step < steps; step++) {
    const own = phi(A, h, state);
    for (let k = 0; k < mean.length; k++) mean[k]! += own[k]! / steps;
    if (step === steps - 1) break;
    const change = multiply(A, own);
    state = state.map((v, k) => v + h * change[k]!);
  }
  return mean;
}

/** Σ (Ah)^k x/(k + 1)! */
function phi(A: SparseMatrix, h: number, x: Float64Array): Float64Array {
  const sum = x.slice();
  let term = x;
  for (let k = 1; k <= MAX_TERMS; k++) {
    const next = multiply(A, term);
    for (let i = 0; i < next.length; i++) next[i]! *= h / (k + 1);
    for (let i = 0; i < next.length; i++) sum[i]! += next[i]!;
    term = next;
    if (largest(term) <= 2 ** -60 * largest(sum)) break;
  }
  return sum;
}

const largest = (x: Float64Array): number => x.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
