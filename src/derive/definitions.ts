import { equationFormula, type Formula, type FormulaEquation } from "../formula/formula.ts";
import { scalarFormula } from "../formula/scalar-formula.ts";
import type { Parameter } from "../model/model.ts";
import type { Presentation } from "./presentation.ts";

/** Value of every derived parameter (and occupation) that the equations mention, and of those that these mention. */
export function definitionsOf(equations: readonly FormulaEquation[], p: Presentation): FormulaEquation[] {
  const byName = new Map<string, Parameter>();
  for (const parameter of p.model.parameters) {
    if (parameter.role === "derived") byName.set(parameter.name, parameter);
  }
  const found = new Map<string, FormulaEquation>();
  const visit = (f: Formula): void => {
    for (const name of symbolsIn(f)) {
      const parameter = byName.get(name);
      if (!parameter || found.has(name)) continue;
      const value = scalarFormula(parameter.value, p.notation.symbol);
      found.set(name, equationFormula(p.notation.symbol(parameter.symbol), value));
      visit(value);
    }
  };
  for (const { left, right } of equations) {
    visit(left);
    for (const f of right) visit(f);
  }
  // in the order of declaration, so that the same definitions always read the same
  const place = new Map([...byName.keys()].map((name, k) => [name, k]));
  return [...found].sort(([a], [b]) => place.get(a)! - place.get(b)!).map(([, equation]) => equation);
}

/** The texts of the symbols in a formula. */
function symbolsIn(f: Formula, found: Set<string> = new Set()): Set<string> {
  switch (f.kind) {
    case "symbol":
      found.add(f.text);
      break;
    case "sum":
      for (const t of f.terms) symbolsIn(t, found);
      break;
    case "product":
      for (const t of f.factors) symbolsIn(t, found);
      break;
    case "call":
      for (const t of f.operands) symbolsIn(t, found);
      break;
    case "fraction":
      symbolsIn(f.over, found);
      symbolsIn(f.under, found);
      break;
    case "power":
      symbolsIn(f.base, found);
      symbolsIn(f.exponent, found);
      break;
    case "bracket":
      symbolsIn(f.left, found);
      symbolsIn(f.right, found);
      break;
    case "applied":
      symbolsIn(f.head, found);
      symbolsIn(f.operand, found);
      break;
    case "negative":
    case "mean":
    case "adjoint":
    case "dissipator":
    case "derivative":
      symbolsIn(f.operand, found);
      break;
    case "number":
    case "operator":
      break;
  }
  return found;
}
