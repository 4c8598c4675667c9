import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bruteForce, PAIRS } from "./brute-force.ts";
import {
  between,
  fermionicMachine,
  type Machine,
  machine,
  machineText,
  type Site,
} from "./random-machine.ts";
import { expectClose, type Steady, shannon, steady } from "./steady.ts";

// All random machines are of GKLS form, so the laws hold exactly; tolerances are round-off, of currents of order 1.

const dimension = (sites: readonly Site[]): number =>
  sites.reduce((d, { part }) => d * part.energies(1).length, 1);

const energyScale = (point: Steady, { sites }: Machine): number =>
  sites.reduce(
    (sum, { ω, Γ }, k) => sum + ω * Γ + Math.abs(point.of(`heat(b${k})`)) + Math.abs(point.of(`work(b${k})`)),
    0,
  );

const gibbs = ({ part, ω, β }: Site): readonly number[] => {
  const weights = part.energies(ω).map((E) => Math.exp(-β * E));
  const Z = weights.reduce((sum, w) => sum + w, 0);
  return weights.map((w) => w / Z);
};

describe("random machines", () => {
  // Dense matrices in the whole space, 1e-10 for what their solution without refinement loses.
  it("have the currents, means and ergotropies of a brute-force solution", () => {
    const small = machine.filter(({ sites }) => dimension(sites) <= 9);
    const property = fc.property(fc.oneof(small, small, fermionicMachine), (m) => {
      const diagonals = m.sites.map(({ part }, k) => `mean(${part.diagonal(`s${k}`)})`);
      const entropies = m.sites.map((_, k) => `entropy(s${k})`);
      const pairs = (m.sites.length > 2 ? PAIRS : []).flatMap(([a, b]) => [
        `entropy(s${a},s${b})`,
        `ergotropy(s${a},s${b})`,
      ]);
      const point = steady(machineText(m), { quantities: [...diagonals, ...entropies, ...pairs] });
      const scale = energyScale(point, m);
      for (const [key, value] of Object.entries(bruteForce(m))) {
        const asked = key.replace(/^diagonal\(s(\d)\)$/, (_, k) => diagonals[Number(k)]!);
        expectClose(point.of(asked), value, 1e-10, 1e-12 * scale);
      }
    });
    fc.assert(property, { numRuns: 45, seed: 16 });
  });

  // Each bath leaves e^{−βH₀} stationary, so each contributes −Tr[(log ρ + βH₀)L ρ] ≥ 0, and −Tr[log ρ ·] adds up to zero.
  it("are in states, and obey the first and the second law", () => {
    const property = fc.property(machine, (m) => {
      const point = steady(machineText(m));
      const scale = energyScale(point, m);
      expect(point.certificate.traceError).toBeLessThan(1e-14);
      expect(point.certificate.smallestEigenvalue).toBeGreaterThan(-1e-14);
      expectClose(point.of("first_law_residual"), 0, 0, 1e-13 * scale);
      expect(point.of("entropy_production")).toBeGreaterThan(-1e-13 * scale);
      expect(point.of("entropy(all)")).toBeGreaterThan(0);
      expect(point.of("ergotropy(all)")).toBeGreaterThanOrEqual(0);
    });
    fc.assert(property, { numRuns: 40, seed: 10 });
  });

  // Kelvin: from baths of one temperature no equation with local baths takes work, however detuned it is.
  it("between baths of one temperature only turn work into heat", () => {
    const property = fc.property(machine, between(0.2, 3), (m, β) => {
      const cold = { ...m, sites: m.sites.map((s) => ({ ...s, β })) };
      const point = steady(machineText(cold));
      expect(point.of("work")).toBeGreaterThan(-1e-13 * energyScale(point, cold));
    });
    fc.assert(property, { numRuns: 20, seed: 11 });
  });

  it("without interaction give each part its Gibbs state, and nothing flows", () => {
    const property = fc.property(machine, (m) => {
      const point = steady(machineText({ ...m, bonds: [] }));
      const entropy = m.sites.reduce((sum, s) => sum + shannon(...gibbs(s)), 0);
      expectClose(point.of("entropy(all)"), entropy, 1e-12);
      for (const k of m.sites.keys()) {
        expectClose(point.of(`heat(b${k})`), 0, 0, 1e-14);
        expect(point.of(`work(b${k})`)).toBe(0);
        expectClose(point.of(`ergotropy(s${k})`), 0, 0, 1e-13);
      }
    });
    fc.assert(property, { numRuns: 15, seed: 12 });
  });

  // On resonance exchange and dispersive terms commute with H₀, and e^{−βH₀} is stationary under all of the equation.
  it("on resonance at one temperature are in the Gibbs state of H₀, and nothing flows", () => {
    const property = fc.property(machine, between(0.2, 3), between(0.5, 2), (m, β, ω) => {
      const resonant: Machine = {
        sites: m.sites.map((s) => ({ ...s, β, ω })),
        bonds: m.bonds.map((b) => ({ ...b, form: b.form === "dispersive" ? "dispersive" : "exchange" })),
      };
      const point = steady(machineText(resonant));
      const entropy = resonant.sites.reduce((sum, s) => sum + shannon(...gibbs(s)), 0);
      expectClose(point.of("entropy(all)"), entropy, 1e-12);
      for (const k of m.sites.keys()) {
        expectClose(point.of(`heat(b${k})`), 0, 0, 1e-14);
        expectClose(point.of(`work(b${k})`), 0, 0, 1e-14);
      }
    });
    fc.assert(property, { numRuns: 15, seed: 13 });
  });

  // In units of energy s times smaller and rates likewise, every current is s² times larger as a number.
  it("have currents that scale as energy times rate", () => {
    const property = fc.property(machine, (m) => {
      const s = 2.5;
      const scaled: Machine = {
        sites: m.sites.map((x) => ({ ...x, ω: s * x.ω, β: x.β / s, Γ: s * x.Γ })),
        bonds: m.bonds.map((b) => ({ ...b, strength: s * b.strength })),
      };
      const [one, other] = [steady(machineText(m)), steady(machineText(scaled))];
      const roundOff = 1e-13 * energyScale(one, m);
      for (const k of m.sites.keys()) {
        expectClose(other.of(`heat(b${k})`) / s ** 2, one.of(`heat(b${k})`), 1e-10, roundOff);
        expectClose(other.of(`work(b${k})`) / s ** 2, one.of(`work(b${k})`), 1e-10, roundOff);
      }
      expectClose(other.of("entropy(all)"), one.of("entropy(all)"), 1e-11);
    });
    fc.assert(property, { numRuns: 10, seed: 14 });
  });
});
