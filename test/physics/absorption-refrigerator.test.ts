import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bose, expectClose, fermi, modelText, shannon, steady } from "./steady.ts";

const text = modelText("absorption-refrigerator");

/** Of the three baths, what they would make of the three-body swap: positive where it runs cold, hot → room. */
const affinity = (p: {
  E_cold: number;
  E_hot: number;
  T_cold: number;
  T_room: number;
  T_hot: number;
}): number => (p.E_cold + p.E_hot) / p.T_room - p.E_hot / p.T_hot - p.E_cold / p.T_cold;

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const machines = fc.record({
  E_cold: between(0.5, 2),
  E_hot: between(1, 5),
  λ: between(0.005, 0.3),
  Γ: between(1e-3, 0.1),
  T_cold: between(0.7, 1.5),
  T_room: between(1, 2),
  T_hot: between(2, 20),
});

describe("absorption-refrigerator", () => {
  it("checks without a warning and cools its qubit below its bath", () => {
    const point = steady(text);
    expect(point.codes).toEqual([]);
    expect(point.of("heat(cold)")).toBeGreaterThan(0);
    expect(point.of("qubit_temperature")).toBeLessThan(1);
    expect(point.of("cooling_COP")).toBeLessThan(point.of("cooling_COP_bound"));
    expectClose(point.of("heat(cold)") / point.of("heat(hot)"), 1 / 4, 1e-9);
  });

  // The interaction moves one quantum at a time and commutes with H₀: heats are as E_cold : −E_room : E_hot, no bath does
  // work. The machine's virtual qubit, the levels of `room` and `hot` that are E_cold apart, has the temperature
  // E_cold/(E_room/T_room − E_hot/T_hot); the refrigerator cools where that is below T_cold.
  it("moves quanta one by one, to the side that the virtual temperature decides", () => {
    const property = fc.property(machines, (p) => {
      const { of } = steady(text, { set: p });
      const quanta = of("heat(cold)") / p.E_cold;
      const roundOff = 1e-15 * p.Γ; // of currents of the order of Γ each way
      expectClose(of("heat(hot)"), p.E_hot * quanta, 1e-9, roundOff);
      expectClose(of("heat(room)"), -(p.E_cold + p.E_hot) * quanta, 1e-9, roundOff);
      expectClose(of("work"), 0, 0, roundOff);
      expect(Math.sign(quanta)).toBe(Math.sign(affinity(p)));
      expectClose(of("entropy_production"), affinity(p) * quanta, 1e-9, roundOff);
    });
    fc.assert(property, { numRuns: 15, seed: 2 });
  });

  // Where the virtual temperature is T_cold, the product of the three Gibbs states is stationary.
  it("stops where the virtual temperature meets the cold bath's", () => {
    const T_hot = 4 / (5 / 1.2 - 1);
    const stopped = steady(text, { set: { T_hot } });
    expect(Math.abs(stopped.of("heat(cold)"))).toBeLessThan(1e-17); // of currents of 1e-3
    expectClose(stopped.of("qubit_temperature"), 1, 1e-12);
    const up = [fermi(1), fermi(5 / 1.2), fermi(4 / T_hot)];
    expectClose(
      stopped.of("entropy(all)"),
      up.reduce((s, p) => s + shannon(p, 1 - p), 0),
      1e-12,
    );
    expect(steady(text, { set: { T_hot: T_hot * 1.001 } }).of("heat(cold)")).toBeGreaterThan(1e-9);
    expect(steady(text, { set: { T_hot: T_hot / 1.001 } }).of("heat(cold)")).toBeLessThan(-1e-9);
  });

  // Golden rule: between the Gibbs states that the baths hold, the coherence of the swap decays at half the sum R of the
  // rates Γ(2n + 1); the swap then goes at 4λ²/R. Corrections are of the order of this rate over those of the baths, ≥ Γ.
  it("follows the golden rule as λ → 0, with an error in proportion to λ²", () => {
    const Γ = 1e-3;
    const β = [1, 1 / 1.2, 1 / 6] as const;
    const E = [1, 5, 4] as const;
    const R = β.reduce((sum, b, k) => sum + Γ * (2 * bose(b * E[k]!) + 1), 0);
    const [c, r, h] = β.map((b, k) => fermi(b * E[k]!)) as [number, number, number];
    const deviation = (λ: number) => {
      const j = ((4 * λ ** 2) / R) * (c * (1 - r) * h - (1 - c) * r * (1 - h));
      return steady(text, { set: { λ } }).of("heat(cold)") / j - 1;
    };
    const [coarse, fine] = [deviation(1e-4), deviation(1e-5)];
    expect(Math.abs(coarse)).toBeLessThan((2 * 4 * 1e-4 ** 2) / R / Γ);
    expectClose(fine / coarse, 1e-2, 0.01);
  });
});
