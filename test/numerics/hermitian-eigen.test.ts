import fc from "fast-check";
import { EVD, Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import {
  type ComplexMatrix,
  hermitianEigen,
  hermitianEigenvalues,
} from "../../src/numerics/hermitian-eigen.ts";
import { tridiagonalEigen } from "../../src/numerics/tridiagonal-eigen.ts";
import { maxDifference, randomNumbers } from "./test-matrices.ts";

const EPSILON = 2 ** -52;

type Entry = (row: number, column: number) => readonly [number, number];

/** The Hermitian matrix with these entries at and below the diagonal. */
function hermitian(n: number, entry: Entry): ComplexMatrix {
  const re = new Float64Array(n * n);
  const im = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column <= row; column++) {
      const [a, b] = entry(row, column);
      re[row * n + column] = a;
      re[column * n + row] = a;
      im[row * n + column] = row === column ? 0 : b;
      im[column * n + row] = row === column ? 0 : -b;
    }
  }
  return { re, im };
}

const random = (n: number, seed: number, density = 1): ComplexMatrix => {
  const next = randomNumbers(seed);
  return hermitian(n, () => (next() < density ? [2 * next() - 1, 2 * next() - 1] : [0, 0]));
};

function times(A: ComplexMatrix, B: ComplexMatrix, n: number): ComplexMatrix {
  const re = new Float64Array(n * n);
  const im = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const aRe = A.re[i * n + k]!;
      const aIm = A.im[i * n + k]!;
      for (let j = 0; j < n; j++) {
        re[i * n + j]! += aRe * B.re[k * n + j]! - aIm * B.im[k * n + j]!;
        im[i * n + j]! += aRe * B.im[k * n + j]! + aIm * B.re[k * n + j]!;
      }
    }
  }
  return { re, im };
}

function adjoint({ re, im }: ComplexMatrix, n: number): ComplexMatrix {
  const at = (p: number) => (p % n) * n + Math.floor(p / n);
  return { re: re.map((_, p) => re[at(p)]!), im: im.map((_, p) => -im[at(p)]!) };
}

const largest = ({ re, im }: ComplexMatrix): number =>
  re.reduce((size, value, p) => Math.max(size, Math.abs(value), Math.abs(im[p]!)), 0);

const frobenius = ({ re, im }: ComplexMatrix): number => {
  const scale = largest({ re, im }) || 1;
  return (
    scale * Math.sqrt(re.reduce((sum, value, p) => sum + (value / scale) ** 2 + (im[p]! / scale) ** 2, 0))
  );
};

function eigen(A: ComplexMatrix, n: number) {
  const result = hermitianEigen(A.re, A.im, n);
  if (result.kind !== "converged") throw new Error(result.kind);
  return result;
}

function expectDecomposition(A: ComplexMatrix, n: number) {
  const { values, vectors } = eigen(A, n);
  const norm = frobenius(A);
  const product = times(A, vectors, n);
  const scaled = {
    re: vectors.re.map((value, p) => value * values[p % n]!),
    im: vectors.im.map((value, p) => value * values[p % n]!),
  };
  // Backward stability of Householder and QL: c n ε ‖A‖ with a small c (Golub and Van Loan §8.3.5); 1e-13 n is generous.
  const tolerance = 1e-13 * n * norm;
  expect(maxDifference(product.re, scaled.re)).toBeLessThanOrEqual(tolerance);
  expect(maxDifference(product.im, scaled.im)).toBeLessThanOrEqual(tolerance);
  const gram = times(adjoint(vectors, n), vectors, n);
  expect(
    maxDifference(
      gram.re,
      gram.re.map((_, p) => (p % (n + 1) === 0 ? 1 : 0)),
    ),
  ).toBeLessThanOrEqual(1e-14 * n + 1e-15);
  expect(maxDifference(gram.im, new Float64Array(n * n))).toBeLessThanOrEqual(1e-14 * n);
  for (let k = 1; k < n; k++) expect(values[k]!).toBeGreaterThanOrEqual(values[k - 1]!);
  const trace = values.reduce((sum, value) => sum + value, 0);
  const diagonalSum = A.re.reduce((sum, value, p) => (p % (n + 1) === 0 ? sum + value : sum), 0);
  expect(Math.abs(trace - diagonalSum)).toBeLessThanOrEqual(tolerance);
  expect(Math.abs(frobenius({ re: values, im: new Float64Array(n) }) - norm)).toBeLessThanOrEqual(tolerance);
  const alone = hermitianEigenvalues(A.re, A.im, n);
  if (alone.kind !== "converged") throw new Error(alone.kind);
  expect(maxDifference(alone.values, values)).toBeLessThanOrEqual(tolerance);
  return values;
}

