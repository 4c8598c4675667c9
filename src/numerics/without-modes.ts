import { type DenseMatrix, solveDense, zeroMatrix } from "./dense-matrix.ts";
import type { Eigenpair } from "./eigenpair.ts";

/**
 * A real vector without its part in the space of some modes, along all other modes: v − X(YᵀX)⁻¹Yᵀv with the real and
 * imaginary parts of the right (X) and left eigenvectors (Y) as columns.
 */
export function withoutModes(v: Float64Array, modes: readonly Eigenpair[]): Float64Array {
  if (modes.length === 0) return v.slice();
  const right = columnsOf(modes, (m) => m.right);
  const left = columnsOf(modes, (m) => m.left);
  const m = right.length;
  const gram: DenseMatrix = zeroMatrix(m);
  const share: DenseMatrix = zeroMatrix(m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) gram.values[i * m + j] = dot(left[i]!, right[j]!);
    share.values[i * m] = dot(left[i]!, v);
  }
  const solved = solveDense(gram, share);
  const rest = v.slice();
  for (let j = 0; j < m; j++) {
    const s = solved.values[j * m]!;
    for (let i = 0; i < rest.length; i++) rest[i]! -= s * right[j]![i]!;
  }
  return rest;
}

/** A vector of a real mode has a phase: of its two parts the longer one is the mode. */
function columnsOf(modes: readonly Eigenpair[], of: (mode: Eigenpair) => Eigenpair["right"]): Float64Array[] {
  return modes.flatMap((mode) => {
    const { re, im } = of(mode);
    if (mode.value.im !== 0) return [re, im];
    return [dot(re, re) >= dot(im, im) ? re : im];
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
