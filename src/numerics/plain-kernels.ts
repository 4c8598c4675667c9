import type { KernelFunctions } from "./kernel-functions.ts";
import { plainBlocks } from "./plain-blocks.ts";
import { plainHermitian } from "./plain-hermitian.ts";

/** The kernels in TypeScript: the reference of those in WebAssembly, and what takes their place where there is none. */
export function plainKernels(heap: Float64Array): KernelFunctions {
  return {
    ...plainHermitian(heap),
    ...plainBlocks(heap),
    pack: (...args) => pack(heap, ...args),
    multiply: (...args) => multiply(heap, ...args),
    dot: (x, y, size) => dot(heap, x, y, size),
    orthogonalise: (...args) => orthogonalise(heap, ...args),
    addCombination: (basis, size, count, weights, x) => {
      for (let i = 0; i < count; i++) addMultiple(heap, x, basis + i * size, heap[weights + i]!, size);
    },
  };
}

const DEPTH = 256;

function pack(
  heap: Float64Array,
  source: number,
  line: number,
  step: number,
  lines: number,
  length: number,
  target: number,
): void {
  let to = target;
  for (let first = 0; first < length; first += DEPTH) {
    const last = Math.min(length, first + DEPTH);
    for (let l = 0; l < lines; l += 4) {
      for (let p = first; p < last; p++) {
        for (let q = 0; q < 4; q++)
          heap[to + q] = l + q < lines ? heap[source + (l + q) * line + p * step]! : 0;
        to += 4;
      }
    }
  }
}

function multiply(
  heap: Float64Array,
  a: number,
  b: number,
  c: number,
  stride: number,
  m: number,
  n: number,
  k: number,
): void {
  const rows = (m + 3) & ~3;
  const columns = (n + 3) & ~3;
  for (let first = 0; first < k; first += DEPTH) {
    const deep = Math.min(DEPTH, k - first);
    for (let i = 0; i < m; i += 2) {
      // two rows of a panel of four
      const left = a + first * rows + (i & ~3) * deep + (i & 2);
      for (let j = 0; j < n; j += 4) {
        addTile(heap, left, b + first * columns + j * deep, deep, c + i * stride + j, stride, m - i, n - j);
      }
    }
  }
}

/** Adds to at most 2 × 4 entries of C, with their sums in registers. */
function addTile(
  heap: Float64Array,
  a: number,
  b: number,
  deep: number,
  c: number,
  stride: number,
  rows: number,
  columns: number,
): void {
  let [c00, c01, c02, c03] = [0, 0, 0, 0];
  let [c10, c11, c12, c13] = [0, 0, 0, 0];
  const end = b + 4 * deep;
  for (let q = b, p = a; q < end; q += 4, p += 4) {
    const b0 = heap[q]!;
    const b1 = heap[q + 1]!;
    const b2 = heap[q + 2]!;
    const b3 = heap[q + 3]!;
    const x = heap[p]!;
    c00 += x * b0;
    c01 += x * b1;
    c02 += x * b2;
    c03 += x * b3;
    const y = heap[p + 1]!;
    c10 += y * b0;
    c11 += y * b1;
    c12 += y * b2;
    c13 += y * b3;
  }
  addRow(heap, c, columns, c00, c01, c02, c03);
  if (rows > 1) addRow(heap, c + stride, columns, c10, c11, c12, c13);
}

function addRow(
  heap: Float64Array,
  at: number,
  columns: number,
  x0: number,
  x1: number,
  x2: number,
  x3: number,
): void {
  heap[at]! += x0;
  if (columns > 1) heap[at + 1]! += x1;
  if (columns > 2) heap[at + 2]! += x2;
  if (columns > 3) heap[at + 3]! += x3;
}

function dot(heap: Float64Array, x: number, y: number, size: number): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  const end = size & ~3;
  for (let i = 0; i < end; i += 4) {
    a += heap[x + i]! * heap[y + i]!;
    b += heap[x + i + 1]! * heap[y + i + 1]!;
    c += heap[x + i + 2]! * heap[y + i + 2]!;
    d += heap[x + i + 3]! * heap[y + i + 3]!;
  }
  for (let i = end; i < size; i++) a += heap[x + i]! * heap[y + i]!;
  return a + b + (c + d);
}

function orthogonalise(heap: Float64Array, basis: number, size: number, count: number, parts: number): void {
  const next = basis + count * size;
  for (const pass of [parts, parts + count]) {
    for (let i = 0; i < count; i++) heap[pass + i] = dot(heap, basis + i * size, next, size);
    for (let i = 0; i < count; i++) addMultiple(heap, next, basis + i * size, -heap[pass + i]!, size);
  }
  for (let i = 0; i < count; i++) heap[parts + i]! += heap[parts + count + i]!;
}

function addMultiple(heap: Float64Array, x: number, y: number, factor: number, size: number): void {
  for (let i = 0; i < size; i++) heap[x + i]! += factor * heap[y + i]!;
}
