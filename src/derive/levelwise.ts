import { levelSymbol } from "../algebra/normal-form.ts";
import { coefficientFormula } from "../algebra/words/word-formula.ts";
import {
  equationFormula,
  type Formula,
  type FormulaEquation,
  negativeFormula,
  numberFormula,
  productFormula,
  sumFormula,
  symbolFormula,
} from "../formula/formula.ts";
import { subscriptLatex } from "../formula/name-latex.ts";
import { scalarFormula } from "../formula/scalar-formula.ts";
import { FREQUENCY } from "../model/model.ts";
import { view } from "../scalar/scalar.ts";
import type { Presentation } from "./presentation.ts";
import { compactFormula, type ThermalChannel } from "./thermal-channel.ts";

export const dissipator = (operand: Formula): Formula => ({ kind: "dissipator", operand });

/**
 * The dissipator of a coupling whose Bohr frequency depends on the level: one pair of jumps for each level n,
 * Σ_n |c|²J(ω_n)((n(ω_n)+1) D[A P_n] + n(ω_n) D[P_n A†]) with P_n = |n⟩⟨n|.
 */
export function levelwiseFormula(
  channel: ThermalChannel,
  bath: number,
  p: Presentation,
): { readonly formula: Formula; readonly abbreviations: readonly FormulaEquation[] } {
  const { kind, name, beta, spectralDensity } = p.model.baths[bath]!;
  const indices = channel.levelwise.map((s, k) => levelIndex(s, k, channel.levelwise.length, p));
  const place = indices.map((i) => i.latex).join("");
  const ω = symbolFormula(`ω_${indices.map((i) => i.text).join("_")}`, `\\omega_{${place}}`);
  const isFermionic = kind === "fermionic";
  const letter = isFermionic ? "f" : "n";
  const head = symbolFormula(`${letter}_${name}`, `${letter}_{${subscriptLatex(name)}}`);
  const occupation = symbolFormula(`${head.text}(${ω.text})`, `${head.latex}(${ω.latex})`);
  const emission = isFermionic
    ? sumFormula([numberFormula(1), negativeFormula(occupation)])
    : sumFormula([occupation, numberFormula(1)]);
  const projectors = indices.map((i) => i.projector);
  const up = dissipator(productFormula([...projectors, compactFormula(channel.raising, p)]));
  const down = dissipator(productFormula([compactFormula(channel.lowering, p), ...projectors]));
  const formula = productFormula([
    ...indices.map((i) => i.sum),
    coefficientFormula(channel.strength, p.notation),
    densityFormula(),
    sumFormula([productFormula([occupation, up]), productFormula([emission, down])]),
  ]);
  const bySymbol = new Map(channel.levelwise.map((s, k) => [levelSymbol(s), indices[k]!.index]));
  const atLevel = { ...p.notation, symbol: (s: string) => bySymbol.get(s) ?? p.notation.symbol(s) };
  const exponent = productFormula([scalarFormula(beta!, p.notation.symbol), ω]);
  return {
    formula,
    abbreviations: [
      equationFormula(ω, coefficientFormula(channel.frequency, atLevel)),
      equationFormula(occupation, {
        kind: "call",
        name: isFermionic ? "fermi" : "bose",
        operands: [exponent],
      }),
    ],
  };

  function densityFormula(): Formula {
    if (view(spectralDensity).kind === "number") return scalarFormula(spectralDensity, p.notation.symbol);
    return scalarFormula(spectralDensity, (s) => (s === FREQUENCY ? ω : p.notation.symbol(s)));
  }
}

interface LevelIndex {
  readonly text: string;
  readonly latex: string;
  readonly index: Formula;
  readonly sum: Formula;
  readonly projector: Formula;
}

/** The running level n of a subsystem, with its sum and its projector |n⟩⟨n|. */
function levelIndex(
  subsystem: number,
  k: number,
  count: number,
  { model, notation }: Presentation,
): LevelIndex {
  const text = count === 1 ? "n" : `n${k + 1}`;
  const latex = count === 1 ? "n" : `n_{${k + 1}}`;
  const { name } = model.subsystems[subsystem]!;
  // the subscript that the subsystem's other operators have
  const { subscript } = notation.unit(subsystem, 0, 0).latex;
  const below = subscript === undefined ? "" : `_{${subscript}}`;
  return {
    text,
    latex,
    index: symbolFormula(text, latex),
    sum: symbolFormula(`sum(${text})`, `\\sum_{${latex}}`),
    projector: symbolFormula(`${name}.|${text}><${text}|`, `|${latex}\\rangle\\langle ${latex}|${below}`),
  };
}
