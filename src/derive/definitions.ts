import { equationFormula, type Formula, type FormulaEquation } from "../formula/formula.ts";
import { scalarFormula } from "../formula/scalar-formula.ts";
import type { Parameter } from "../model/model.ts";
import type { Presentation } from "./presentation.ts";

/** Value of every derived parameter (and occupation) that the equations mention, and of those that these mention. */
export function definitionsOf(equations: readonly FormulaEquation[], p: Presentation): FormulaEquation[] {
  const derived = new Map<string, Parameter>();
  for (const parameter of p.model.parameters) {
    if (parameter.role === "derived") derived.set(parameter.symbol, parameter);
  }
  const found = new Map<string, FormulaEquation>();
  const visit = (f: Formula): void => {
    for (const symbol of parametersIn(f)) {
      const parameter = derived.get(symbol);
      if (!parameter || found.has(symbol)) continue;
      const value = scalarFormula(parameter.value, p.notation.symbol);
      found.set(symbol, equationFormula(p.notation.symbol(parameter.symbol), value));
      visit(value);
    }
  };
  for (const { left, right } of equations) {
    visit(left);
    for (const f of right) visit(f);
  }
  // in the order of declaration, so that the same definitions always read the same
  const place = new Map([...derived.keys()].map((symbol, k) => [symbol, k]));
  return [...found].sort(([a], [b]) => place.get(a)! - place.get(b)!).map(([, equation]) => equation);
}

/** The parameters that a formula names. */
function parametersIn(f: Formula, found: Set<string> = new Set()): Set<string> {
  switch (f.kind) {
    case "symbol":
      if (f.parameter !== undefined) found.add(f.parameter);
      break;
    case "sum":
      for (const t of f.terms) parametersIn(t, found);
      break;
    case "product":
      for (const t of f.factors) parametersIn(t, found);
      break;
    case "call":
      for (const t of f.operands) parametersIn(t, found);
      break;
    case "fraction":
      parametersIn(f.over, found);
      parametersIn(f.under, found);
      break;
    case "power":
      parametersIn(f.base, found);
      parametersIn(f.exponent, found);
      break;
    case "bracket":
      parametersIn(f.left, found);
      parametersIn(f.right, found);
      break;
    case "applied":
      parametersIn(f.head, found);
      parametersIn(f.operand, found);
      break;
    case "negative":
    case "mean":
    case "adjoint":
    case "dissipator":
    case "derivative":
      parametersIn(f.operand, found);
      break;
    case "number":
    case "operator":
      break;
  }
  return found;
}
