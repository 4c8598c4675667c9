import { type Kernels, viewOf } from "./kernels.ts";

/** A complex n × n matrix by rows in the memory of kernels: its real part at one place, its imaginary part at another. */
export interface PlacedMatrix {
  readonly kernels: Kernels;
  readonly n: number;
  readonly re: number;
  readonly im: number;
  /** Whether any number of the imaginary part is not zero. */
  readonly isComplex: boolean;
}

/** Numbers that a reduction takes beside the matrix itself. */
export const reductionNumbers = (n: number): number => 3 * n;

/**
 * Q† A Q = D T D† with T real symmetric tridiagonal, D a diagonal of phases and Q = H_{n−1} ⋯ H_1 a product of
 * reflections H_i = 1 − β_i v_i v_i†, v_i of length i kept in row i of the matrix.
 */
export interface HermitianTridiagonal {
  /** T_ii. */
  readonly diagonal: Float64Array;
  /** offDiagonal[i] = T_{i,i+1} ≥ 0; the last is 0. */
  readonly offDiagonal: Float64Array;
  readonly phaseRe: Float64Array;
  readonly phaseIm: Float64Array;
  readonly betas: Float64Array;
  /** Where the betas stand. */
  readonly betasAt: number;
  readonly matrix: PlacedMatrix;
}

/** Entries below this (in a matrix whose largest is of order 1) count as zero: their squares would underflow. */
const NEGLIGIBLE = 1e-140;

/**
 * Reduces the Hermitian matrix whose lower triangle is given (it is overwritten; its largest entry is about 1) to
 * tridiagonal form, from the last row up, so that every inner loop runs along a row. 16n³/3 flops, a quarter where it is real.
 * Golub and Van Loan, Matrix Computations (4th ed.), §8.3.1, with complex reflections.
 */
export function reduceHermitian(matrix: PlacedMatrix): HermitianTridiagonal {
  const { kernels, n, re, im, isComplex } = matrix;
  const betasAt = kernels.take(n);
  const product = kernels.take(2 * n);
  const reduced: HermitianTridiagonal = {
    diagonal: new Float64Array(n),
    offDiagonal: new Float64Array(n),
    phaseRe: new Float64Array(n),
    phaseIm: new Float64Array(n),
    betas: viewOf(kernels, betasAt, n),
    betasAt,
    matrix,
  };
  if (n > 0) reduced.phaseRe[n - 1] = 1;
  for (let i = n - 1; i > 0; i--) {
    reduced.diagonal[i] = kernels.heap[re + i * n + i]!;
    makeReflection(reduced, i);
    if (reduced.betas[i] === 0) continue;
    kernels.timesReflector(re, im, n, i, product, isComplex);
    makeCounterpart(reduced, i, product);
    kernels.reflectBlock(re, im, n, i, product, isComplex);
  }
  if (n > 0) reduced.diagonal[0] = kernels.heap[re]!;
  return reduced;
}

/**
 * Turns row i, left of the diagonal, into the v and β of the reflection that leaves of column i above the diagonal only
 * its last entry α, and records |α| and the phase that makes α real. With c the column, u the phase of its last entry
 * and e the last unit vector: α = −u‖c‖, v = c/‖c‖ + u e, β = 1/(1 + |c_last|/‖c‖).
 */
function makeReflection(reduced: HermitianTridiagonal, i: number): void {
  const { offDiagonal, phaseRe, phaseIm, betas, matrix } = reduced;
  const { n } = matrix;
  const [re, im] = partsOf(matrix);
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

const partsOf = ({ kernels, n, re, im }: PlacedMatrix): [re: Float64Array, im: Float64Array] => [
  viewOf(kernels, re, n * n),
  viewOf(kernels, im, n * n),
];

/** From B v to w = β B v − (β²/2)(v† B v) v, with which H B H = B − v w† − w v†. */
function makeCounterpart({ betas, matrix }: HermitianTridiagonal, i: number, product: number): void {
  const { kernels, n, re, im } = matrix;
  const { heap } = kernels;
  const [vRe, vIm] = [re + i * n, im + i * n];
  const beta = betas[i]!;
  let expectation = 0;
  for (let j = 0; j < i; j++)
    expectation += heap[vRe + j]! * heap[product + j]! + heap[vIm + j]! * heap[product + n + j]!;
  const share = 0.5 * beta * beta * expectation;
  for (let j = 0; j < i; j++) {
    heap[product + j] = beta * heap[product + j]! - share * heap[vRe + j]!;
    heap[product + n + j] = beta * heap[product + n + j]! - share * heap[vIm + j]!;
  }
}

/**
 * The eigenvectors of A from those of T: each real row z at `rows` gives Q D z in the same row there, its imaginary part
 * at `rowsIm`. 8n³ flops, a quarter of them where A is real.
 */
export function backTransform(
  { phaseRe, phaseIm, betasAt, matrix }: HermitianTridiagonal,
  rows: number,
  rowsIm: number,
): void {
  const { kernels, n, re, im, isComplex } = matrix;
  const { heap } = kernels;
  for (let start = 0; start < n * n; start += n) {
    for (let j = 0; j < n; j++) {
      const z = heap[rows + start + j]!;
      heap[rows + start + j] = z * phaseRe[j]!;
      heap[rowsIm + start + j] = z * phaseIm[j]!;
    }
  }
  kernels.reflectRows(re, im, betasAt, n, rows, rowsIm, isComplex);
}
