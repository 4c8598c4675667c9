import { hermitianEigen } from "../numerics/hermitian-eigen.ts";
import { kernelWorkspace } from "../numerics/kernels.ts";
import { densityBlocks } from "../solve/density.ts";
import type { SolvedPoint } from "./solved-point.ts";

/** Populations below this are round-off of an empty state. */
const EMPTY = 1e-14;

/** −Σ p log p over eigenvalues of a density operator. */
export const entropyOf = (p: Float64Array): number =>
  p.reduce((s, x) => (x > 0 ? s - x * Math.log(x) : s), 0);

/**
 * dS/dt = −Tr[ρ̇ log ρ]: zero at rest, and infinite where a state that was empty begins to fill.
 */
export function entropyRate({ motion, state, steady }: SolvedPoint): number {
  if (!motion) return 0;
  const changes = densityBlocks(steady.sector, motion.change);
  const fastest = motion.change.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  let rate = 0;
  const workspace = kernelWorkspace();
  for (const [b, { states, re, im }] of state.blocks.entries()) {
    const n = states.length;
    const found = hermitianEigen(re, im, n, workspace);
    if (found.kind !== "converged") throw new Error(`the eigenvalues of a density operator: ${found.kind}`);
    const { values, vectors } = found;
    for (let k = 0; k < n; k++) {
      const flow = expectation(changes[b]!, vectors, k, n);
      if (values[k]! > EMPTY) rate -= flow * Math.log(values[k]!);
      else if (flow > EMPTY * fastest * n) return Number.POSITIVE_INFINITY;
    }
  }
  return rate;
}

/** ⟨k|X|k⟩ for column k of the vectors. */
function expectation(
  { re, im }: { readonly re: Float64Array; readonly im: Float64Array },
  vectors: { readonly re: Float64Array; readonly im: Float64Array },
  k: number,
  n: number,
): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const [a, b] = [vectors.re[i * n + k]!, vectors.im[i * n + k]!];
    if (a === 0 && b === 0) continue;
    for (let j = 0; j < n; j++) {
      const [c, d] = [vectors.re[j * n + k]!, vectors.im[j * n + k]!];
      // Re(v_i* X_ij v_j)
      const [x, y] = [re[i * n + j]!, im[i * n + j]!];
      sum += x * (a * c + b * d) - y * (a * d - b * c);
    }
  }
  return sum;
}
