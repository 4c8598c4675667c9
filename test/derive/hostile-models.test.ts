import katex from "katex";
import { describe, expect, it } from "vitest";
import { symbolFormula } from "../../src/formula/formula.ts";
import { equationLatex, formulaLatex } from "../../src/formula/formula-latex.ts";
import { equationText } from "../../src/formula/formula-text.ts";
import { scalarFormula } from "../../src/formula/scalar-formula.ts";
import { compile } from "../../src/pipeline.ts";
import { latexText } from "../../src/report/latex-text.ts";
import { deriveDocument, deriveFormulas } from "../../src/run-derive.ts";
import { binary, call, negative, symbol } from "../../src/scalar/scalar.ts";

const asked = { sets: [], quantities: [], readLibrary: () => undefined };
const derive = (text: string, of: readonly string[]) => {
  const outcome = deriveFormulas(compile({ name: "m", text }, asked), { of, closure: { kind: "none" } });
  if (outcome.status !== "good") throw new Error(outcome.status);
  return outcome;
};

describe("formulas of odd models", () => {
  it("keep parentheses in exponents", () => {
    const minusSum = call("exp", negative(binary("+", symbol("p0"), symbol("p1"))));
    const latex = formulaLatex(scalarFormula(minusSum, (s) => symbolFormula(s, s)));
    expect(latex).toBe("e^{-(p0 + p1)}");
  });

  it("index operators whose letters several kinds share", () => {
    const { derivations } = derive(
      `kind one { basis n in 0..inf; operator b = sum(n) sqrt(n)*|n-1><n|; operator N = sum(n) n*|n><n| }
kind two { basis n in 0..inf; operator b = sum(n) sqrt(n)*|n-1><n|; operator N = sum(n) n*|n><n| }
model m
subsystem x : one
subsystem y : two
hamiltonian { free x.N + 2*y.N
  interaction 0.1*(x.b†*y.b + h.c.) }
bath a : bosonic { β = 1; couples 0.1*x.b }
equation e { local a }`.replace(/^(kind[\s\S]*?)model m/, "model m\n$1"),
      ["hamiltonian"],
    );
    const [, free] = derivations[0]!.equations;
    expect(equationLatex(free!)).toBe("H_{0} = N_{x} + 2 N_{y}");
  });

  it("define a model's own H and V, and nothing that only looks like them", () => {
    const { definitions } = derive(
      `model m
let V = 0.3
let H = 2*V
subsystem q : qubit
hamiltonian { free q.σz
  interaction V*q.σx }
bath a : bosonic { β = 1; couples 0.1*q.σ⁻ }
equation e { local a }`,
      ["hamiltonian"],
    );
    expect(definitions.map(equationText)).toEqual(["V = 0.3"]);
  });

  it("say that a formula is too large instead of failing", () => {
    const { derivations } = derive(
      `model m
subsystem q[1..8] : qubit
hamiltonian { free sum(j in 1..8) q[j].σz
  interaction 0.1*(sum(j in 1..8) q[j].σx)^2 }
bath d : jumps { jump 0.1*(sum(j in 1..8) q[j].σ⁻); jump 0.1*(sum(j in 1..8) q[j].σ⁻)^3 }
bath a : bosonic { β = 1; couples 0.1*q[1].σ⁻ }
equation e { local a; jumps d }`,
      ["work(d)"],
    );
    const [{ equations, notes }] = derivations as [(typeof derivations)[number]];
    expect(equations.length > 0 || /^no formula/.test(notes[0]!)).toBe(true);
  });

  it("write documents of models with baths without a temperature, and at zero temperature", () => {
    const text = `model m "ħω, ≈ 100 % of A_b & ½"
subsystem q : qubit
hamiltonian { free q.σz }
bath cold : bosonic { β = inf; role = cold; couples 0.1*q.σ⁻ }
bath noise : jumps { jump 0.1*q.σz }
equation e { local cold; jumps noise }`;
    const document = deriveDocument(compile({ name: "m", text }, asked));
    if (document.status !== "good") throw new Error(document.status);
    expect(document.latex).toContain("undefined, since a bath has no temperature");
    expect(document.latex).toContain("$\\hbar$");
    expect([...document.latex].every((c) => c.codePointAt(0)! < 256)).toBe(true);
  });

  it("Redfield's rates of fermions are 1 − f and f", () => {
    const { derivations } = derive(
      `model m
subsystem d : mode
hamiltonian { free d.n }
bath a : fermionic { β = 1; couples 0.1*d.c }
equation e { redfield a }`,
      ["dissipators"],
    );
    const latex = derivations[0]!.equations.map(equationLatex);
    expect(latex.join(" ")).toContain("\\left(1 - f(\\omega)\\right) A(\\omega)");
    for (const l of latex) katex.renderToString(l, { strict: "error", throwOnError: true });
  });
});

describe("text in LaTeX", () => {
  it("escapes what LaTeX would take for itself", () => {
    expect(latexText("a_b & 50 % of {x} $ # ~ ^ \\")).toBe(
      "a\\_b \\& 50 \\% of \\{x\\} \\$ \\# \\textasciitilde{} \\textasciicircum{} \\textbackslash{}",
    );
    expect(latexText("βr in é")).toBe("$\\beta$r in é");
  });
});
