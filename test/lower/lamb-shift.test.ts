import { describe, expect, it } from "vitest";
import { DivergentShift, lambShift } from "../../src/lower/lamb-shift.ts";
import { thermalRates } from "../../src/lower/thermal-rates.ts";

/**
 * Γ(ω) = ∫₀^∞ e^{iωs}C(s)ds of an ohmic bath with Drude's cutoff, from the exponentials of C(t): the pole of J at −iΩ and
 * those of 1/(1 − e^{−βω}) at −iν_k, ν_k = 2πk/β.
 */
function drude(ω: number, Ω: number, β: number): { readonly re: number; readonly im: number } {
  // c₀ = −i(Ω²/2)/(1 − e^{iβΩ}) = (Ω²/4)(cot(βΩ/2) − i)
  let [re, im] = over((Ω * Ω) / 4 / Math.tan((β * Ω) / 2), -(Ω * Ω) / 4, Ω, -ω);
  for (let k = 1; k < 400_000; k++) {
    const ν = (2 * Math.PI * k) / β;
    const [x, y] = over((-ν * Ω * Ω) / (β * (Ω * Ω - ν * ν)), 0, ν, -ω);
    re += x;
    im += y;
  }
  return { re, im };
}

const over = (a: number, b: number, c: number, d: number): [number, number] => {
  const r = c * c + d * d;
  return [(a * c + b * d) / r, (b * c - a * d) / r];
};

describe("Lamb shifts", () => {
  it.each([
    [0.7, 5, 2],
    [-0.7, 5, 2],
    [3, 0.4, 0.3],
    [0, 2, 1.3],
    [1e-3, 20, 10],
  ])("of an ohmic bath at ω = %f, Ω = %f, β = %f is the sum over its exponentials", (ω, Ω, beta) => {
    const density = (x: number) => (x * Ω * Ω) / (x * x + Ω * Ω);
    const { emission } = thermalRates({ statistics: "bosonic", beta, mu: 0, density }, 1e-14);
    const exact = drude(ω, Ω, beta);
    // the sum over ν_k of the real part falls off slowly; it only shows that both sides mean the same rates
    expect(Math.abs(emission(ω) / 2 - exact.re)).toBeLessThan(1e-4 * Ω);
    expect(Math.abs(lambShift(emission, 1)(ω) - exact.im)).toBeLessThan(1e-10 * (1 + Ω));
  });

  it("of an ohmic bath at zero temperature has a closed form", () => {
    const [Ω, ω] = [3, 0.8];
    const density = (x: number) => (x * Ω * Ω) / (x * x + Ω * Ω);
    const beta = Number.POSITIVE_INFINITY;
    const { emission } = thermalRates({ statistics: "bosonic", beta, mu: 0, density }, 1e-14);
    const exact = ((Ω * Ω) / (2 * Math.PI * (ω * ω + Ω * Ω))) * (ω * Math.log(ω / Ω) - (Math.PI * Ω) / 2);
    expect(Math.abs(lambShift(emission, 1)(ω) - exact)).toBeLessThan(1e-11);
  });

  it("finds a peak far narrower than the energies at hand", () => {
    // 1/2 W(ω − c)/((ω − c)² + W²), the real part of a lead's self-energy
    for (const W of [1, 1e-2]) {
      const shift = lambShift((x) => (W * W) / ((x - 0.3) ** 2 + W * W), 5);
      for (const ω of [0.29, 0.3, 1, -2]) {
        const exact = (W * (ω - 0.3)) / (2 * ((ω - 0.3) ** 2 + W * W));
        expect(Math.abs(shift(ω) - exact)).toBeLessThan(1e-9);
      }
    }
  });

  it("of a density that does not fall off has no value", () => {
    const { emission } = thermalRates({ statistics: "bosonic", beta: 1, mu: 0, density: (x) => x }, 1e-14);
    expect(() => lambShift(emission, 1)(0.5)).toThrow(DivergentShift);
    expect(() => lambShift((x) => (x > 0 ? 1 : 0), 1)(0.5)).toThrow(DivergentShift);
  });
});
