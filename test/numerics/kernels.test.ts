import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createKernels, type Kernels, packedLength } from "../../src/numerics/kernels.ts";
import { plainKernels } from "../../src/numerics/plain-kernels.ts";
import { randomNumbers } from "./test-matrices.ts";

afterEach(() => vi.unstubAllGlobals());

/** Kernels in WebAssembly and in TypeScript over memories that hold the same random numbers. */
function pair(capacity: number, seed: number) {
  const simd = createKernels(capacity);
  const random = randomNumbers(seed);
  for (let i = 0; i < simd.heap.length; i++) simd.heap[i] = 2 * random() - 1;
  const heap = simd.heap.slice();
  return { simd, plain: plainKernels(heap), heap };
}

/** That both memories hold the same numbers, up to round-off, in all places. */
function expectSame(simd: Kernels, heap: Float64Array, within = 1e-12): void {
  let largest = 0;
  for (let i = 0; i < heap.length; i++) largest = Math.max(largest, Math.abs(heap[i]! - simd.heap[i]!));
  expect(largest).toBeLessThan(within);
}

const size = fc.integer({ min: 1, max: 23 });

/** Also sizes beyond one depth of a packed operand, one block of columns and one part of a vector. */
const long = fc.oneof(size, fc.integer({ min: 120, max: 140 }), fc.integer({ min: 250, max: 530 }));

const run = (property: fc.IRawProperty<unknown>, numRuns = 60) => fc.assert(property, { numRuns, seed: 11 });

describe("the kernels in WebAssembly", () => {
  it("are those that are used here", () => expect(createKernels(1).kind).toBe("simd"));

  it("pack as those in TypeScript do", () => {
    const property = fc.property(
      size,
      long,
      size,
      fc.boolean(),
      fc.nat(),
      (lines, length, gap, byRows, seed) => {
        const [line, step] = byRows ? [length + gap, 1] : [1, lines + gap];
        const target = lines * line + length * step;
        const { simd, plain, heap } = pair(target + packedLength(lines, length) + 9, seed);
        for (const { pack } of [simd, plain]) pack(3, line, step, lines, length, target + 3);
        expectSame(simd, heap, Number.MIN_VALUE);
      },
    );
    run(property);
  });

  it("multiply as those in TypeScript do, and as a sum over entries", () => {
    const property = fc.property(size, long, long, size, fc.nat(), (m, k, n, gap, seed) => {
      const stride = n + gap;
      const [a, b] = [m * stride, m * stride + m * k];
      const left = b + k * n;
      const right = left + packedLength(m, k);
      const { simd, plain, heap } = pair(right + packedLength(n, k), seed);
      const before = heap.slice();
      for (const { pack, multiply } of [simd, plain]) {
        pack(a, k, 1, m, k, left);
        pack(b, 1, n, n, k, right);
        multiply(left, right, 0, stride, m, n, k);
      }
      expectSame(simd, heap);
      for (const [i, j] of [
        [0, 0],
        [m - 1, n - 1],
        [m >> 1, n >> 1],
      ] as const) {
        let sum = before[i * stride + j]!;
        for (let l = 0; l < k; l++) sum += before[a + i * k + l]! * before[b + l * n + j]!;
        expect(heap[i * stride + j]).toBeCloseTo(sum, 11);
      }
      // between the rows of C nothing is written
      for (let i = 0; i + 1 < m; i++)
        for (let j = n; j < stride; j++) expect(heap[i * stride + j]).toBe(before[i * stride + j]);
    });
    run(property, 40);
  });

  it("make vectors orthogonal and combine them as those in TypeScript do", () => {
    const property = fc.property(long, fc.integer({ min: 0, max: 11 }), fc.nat(), (length, most, seed) => {
      const count = Math.min(most, length - 1);
      const { simd, plain, heap } = pair((count + 2) * length + 2 * count + 1, seed);
      const parts = (count + 1) * length;
      const x = parts + 2 * count;
      // orthonormal up to round-off, so that what is left over is small beside the numbers themselves
      for (let k = 0; k < count; k++) {
        plain.orthogonalise(0, length, k, parts);
        const norm = Math.sqrt(plain.dot(k * length, k * length, length)) || 1;
        for (let i = 0; i < length; i++) heap[k * length + i]! /= norm;
      }
      simd.heap.set(heap);
      expect(simd.dot(0, x, length)).toBeCloseTo(plain.dot(0, x, length), 12);
      for (const kernels of [simd, plain]) {
        kernels.orthogonalise(0, length, count, parts);
        kernels.addCombination(0, length, count, parts, x);
      }
      expectSame(simd, heap);
      for (let k = 0; k < count; k++)
        expect(Math.abs(simd.dot(k * length, count * length, length))).toBeLessThan(1e-13);
    });
    run(property);
  });
});

describe("the memory of the kernels", () => {
  it("gives each place once, and no more than there is", () => {
    const kernels = createKernels(10);
    expect([kernels.take(4), kernels.take(3)]).toEqual([0, 4]);
    expect(() => kernels.take(kernels.heap.length)).toThrow(RangeError);
  });

  it("can be had often, one after the other", () => {
    for (let k = 0; k < 150; k++) expect(createKernels(1e6).kind).toBe("simd");
  });

  it("is that of TypeScript where there is no WebAssembly, no SIMD in it, or not so much memory", () => {
    const refuse = class {
      constructor() {
        throw new Error("not here");
      }
    };
    const host = (globalThis as { WebAssembly?: object }).WebAssembly;
    for (const other of [undefined, { ...host, Module: refuse }, { ...host, Memory: refuse }]) {
      vi.stubGlobal("WebAssembly", other);
      const { kind, heap, dot } = createKernels(8);
      expect(kind).toBe("plain");
      heap.fill(3);
      expect(dot(0, 4, 4)).toBe(36);
    }
  });
});
