import type { KernelFunctions } from "./kernel-functions.ts";

/** The kernels that apply sparse operators to dense blocks, in TypeScript. */
export const plainBlocks = (heap: Float64Array): Pick<KernelFunctions, "addSparse" | "addMoved"> => ({
  addSparse: (matrix, n, xRe, xIm, tRe, tIm) => {
    let at = matrix;
    for (let row = 0; row < n; row++) {
      const end = at + 1 + 3 * heap[at]!;
      for (at++; at < end; at += 3) {
        const from = heap[at]! * n;
        addLine(heap, n, heap[at + 1]!, heap[at + 2]!, xRe + from, xIm + from, tRe + row * n, tIm + row * n);
      }
    }
  },
  addMoved: (rows, rowCount, runs, runCount, re, im, xRe, xIm, stride, tRe, tIm, toStride) => {
    for (let r = rows; r < rows + 3 * rowCount; r += 3) {
      const [a, b] = [re * heap[r + 2]!, im * heap[r + 2]!];
      let run = runs;
      for (let k = 0; k < runCount; k++) {
        const from = heap[r]! * stride + heap[run]!;
        const to = heap[r + 1]! * toStride + heap[run + 1]!;
        const length = heap[run + 2]!;
        run += 3;
        addRun(heap, run, length, a, b, xRe + from, xIm + from, tRe + to, tIm + to);
        run += length;
      }
    }
  },
});

/** t += (re + i·im) x for a row of n numbers. */
function addLine(
  heap: Float64Array,
  n: number,
  re: number,
  im: number,
  xRe: number,
  xIm: number,
  tRe: number,
  tIm: number,
): void {
  if (re !== 0) {
    for (let k = 0; k < n; k++) {
      heap[tRe + k]! += re * heap[xRe + k]!;
      heap[tIm + k]! += re * heap[xIm + k]!;
    }
  }
  if (im !== 0) {
    for (let k = 0; k < n; k++) {
      heap[tRe + k]! -= im * heap[xIm + k]!;
      heap[tIm + k]! += im * heap[xRe + k]!;
    }
  }
}

/** t += (a + ib) w x number by number, with the weights w at a place of their own. */
function addRun(
  heap: Float64Array,
  weights: number,
  length: number,
  a: number,
  b: number,
  xRe: number,
  xIm: number,
  tRe: number,
  tIm: number,
): void {
  for (let k = 0; k < length; k++) {
    const [c, d] = [a * heap[weights + k]!, b * heap[weights + k]!];
    const [x, y] = [heap[xRe + k]!, heap[xIm + k]!];
    heap[tRe + k]! += c * x - d * y;
    heap[tIm + k]! += c * y + d * x;
  }
}
