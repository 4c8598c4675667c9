import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bose, expectClose, modelText, steady } from "./steady.ts";

const text = modelText("three-level-maser");
const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe("three-level-maser", () => {
  it("checks without a warning, is inverted and turns 1 − ω_cold/ω_hot of the pump into light", () => {
    const maser = steady(text);
    expect(maser.codes).toEqual([]);
    expect(maser.of("inversion")).toBeGreaterThan(0);
    expectClose(maser.of("output_ratio"), 1 - 1 / 3, 1e-9);
  });

  // One photon for each quantum of pump: heats are as −ω_cold : ω_hot : −ω_cavity. Under the cavity's loss
  // d⟨N⟩/dt = κ(n − ⟨N⟩), so heat(cavity) = κ ω_cavity (n − ⟨N⟩): exact where the window is wide enough, and an
  // automatic one leaves 1e-12 of the population, some 20 photons high, outside.
  it("gives one photon for each quantum of pump, in the direction that the affinity decides", () => {
    const masers = fc.record({
      ω_cold: between(0.5, 1.5),
      ω_hot: between(2, 4),
      g: between(0.02, 0.2),
      Γ_cold: between(0.03, 0.2),
      Γ_hot: between(0.02, 0.1),
      κ: between(0.01, 0.05),
      T_cold: between(0.4, 1),
      T_hot: between(1, 6),
      T_cavity: between(0.4, 1),
    });
    const property = fc.property(masers, (p) => {
      const { of } = steady(text, { set: p });
      const cavity = p.ω_hot - p.ω_cold;
      const quanta = of("heat(hot)") / p.ω_hot;
      const affinity = p.ω_cold / p.T_cold + cavity / p.T_cavity - p.ω_hot / p.T_hot;
      const roundOff = 1e-14 * p.κ;
      expectClose(of("heat(cold)"), -p.ω_cold * quanta, 1e-9, roundOff);
      expectClose(of("heat(cavity)"), -cavity * quanta, 1e-9, roundOff);
      expectClose(of("mean(field.N)"), bose(cavity / p.T_cavity) + quanta / p.κ, 1e-9);
      expect(Math.sign(quanta)).toBe(Math.sign(affinity));
      expectClose(of("work"), 0, 0, roundOff);
    });
    fc.assert(property, { numRuns: 8, seed: 3 });
  });

  // ω_hot/T_hot = ω_cold/T_cold + ω_cavity/T_cavity: the product of two Gibbs-like states is stationary.
  it("is reversible where its three baths agree", () => {
    const { of } = steady(text, { set: { T_hot: 1, T_cold: 0.5, T_cavity: 2 } });
    for (const bath of ["cold", "hot", "cavity"]) expectClose(of(`heat(${bath})`), 0, 0, 1e-14);
    expectClose(of("mean(field.N)"), bose(2 / 2), 1e-9);
    expectClose(of("mean(atom.|e><e|)") / of("mean(atom.|g><g|)"), Math.exp(-3), 1e-12);
    expectClose(of("mean(atom.|x><x|)") / of("mean(atom.|g><g|)"), Math.exp(-2), 1e-12);
  });

  // Without the cavity p_e/p_x = e^{ω_cold/T_cold − ω_hot/T_hot}: inverted where T_hot/T_cold > ω_hot/ω_cold (Scovil,
  // Schulz-DuBois), which is where its efficiency 1 − ω_cold/ω_hot stays below Carnot's.
  it("has its threshold of inversion at T_hot/T_cold = ω_hot/ω_cold", () => {
    const uncoupled = (T_hot: number) => steady(text, { set: { g: 0, T_hot } }).of;
    for (const T_hot of [0.8, 1.5, 5]) {
      const of = uncoupled(T_hot);
      expectClose(of("mean(atom.|e><e|)") / of("mean(atom.|x><x|)"), Math.exp(1 / 0.5 - 3 / T_hot), 1e-12);
      expectClose(of("mean(field.N)"), bose(2 / 0.5), 1e-9);
    }
    expectClose(uncoupled(1.5)("inversion"), 0, 0, 1e-15);
    expect(uncoupled(1.501)("inversion")).toBeGreaterThan(1e-6);
    expect(uncoupled(1.499)("inversion")).toBeLessThan(-1e-6);
  });
});
