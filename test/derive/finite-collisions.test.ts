import { describe, expect, it } from "vitest";
import { equationText } from "../../src/formula/formula-text.ts";
import { deriveDocument, deriveFormulas } from "../../src/run-derive.ts";
import { compileClean } from "../model-text.ts";

const text = (clauses: string) => `
model m
parameter t = 0.1
subsystem d, f : mode
hamiltonian {
  free d.n + 2*f.n
  interaction 0.3*(d.c†*f.c + h.c.)
}
bath left : fermionic { β = 1; μ = 0.2; couples 0.2*d.c }
bath right : fermionic { β = 2; couples 0.3*f.c }
bath noise : jumps { jump 0.1*d.n }
equation e { ${clauses}; jumps noise }
`;

const lines = (clauses: string, of: readonly string[]) => {
  const outcome = deriveFormulas(compileClean(text(clauses)), { of, closure: { kind: "none" } });
  if (outcome.status !== "good") throw new Error(outcome.status);
  return outcome.derivations.flatMap((d) => [...d.equations.map(equationText), ...d.notes]);
};

const BOTH = "collision left, right with { τ = t; spectrum = flat }";
const ONE = "collision left with { τ = t }; local right";

describe("formulas of an equation with collisions of finite duration", () => {
  it("show the map of a collision, not dissipators of the ancillas", () => {
    const found = lines(BOTH, ["dissipators"]);
    expect(found).toContain("ρ(t + τ) = Tr_B[exp(τ*L_τ)*(ρ(t)⊗ρ_B)]");
    expect(found).toContain("L_τ[ρ_SB] = -i*[H_τ, ρ_SB] + L_noise[ρ_SB]");
    expect(found).toContain("τ = t");
    expect(found.filter((line) => /^L_(left|right)/.test(line))).toEqual([]);
  });

  it("show heat and work of the collision", () => {
    expect(lines(BOTH, ["heat(left)"])[0]).toBe("heat(left) = -1/τ*Tr[(H_left - 0.2*B_left)*Δρ_SB]");
    expect(lines(BOTH, ["particles(left)"]).at(-2)).toBe("particles(left) = -1/τ*Tr[B_left*Δρ_SB]");
    expect(lines(BOTH, ["work(left)"])).toEqual([
      "undefined: its ancillas collide together with those of another bath, and only their total work is defined",
    ]);
    expect(lines(BOTH, ["work"])).toEqual(["work = 1/τ*Tr[(H + H_B)*Δρ_SB] - Tr[H*L_noise[ρ_mean]]"]);
    expect(lines(ONE, ["work(left)"])[0]).toContain("work(left) = 1/τ*Tr[(H + H_B)*Δρ_SB]");
    expect(lines(ONE, ["work(right)"])[0]).toBe("work(right) = Tr[V*L_right[ρ_mean]]");
  });

  it("show the limit of short collisions, compared with the local equation", () => {
    expect(lines(BOTH, ["collision"])).toContain(
      "the second order of the collision equals the local dissipators, as an identity of normal forms",
    );
  });

  it("have no equation of motion, and a document", () => {
    const compiled = compileClean(text(BOTH));
    expect(deriveDocument(compiled)).toMatchObject({ status: "good" });
    const everything = deriveFormulas(compiled, { of: [], closure: { kind: "none" } });
    expect(everything.status).toBe("good");
  });
});
