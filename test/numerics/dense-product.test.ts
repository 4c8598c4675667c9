import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ComplexDense, complexProduct, type ProductSide } from "../../src/numerics/dense-product.ts";
import { kernelWorkspace } from "../../src/numerics/kernels.ts";
import { randomNumbers, randomVector } from "./test-matrices.ts";

/** Σ_l A_il B_lj or Σ_l A*_li B_lj, term by term. */
function expected(
  [m, k, n]: readonly [number, number, number],
  a: ComplexDense,
  b: ComplexDense,
  side: ProductSide,
): ComplexDense {
  const [re, im] = [new Float64Array(m * n), new Float64Array(m * n)];
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      for (let l = 0; l < k; l++) {
        const at = side === "plain" ? i * k + l : l * m + i;
        const [x, y] = [a.re[at]!, side === "plain" ? a.im[at]! : -a.im[at]!];
        const [u, v] = [b.re[l * n + j]!, b.im[l * n + j]!];
        re[i * n + j]! += x * u - y * v;
        im[i * n + j]! += x * v + y * u;
      }
    }
  }
  return { re, im };
}

const largestDifference = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, v, e) => Math.max(most, Math.abs(v - b[e]!)), 0);

describe("complexProduct", () => {
  it("multiplies matrices of any shape, complex or real, by one workspace", () => {
    const workspace = kernelWorkspace();
    const size = fc.integer({ min: 1, max: 21 });
    const property = fc.property(
      fc.tuple(size, size, size),
      fc.constantFrom<ProductSide>("plain", "adjoint"),
      fc.boolean(),
      fc.boolean(),
      fc.nat(),
      (shape, side, isRealA, isRealB, seed) => {
        const random = randomNumbers(seed);
        const part = (count: number, isZero: boolean) =>
          isZero ? new Float64Array(count) : randomVector(count, random);
        const [m, k, n] = shape;
        const a = { re: part(m * k, false), im: part(m * k, isRealA) };
        const b = { re: part(k * n, false), im: part(k * n, isRealB) };
        const product = complexProduct(shape, a, b, side, workspace);
        const known = expected(shape, a, b, side);
        expect(product.re).toHaveLength(m * n);
        expect(largestDifference(product.re, known.re)).toBeLessThan(1e-13);
        expect(largestDifference(product.im, known.im)).toBeLessThan(1e-13);
      },
    );
    fc.assert(property, { numRuns: 150, seed: 3 });
  });
});
