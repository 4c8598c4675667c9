import { describe, expect, it } from "vitest";
import { bose, expectClose, shannon, steady } from "./steady.ts";

// One damped subsystem with an interaction that does not commute with H₀: the collisions of the local bath then do work,
// and the steady state has coherences with respect to H₀. All closed formulas follow from the equations of motion.

describe("a qubit in a static transverse field", () => {
  const [ω, Ω, Γ, β] = [1.7, 0.4, 0.3, 0.8];
  const point = steady(
    `
model driven_qubit
subsystem q : qubit
hamiltonian { free ${ω}/2*q.σz; interaction ${Ω}*q.σx }
bath b : bosonic { β = ${β}; couples sqrt(${Γ})*q.σ⁻ }
equation e { local b }
`,
    { quantities: ["mean(q.σx)", "mean(q.σy)"] },
  );
  // p' = −R(p − f) − 2Ω Im s, s' = −(R/2 + iω)s + iΩz for s = ⟨σ⁻⟩, z = 2p − 1, R = Γ(2n + 1), R(2f − 1) = −Γ; hence
  // z = −Γ/(R + 2k) with the rate of transitions k = Ω²R/((R/2)² + ω²).
  const R = Γ * (2 * bose(β * ω) + 1);
  const D = (R / 2) ** 2 + ω ** 2;
  const k = (Ω ** 2 * R) / D;
  const z = -Γ / (R + 2 * k);
  const [x, y] = [(2 * Ω * z * ω) / D, (-Ω * z * R) / D];
  const length = Math.hypot(x, y, z);

  it("has the Bloch vector of the optical Bloch equations", () => {
    expectClose(point.of("mean(q.σz)"), z, 1e-13);
    expectClose(point.of("mean(q.σx)"), x, 1e-13);
    expectClose(point.of("mean(q.σy)"), y, 1e-13);
  });

  it("turns the work of its bath into heat of its bath", () => {
    expectClose(point.of("heat(b)"), (-ω * k * Γ) / (R + 2 * k), 1e-12);
    expectClose(point.of("work(b)"), -(R / 2) * Ω * x, 1e-12); // Tr[V L ρ]: coherences decay at R/2
    expectClose(point.of("first_law_residual"), 0, 0, 1e-16);
  });

  it("has the ergotropy, entropy and purity of a Bloch vector off its field", () => {
    expectClose(point.of("ergotropy(all)"), (ω / 2) * z + Ω * x + Math.hypot(Ω, ω / 2) * length, 1e-10);
    expectClose(point.of("entropy(all)"), shannon((1 + length) / 2, (1 - length) / 2), 1e-12);
    expectClose(point.of("purity(all)"), (1 + length ** 2) / 2, 1e-13);
  });
});

it("a pumped qubit stores ω(2p − 1) of ergotropy", () => {
  const point = steady(`
model pumped_qubit
subsystem q : qubit
hamiltonian { free 2*q.σz }
bath b : jumps { jump 0.3*q.σ⁻; jump 0.4*q.σ⁺ }
equation e { jumps b }
`);
  const p = 0.16 / (0.16 + 0.09);
  expectClose(point.of("mean(q.σz)"), 2 * p - 1, 1e-13);
  expectClose(point.of("ergotropy(all)"), 4 * (2 * p - 1), 1e-13);
  expectClose(point.of("entropy(all)"), shannon(p, 1 - p), 1e-13);
  expect(point.quantities.entropy_production).toBeNull();
});

// The steady states below are Gaussian. Their windows end where 1e-12 of the population is left, some 30 quanta high:
// hence 1e-9 for what is linear in quanta.
describe("a driven oscillator", () => {
  const [ω, Ω, γ, β] = [1.1, 0.5, 0.2, 1.3];
  const point = steady(
    `
model driven_mode
subsystem m : oscillator
hamiltonian { free ${ω}*m.N; interaction ${Ω}*(m.a + h.c.) }
bath b : bosonic { β = ${β}; couples sqrt(${γ})*m.a }
equation e { local b }
`,
    { quantities: ["re(mean(m.a))", "im(mean(m.a))"] },
  );
  // α' = −(γ/2 + iω)α − iΩ: a displaced thermal state.
  const n = bose(β * ω);
  const D = (γ / 2) ** 2 + ω ** 2;
  const [re, im] = [(-Ω * ω) / D, (-Ω * γ) / 2 / D];

  it("is displaced, and holds the thermal quanta beside", () => {
    expectClose(point.of("re(mean(m.a))"), re, 1e-9);
    expectClose(point.of("im(mean(m.a))"), im, 1e-9);
    expectClose(point.of("mean(m.N)"), n + Ω ** 2 / D, 1e-9);
    expectClose(point.of("heat(b)"), (-γ * ω * Ω ** 2) / D, 1e-9);
    expectClose(point.of("entropy(all)"), (n + 1) * Math.log(n + 1) - n * Math.log(n), 1e-9);
  });

  // H = ω|α + Ω/ω|² up to a constant: what unitaries can take is the distance from its minimum.
  it("has the ergotropy of its displacement from the minimum of the potential", () => {
    expectClose(point.of("ergotropy(all)"), ω * ((re + Ω / ω) ** 2 + im ** 2), 1e-8);
  });
});

// m = ⟨a²⟩: N' = −γ(N − n) − 2s Im m, m' = −(γ + 2iω)m − is(2N + 1). Hence N − n = k(2N + 1), k = 2s²/(γ² + 4ω²).
it("a squeezed oscillator heats its bath by the quanta of the parametric term", () => {
  const [ω, s, γ, β] = [0.9, 0.2, 0.3, 1.6];
  const { of } = steady(
    `
model squeezed_mode
subsystem m : oscillator
hamiltonian { free ${ω}*m.N; interaction ${s}/2*(m.a^2 + h.c.) }
bath b : bosonic { β = ${β}; couples sqrt(${γ})*m.a }
equation e { local b }
`,
    { quantities: ["re(mean(m.a^2))", "im(mean(m.a^2))"] },
  );
  const n = bose(β * ω);
  const k = (2 * s ** 2) / (γ ** 2 + 4 * ω ** 2);
  const N = (n + k) / (1 - 2 * k);
  expectClose(of("mean(m.N)"), N, 1e-9);
  expectClose(of("heat(b)"), -γ * ω * (N - n), 1e-8);
  expectClose(of("im(mean(m.a^2))"), (-s * (2 * N + 1) * γ) / (γ ** 2 + 4 * ω ** 2), 1e-8);
  expectClose(of("re(mean(m.a^2))"), (-s * (2 * N + 1) * 2 * ω) / (γ ** 2 + 4 * ω ** 2), 1e-8);
});
