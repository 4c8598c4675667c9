import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addProduct, productWorkspace, wholeView } from "../../src/numerics/dense-product.ts";

const matrix = (rows: number, columns: number, seed: number): Float64Array =>
  Float64Array.from({ length: rows * columns }, (_, e) => Math.sin(seed + 1.7 * e + 0.01 * e * e));

describe("addProduct", () => {
  it("adds a product of any shape", () => {
    const workspace = productWorkspace();
    const size = fc.integer({ min: 1, max: 21 });
    const property = fc.property(size, size, size, (m, k, n) => {
      const [a, b, c] = [matrix(m, k, 1), matrix(k, n, 2), matrix(m, n, 3)];
      const expected = Float64Array.from(c, (value, e) => {
        const [i, j] = [Math.floor(e / n), e % n];
        let sum = value;
        for (let l = 0; l < k; l++) sum += a[i * k + l]! * b[l * n + j]!;
        return sum;
      });
      addProduct([m, k, n], wholeView(a, k), wholeView(b, n), wholeView(c, n), workspace);
      for (const [e, value] of expected.entries()) expect(c[e]).toBeCloseTo(value, 12);
    });
    fc.assert(property, { numRuns: 150, seed: 3 });
  });

  it("reaches beyond one panel, and into the middle of larger matrices without touching the rest", () => {
    const [n, k] = [7, 600];
    const [a, b] = [matrix(n, k, 4), matrix(k, n, 5)];
    const large = new Float64Array(400).fill(1);
    addProduct(
      [n, k, n],
      wholeView(a, k),
      wholeView(b, n),
      { data: large, start: 45, stride: 20 },
      productWorkspace(),
    );
    let touched = 0;
    for (let i = 0; i < 20; i++) {
      for (let j = 0; j < 20; j++) {
        let sum = 1;
        const [row, column] = [i - 2, j - 5];
        if (row >= 0 && row < n && column >= 0 && column < n) {
          for (let l = 0; l < k; l++) sum += a[row * k + l]! * b[l * n + column]!;
          touched++;
        }
        expect(large[i * 20 + j]).toBeCloseTo(sum, 11);
      }
    }
    expect(touched).toBe(n * n);
  });
});
