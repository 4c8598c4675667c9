import { inverse, Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import {
  applyDense,
  combine,
  type DenseMatrix,
  denseOf,
  multiplyDense,
} from "../../src/numerics/dense-matrix.ts";
import { matrixExponential } from "../../src/numerics/matrix-exponential.ts";
import { denseFrom, randomLindblad, traceOf } from "./lindblad.ts";
import { maxDifference, randomNumbers } from "./test-matrices.ts";

/** Σ (A/parts)ᵏ/k! multiplied out `parts` times: nothing cancels in steps so small. */
function byTaylor(A: DenseMatrix, parts: number): DenseMatrix {
  const small = combine([[1 / parts, A]]);
  let term = combine([[0, A]]);
  for (let i = 0; i < A.size; i++) term.values[i * A.size + i] = 1;
  let sum = term;
  for (let k = 1; k < 30; k++) {
    term = combine([[1 / k, multiplyDense(term, small)]]);
    sum = combine([
      [1, sum],
      [1, term],
    ]);
  }
  let result = sum;
  for (let k = 1; k < parts; k++) result = multiplyDense(result, sum);
  return result;
}

const exponential = (rows: number[][]) => matrixExponential(denseFrom(rows)).values;

describe("matrixExponential", () => {
  it("is exact for scalars over every order and for what has a closed form", () => {
    for (let e = -20; e <= 8; e++) {
      for (const sign of [-1, 1]) {
        const x = sign * 2 ** e * 1.3;
        expect(Math.abs(exponential([[x]])[0]! / Math.exp(x) - 1)).toBeLessThan(1e-15 * (2 + Math.abs(x)));
      }
    }
    for (const angle of [1e-3, 0.2, 1, 2, 5, 30]) {
      const turned = exponential([
        [0, -angle],
        [angle, 0],
      ]);
      const expected = [Math.cos(angle), -Math.sin(angle), Math.sin(angle), Math.cos(angle)];
      expect(maxDifference(turned, expected)).toBeLessThan(2e-15 * (1 + angle));
    }
    expect([
      ...exponential([
        [0, 1, 0],
        [0, 0, 1],
        [0, 0, 0],
      ]),
    ]).toEqual([1, 1, 0.5, 0, 1, 1, 0, 0, 1]);
    expect(exponential([[0]])[0]).toBe(1);
    expect(exponential([[Number.POSITIVE_INFINITY]])[0]).toBeNaN();
  });

  it("does not halve a nilpotent matrix of large norm more often than its powers ask", () => {
    const [a, b, big] = [-1, -1.5, 1e8];
    const found = exponential([
      [a, big],
      [0, b],
    ]);
    const expected = [Math.exp(a), (big * (Math.exp(a) - Math.exp(b))) / (a - b), 0, Math.exp(b)];
    expected.forEach((value, k) => {
      expect(Math.abs(found[k]! - value)).toBeLessThan(1e-14 * Math.max(1e-14, Math.abs(value)));
    });
  });

  it("agrees with V e^D V⁻¹ and with small Taylor steps for random matrices of every norm", () => {
    const random = randomNumbers(3);
    for (const n of [2, 5, 11]) {
      for (const size of [1e-3, 0.1, 1, 4, 20]) {
        const V = Matrix.from1DArray(
          n,
          n,
          Array.from({ length: n * n }, () => random() - 0.5),
        ).add(Matrix.eye(n).mul(n));
        const d = Array.from({ length: n }, () => size * (2 * random() - 1.5));
        const make = (values: number[]) => V.mmul(Matrix.diag(values)).mmul(inverse(V));
        const A = make(d);
        const expected = make(d.map(Math.exp)).to1DArray();
        const found = matrixExponential(denseFrom(A.to2DArray())).values;
        const scale = Math.max(...expected.map(Math.abs));
        expect(maxDifference(found, expected)).toBeLessThan(1e-13 * scale * (1 + size / 4));
        const B = denseFrom(A.to2DArray());
        const parts = Math.ceil(4 * size * n);
        expect(maxDifference(found, byTaylor(B, parts).values)).toBeLessThan(2e-14 * scale * (1 + parts));
      }
    }
  });

  it("keeps the trace under generators of Lindblad form and forgets the start under repeated squaring", () => {
    const d = 6;
    const L = randomLindblad(d, randomNumbers(5), 3, [1, 0.3]);
    const x = new Float64Array(d * d);
    x[0] = 1;
    for (const t of [0.01, 1, 100]) {
      const y = applyDense(matrixExponential(denseOf(L, t)), x);
      expect(Math.abs(traceOf(y, d) - 1)).toBeLessThan(1e-14 * (1 + 30 * t));
    }
    const late = matrixExponential(denseOf(L, 500));
    const other = new Float64Array(d * d);
    other[3] = 1;
    expect(maxDifference(applyDense(late, x), applyDense(late, other))).toBeLessThan(1e-11);
  });
});
