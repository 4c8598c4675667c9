import type { KernelFunctions } from "./kernel-functions.ts";

type HermitianKernels = Pick<KernelFunctions, "timesReflector" | "reflectBlock" | "turnRows" | "reflectRows">;

/** The kernels of the Hermitian eigenproblem in TypeScript. */
export const plainHermitian = (heap: Float64Array): HermitianKernels => ({
  timesReflector: (re, im, n, i, product, isComplex) => {
    for (let row = 0; row < i; row++) {
      if (isComplex)
        timesComplexRow(heap, re + row * n, im + row * n, re + i * n, im + i * n, product, n, row);
      else timesRealRow(heap, re + row * n, re + i * n, product, row);
    }
  },
  reflectBlock: (re, im, n, i, w, isComplex) => {
    for (let row = 0; row < i; row++) {
      if (isComplex) reflectComplexRow(heap, re + row * n, im + row * n, re + i * n, im + i * n, w, n, row);
      else reflectRealRow(heap, re + row * n, re + i * n, w, row);
    }
  },
  turnRows: (rows, n, sweeps, count) => {
    let q = sweeps;
    for (let s = 0; s < count; s++) {
      const [first, last] = [heap[q]!, heap[q + 1]!];
      q += 2;
      for (let i = last - 1; i >= first; i--, q += 2) {
        turnPair(heap, rows + i * n, n, heap[q]!, heap[q + 1]!);
      }
    }
  },
  reflectRows: (re, im, betas, n, rowsRe, rowsIm, isComplex) => {
    for (let start = 0; start < n * n; start += n) {
      for (let i = 1; i < n; i++) {
        const beta = heap[betas + i]!;
        if (beta === 0) continue;
        if (isComplex) reflectComplex(heap, re + i * n, im + i * n, beta, i, rowsRe + start, rowsIm + start);
        else reflectReal(heap, re + i * n, beta, i, rowsRe + start);
      }
    }
  },
});

function timesRealRow(heap: Float64Array, b: number, v: number, product: number, row: number): void {
  const own = heap[v + row]!;
  let sum = heap[b + row]! * own;
  for (let k = 0; k < row; k++) {
    const entry = heap[b + k]!;
    sum += entry * heap[v + k]!;
    heap[product + k]! += entry * own;
  }
  heap[product + row] = sum;
}

function timesComplexRow(
  heap: Float64Array,
  bRe: number,
  bIm: number,
  vRe: number,
  vIm: number,
  product: number,
  n: number,
  row: number,
): void {
  const [ownRe, ownIm] = [heap[vRe + row]!, heap[vIm + row]!];
  let sumRe = heap[bRe + row]! * ownRe;
  let sumIm = heap[bRe + row]! * ownIm;
  for (let k = 0; k < row; k++) {
    const x = heap[bRe + k]!;
    const y = heap[bIm + k]!;
    const u = heap[vRe + k]!;
    const v = heap[vIm + k]!;
    sumRe += x * u - y * v;
    sumIm += x * v + y * u;
    heap[product + k]! += x * ownRe + y * ownIm;
    heap[product + n + k]! += x * ownIm - y * ownRe;
  }
  heap[product + row] = sumRe;
  heap[product + n + row] = sumIm;
}

function reflectRealRow(heap: Float64Array, b: number, v: number, w: number, row: number): void {
  const [x, y] = [heap[v + row]!, heap[w + row]!];
  for (let k = 0; k <= row; k++) heap[b + k]! -= x * heap[w + k]! + y * heap[v + k]!;
}

function reflectComplexRow(
  heap: Float64Array,
  bRe: number,
  bIm: number,
  vRe: number,
  vIm: number,
  w: number,
  n: number,
  row: number,
): void {
  const [a, b] = [heap[vRe + row]!, heap[vIm + row]!];
  const [c, d] = [heap[w + row]!, heap[w + n + row]!];
  for (let k = 0; k <= row; k++) {
    const vr = heap[vRe + k]!;
    const vi = heap[vIm + k]!;
    const wr = heap[w + k]!;
    const wi = heap[w + n + k]!;
    heap[bRe + k]! -= a * wr + b * wi + c * vr + d * vi;
    heap[bIm + k]! -= b * wr - a * wi + d * vr - c * vi;
  }
}

function turnPair(heap: Float64Array, row: number, n: number, cosine: number, sine: number): void {
  for (let p = row; p < row + n; p++) {
    const above = heap[p]!;
    const below = heap[p + n]!;
    heap[p] = cosine * above - sine * below;
    heap[p + n] = sine * above + cosine * below;
  }
}

function reflectReal(heap: Float64Array, v: number, beta: number, i: number, x: number): void {
  let sum = 0;
  for (let j = 0; j < i; j++) sum += heap[v + j]! * heap[x + j]!;
  sum *= beta;
  for (let j = 0; j < i; j++) heap[x + j]! -= heap[v + j]! * sum;
}

function reflectComplex(
  heap: Float64Array,
  vRe: number,
  vIm: number,
  beta: number,
  i: number,
  xRe: number,
  xIm: number,
): void {
  let sumRe = 0;
  let sumIm = 0;
  for (let j = 0; j < i; j++) {
    const [u, v] = [heap[vRe + j]!, heap[vIm + j]!];
    const [x, y] = [heap[xRe + j]!, heap[xIm + j]!];
    sumRe += u * x + v * y;
    sumIm += u * y - v * x;
  }
  sumRe *= beta;
  sumIm *= beta;
  for (let j = 0; j < i; j++) {
    const [u, v] = [heap[vRe + j]!, heap[vIm + j]!];
    heap[xRe + j]! -= u * sumRe - v * sumIm;
    heap[xIm + j]! -= u * sumIm + v * sumRe;
  }
}
