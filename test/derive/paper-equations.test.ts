import { readFileSync } from "node:fs";
import katex from "katex";
import { describe, expect, it } from "vitest";
import { equationLatex, formulaLatex } from "../../src/formula/formula-latex.ts";
import { compile } from "../../src/pipeline.ts";
import { derivationsLatex } from "../../src/report/derivation-latex.ts";
import { deriveFormulas } from "../../src/run-derive.ts";

const MODELS = [
  "rotor-qubit",
  "absorption-refrigerator",
  "three-level-maser",
  "driven-maser",
  "coupled-qubits",
  "optomechanical-cooling",
  "spin-chain",
];

function compiled(model: string) {
  const name = `models/${model}.thermill`;
  return compile(
    { name, text: readFileSync(name, "utf8") },
    { sets: [], quantities: [], readLibrary: () => undefined },
  );
}

function derived(model: string, of: readonly string[] = []) {
  const outcome = deriveFormulas(compiled(model), { of, closure: { kind: "none" } });
  if (outcome.status !== "good") throw new Error(outcome.status);
  return outcome;
}

/** Renders LaTeX strictly: anything that LaTeX itself would not take is an error. */
const render = (latex: string): string =>
  katex.renderToString(latex, { displayMode: true, strict: "error", throwOnError: true, trust: false });

