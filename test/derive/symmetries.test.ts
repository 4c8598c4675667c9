import { describe, expect, it } from "vitest";
import { equationText } from "../../src/formula/formula-text.ts";
import { compile } from "../../src/pipeline.ts";
import { deriveFormulas } from "../../src/run-derive.ts";

function symmetries(text: string) {
  const compiled = compile({ name: "m", text }, { sets: [], quantities: [], readLibrary: () => undefined });
  const outcome = deriveFormulas(compiled, { of: ["symmetries"], closure: { kind: "none" } });
  if (outcome.status !== "good") throw new Error(JSON.stringify(compiled.diagnostics));
  const { equations, notes } = outcome.derivations[0]!;
  return { equations: equations.map(equationText), notes };
}

const two = (interaction: string, baths: string, clauses: string) => `model m
parameter B = 1
subsystem q, p : qubit
hamiltonian { free B*q.σz + 2*B*p.σz
  interaction ${interaction} }
${baths}
equation e { ${clauses} }`;

describe("symmetries", () => {
  it("σxσx leaves a parity, which halves the sector", () => {
    const { equations, notes } = symmetries(
      two(
        "0.1*q.σx*p.σx",
        "bath a : bosonic { β = 1; couples q.σ⁻ }\nbath b : bosonic { β = 1; couples p.σ⁻ }",
        "local a, b",
      ),
    );
    expect(equations).toHaveLength(1);
    expect(equations[0]).toMatch(/^Π = exp\(π\*i\*\(/);
    expect(notes.at(-1)).toBe(
      "of 16 elements of ρ a steady state holds 8, which are the unknowns of the solver",
    );
  });

  it("a collective bath keeps the coherence that two baths of their own would leave out", () => {
    const collective = symmetries(
      two("0", "bath a : bosonic { β = 1; couples q.σ⁻ + p.σ⁻ }", "local a").replace("2*B*p.σz", "B*p.σz"),
    );
    expect(collective.equations).toEqual(["C = q.σz/2 + p.σz/2"]);
  });

  it("dephasing alone conserves the excitations, and says what that means", () => {
    const { notes } = symmetries(
      two(
        "0.1*(q.σ⁺*p.σ⁻ + h.c.)",
        "bath a : jumps { jump 0.3*q.σz }\nbath b : bosonic { β = 1; couples p.σ⁻ }",
        "jumps a",
      ),
    );
    expect(notes).toContain("C is conserved: no bath changes it, so the steady state is not unique");
  });

  it("levels have a charge each, up to their sum", () => {
    const { equations } = symmetries(`model m
parameter ω = 1
subsystem x : levels(g, e, f)
hamiltonian { free ω*x.|e><e| + 3*ω*x.|f><f| }
bath a : bosonic { β = 1; couples x.|g><e| }
bath b : bosonic { β = 1; couples x.|e><f| }
equation e { local a, b }`);
    expect(equations).toEqual(["C1 = x.|f><f|", "C2 = x.|e><e|"]);
  });

  it("a rotor pushed by cos φ keeps none but that of the rest", () => {
    const { equations, notes } = symmetries(`model m
parameter I = 1
subsystem r : rotor
subsystem m : oscillator
hamiltonian { free r.L^2/(2*I) + m.N
  interaction 0.2*cos(2*r.φ)*m.N }
bath a : bosonic { β = 1; couples m.a }
bath l : jumps { β = 1; jump 0.1*(exp(i*r.φ)*(1 - r.L/4)); jump 0.1*(exp(-i*r.φ)*(1 + r.L/4)) }
equation e { local a; jumps l }`);
    expect(equations).toContain("C = m.N");
    expect(equations).toContain("Π = exp(π*i*r.L)");
    expect(notes.at(-1)).toMatch(/which are the unknowns of the solver$/);
  });
});
