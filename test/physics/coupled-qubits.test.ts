import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bose, expectClose, modelText, steady } from "./steady.ts";

const text = modelText("coupled-qubits");
const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });

interface Machine {
  readonly ω1: number;
  readonly ω2: number;
  readonly g: number;
  readonly Γ: number;
  readonly T1: number;
  readonly T2: number;
}

/**
 * Quanta per time from qubit 2 to qubit 1. The occupations p₁, p₂ and the coherence c = ⟨σ₁⁺σ₂⁻⟩ close among themselves:
 *
 *     p₁' = −R₁(p₁ − f₁) + j,   p₂' = −R₂(p₂ − f₂) − j,   c' = (iδ − R/2)c + ig(p₁ − p₂),   j = −2g Im c
 *
 * with R_k = Γ(2n_k + 1), f_k = n_k/(2n_k + 1), δ = ω₁ − ω₂, R = R₁ + R₂. Then j = 2g²(R/2)/((R/2)² + δ²)(p₂ − p₁): three
 * resistances in series.
 */
function current({ ω1, ω2, g, Γ, T1, T2 }: Machine): number {
  const [n1, n2] = [bose(ω1 / T1), bose(ω2 / T2)];
  const [R1, R2] = [Γ * (2 * n1 + 1), Γ * (2 * n2 + 1)];
  const R = R1 + R2;
  const δ = ω1 - ω2;
  const drop = n2 / (2 * n2 + 1) - n1 / (2 * n1 + 1);
  return drop / (1 / R1 + 1 / R2 + (R ** 2 + 4 * δ ** 2) / (4 * g ** 2 * R));
}

const machines = fc.record({
  ω1: between(1, 4),
  ω2: between(1, 4),
  g: between(0.05, 2),
  Γ: between(0.01, 1),
  T1: between(0.5, 2),
  T2: between(1, 8),
});

describe("coupled-qubits", () => {
  it("is an engine, of repeated collisions and not of permanent baths, which is said", () => {
    const point = steady(text);
    expect(point.codes).toEqual(["W507"]);
    expect(point.regime).toBe("engine");
  });

  // Round-off: each way quanta pass at the rate Γ, in currents of Γω; 1e-15 of that decides where they nearly balance.
  it("carries the current of three resistances in series", () => {
    const property = fc.property(machines, (p) => {
      const { of } = steady(text, { set: { ...p } });
      const j = current(p);
      const roundOff = 1e-15 * p.Γ * (bose(p.ω2 / p.T2) + 1) * p.ω2;
      expectClose(of("heat(hot)"), p.ω2 * j, 1e-10, roundOff);
      expectClose(of("heat(cold)"), -p.ω1 * j, 1e-10, roundOff);
      expectClose(of("work"), (p.ω1 - p.ω2) * j, 1e-10, roundOff);
      const [R1, R2] = [p.Γ / Math.tanh(p.ω1 / p.T1 / 2), p.Γ / Math.tanh(p.ω2 / p.T2 / 2)];
      expectClose(of("mean(q1.σz)"), (2 * j - p.Γ) / R1, 1e-11, 1e-14); // R(2f − 1) = −Γ
      expectClose(of("mean(q2.σz)"), (-2 * j - p.Γ) / R2, 1e-11, 1e-14);
    });
    fc.assert(property, { numRuns: 60, seed: 4 });
  });

  // Table I in closed form: the sign of j is that of ω1/T1 − ω2/T2, that of the work is the sign of (ω1 − ω2)j.
  it("has the regime, the efficiency and the COP of an Otto machine", () => {
    const property = fc.property(machines, (p) => {
      fc.pre(p.T2 > p.T1 * 1.05 && Math.abs(p.ω1 / p.ω2 - 1) > 0.02);
      const affinity = p.ω1 / p.T1 - p.ω2 / p.T2;
      fc.pre(Math.abs(affinity) > 0.02);
      const point = steady(text, { set: { ...p } });
      if (affinity < 0) {
        expect(point.regime).toBe("refrigerator");
        expectClose(point.of("COP"), p.ω1 / (p.ω2 - p.ω1), 1e-9);
        expect(point.of("COP")).toBeLessThan(point.of("carnot_COP"));
      } else if (p.ω1 < p.ω2) {
        expect(point.regime).toBe("engine");
        expectClose(point.of("efficiency"), 1 - p.ω1 / p.ω2, 1e-9);
        expect(point.of("efficiency")).toBeLessThan(point.of("carnot_efficiency"));
      } else expect(point.regime).toBe("accelerator");
    });
    fc.assert(property, { numRuns: 30, seed: 5 });
  });

  // On resonance the local baths do no work; without roles efficiency would be 0/0, so it is undefined.
  it("does no work on resonance", () => {
    const point = steady(text, { set: { ω2: 2 } });
    expectClose(point.of("work"), 0, 0, 1e-17);
    expectClose(point.of("heat(hot)"), -point.of("heat(cold)"), 1e-12);
    expect(point.regime).toBe("engine/accelerator");
    expect(point.quantities.efficiency).toBeNull();
  });

  // At equal temperatures and off resonance the local equation is no equilibrium: work of the collisions becomes heat.
  it("off resonance at equal temperatures only turns work into heat", () => {
    const point = steady(text, { set: { T2: 1 } });
    expectClose(point.of("work"), -current({ ω1: 2, ω2: 3, g: 0.1, Γ: 0.05, T1: 1, T2: 1 }), 1e-10);
    expect(point.of("work")).toBeGreaterThan(1e-6);
    expectClose(point.of("entropy_production"), point.of("work"), 1e-10);
  });
});
