import { type Scalar, view } from "../scalar/scalar.ts";
import {
  type Formula,
  fractionFormula,
  negativeFormula,
  numberFormula,
  ONE_FORMULA,
  powerFormula,
  productFormula,
  sumFormula,
  symbolFormula,
} from "./formula.ts";

const CONSTANTS: Readonly<Record<string, Formula>> = {
  i: symbolFormula("i", "i"),
  pi: symbolFormula("π", "\\pi"),
  inf: symbolFormula("∞", "\\infty"),
};

/** A scalar expression as it stands, `spell` naming its symbols. Truth values have no formula and throw. */
export function scalarFormula(node: Scalar, spell: (symbol: string) => Formula): Formula {
  const visit = (n: Scalar): Formula => scalarFormula(n, spell);
  const v = view(node);
  switch (v.kind) {
    case "number":
      return numberFormula(v.value);
    case "symbol":
      return CONSTANTS[v.name] ?? spell(v.name);
    case "negative":
      return negativeFormula(visit(v.operand));
    case "call":
      return { kind: "call", name: v.name, operands: v.operands.map(visit) };
    case "binary": {
      const left = visit(v.left);
      const right = visit(v.right);
      if (v.operator === "+") return sumFormula([left, right]);
      if (v.operator === "-") return sumFormula([left, negativeFormula(right)]);
      if (v.operator === "*") return productFormula([left, right]);
      if (v.operator === "/") return fractionFormula(left, right);
      if (v.operator === "^") return powerOf(left, right);
      throw new Error(`a formula has no '${v.operator}'`);
    }
    case "not":
      throw new Error("a formula has no truth value");
  }
}

/** x^-2 is 1/x². */
function powerOf(base: Formula, exponent: Formula): Formula {
  if (exponent.kind === "negative" && exponent.operand.kind === "number") {
    return fractionFormula(ONE_FORMULA, powerFormula(base, exponent.operand));
  }
  return powerFormula(base, exponent);
}
