import { describe, expect, it } from "vitest";
import { equationText } from "../../src/formula/formula-text.ts";
import { represent } from "../../src/represent.ts";
import { deriveDocument, deriveFormulas } from "../../src/run-derive.ts";
import { compileClean } from "../model-text.ts";
import { modelText } from "../physics/steady.ts";

const linesOf = (text: string, of: readonly string[]): string[] => {
  const outcome = deriveFormulas(compileClean(text), { of, closure: { kind: "none" } });
  if (outcome.status !== "good") throw new Error(outcome.status);
  return outcome.derivations.flatMap((d) => d.equations.map(equationText));
};

describe("the formulas of a driven machine", () => {
  it("in its frame: H with the drive, G, and the power as means there", () => {
    expect(linesOf(modelText("driven-maser"), ["hamiltonian", "drive_power"])).toEqual([
      "H = H0 + V",
      "H0 = ω_cold*atom.|x><x| + ω_hot*atom.|e><e|",
      "V = ε*(exp(i*ω_d*time)*atom.|x><e| + exp(-i*ω_d*time)*atom.|e><x|)",
      "G = ω_d*atom.|e><e|",
      "exp(i*G*t)*V*exp(-i*G*t) = ε*(atom.|x><e| + atom.|e><x|)",
      "drive_power = -i*Tr[[G, H]*ρ] = i*ε*ω_d*(mean(atom.|x><e|) - mean(atom.|e><x|))",
    ]);
    const document = deriveDocument(compileClean(modelText("driven-maser")));
    if (document.status !== "good") throw new Error(document.status);
    expect(document.latex).toContain("\\dot{W}_{\\mathrm{drive}}");
    expect(document.latex).toContain("e^{i \\omega_{d} t}");
  });

  it("in the laboratory: ∂H/∂t of all that changes", () => {
    const text = `model swept
      parameter Ω = 0.3
      let B = 2 + cos(Ω*time)
      subsystem q : qubit
      hamiltonian { free B*q.σz; drive 0.1*cos(3*time)*q.σx }
      bath cold : bosonic { β = 1; couples 0.3*q.σ⁻ }
      equation weak { local cold }`;
    expect(linesOf(text, ["drive_power", "dissipators"])).toEqual([
      "drive_power = Tr[ρ*∂H/∂t] = -0.3*sin(3*time)*(mean(q.σ⁺) + mean(q.σ⁻)) - Ω*sin(Ω*time)*mean(q.σz)",
      "dρ/dt = -i*[H, ρ] + L_cold[ρ]",
      "L_cold[ρ] = 0.09*(n_cold*D[q.σ⁺] + (n_cold + 1)*D[q.σ⁻])",
    ]);
    expect(represent(compileClean(text), "equation")).toMatchObject([{ dependsOnTime: true }]);
  });
});