describe("the paper's equations, derived from models/rotor-qubit.thermill", () => {
  const { derivations, definitions } = derived("rotor-qubit");
  const of = (name: string) => derivations.find((d) => d.name === name)!;
  const golden = (latex: string, expected: string): void => {
    expect(latex).toBe(expected);
    expect(render(latex)).toContain("katex");
  };

  it("Eq. (2) and (3), the Hamiltonian", () => {
    const [, free, interaction] = of("hamiltonian").equations;
    golden(
      equationLatex(free!),
      "H_{0} = B_{1} \\sigma_{1}^{z} + B_{2} \\sigma_{2}^{z} + \\frac{L^{2}}{2 I}",
    );
    golden(
      equationLatex(interaction!),
      "V = \\lambda \\left(\\sigma_{1}^{+} \\sigma_{2}^{-} e^{i\\varphi} + \\sigma_{1}^{-} \\sigma_{2}^{+} e^{-i\\varphi}\\right)",
    );
  });

  it("Eq. (4) and (14), the local master equation", () => {
    const [master, cold, hot] = of("dissipators").equations;
    golden(
      equationLatex(master!),
      "\\dot{\\rho} = -i [H, \\rho] + \\mathcal{L}_{\\mathrm{cold}}[\\rho] + \\mathcal{L}_{\\mathrm{hot}}[\\rho] + \\mathcal{L}_{\\mathrm{load}}[\\rho]",
    );
    golden(
      equationLatex(cold!),
      "\\mathcal{L}_{\\mathrm{cold}}[\\rho] = g_{1}^{2} \\left(n_{\\mathrm{cold}} \\mathcal{D}[\\sigma_{1}^{+}] + \\left(n_{\\mathrm{cold}} + 1\\right) \\mathcal{D}[\\sigma_{1}^{-}]\\right)",
    );
    golden(
      equationLatex(hot!),
      "\\mathcal{L}_{\\mathrm{hot}}[\\rho] = g_{2}^{2} \\left(n_{\\mathrm{hot}} \\mathcal{D}[\\sigma_{2}^{+}] + \\left(n_{\\mathrm{hot}} + 1\\right) \\mathcal{D}[\\sigma_{2}^{-}]\\right)",
    );
  });

  it("Eq. (15) and (16), its abbreviations", () => {
    expect(definitions.map(equationLatex)).toEqual([
      "g_{1} = g \\left(1 - \\chi\\right)",
      "g_{2} = g \\left(1 + \\chi\\right)",
      "n_{\\mathrm{cold}} = \\frac{1}{e^{2 B_{1} \\beta_{1}} - 1}",
      "n_{\\mathrm{hot}} = \\frac{1}{e^{2 B_{2} \\beta_{2}} - 1}",
    ]);
  });

  it("Eq. (17), the load, as it is written and as one sum of two shifts", () => {
    const load = of("dissipators").equations[3]!;
    expect(load.right).toHaveLength(2);
    golden(
      formulaLatex(load.right[0]!),
      "\\frac{2 I \\gamma}{\\beta_{r}} \\left(\\mathcal{D}\\left[\\cos \\varphi - \\frac{i \\beta_{r}}{4 I} \\sin \\varphi \\, L\\right] + \\mathcal{D}\\left[\\sin \\varphi + \\frac{i \\beta_{r}}{4 I} \\cos \\varphi \\, L\\right]\\right)",
    );
    golden(
      formulaLatex(load.right[1]!),
      "\\frac{I \\gamma}{\\beta_{r}} \\left(\\mathcal{D}\\left[e^{i\\varphi} \\left(1 - \\frac{\\beta_{r}}{4 I} L\\right)\\right] + \\mathcal{D}\\left[e^{-i\\varphi} \\left(1 + \\frac{\\beta_{r}}{4 I} L\\right)\\right]\\right)",
    );
  });

  it("Eq. (19), the heat from a bath", () => {
    golden(
      equationLatex(of("heat(cold)").equations[0]!),
      "\\dot{Q}_{\\mathrm{cold}} = \\operatorname{Tr}\\left[H_{0} \\mathcal{L}_{\\mathrm{cold}}[\\rho]\\right] = 2 B_{1} g_{1}^{2} \\left(n_{\\mathrm{cold}} \\left\\langle \\sigma_{1}^{-} \\sigma_{1}^{+} \\right\\rangle - \\left(n_{\\mathrm{cold}} + 1\\right) \\left\\langle \\sigma_{1}^{+} \\sigma_{1}^{-} \\right\\rangle\\right)",
    );
  });

  it("Eq. (23), the work of the local baths, from Eq. (24) and from Eq. (22)", () => {
    const eq23 =
      "-\\frac{\\lambda}{2} \\left(g_{1}^{2} \\left(2 n_{\\mathrm{cold}} + 1\\right) + g_{2}^{2} \\left(2 n_{\\mathrm{hot}} + 1\\right)\\right) \\left(\\left\\langle \\sigma_{1}^{+} \\sigma_{2}^{-} e^{i\\varphi} \\right\\rangle + \\left\\langle \\sigma_{1}^{-} \\sigma_{2}^{+} e^{-i\\varphi} \\right\\rangle\\right)";
    golden(
      equationLatex(of("work").equations[0]!),
      `\\dot{W} = \\operatorname{Tr}\\left[V \\left(\\mathcal{L}_{\\mathrm{cold}}[\\rho] + \\mathcal{L}_{\\mathrm{hot}}[\\rho]\\right)\\right] = ${eq23}`,
    );
    golden(
      equationLatex(of("collision").equations.at(-1)!),
      `\\dot{W} = \\lim_{\\tau \\to 0} \\frac{1}{\\tau} \\operatorname{Tr}\\left[\\left(H + H_{B}\\right) \\Delta\\rho_{SB}\\right] = ${eq23}`,
    );
  });

  it("the collision model gives (14) and (24) as identities of normal forms", () => {
    expect(of("collision").notes).toEqual([
      "the second order of the collision equals the local dissipators, as an identity of normal forms",
      "the energy that system and ancillas gain equals Tr[V L ρ] summed over these baths, as an identity of normal forms",
    ]);
  });
});

describe("LaTeX of all shipped models", () => {
  it.each(MODELS)("%s renders strictly, without 1 \\cdot and without --", (model) => {
    const { derivations, definitions } = derived(model);
    for (const { equations } of [...derivations, { equations: definitions }]) {
      for (const equation of equations) {
        const latex = equationLatex(equation);
        expect(render(latex)).toContain("katex");
        expect(latex).not.toMatch(/1 \\cdot|- ?-|\+ ?-|\b1 [\\a-zA-Z]|e\^\{0\}/);
      }
    }
    const displays = derivationsLatex(derivations, definitions)
      .split("\n")
      .filter((line) => !line.startsWith("%"))
      .join("\n")
      .split(/(?<=\\end\{equation\})/)
      .filter((d) => d.trim() !== "");
    for (const display of displays) expect(render(display.trim())).toContain("katex");
  });
});

