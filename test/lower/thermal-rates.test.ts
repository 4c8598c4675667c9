import { describe, expect, it } from "vitest";
import { DivergentRate, thermalRates } from "../../src/lower/thermal-rates.ts";

/** The rate at ω = 0, lim J(ω)n(ω). */
const atZero = (density: (ω: number) => number, T = 1): number =>
  thermalRates({ statistics: "bosonic", beta: 1 / T, mu: 0, density }, 1e-12).emission(0);

const power =
  (s: number, Ω = 3) =>
  (ω: number): number =>
    Ω * (ω / Ω) ** s * Math.exp(-ω / Ω);

describe("the rate at zero frequency", () => {
  it.each([0.01, 1, 20, 200, 1e4, 1e6])("is T J′(0) at T = %d, however far above the cutoff that is", (T) => {
    expect(atZero((ω) => ω / (ω ** 2 + 1), T) / T).toBeCloseTo(1, 9);
    expect(atZero((ω) => ω * Math.exp(-ω), T) / T).toBeCloseTo(1, 9);
  });

  it("is not taken from where a higher power of ω is the larger one", () => {
    expect(atZero((ω) => 1e-7 * ω + ω ** 3) * 1e7).toBeCloseTo(1, 10);
    expect(atZero((ω) => ω + 3 * ω ** 1.5)).toBeCloseTo(1, 10);
  });

  it("keeps the digits that a difference of near numbers leaves", () => {
    expect(atZero((ω) => 1 - Math.exp(-ω))).toBeCloseTo(1, 6);
    expect(atZero((ω) => Math.sqrt(1 + ω) - 1)).toBeCloseTo(0.5, 6);
  });

  it.each([1.001, 1.01, 1.2, 1.5, 2, 3, 7])("vanishes for J ∝ ω^%d", (s) => {
    expect(atZero(power(s))).toBe(0);
  });

  it("vanishes where J does, and at zero temperature", () => {
    expect(atZero(() => 0)).toBe(0);
    expect(atZero((ω) => (ω > 0.5 ? 1 : 0))).toBe(0);
    expect(atZero(() => 1, 0)).toBe(0);
  });

  it.each([-1, 0, 0.5, 0.9, 0.99, 0.999, 0.9999])("does not exist for J ∝ ω^%d", (s) => {
    expect(() => atZero(power(s))).toThrow(DivergentRate);
  });

  it("does not exist for J = ω log(1/ω)", () => {
    expect(() => atZero((ω) => -ω * Math.log(ω))).toThrow(DivergentRate);
  });
});
