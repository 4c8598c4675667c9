import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createKernels, type Kernels, packedLength } from "../../src/numerics/kernels.ts";
import { plainKernels } from "../../src/numerics/plain-kernels.ts";
import { randomNumbers } from "./test-matrices.ts";

afterEach(() => vi.unstubAllGlobals());

/** Kernels in WebAssembly and in TypeScript over memories that hold the same random numbers. */
function pair(capacity: number, seed: number) {
  const simd = createKernels(capacity, 0);
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

/** That numbers are those expected, up to round-off. */
function expectClose(found: Float64Array, expected: ArrayLike<number>): void {
  let largest = 0;
  for (let i = 0; i < expected.length; i++) largest = Math.max(largest, Math.abs(found[i]! - expected[i]!));
  expect(largest).toBeLessThan(1e-12);
}

const size = fc.integer({ min: 1, max: 23 });

/** Also sizes beyond one depth of a packed operand, one block of columns and one part of a vector. */
const long = fc.oneof(size, fc.integer({ min: 120, max: 140 }), fc.integer({ min: 250, max: 530 }));

const run = (property: fc.IRawProperty<unknown>, numRuns = 40) => fc.assert(property, { numRuns, seed: 11 });

describe("the kernels in WebAssembly", () => {
  it("are those that are used here", () => expect(createKernels(1, 0).kind).toBe("simd"));

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
      let isUntouched = true;
      // between the rows of C nothing is written
      for (let i = 0; i + 1 < m; i++)
        for (let j = i * stride + n; j < (i + 1) * stride; j++) isUntouched &&= heap[j] === before[j];
      expect(isUntouched).toBe(true);
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

  it("reduce a Hermitian matrix as those in TypeScript do", () => {
    const property = fc.property(
      fc.integer({ min: 2, max: 40 }),
      fc.boolean(),
      fc.nat(),
      (n, isComplex, seed) => {
        const { simd, plain, heap } = pair(2 * n * n + 2 * n, seed);
        for (let i = n - 1; i > 0; i -= 3) {
          for (const kernels of [simd, plain]) {
            kernels.timesReflector(0, n * n, n, i, 2 * n * n, isComplex);
            kernels.reflectBlock(0, n * n, n, i, 2 * n * n, isComplex);
          }
          // the numbers grow from one to the next
          const largest = heap.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
          for (const memory of [heap, simd.heap])
            for (let k = 0; k < memory.length; k++) memory[k]! /= largest;
        }
        expectSame(simd, heap);
      },
    );
    run(property);
  });

  it("multiply a block of a Hermitian matrix by a vector", () => {
    const property = fc.property(
      fc.integer({ min: 2, max: 30 }),
      fc.boolean(),
      fc.nat(),
      (n, isComplex, seed) => {
        const { simd } = pair(2 * n * n + 2 * n, seed);
        const { heap } = simd;
        const i = n - 1;
        const entry = (r: number, c: number): [number, number] => {
          const [at, sign] = r >= c ? [r * n + c, 1] : [c * n + r, -1];
          return [heap[at]!, isComplex && r !== c ? sign * heap[n * n + at]! : 0];
        };
        const expected = Array.from({ length: i }, (_, r) => {
          let [x, y] = [0, 0];
          for (let c = 0; c < i; c++) {
            const [a, b] = entry(r, c);
            const [u, v] = [heap[i * n + c]!, isComplex ? heap[n * n + i * n + c]! : 0];
            x += a * u - b * v;
            y += a * v + b * u;
          }
          return [x, y];
        });
        simd.timesReflector(0, n * n, n, i, 2 * n * n, isComplex);
        for (const [r, [x, y]] of expected.entries()) {
          expect(heap[2 * n * n + r]).toBeCloseTo(x!, 12);
          if (isComplex) expect(heap[2 * n * n + n + r]).toBeCloseTo(y!, 12);
        }
      },
    );
    run(property);
  });

  it("turn and reflect rows as those in TypeScript do", () => {
    const property = fc.property(
      fc.integer({ min: 2, max: 40 }),
      fc.boolean(),
      fc.nat(),
      (n, isComplex, seed) => {
        const sweeps = 4 * n * n + n;
        const { simd, plain, heap } = pair(sweeps + 6 * n + 6, seed);
        const random = randomNumbers(seed + 1);
        let top = sweeps;
        for (let s = 0; s < 3; s++) {
          const first = Math.floor(random() * (n - 1));
          const last = first + 1 + Math.floor(random() * (n - 1 - first));
          heap.set([first, last], top);
          top += 2;
          for (let i = first; i < last; i++, top += 2) {
            const angle = 6 * random();
            heap.set([Math.cos(angle), Math.sin(angle)], top);
          }
        }
        for (let i = 0; i < n; i++) heap[4 * n * n + i]! *= i % 3 === 0 ? 0 : 1 / n;
        simd.heap.set(heap);
        for (const kernels of [simd, plain]) {
          kernels.turnRows(2 * n * n, n, sweeps, 3);
          kernels.reflectRows(0, n * n, 4 * n * n, n, 2 * n * n, 3 * n * n, isComplex);
        }
        const scale = heap.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
        expectSame(simd, heap, 1e-12 * scale);
      },
    );
    run(property);
  });

  it("apply sparse matrices to dense blocks as those in TypeScript do", () => {
    const property = fc.property(fc.integer({ min: 1, max: 37 }), fc.nat(), (n, seed) => {
      const random = randomNumbers(seed + 1);
      const integer = (most: number) => Math.floor(random() * most);
      const matrix = 4 * n * n;
      const { simd, plain, heap } = pair(matrix + n * (1 + 3 * 5), seed);
      const expected = heap.slice(2 * n * n, 4 * n * n);
      let at = matrix;
      for (let row = 0; row < n; row++) {
        const count = integer(6);
        heap[at++] = count;
        for (let e = 0; e < count; e++, at += 3) {
          const column = integer(n);
          const [re, im] = [integer(3) - 1, integer(3) * random()];
          heap.set([column, re, im], at);
          for (let k = 0; k < n; k++) {
            const [x, y] = [heap[column * n + k]!, heap[n * n + column * n + k]!];
            expected[row * n + k]! += re * x - im * y;
            expected[n * n + row * n + k]! += re * y + im * x;
          }
        }
      }
      simd.heap.set(heap);
      for (const kernels of [simd, plain]) kernels.addSparse(matrix, n, 0, n * n, 2 * n * n, 3 * n * n);
      expectSame(simd, heap);
      expectClose(heap.subarray(2 * n * n), expected);
    });
    run(property);
  });

  it("move the entries of dense blocks as those in TypeScript do", () => {
    const size = fc.integer({ min: 1, max: 25 });
    const property = fc.property(size, size, fc.boolean(), fc.nat(), (n, m, isComplex, seed) => {
      const random = randomNumbers(seed + 1);
      const x = n * n;
      const rows = 2 * x + 2 * m * m;
      const least = Math.min(n, m);
      const runs = rows + 3 * least;
      const { simd, plain, heap } = pair(runs + 4 * least, seed);
      const [re, im] = [random(), isComplex ? random() : 0];
      // entries of A and B on a diagonal that begins anywhere; B in runs of random length
      const moved = (count: number, to: number) => (k: number) => [k + n - count, k + to] as const;
      const rowOf = moved(least, m - least);
      for (let k = 0; k < least; k++) heap.set([...rowOf(k), random()], rows + 3 * k);
      const weights = Array.from({ length: least }, random);
      let [top, runCount] = [runs, 0];
      for (let k = 0; k < least; runCount++) {
        const length = Math.min(least - k, 1 + Math.floor(5 * random()));
        heap.set([...rowOf(k), length, ...weights.slice(k, k + length)], top);
        top += 3 + length;
        k += length;
      }
      const expected = heap.slice(2 * x, 2 * x + 2 * m * m);
      for (let r = 0; r < least; r++) {
        for (let c = 0; c < least; c++) {
          const weight = heap[rows + 3 * r + 2]! * weights[c]!;
          const from = rowOf(r)[0] * n + rowOf(c)[0];
          const to = rowOf(r)[1] * m + rowOf(c)[1];
          expected[to]! += weight * (re * heap[from]! - im * heap[x + from]!);
          expected[m * m + to]! += weight * (re * heap[x + from]! + im * heap[from]!);
        }
      }
      simd.heap.set(heap);
      for (const { addMoved } of [simd, plain])
        addMoved(rows, least, runs, runCount, re, im, 0, x, n, 2 * x, 2 * x + m * m, m);
      expectSame(simd, heap);
      expectClose(heap.subarray(2 * x), expected);
    });
    run(property);
  });
});

describe("the memory of the kernels", () => {
  it("gives each place once, and no more than there is", () => {
    const kernels = createKernels(10, 0);
    expect([kernels.take(4), kernels.take(3)]).toEqual([0, 4]);
    expect(() => kernels.take(kernels.heap.length)).toThrow(RangeError);
  });

  it("can be had often, one after the other", () => {
    for (let k = 0; k < 60; k++) expect(createKernels(1e6).kind).toBe("simd");
  });

  it("is that of TypeScript where it is small", () => {
    expect([createKernels(100).kind, createKernels(1e5).kind]).toEqual(["plain", "simd"]);
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
      const { kind, heap, dot } = createKernels(8, 0);
      expect(kind).toBe("plain");
      heap.fill(3);
      expect(dot(0, 4, 4)).toBe(36);
    }
  });
});
