import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bose, expectClose, modelText, steady } from "./steady.ts";

const text = modelText("optomechanical-cooling");
const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe("optomechanical-cooling", () => {
  it("checks without a warning and cools the mode to between its two baths", () => {
    const point = steady(text);
    expect(point.codes).toEqual([]);
    expect(point.of("mean(m.N)")).toBeLessThan(point.of("phonons_without_qubit"));
    expect(point.of("mean(m.N)")).toBeGreaterThan(point.of("phonons_at_best"));
  });

  // On resonance the exchange commutes with H₀: what the mode takes in the qubit gives away, and no bath does work. Under
  // its own bath d⟨N⟩/dt = γ(n − ⟨N⟩), so ⟨N⟩ = n − heat(warm)/(γω); 1e-12 of the population lies beyond the window.
  it("conserves phonons", () => {
    const machines = fc.record({
      ω: between(0.5, 2),
      g: between(0.005, 0.2),
      γ: between(5e-4, 0.02),
      Γ: between(0.02, 0.3),
      T_warm: between(0.5, 2.5),
      T_cold: between(0.1, 0.5),
    });
    const property = fc.property(machines, (p) => {
      const { of } = steady(text, { set: p });
      expectClose(of("heat(cold)"), -of("heat(warm)"), 1e-10);
      expectClose(of("mean(m.N)"), bose(p.ω / p.T_warm) - of("heat(warm)") / (p.γ * p.ω), 1e-9);
      expectClose(of("work"), 0, 0, 1e-15 * p.Γ);
    });
    fc.assert(property, { numRuns: 8, seed: 6 });
  });

  it("leaves an uncoupled mode and an uncoupled qubit in their Gibbs states", () => {
    const { of } = steady(text, { set: { g: 0 } });
    expectClose(of("mean(m.N)"), bose(1 / 2), 1e-9);
    expectClose(of("mean(q.σz)"), -Math.tanh(1 / 0.4), 1e-12);
    expectClose(of("heat(warm)"), 0, 0, 1e-14); // γω of 1e-3 times what lies beyond the window
  });

  // Rate equation of sideband cooling, ⟨N⟩ = (γn + A₊)/(γ + A₋ − A₊), A₊ + A₋ = 4g²/Γ(2n_q + 1), A₊/A₋ = n_q/(n_q + 1):
  // it holds as g², γ → 0 together, and then its error shrinks in proportion.
  it("follows the rate equation of sideband cooling as the qubit becomes the fastest", () => {
    const deviation = (scale: number) => {
      const [g, γ] = [0.02 * Math.sqrt(scale), 0.001 * scale];
      const [warm, cold] = [bose(1 / 2), bose(1 / 0.2)];
      const rate = (4 * g ** 2) / (0.1 * (2 * cold + 1));
      const up = (rate * cold) / (2 * cold + 1);
      const down = (rate * (cold + 1)) / (2 * cold + 1);
      const phonons = (γ * warm + up) / (γ + down - up);
      return steady(text, { set: { g, γ } }).of("mean(m.N)") / phonons - 1;
    };
    const [coarse, fine] = [deviation(1e-2), deviation(1e-3)];
    expect(Math.abs(coarse)).toBeLessThan(2.5e-3);
    expectClose(fine / coarse, 0.1, 0.02);
  });
});
