import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { applyContributions } from "../../src/lower/generator.ts";
import { placedSum, summation } from "../../src/lower/linear-generator.ts";
import { conditionEstimate } from "../../src/numerics/condition.ts";
import { extendedResidual, solveExtended } from "../../src/numerics/extended-refinement.ts";
import { bytesOf, type SparseKernels, sparseKernels } from "../../src/numerics/sparse-kernels.ts";
import { factorise, type SparseLu } from "../../src/numerics/sparse-lu.ts";
import { refactorise } from "../../src/numerics/sparse-lu-refactorise.ts";
import { solve, solveTransposed } from "../../src/numerics/sparse-lu-solve.ts";
import { multiply, norm1, type SparseMatrix } from "../../src/numerics/sparse-matrix.ts";
import { randomNumbers, randomSparse, randomVector, shuffledOrder } from "./test-matrices.ts";

afterEach(() => vi.unstubAllGlobals());

/** Entries over many orders of magnitude, some of them zero, which both sides skip. */
function spread(values: Float64Array, random: () => number): Float64Array {
  return values.map((x) => (random() < 0.1 ? 0 : x * 2 ** Math.floor(80 * random() - 40)));
}

interface Case {
  readonly A: SparseMatrix;
  readonly low: Float64Array;
  readonly lu: SparseLu;
  readonly b: Float64Array;
  readonly random: () => number;
}

/** A random system with its factors and what its entries lost to rounding; undefined where it is singular. */
function randomCase(n: number, seed: number): Case | undefined {
  const random = randomNumbers(seed);
  const pattern = randomSparse(n, 3, random, 4);
  const A = { ...pattern, values: spread(pattern.values, random) };
  const found = factorise(A, shuffledOrder(n, random), { deferredRows: [n - 1] });
  if (found.kind !== "factorised") return undefined;
  const low = A.values.map((x) => x * 2 ** -54 * (2 * random() - 1));
  return { A, low, lu: found.lu, b: spread(randomVector(n, random), random), random };
}

/** The operands of a case in the memory of kernels, with room for vectors. */
function placed({ A, low, lu }: Case, vectors: number) {
  const kernels = sparseKernels(bytesOf.matrix(A) + bytesOf.factors(lu) + bytesOf.numbers(vectors * lu.size));
  if (!kernels) throw new Error("no WebAssembly");
  const matrix = kernels.matrix(A);
  matrix.matrix.values.set(A.values);
  matrix.low.set(low);
  return { ...kernels, at: matrix.place, values: matrix.matrix.values, on: kernels.factors(lu) };
}

const place = (kernels: SparseKernels, vector: Float64Array): number => kernels.copied(vector).byteOffset;

/** That a kernel comes to the same bits as the function in TypeScript, on random systems of up to 60 unknowns. */
function sameBits(compare: (given: Case) => readonly [found: unknown, expected: unknown]): void {
  let compared = 0;
  const property = fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(), (n, seed) => {
    const given = randomCase(n, seed);
    if (!given) return;
    compared++;
    const [found, expected] = compare(given);
    expect(found).toEqual(expected);
  });
  fc.assert(property, { numRuns: 60, seed: 7 });
  expect(compared).toBeGreaterThan(20);
}

const FACTORS = ["rowScale", "lowerValues", "upperValues", "pivots", "work"] as const;

