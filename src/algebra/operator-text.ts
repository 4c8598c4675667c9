import type { Model } from "../model/model.ts";
import type { Canonical } from "../scalar/canonical.ts";
import { scalarText } from "../scalar/scalar.ts";
import { scalarFromCanonical } from "../scalar/scalar-from-canonical.ts";
import type { Factor, NormalForm } from "./normal-form.ts";

/** Names the symbols of scalars in the model's words: parameters, levels, the frequency. */
export const symbolSpeller =
  (model: Model) =>
  (symbol: string): string => {
    const place = Number(symbol.slice(1));
    if (/^p\d+$/.test(symbol)) return model.parameters[place]?.name ?? symbol;
    if (/^n\d+$/.test(symbol)) return `n(${model.subsystems[place]?.name ?? symbol})`;
    return symbol === "w" ? "ω" : symbol === "wmax" ? "largest_frequency" : symbol;
  };

/** A canonical scalar in the model's words. */
export const canonicalText = (value: Canonical, model: Model): string =>
  scalarText(scalarFromCanonical(value), symbolSpeller(model));

/** An operator in the model's words, from its normal form: `2 * B1 * q1.σ⁻`. */
export function operatorText(form: NormalForm, model: Model): string {
  if (form.size === 0) return "0";
  return [...form.values()]
    .map(({ factors, coefficient }) => {
      const names = [...factors].sort(([a], [b]) => a - b).map(([s, f]) => factorText(s, f, model));
      const text = canonicalText(coefficient, model);
      if (names.length === 0) return text;
      if (text === "1") return names.join("*");
      const isSum = coefficient.numerator.size > 1;
      return `${isSum ? `(${text})` : text}*${names.join("*")}`;
    })
    .reduce((sum, term) => (term.startsWith("-") ? `${sum} - ${term.slice(1)}` : `${sum} + ${term}`));
}

function factorText(subsystem: number, factor: Factor, model: Model): string {
  const { name, kind } = model.subsystems[subsystem]!;
  if (factor.kind === "shift") {
    const [angle] = kind.angles.values();
    if (angle) return `exp(${phaseFactor(factor.by)}*${name}.${angle})`;
    return `${name}.|n${factor.by > 0 ? "+" : ""}${factor.by}><n|`;
  }
  if (kind.name === "qubit" && factor.row !== factor.column)
    return `${name}.${factor.row === 0 ? "σ⁺" : "σ⁻"}`;
  if (kind.isFermionic) return `${name}.${modeOperator(factor.row, factor.column)}`;
  const label = (level: number) => (kind.basis.kind === "finite" ? kind.basis.labels[level] : String(level));
  return `${name}.|${label(factor.row)}><${label(factor.column)}|`;
}

/** |empty⟩⟨full| = c; a normal form holds no |empty⟩⟨empty|. */
const modeOperator = (row: number, column: number): string => (row === column ? "n" : row === 0 ? "c" : "c†");

const phaseFactor = (by: number): string => (by === 1 ? "i" : by === -1 ? "-i" : `${by}*i`);
