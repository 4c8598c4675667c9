import fc from "fast-check";
import { describe, it } from "vitest";
import { meanSquareResponse } from "./landauer.ts";
import { bose, expectClose, steady } from "./steady.ts";

const text = `
model coupled_oscillators
parameter ω1 = 1.5
parameter ω2 = 1.9
parameter g = 0.3
parameter γ1 = 0.2
parameter γ2 = 0.3
parameter T1 = 0.4
parameter T2 = 0.7
subsystem m1, m2 : oscillator
hamiltonian {
  free ω1*m1.N + ω2*m2.N
  interaction g*(m1.a†*m2.a + h.c.)
}
bath cold : bosonic { β = 1/T1; couples sqrt(γ1)*m1.a }
bath hot  : bosonic { β = 1/T2; couples sqrt(γ2)*m2.a }
equation e { local cold, hot }
`;

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe("two oscillators with exchange between two baths", () => {
  // Landauer for flat baths: j = γ₁γ₂ ∫dω/2π |G₁₂(ω)|² (n₂ − n₁), with the occupations at each mode's own frequency, as a
  // local equation has them. In closed form three resistances in series, with rates γ and occupations n.
  it("carry Landauer's current", () => {
    const machines = fc.record({
      ω1: between(1.2, 2),
      ω2: between(1.2, 2),
      g: between(0.1, 0.5),
      γ1: between(0.1, 0.5),
      γ2: between(0.1, 0.5),
      T1: between(0.3, 0.45),
      T2: between(0.5, 0.75),
    });
    const property = fc.property(machines, (p) => {
      const { of } = steady(text, { set: p });
      const [n1, n2] = [bose(p.ω1 / p.T1), bose(p.ω2 / p.T2)];
      const γ = p.γ1 + p.γ2;
      const δ = p.ω1 - p.ω2;
      const j = (n2 - n1) / (1 / p.γ1 + 1 / p.γ2 + (γ ** 2 + 4 * δ ** 2) / (4 * p.g ** 2 * γ));
      const landauer = p.γ1 * p.γ2 * (n2 - n1) * meanSquareResponse([p.ω1, p.ω2], p.g, [p.γ1, p.γ2], 2000);
      expectClose(landauer, j, 1e-12);
      // Windows end at populations of 1e-12, about ten quanta high.
      const beyond = 1e-10 * γ;
      expectClose(of("heat(hot)"), p.ω2 * j, 1e-9, beyond);
      expectClose(of("heat(cold)"), -p.ω1 * j, 1e-9, beyond);
      expectClose(of("work"), δ * j, 1e-9, beyond);
      expectClose(of("mean(m1.N)"), n1 + j / p.γ1, 1e-9);
      expectClose(of("mean(m2.N)"), n2 - j / p.γ2, 1e-9);
    });
    fc.assert(property, { numRuns: 6, seed: 7 });
  });

  it("are in their Gibbs states when apart", () => {
    const { of } = steady(text, { set: { g: 0 } });
    expectClose(of("mean(m1.N)"), bose(1.5 / 0.4), 1e-10);
    expectClose(of("mean(m2.N)"), bose(1.9 / 0.7), 1e-10);
    const entropy = [bose(1.5 / 0.4), bose(1.9 / 0.7)].reduce(
      (sum, n) => sum + (n + 1) * Math.log(n + 1) - n * Math.log(n),
      0,
    );
    expectClose(of("entropy(all)"), entropy, 1e-9);
    for (const name of ["heat(cold)", "heat(hot)", "work"]) expectClose(of(name), 0, 0, 4e-15);
    for (const part of ["m1", "m2"]) expectClose(of(`ergotropy(${part})`), 0, 0, 1e-14);
  });
});