describe("the paper's second model", () => {
  const text = `${readFileSync("models/rotor-qubit.thermill", "utf8")}
equation joined { unified cold, hot; jumps load }
equation bloch { redfield cold, hot; jumps load }`;
  const derive = (equation: string) => {
    const asked = { sets: [], quantities: [], operators: ["r.L"], readLibrary: () => undefined };
    const outcome = deriveFormulas(compile({ name: "m", text }, asked), {
      equation,
      of: ["dissipators", "heat(cold)", "work", "work(load)", "symmetries", "d<r.L>/dt"],
      closure: { kind: "none" },
    });
    if (outcome.status !== "good") throw new Error(outcome.status);
    return outcome.derivations;
  };

  it("Eq. (27), (29), (A5), (A13)–(A16)", () => {
    const [dissipators, heat, work] = derive("spin_boson");
    const latex = dissipators!.equations.map(equationLatex);
    expect(latex).toContain(
      "\\mathcal{L}_{\\mathrm{cold}}[\\rho] = \\sum_{\\omega} J_{\\mathrm{cold}}(\\omega) \\left(n_{\\mathrm{cold}}(\\omega) \\mathcal{D}\\left[A_{\\mathrm{cold}}(\\omega)^{\\dagger}\\right] + \\left(n_{\\mathrm{cold}}(\\omega) + 1\\right) \\mathcal{D}[A_{\\mathrm{cold}}(\\omega)]\\right)",
    );
    expect(latex).toContain(
      "J_{\\mathrm{cold}}(\\omega) = \\frac{\\omega \\omega_{\\max}^{2}}{\\omega^{2} + \\omega_{\\max}^{2}}",
    );
    expect(heat!.equations.map(equationLatex)).toEqual([
      "\\dot{Q}_{\\mathrm{cold}} = \\operatorname{Tr}\\left[H \\mathcal{L}_{\\mathrm{cold}}[\\rho]\\right]",
    ]);
    expect(work!.equations.map(equationLatex)).toEqual(["\\dot{W} = 0"]);
  });

  it.each(["spin_boson", "joined", "bloch"])(
    "%s: renders strictly, and no formula is claimed that is not known",
    (e) => {
      const derivations = derive(e);
      for (const { equations } of derivations)
        for (const q of equations) expect(render(equationLatex(q))).toContain("katex");
      expect(derivations.at(-1)!.equations).toEqual([]);
      expect(derivations.at(-1)!.notes[0]).toMatch(/^no formula/);
    },
  );
});

describe("symmetries of the shipped models", () => {
  it.each(MODELS)("%s: the charges leave the sector of the solver", (model) => {
    for (const { name } of compiled(model).model.equations) {
      const outcome = deriveFormulas(compiled(model), {
        equation: name,
        of: ["symmetries"],
        closure: { kind: "none" },
      });
      if (outcome.status !== "good") throw new Error(outcome.status);
      expect(outcome.derivations[0]!.notes.at(-1)).toMatch(
        /which are the unknowns of the solver( between the eigenstates of H)?$/,
      );
    }
  });

  it("the rotor's are two charges, and 6N − 2 elements of ρ", () => {
    const { derivations } = derived("rotor-qubit", ["symmetries"]);
    expect(derivations[0]!.equations.map(equationLatex)).toEqual([
      "C_{1} = L - \\frac{\\sigma_{1}^{z}}{2}",
      "C_{2} = \\frac{\\sigma_{1}^{z}}{2} + \\frac{\\sigma_{2}^{z}}{2}",
    ]);
    expect(derivations[0]!.notes.at(-1)).toContain(`a steady state holds ${6 * 21 - 2},`);
  });
});
