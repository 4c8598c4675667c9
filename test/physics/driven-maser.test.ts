import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evolve, farthest, largest } from "./evolve.ts";
import { expectClose, modelText, steady } from "./steady.ts";

const text = modelText("driven-maser");
const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe("driven-maser", () => {
  // One quantum of the field for each quantum of the pump, whatever the detuning: heats are as −ω_cold : ω_hot, the field
  // takes ω_d, and the baths do the work of what is left.
  it("turns 1 − ω_cold/ω_hot of the pump into work", () => {
    const masers = fc.record({
      ω_cold: between(0.5, 1.5),
      ω_hot: between(2, 4),
      ε: between(0.02, 0.3),
      Γ_cold: between(0.03, 0.2),
      Γ_hot: between(0.02, 0.1),
      T_cold: between(0.4, 1),
      T_hot: between(1, 9),
      Δ: between(-0.4, 0.4),
    });
    const property = fc.property(masers, (p) => {
      const { of, codes } = steady(text, { set: p });
      expect(codes).toEqual([]);
      const quanta = of("heat(hot)") / p.ω_hot;
      const affinity = p.ω_cold / p.T_cold - p.ω_hot / p.T_hot;
      expectClose(of("heat(cold)"), -p.ω_cold * quanta, 1e-10, 1e-16);
      expectClose(of("drive_power"), -(p.ω_hot - p.ω_cold + p.Δ) * quanta, 1e-10, 1e-16);
      expectClose(of("work"), p.Δ * quanta, 1e-9, 1e-16);
      expect(Math.sign(quanta)).toBe(Math.sign(affinity));
      if (quanta > 1e-12) expectClose(of("efficiency"), 1 - p.ω_cold / p.ω_hot, 1e-9);
    });
    fc.assert(property, { numRuns: 8, seed: 5 });
  });

  it("goes the same way in the laboratory, where it depends on time", () => {
    const inLaboratory = text.replace(/^ {2}frame .*$/m, "").replace(/experiment detuned[\s\S]*?\n}/, "");
    const [turning, resting] = [evolve(inLaboratory, { sets: ["Δ=0.1"] }), evolve(text, { sets: ["Δ=0.1"] })];
    expect(turning.certificate.route).toBe("runge-kutta");
    for (const [key, column] of Object.entries(resting.quantities)) {
      // a rate of entropy begins where a population of 1e-3 does, and is no smoother
      const bound = key === "entropy_production" ? 1e-8 : 1e-9;
      expect(farthest(turning.of(key), column as number[]), key).toBeLessThan(bound);
    }
    for (const run of [turning, resting]) expect(largest(run.of("first_law_residual"))).toBeLessThan(1e-14);
  });
});
