import { describe, expect, it } from "vitest";
import { adaptiveQuadrature } from "../../src/numerics/adaptive-quadrature.ts";

describe("adaptive quadrature", () => {
  it("is exact for polynomials of degree 22, on one panel", () => {
    const { value, isConverged } = adaptiveQuadrature((x) => 23 * x ** 22, [0, 1], 1e-6);
    expect(Math.abs(value - 1)).toBeLessThan(1e-14);
    expect(isConverged).toBe(true);
  });

  it.each([
    ["a peak", (x: number) => 1e-3 / (1e-6 + (x - 0.3) ** 2), [0, 1], Math.atan(700) + Math.atan(300)],
    ["a root", (x: number) => Math.sqrt(x), [0, 1], 2 / 3],
    ["a logarithm", (x: number) => (x > 0 ? Math.log(x) : 0), [0, 1], -1],
    ["a kink on a point", (x: number) => Math.abs(x - 0.25), [0, 0.25, 1], 0.25 ** 2 / 2 + 0.75 ** 2 / 2],
    ["many turns", (x: number) => Math.sin(100 * x), [0, 1], (1 - Math.cos(100)) / 100],
  ] as const)("meets the closed form of %s", (_, f, points, exact) => {
    const { value, error, isConverged } = adaptiveQuadrature(f, points, 1e-12);
    expect(isConverged).toBe(true);
    expect(Math.abs(value - exact)).toBeLessThan(1e-11);
    expect(Math.abs(value - exact)).toBeLessThan(Math.max(error, 1e-14));
  });

  it("does not converge where there is no integral", () => {
    expect(adaptiveQuadrature((x) => 1 / x, [0, 1], 1e-9).isConverged).toBe(false);
  });
});
