/**
 * A formula as it is to be read: a tree that printers turn into the text of model files or into LaTeX. It computes
 * nothing; whoever builds it has decided the order of its terms.
 */
export type Formula =
  | { readonly kind: "number"; readonly value: number }
  | {
      readonly kind: "symbol";
      readonly text: string;
      readonly latex: string;
      /** The symbol in scalars of the parameter that it names. */
      readonly parameter?: string;
    }
  | OperatorFormula
  | { readonly kind: "sum"; readonly terms: readonly Formula[] }
  | { readonly kind: "negative"; readonly operand: Formula }
  | { readonly kind: "product"; readonly factors: readonly Formula[] }
  | { readonly kind: "fraction"; readonly over: Formula; readonly under: Formula }
  | { readonly kind: "power"; readonly base: Formula; readonly exponent: Formula }
  | { readonly kind: "call"; readonly name: string; readonly operands: readonly Formula[] }
  | { readonly kind: "mean"; readonly operand: Formula }
  | { readonly kind: "adjoint"; readonly operand: Formula }
  | { readonly kind: "dissipator"; readonly operand: Formula }
  | {
      readonly kind: "bracket";
      readonly which: "commutator" | "anticommutator";
      readonly left: Formula;
      readonly right: Formula;
    }
  /** head[operand], e.g. 𝓛[ρ] or Tr[…]. */
  | { readonly kind: "applied"; readonly head: Formula; readonly operand: Formula }
  | { readonly kind: "derivative"; readonly operand: Formula };

/**
 * An operator of one subsystem by its name: base with indices, so that a power joins the superscript. `subsystem` and
 * `name` say which operator it is.
 */
export interface OperatorFormula {
  readonly kind: "operator";
  readonly subsystem: number;
  readonly name: OperatorName;
  readonly text: string;
  readonly latex: { readonly base: string; readonly subscript?: string; readonly superscript?: string };
}

/** Which operator a formula names: of its kind (ASCII name), e^{ikφ}, |row⟩⟨column|. */
export type OperatorName =
  | { readonly kind: "named"; readonly name: string }
  | { readonly kind: "phase"; readonly multiple: number }
  | { readonly kind: "unit"; readonly row: number; readonly column: number };

/** left = right. */
export interface FormulaEquation {
  readonly left: Formula;
  /** Equal expressions, in the order in which they are to be read. */
  readonly right: readonly Formula[];
}

export const numberFormula = (value: number): Formula =>
  value < 0 ? { kind: "negative", operand: { kind: "number", value: -value } } : { kind: "number", value };

export const symbolFormula = (text: string, latex: string): Extract<Formula, { kind: "symbol" }> => ({
  kind: "symbol",
  text,
  latex,
});

export const ZERO_FORMULA: Formula = { kind: "number", value: 0 };
export const ONE_FORMULA: Formula = { kind: "number", value: 1 };

const isNumber = (f: Formula, value: number): boolean => f.kind === "number" && f.value === value;

/** The sum of the terms, zeros left out and sums of sums joined. */
export function sumFormula(terms: readonly Formula[]): Formula {
  const kept = terms.flatMap((t) => (t.kind === "sum" ? t.terms : [t])).filter((t) => !isNumber(t, 0));
  return kept.length === 0 ? ZERO_FORMULA : kept.length === 1 ? kept[0]! : { kind: "sum", terms: kept };
}

/** −operand, a double sign taken away; the sign of a sum goes into its terms where its first one is negative. */
export function negativeFormula(operand: Formula): Formula {
  if (operand.kind === "negative") return operand.operand;
  if (isNumber(operand, 0)) return operand;
  if (operand.kind === "sum" && operand.terms[0]!.kind === "negative") {
    return { kind: "sum", terms: operand.terms.map(negativeFormula) };
  }
  return { kind: "negative", operand };
}

/** The product: ones left out, products of products joined, signs in front, a fraction of plain factors drawn together. */
export function productFormula(factors: readonly Formula[]): Formula {
  let isNegative = false;
  const kept: Formula[] = [];
  const visit = (f: Formula): void => {
    if (f.kind === "negative") {
      isNegative = !isNegative;
      visit(f.operand);
    } else if (f.kind === "product") for (const inner of f.factors) visit(inner);
    else if (!isNumber(f, 1)) kept.push(f);
  };
  for (const factor of factors) visit(factor);
  if (kept.some((f) => isNumber(f, 0))) return ZERO_FORMULA;
  const product: Formula =
    kept.length === 0 ? ONE_FORMULA : kept.length === 1 ? kept[0]! : { kind: "product", factors: kept };
  return isNegative ? negativeFormula(product) : product;
}

/** over/under with the signs in front. */
export function fractionFormula(over: Formula, under: Formula): Formula {
  if (isNumber(under, 1)) return over;
  if (over.kind === "negative") return negativeFormula(fractionFormula(over.operand, under));
  if (under.kind === "negative") return negativeFormula(fractionFormula(over, under.operand));
  return isNumber(over, 0) ? over : { kind: "fraction", over, under };
}

export const powerFormula = (base: Formula, exponent: Formula): Formula =>
  isNumber(exponent, 1) ? base : { kind: "power", base, exponent };

export const meanFormula = (operand: Formula): Formula => ({ kind: "mean", operand });

export const appliedFormula = (head: Formula, operand: Formula): Formula => ({
  kind: "applied",
  head,
  operand,
});

export const equationFormula = (left: Formula, ...right: Formula[]): FormulaEquation => ({ left, right });