describe("hermitianEigen", () => {
  it("decomposes random matrices of every small size, dense and sparse", () => {
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.integer({ min: 1, max: 24 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (seed, n, density) => {
          expectDecomposition(random(n, seed, density), n);
        },
      ),
    );
  });

  it("decomposes a random matrix of order 120", () => {
    expectDecomposition(random(120, 7), 120);
  });

  it("agrees with ml-matrix on the real embedding", () => {
    for (const n of [2, 3, 7, 20]) {
      const A = random(n, n);
      const embedding = Matrix.zeros(2 * n, 2 * n);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          embedding.set(i, j, A.re[i * n + j]!);
          embedding.set(n + i, n + j, A.re[i * n + j]!);
          embedding.set(n + i, j, A.im[i * n + j]!);
          embedding.set(i, n + j, -A.im[i * n + j]!);
        }
      }
      const doubled = new EVD(embedding, { assumeSymmetric: true }).realEigenvalues.sort((a, b) => a - b);
      const { values } = eigen(A, n);
      // Every value appears twice; both routes are off by c n ε ‖A‖.
      expect(
        maxDifference(
          values,
          doubled.filter((_, k) => k % 2 === 0),
        ),
      ).toBeLessThan(1e-14 * n * frobenius(A));
    }
  });

  it("knows the spectra of a chain, of a Gauss sum and of an angular momentum", () => {
    const n = 50;
    const chain = expectDecomposition(
      hermitian(n, (i, j) => (i - j === 1 ? [0, 1] : [0, 0])),
      n,
    );
    for (let k = 0; k < n; k++) {
      // Hopping with phase i: 2 cos(πk/(n+1)) whatever the phase; ‖A‖ = 2, so ε n.
      expect(Math.abs(chain[k]! + 2 * Math.cos((Math.PI * (k + 1)) / (n + 1)))).toBeLessThan(n * EPSILON);
    }
    const spin = 20;
    const size = 2 * spin + 1;
    const jy = expectDecomposition(
      hermitian(size, (i, j) => (i - j === 1 ? [0, 0.5 * Math.sqrt(i * (size - i))] : [0, 0])),
      size,
    );
    // J_y of spin 20: −20 … 20; ‖A‖ = 20.
    for (let k = 0; k < size; k++) expect(Math.abs(jy[k]! - (k - spin))).toBeLessThan(20 * size * EPSILON);
  });

  it("keeps degenerate eigenvectors orthonormal", () => {
    const n = 40;
    const { vectors } = eigen(random(n, 3), n);
    const levels = (k: number) => [-1, 2, 2, 2, 5][k % 5]!;
    const scaled = {
      re: vectors.re.map((value, p) => value * levels(p % n)),
      im: vectors.im.map((value, p) => value * levels(p % n)),
    };
    const product = times(scaled, adjoint(vectors, n), n);
    const values = expectDecomposition(
      hermitian(n, (i, j) => [product.re[i * n + j]!, product.im[i * n + j]!]),
      n,
    );
    const expected = Array.from({ length: n }, (_, k) => levels(k)).sort((a, b) => a - b);
    // The matrix was assembled with an error of n ε ‖A‖, ‖A‖ = 5.
    expect(maxDifference(values, expected)).toBeLessThan(5 * n * EPSILON);
    expectDecomposition(
      hermitian(n, () => [1, 0]),
      n,
    );
    expectDecomposition(
      hermitian(n, (i, j) => (i === j ? [7, 0] : [0, 0])),
      n,
    );
    // Two equal blocks that do not touch.
    const block = random(10, 9);
    expectDecomposition(
      hermitian(20, (i, j) =>
        Math.floor(i / 10) === Math.floor(j / 10)
          ? [block.re[(i % 10) * 10 + (j % 10)]!, block.im[(i % 10) * 10 + (j % 10)]!]
          : [0, 0],
      ),
      20,
    );
  });

  it("scales with the entries from 1e-300 to 1e300", () => {
    const n = 12;
    const A = random(n, 21);
    const { values } = eigen(A, n);
    for (const exponent of [-1000, -500, -60, 60, 500, 1000]) {
      const factor = 2 ** exponent;
      const scaled = { re: A.re.map((v) => v * factor), im: A.im.map((v) => v * factor) };
      // Powers of two: the same digits.
      expect(eigen(scaled, n).values).toEqual(values.map((v) => v * factor));
    }
    for (const factor of [1e-150, 1e150])
      expectDecomposition({ re: A.re.map((v) => v * factor), im: A.im.map((v) => v * factor) }, n);
  });

  it("bears entries of very different size", () => {
    expectDecomposition(
      hermitian(15, (i, j) => [10 ** (-20 * (i + j)), 10 ** (-20 * (i + j))]),
      15,
    );
    expectDecomposition(
      hermitian(15, (i, j) => [10 ** (-10 * (28 - i - j)), 10 ** (-10 * (28 - i - j))]),
      15,
    );
    expectDecomposition(
      hermitian(5, (i, j) => (i === j ? [0, 0] : [1e-310, 1e-310])),
      5,
    );
  });

  it("does not drop weak couplings beside strong ones", () => {
    const next = randomNumbers(17);
    for (const weak of [1e-7, 1e-9, 1e-11])
      expectDecomposition(
        hermitian(20, (i, j) => (i - j <= 1 ? [next(), next()] : [weak * next(), weak * next()])),
        20,
      );
  });

  it("leaves diagonal and zero matrices exact", () => {
    const diagonal = hermitian(5, (i, j) => (i === j ? [[3, -1, 0, 8, 3][i]!, 0] : [0, 0]));
    const { values, vectors } = eigen(diagonal, 5);
    expect(Array.from(values)).toEqual([-1, 0, 3, 3, 8]);
    expect(Array.from(vectors.re, Math.abs).filter((v) => v === 1).length).toBe(5);
    expect(
      Array.from(
        eigen(
          hermitian(4, () => [0, 0]),
          4,
        ).values,
      ),
    ).toEqual([0, 0, 0, 0]);
  });

  it("solves orders 0, 1 and 2 in closed form", () => {
    expect(eigen({ re: new Float64Array(0), im: new Float64Array(0) }, 0).values.length).toBe(0);
    const one = eigen({ re: Float64Array.of(-0.3), im: Float64Array.of(0) }, 1);
    expect(Array.from(one.values)).toEqual([-0.3]);
    expect(Array.from(one.vectors.re)).toEqual([1]);
    const pauliY = eigen(
      hermitian(2, (i, j) => (i === j ? [0, 0] : [0, 1])),
      2,
    );
    expect(Array.from(pauliY.values)).toEqual([-1, 1]);
    const graded = eigen(
      hermitian(2, (i, j) => [[1, 0.5e-10, 1e-20][i + j]!, 0]),
      2,
    ).values;
    // λ₋ ≈ det / λ₊ = 0.75e-20, to a relative 1e-20 besides round-off.
    expect(Math.abs(graded[0]! / 0.75e-20 - 1)).toBeLessThan(8 * EPSILON);
    fc.assert(
      fc.property(
        // numbers whose squares are no longer representable have no relative precision to test
        fc.array(
          fc.double({ min: -1, max: 1, noNaN: true }).map((x) => (Math.abs(x) < 1e-140 ? 0 : x)),
          { minLength: 4, maxLength: 4 },
        ),
        ([a, b, c, d]) => {
          expectDecomposition(
            hermitian(2, (i, j) => (i === j ? [i === 0 ? a! : b!, 0] : [c!, d!])),
            2,
          );
        },
      ),
    );
  });

  it("reads the lower triangle only and changes nothing", () => {
    const A = random(6, 1);
    const before = { re: A.re.slice(), im: A.im.slice() };
    const { values } = eigen(A, 6);
    expect(A).toEqual(before);
    for (let row = 0; row < 6; row++) {
      for (let column = row; column < 6; column++) {
        A.im[row * 6 + column] = Number.NaN;
        if (column > row) A.re[row * 6 + column] = Number.NaN;
      }
    }
    const alone = hermitianEigenvalues(A.re, A.im, 6);
    if (alone.kind !== "converged") throw new Error(alone.kind);
    expect(maxDifference(alone.values, values)).toBeLessThan(100 * EPSILON);
  });

  it("reports entries that are not finite", () => {
    const A = random(3, 1);
    A.re[3] = Number.NaN;
    expect(hermitianEigen(A.re, A.im, 3)).toEqual({ kind: "not-finite" });
    A.re[3] = Infinity;
    expect(hermitianEigenvalues(A.re, A.im, 3)).toEqual({ kind: "not-finite" });
    expect(() => hermitianEigen(A.re, A.im, 4)).toThrow(RangeError);
  });
});

// Single eigenvalues of these take more than sixty sweeps: density operators with all orders of populations are like them.
it("finds the eigenvalues of tridiagonal matrices that rise over fifteen orders of magnitude", () => {
  const n = 300;
  const next = randomNumbers(4);
  for (let run = 0; run < 10; run++) {
    const size = (i: number) => 10 ** (-0.05 * (n - 1 - i));
    const diagonal = Float64Array.from({ length: n }, (_, i) => size(i) * (1 + next()));
    const offDiagonal = Float64Array.from({ length: n }, (_, i) => size(i) * next());
    const trace = diagonal.reduce((sum, v) => sum + v, 0);
    expect(tridiagonalEigen(diagonal, offDiagonal, undefined)).toBe(-1);
    expect(diagonal.reduce((sum, v) => sum + v, 0)).toBeCloseTo(trace, 11);
  }
});
