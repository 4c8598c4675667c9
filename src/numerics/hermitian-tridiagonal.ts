/**
 * Q† A Q = D T D† with T real symmetric tridiagonal, D a diagonal of phases and Q = H_{n−1} ⋯ H_1 a product of
 * reflections H_i = 1 − β_i v_i v_i†, v_i of length i kept in row i of `re` and `im`.
 */
export interface HermitianTridiagonal {
  /** T_ii. */
  readonly diagonal: Float64Array;
  /** offDiagonal[i] = T_{i,i+1} ≥ 0; the last is 0. */
  readonly offDiagonal: Float64Array;
  readonly phaseRe: Float64Array;
  readonly phaseIm: Float64Array;
  readonly betas: Float64Array;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Entries below this (in a matrix whose largest is of order 1) count as zero: their squares would underflow. */
const NEGLIGIBLE = 1e-140;

/**
 * Reduces the Hermitian matrix whose lower triangle stands in `re` and `im` (row-major; both are overwritten, largest
 * entry about 1) to tridiagonal form, from the last row up, so that every inner loop runs along a row. 16n³/3 flops.
 * Golub and Van Loan, Matrix Computations (4th ed.), §8.3.1, with complex reflections.
 */
export function reduceHermitian(re: Float64Array, im: Float64Array, n: number): HermitianTridiagonal {
  const reduced: HermitianTridiagonal = {
    diagonal: new Float64Array(n),
    offDiagonal: new Float64Array(n),
    phaseRe: new Float64Array(n),
    phaseIm: new Float64Array(n),
    betas: new Float64Array(n),
    re,
    im,
  };
  const productRe = new Float64Array(n);
  const productIm = new Float64Array(n);
  if (n > 0) reduced.phaseRe[n - 1] = 1;
  for (let i = n - 1; i > 0; i--) {
    reduced.diagonal[i] = re[i * n + i]!;
    makeReflection(reduced, i, n);
    if (reduced.betas[i] === 0) continue;
    timesReflector(re, im, n, i, productRe, productIm);
    reflectBlock(reduced, n, i, productRe, productIm);
  }
  if (n > 0) reduced.diagonal[0] = re[0]!;
  return reduced;
}

/**
 * Turns row i, left of the diagonal, into the v and β of the reflection that leaves of column i above the diagonal only
 * its last entry α, and records |α| and the phase that makes α real. With c the column, u the phase of its last entry
 * and e the last unit vector: α = −u‖c‖, v = c/‖c‖ + u e, β = 1/(1 + |c_last|/‖c‖).
 */
function makeReflection(reduced: HermitianTridiagonal, i: number, n: number): void {
  const { re, im, offDiagonal, phaseRe, phaseIm, betas } = reduced;
  const start = i * n;
  const last = start + i - 1;
  // The column is the conjugate of the row.
  const lastRe = re[last]!;
  const lastIm = -im[last]!;
  const size = Math.hypot(lastRe, lastIm);
  const lastSize = size > NEGLIGIBLE ? size : 0;
  const unitRe = lastSize === 0 ? 1 : lastRe / lastSize;
  const unitIm = lastSize === 0 ? 0 : lastIm / lastSize;
  const rest = restNorm(re, im, start, last);
  const norm = Math.hypot(rest, lastSize);
  const reflects = rest > 0;
  // α is the last entry itself where there is nothing to reflect.
  const sign = reflects ? -1 : 1;
  offDiagonal[i - 1] = norm;
  phaseRe[i - 1] = sign * (unitRe * phaseRe[i]! - unitIm * phaseIm[i]!);
  phaseIm[i - 1] = sign * (unitRe * phaseIm[i]! + unitIm * phaseRe[i]!);
  if (!reflects) return;
  betas[i] = 1 / (1 + lastSize / norm);
  for (let p = start; p < last; p++) {
    re[p] = re[p]! / norm;
    im[p] = -im[p]! / norm;
  }
  re[last] = unitRe * (1 + lastSize / norm);
  im[last] = unitIm * (1 + lastSize / norm);
}

/** The norm of the entries start … end − 1, 0 if all of them are negligible. */
function restNorm(re: Float64Array, im: Float64Array, start: number, end: number): number {
  let square = 0;
  let largest = 0;
  for (let p = start; p < end; p++) {
    largest = Math.max(largest, Math.abs(re[p]!), Math.abs(im[p]!));
    square += re[p]! * re[p]! + im[p]! * im[p]!;
  }
  return largest > NEGLIGIBLE ? Math.sqrt(square) : 0;
}

/** B v for the leading i × i block B, of which only the lower triangle is read, and v in row i. */
function timesReflector(
  re: Float64Array,
  im: Float64Array,
  n: number,
  i: number,
  productRe: Float64Array,
  productIm: Float64Array,
): void {
  const v = i * n;
  for (let row = 0; row < i; row++) {
    const start = row * n;
    const vRe = re[v + row]!;
    const vIm = im[v + row]!;
    let sumRe = re[start + row]! * vRe;
    let sumIm = re[start + row]! * vIm;
    for (let column = 0; column < row; column++) {
      const bRe = re[start + column]!;
      const bIm = im[start + column]!;
      const otherRe = re[v + column]!;
      const otherIm = im[v + column]!;
      sumRe += bRe * otherRe - bIm * otherIm;
      sumIm += bRe * otherIm + bIm * otherRe;
      productRe[column]! += bRe * vRe + bIm * vIm;
      productIm[column]! += bRe * vIm - bIm * vRe;
    }
    productRe[row] = sumRe;
    productIm[row] = sumIm;
  }
}

/** Replaces the lower triangle of B by that of H B H = B − v w† − w v†, w = β B v − (β²/2)(v† B v) v. */
function reflectBlock(
  { re, im, betas }: HermitianTridiagonal,
  n: number,
  i: number,
  productRe: Float64Array,
  productIm: Float64Array,
): void {
  const v = i * n;
  const beta = betas[i]!;
  let expectation = 0;
  for (let j = 0; j < i; j++) expectation += re[v + j]! * productRe[j]! + im[v + j]! * productIm[j]!;
  const share = 0.5 * beta * beta * expectation;
  for (let j = 0; j < i; j++) {
    productRe[j] = beta * productRe[j]! - share * re[v + j]!;
    productIm[j] = beta * productIm[j]! - share * im[v + j]!;
  }
  for (let row = 0; row < i; row++) {
    const start = row * n;
    const vRe = re[v + row]!;
    const vIm = im[v + row]!;
    const wRe = productRe[row]!;
    const wIm = productIm[row]!;
    for (let column = 0; column <= row; column++) {
      const vRe2 = re[v + column]!;
      const vIm2 = im[v + column]!;
      const wRe2 = productRe[column]!;
      const wIm2 = productIm[column]!;
      re[start + column]! -= vRe * wRe2 + vIm * wIm2 + wRe * vRe2 + wIm * vIm2;
      im[start + column]! -= vIm * wRe2 - vRe * wIm2 + wIm * vRe2 - wRe * vIm2;
    }
  }
}

/**
 * The eigenvectors of A from those of T: each row z of `rows` (n × n, row-major) gives Q D z in the same row of the
 * result. 8n³ flops.
 */
export function backTransform(
  reduced: HermitianTridiagonal,
  rows: Float64Array,
): { readonly re: Float64Array; readonly im: Float64Array } {
  const n = reduced.diagonal.length;
  const re = new Float64Array(n * n);
  const im = new Float64Array(n * n);
  for (let start = 0; start < n * n; start += n) {
    for (let j = 0; j < n; j++) {
      re[start + j] = rows[start + j]! * reduced.phaseRe[j]!;
      im[start + j] = rows[start + j]! * reduced.phaseIm[j]!;
    }
    for (let i = 1; i < n; i++) reflectRow(reduced, i, re, im, start);
  }
  return { re, im };
}

/** Applies H_i to the vector that begins at `start`. */
function reflectRow(
  { re: vRe, im: vIm, betas, diagonal }: HermitianTridiagonal,
  i: number,
  re: Float64Array,
  im: Float64Array,
  start: number,
): void {
  const beta = betas[i]!;
  if (beta === 0) return;
  const v = i * diagonal.length;
  let sumRe = 0;
  let sumIm = 0;
  for (let j = 0; j < i; j++) {
    const aRe = vRe[v + j]!;
    const aIm = vIm[v + j]!;
    const xRe = re[start + j]!;
    const xIm = im[start + j]!;
    sumRe += aRe * xRe + aIm * xIm;
    sumIm += aRe * xIm - aIm * xRe;
  }
  sumRe *= beta;
  sumIm *= beta;
  for (let j = 0; j < i; j++) {
    const aRe = vRe[v + j]!;
    const aIm = vIm[v + j]!;
    re[start + j]! -= aRe * sumRe - aIm * sumIm;
    im[start + j]! -= aRe * sumIm + aIm * sumRe;
  }
}