describe("the sparse kernels in WebAssembly come to the bits of", () => {
  it("solve", () =>
    sameBits((given) => {
      const k = placed(given, 2);
      const x = k.numbers(given.b.length);
      k.functions.solve(k.on.place, place(k, given.b), x.byteOffset);
      return [x, solve(given.lu, given.b)];
    }));

  it("solveTransposed", () =>
    sameBits((given) => {
      const k = placed(given, 2);
      const x = k.numbers(given.b.length);
      k.functions.solveTransposed(k.on.place, place(k, given.b), x.byteOffset);
      return [x, solveTransposed(given.lu, given.b)];
    }));

  it("refactorise, of whatever it makes of other values", () => {
    const kinds = new Set<string>();
    sameBits((given) => {
      const k = placed(given, 0);
      const values = given.A.values.map((x) => x * (given.random() < 0.1 ? 1e-4 : 1 + given.random()));
      if (given.random() < 0.1) values[0] = Number.POSITIVE_INFINITY;
      k.values.set(values);
      const found = k.functions.refactorise(k.on.place, k.at, 1e-3);
      const expected = refactorise(given.lu, { ...given.A, values });
      kinds.add(expected.kind);
      const step = { factorised: -1, "not-finite": -2, unstable: 0 }[expected.kind];
      const code = expected.kind === "unstable" ? expected.step : step;
      if (expected.kind === "not-finite") return [found, code];
      return [
        [found, ...FACTORS.map((field) => k.on.lu[field])],
        [code, ...FACTORS.map((field) => given.lu[field])],
      ];
    });
    expect([...kinds].sort()).toEqual(["factorised", "not-finite", "unstable"]);
  });

  it("extendedResidual", () =>
    sameBits((given) => {
      const k = placed(given, 4);
      const n = given.b.length;
      const x = randomVector(n, given.random);
      const [out, rest] = [k.numbers(n), k.numbers(n)];
      k.functions.extendedResidual(k.at, place(k, x), place(k, given.b), out.byteOffset, rest.byteOffset);
      return [out, extendedResidual(given.A, given.low, x, given.b)];
    }));

  it("solveExtended", () =>
    sameBits((given) => {
      const k = placed(given, 5);
      const n = given.b.length;
      const [x, room] = [k.numbers(n), k.numbers(3 * n)];
      const last = k.functions.solveExtended(
        k.on.place,
        k.at,
        place(k, given.b),
        x.byteOffset,
        room.byteOffset,
      );
      const expected = solveExtended(given.A, given.low, given.lu, given.b);
      return [
        [last, x],
        [expected.lastCorrection, expected.x],
      ];
    }));

  it("conditionEstimate", () =>
    sameBits((given) => {
      const k = placed(given, 4);
      const inverse = k.functions.inverseNorm(k.on.place, k.numbers(4 * given.b.length).byteOffset);
      return [k.functions.norm1(k.at) * inverse, conditionEstimate(given.A, given.lu)];
    }));

  it("multiply, norm1, and the largest magnitude", () =>
    sameBits((given) => {
      const k = placed(given, 2);
      const n = given.b.length;
      const out = k.numbers(n);
      k.functions.multiplySparse(k.at, place(k, given.b), out.byteOffset);
      const image = multiply(given.A, given.b);
      return [
        [out, k.functions.norm1(k.at), k.functions.largest(out.byteOffset, n)],
        [image, norm1(given.A), Math.max(...image.map(Math.abs))],
      ];
    }));

  it("a sum of entries, its image of a vector, and entries picked", () => {
    const property = fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(), (n, seed) => {
      const random = randomNumbers(seed);
      const index = (below: number, count: number) =>
        Int32Array.from({ length: count }, () => Math.floor(below * random()));
      const count = 5 * n;
      const contributions = {
        row: index(n, count),
        column: index(n, count),
        slot: index(4, count),
        weight: spread(randomVector(count, random), random),
      };
      const sum = placedSum([contributions], n);
      const part = sum.parts[0]!;
      const [slots, x] = [spread(randomVector(4, random), random), randomVector(n, random)];
      const { matrix, low } = summation(sum)(slots);
      const entries = matrix.values.length;
      const k = sparseKernels(bytesOf.entries(part) + bytesOf.numbers(3 * entries + 3 * n + 4))!;
      const placeOfPart = k.entries(part);
      const [values, lost, change, gross, picked] = [entries, entries, n, n, entries].map(k.numbers) as [
        Float64Array,
        Float64Array,
        Float64Array,
        Float64Array,
        Float64Array,
      ];
      const slotsAt = place(k, slots);
      k.functions.addEntries(placeOfPart, slotsAt, values.byteOffset, lost.byteOffset);
      k.functions.applyEntries(placeOfPart, slotsAt, place(k, x), change.byteOffset, gross.byteOffset);
      const origin = index(entries + 1, entries).map((e) => e - 1);
      k.functions.pick(entries, k.copied(origin).byteOffset, values.byteOffset, 3, picked.byteOffset);
      expect([values, lost]).toEqual([matrix.values, low]);
      expect({ change, gross }).toEqual(applyContributions(part, slots, x));
      expect(picked).toEqual(Float64Array.from(origin, (e) => (e < 0 ? 3 : matrix.values[e]!)));
    });
    fc.assert(property, { numRuns: 40, seed: 7 });
  });
});

describe("the memory of sparse kernels", () => {
  it("is refused where it is used up", () => {
    const kernels = sparseKernels(8);
    expect(() => kernels!.numbers(65536)).toThrow(RangeError);
  });

  it("is not there without WebAssembly", () => {
    vi.stubGlobal("WebAssembly", undefined);
    expect(sparseKernels(8)).toBeUndefined();
  });
});
