import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meanSquareResponse } from "./landauer.ts";
import { bose, expectClose, modelText, steady } from "./steady.ts";

const text = modelText("spin-chain");
const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });

interface Chain {
  readonly N: number;
  readonly B: number;
  readonly δ: number;
  readonly J: number;
  readonly Γ: number;
  readonly κ: number;
  readonly T_left: number;
  readonly T_right: number;
}

/** Of each end: the rate R = Γ(2n + 1) and the occupation f = n/(2n + 1) that its bath wants. */
function ends({ N, B, δ, Γ, T_left, T_right }: Chain) {
  const n = [bose((2 * B) / T_left), bose((2 * (B + δ * (N - 1))) / T_right)] as const;
  return {
    rates: n.map((x) => Γ * (2 * x + 1)) as [number, number],
    drop: n[0] / (2 * n[0] + 1) - n[1] / (2 * n[1] + 1),
  };
}

const couplings = {
  B: between(0.5, 1.5),
  J: between(0.05, 0.5),
  Γ: between(0.03, 0.3),
  κ: between(0.005, 0.1),
  T_left: between(1.5, 3),
  T_right: between(0.4, 1),
};

describe("spin-chain", () => {
  // The interaction and the dephasing conserve spin: what the left bath puts in passes every bond and leaves on the right.
  it.each(["quiet", "noisy"])("carries one current from end to end (%s)", (equation) => {
    const point = steady(text, { equation });
    expect(point.codes).toEqual(["W507"]);
    const inflow = point.of("inflow");
    for (const j of [1, 2, 3]) expectClose(point.of(`current[${j}]`), inflow, 1e-11);
    expectClose(point.of("heat(right)"), -2 * 1.3 * inflow, 1e-11);
  });

  // Free fermions: Landauer's formula with the one-particle Hamiltonian, 2 field[j] on the diagonal and 2J beside it.
  it.each([2, 3, 4, 5])("at Δ = 0 with %i spins carries Landauer's current", (N) => {
    const p: Chain = { N, B: 1, δ: 0.1, J: 0.2, Γ: 0.05, κ: 0, T_left: 2, T_right: 0.5 };
    const { rates, drop } = ends(p);
    const fields = Array.from({ length: N }, (_, j) => 2 * (p.B + p.δ * j));
    const inflow = drop * rates[0] * rates[1] * meanSquareResponse(fields, 2 * p.J, rates);
    expectClose(steady(text, { set: { N, Δ: 0 } }).of("inflow"), inflow, 1e-10);
  });

  // At N = 2 the product σz σz commutes with the exchange, so Δ does not count; dephasing adds 4κ to the decay of the
  // coherence: three resistances in series, as in coupled-qubits, with g = 2J.
  it("with two spins has the current of two coupled qubits, whatever Δ", () => {
    const chains = fc.record({ ...couplings, δ: between(-0.2, 0.3), Δ: between(-2, 2) });
    const property = fc.property(chains, fc.boolean(), (p, isNoisy) => {
      const { rates, drop } = ends({ ...p, N: 2 });
      const decay = (rates[0] + rates[1]) / 2 + (isNoisy ? 4 * p.κ : 0);
      const resistance = (decay ** 2 + (2 * p.δ) ** 2) / (8 * p.J ** 2 * decay);
      const inflow = drop / (1 / rates[0] + 1 / rates[1] + resistance);
      const { of } = steady(text, { set: { ...p, N: 2 }, equation: isNoisy ? "noisy" : "quiet" });
      expectClose(of("inflow"), inflow, 1e-10);
      // The energy of the exchange is lost as the coherence is: what the thermal baths put back is their share of its decay.
      expectClose(of("work"), (p.δ * inflow * (rates[0] + rates[1])) / decay, 1e-9, 1e-15);
    });
    fc.assert(property, { numRuns: 16, seed: 8 });
  });

  // Uniform field, Δ = 0, dephasing: only neighbours are correlated. A bond then conducts as 8J²/(decay of its coherence),
  // 4κ in the bulk and R/2 more at an end, all in series with the two contacts: Ohm's law, and at κ = 0 no bulk resistance.
  it("at Δ = 0 in a uniform field obeys Ohm's law with dephasing, and none without", () => {
    const chains = fc.record({ ...couplings, N: fc.integer({ min: 2, max: 5 }) });
    const property = fc.property(chains, fc.boolean(), (c, isNoisy) => {
      const p = { ...c, δ: 0 };
      const { rates, drop } = ends(p);
      const κ = isNoisy ? p.κ : 0;
      const bonds = ((rates[0] + rates[1]) / 2 + 4 * κ * (p.N - 1)) / (8 * p.J ** 2);
      const inflow = drop / (1 / rates[0] + 1 / rates[1] + bonds);
      const { of } = steady(text, { set: { ...p, Δ: 0 }, equation: isNoisy ? "noisy" : "quiet" });
      expectClose(of("inflow"), inflow, 1e-10);
      for (let j = 1; j < p.N; j++) expectClose(of(`current[${j}]`), inflow, 1e-10);
    });
    fc.assert(property, { numRuns: 14, seed: 9 });
  });

  it("at equal temperatures in a uniform field is in its Gibbs state of H₀ at Δ = 0, and nothing flows", () => {
    const { of } = steady(text, { set: { δ: 0, T_left: 0.7, T_right: 0.7, Δ: 0 } });
    for (const j of [1, 2, 3, 4]) expectClose(of(`mean(q[${j}].σz)`), -Math.tanh(1 / 0.7), 1e-12);
    for (const name of ["heat(left)", "heat(right)", "work"]) expectClose(of(name), 0, 0, 1e-16);
  });
});
