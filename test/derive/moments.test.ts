import { describe, expect, it } from "vitest";
import type { Closure } from "../../src/derive/moments.ts";
import { equationText } from "../../src/formula/formula-text.ts";
import { compile } from "../../src/pipeline.ts";
import { deriveFormulas, operatorsIn } from "../../src/run-derive.ts";

function moments(text: string, of: string, closure: Closure = { kind: "none" }) {
  const compiled = compile(
    { name: "m.thermill", text },
    { sets: [], quantities: [], operators: operatorsIn([of]), readLibrary: () => undefined },
  );
  const outcome = deriveFormulas(compiled, { of: [of], closure });
  if (outcome.status !== "good") throw new Error(JSON.stringify(compiled.diagnostics));
  const { equations, notes } = outcome.derivations[0]!;
  return { equations: equations.map(equationText), notes };
}

const DAMPED = `model m
parameter ω = 1
parameter κ = 0.1
parameter F = 0.3
subsystem m : oscillator
hamiltonian { free ω*m.N
  interaction F*(m.a + m.a†) }
bath b : bosonic { β = 2; couples sqrt(κ)*m.a }
equation e { local b }`;

describe("equations of motion by the textbook", () => {
  it("the damped, driven oscillator: d⟨a⟩/dt = −(iω + κ/2)⟨a⟩ − iF, and it closes", () => {
    const { equations, notes } = moments(DAMPED, "d<m.a>/dt", { kind: "hierarchy" });
    expect(equations).toEqual(["d mean(m.a)/dt = -1/2*(2*i*ω + κ)*mean(m.a) - i*F"]);
    expect(notes).toEqual(["closed: 1 equation"]);
  });

  it("its occupation needs ⟨a⟩, and with that it closes", () => {
    const { equations, notes } = moments(DAMPED, "d⟨m.N⟩/dt", { kind: "hierarchy" });
    expect(equations).toEqual([
      "d mean(m.N)/dt = -i*F*(mean(m.a†) - mean(m.a)) - κ*mean(m.a†*m.a) + κ*n_b",
      "d mean(m.a)/dt = -1/2*(2*i*ω + κ)*mean(m.a) - i*F",
    ]);
    expect(notes).toEqual(["closed: 2 equations"]);
  });

  it("the Bloch equations", () => {
    const { equations, notes } = moments(
      `model m
parameter B = 1
parameter Ω = 0.1
parameter Γ = 0.2
subsystem q : qubit
hamiltonian { free B*q.σz
  interaction Ω*q.σx }
bath b : bosonic { β = 2; couples sqrt(Γ)*q.σ⁻ }
equation e { local b }`,
      "d<q.σz>/dt",
      { kind: "hierarchy" },
    );
    expect(equations[0]).toBe(
      "d mean(q.σz)/dt = -2*i*Ω*(mean(q.σ⁺) - mean(q.σ⁻)) - Γ*(2*n_b + 1)*mean(q.σz) - Γ",
    );
    expect(equations[1]).toBe("d mean(q.σ⁺)/dt = -1/2*(Γ*(2*n_b + 1) - 4*i*B)*mean(q.σ⁺) - i*Ω*mean(q.σz)");
    expect(notes).toEqual(["closed: 2 equations"]);
  });
});

describe("an open hierarchy", () => {
  const JAYNES = `model m
parameter ω = 1
parameter g = 0.1
subsystem m : oscillator
subsystem q : qubit
hamiltonian { free ω*m.N + ω/2*q.σz
  interaction g*(m.a*q.σ⁺ + h.c.) }
bath b : bosonic { β = 2; couples 0.1*m.a }
equation e { local b }`;

  it("says at which order, and what is missing", () => {
    const { notes } = moments(JAYNES, "d<m.a>/dt", { kind: "hierarchy", order: 2 });
    expect(notes[0]).toMatch(/^open: the moments up to order 2 need those of higher order: mean\(m\.a/);
  });

  it("does not pretend to close where the operators go on for ever", () => {
    const { notes } = moments(JAYNES, "d<m.a>/dt", { kind: "hierarchy" });
    expect(notes[0]).toMatch(
      /^open: the moments up to order 1 need those of higher order: mean\(m\.a\*q\.σz\)$/,
    );
  });
});
