import type { DenseMatrix } from "./dense-matrix.ts";

/**
 * The solution y of (α H + β) y = b, interleaved complex, for an upper Hessenberg H, complex α and real β and b: Gaussian
 * elimination with pivoting between neighbouring rows, 2m² complex operations (Golub and Van Loan, Matrix Computations
 * (4th ed.), §4.3.4).
 */
export function solveHessenberg(
  { size: m, values }: DenseMatrix,
  alpha: readonly [re: number, im: number],
  beta: number,
  b: Float64Array,
): Float64Array {
  const re = new Float64Array(m * m);
  const im = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    for (let j = Math.max(0, i - 1); j < m; j++) {
      re[i * m + j] = alpha[0] * values[i * m + j]! + (i === j ? beta : 0);
      im[i * m + j] = alpha[1] * values[i * m + j]!;
    }
  }
  const y = new Float64Array(2 * m);
  for (let i = 0; i < m; i++) y[2 * i] = b[i]!;
  for (let k = 0; k + 1 < m; k++) {
    if (square(re, im, (k + 1) * m + k) > square(re, im, k * m + k)) swapWithNext(re, im, y, k, m);
    eliminateNext(re, im, y, k, m);
  }
  for (let k = m - 1; k >= 0; k--) {
    const [pr, pi] = [re[k * m + k]!, im[k * m + k]!];
    let [sr, si] = [y[2 * k]!, y[2 * k + 1]!];
    for (let j = k + 1; j < m; j++) {
      const [ar, ai, yr, yi] = [re[k * m + j]!, im[k * m + j]!, y[2 * j]!, y[2 * j + 1]!];
      sr -= ar * yr - ai * yi;
      si -= ar * yi + ai * yr;
    }
    const scale = pr * pr + pi * pi;
    y[2 * k] = (sr * pr + si * pi) / scale;
    y[2 * k + 1] = (si * pr - sr * pi) / scale;
  }
  return y;
}

const square = (re: Float64Array, im: Float64Array, at: number): number => re[at]! ** 2 + im[at]! ** 2;

function swapWithNext(re: Float64Array, im: Float64Array, y: Float64Array, k: number, m: number): void {
  for (const part of [re, im]) {
    for (let j = k; j < m; j++) {
      const kept = part[k * m + j]!;
      part[k * m + j] = part[(k + 1) * m + j]!;
      part[(k + 1) * m + j] = kept;
    }
  }
  for (const part of [0, 1]) {
    const kept = y[2 * k + part]!;
    y[2 * k + part] = y[2 * k + 2 + part]!;
    y[2 * k + 2 + part] = kept;
  }
}

function eliminateNext(re: Float64Array, im: Float64Array, y: Float64Array, k: number, m: number): void {
  const [row, next] = [k * m, (k + 1) * m];
  const [pr, pi, lr, li] = [re[row + k]!, im[row + k]!, re[next + k]!, im[next + k]!];
  if (lr === 0 && li === 0) return;
  const scale = pr * pr + pi * pi;
  const fr = (lr * pr + li * pi) / scale;
  const fi = (li * pr - lr * pi) / scale;
  for (let j = k + 1; j < m; j++) {
    const [ar, ai] = [re[row + j]!, im[row + j]!];
    re[next + j]! -= fr * ar - fi * ai;
    im[next + j]! -= fr * ai + fi * ar;
  }
  const [yr, yi] = [y[2 * k]!, y[2 * k + 1]!];
  y[2 * k + 2]! -= fr * yr - fi * yi;
  y[2 * k + 3]! -= fr * yi + fi * yr;
}
