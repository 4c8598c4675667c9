import {
  type Formula,
  fractionFormula,
  negativeFormula,
  numberFormula,
  ONE_FORMULA,
  powerFormula,
  productFormula,
  sumFormula,
} from "../formula/formula.ts";
import { scalarFormula } from "../formula/scalar-formula.ts";
import type { OperatorExpression, TrigonometricExpression } from "../model/operator-expression.ts";
import { type Scalar, view } from "../scalar/scalar.ts";
import type { OperatorAlgebra } from "./graph-normal-form.ts";
import { adjointOperator, areEqual } from "./normal-form.ts";
import type { Notation } from "./notation.ts";
import { orderFactors } from "./passes/order-factors.ts";
import { type AdjointNames, pushAdjoints } from "./passes/push-adjoints.ts";

/** Puts operators into formulas as the model wrote them, adjoints carried out and factors in the order of subsystems. */
export type AsWritten = (expression: OperatorExpression) => Formula;

/** The pipeline for one model: pushAdjoints, orderFactors, then a formula term by term. */
export function asWritten(algebra: OperatorAlgebra, notation: Notation): AsWritten {
  const { subsystems } = notation.model;
  const names = adjointNames(algebra, notation);
  const isFermionic = (s: number): boolean => subsystems[s]!.kind.isFermionic === true;
  return (expression) =>
    operatorFormula(orderFactors(pushAdjoints(expression, names), isFermionic), notation);
}

/** Looks adjoints up by normal form among the operators of the subsystem's kind. */
function adjointNames(algebra: OperatorAlgebra, { model }: Notation): AdjointNames {
  const known = new Map<string, string | undefined>();
  const formOf = (subsystem: number, name: string) => algebra.normalForm({ kind: "named", subsystem, name });
  return (subsystem, name) => {
    const key = `${subsystem} ${name}`;
    if (!known.has(key)) {
      const adjoint = adjointOperator(formOf(subsystem, name), algebra.space);
      const own = [...model.subsystems[subsystem]!.kind.operators.keys()];
      known.set(
        key,
        own.find((other) => areEqual(formOf(subsystem, other), adjoint, algebra.space)),
      );
    }
    return known.get(key);
  };
}

function operatorFormula(expression: OperatorExpression, notation: Notation): Formula {
  const visit = (e: OperatorExpression): Formula => operatorFormula(e, notation);
  switch (expression.kind) {
    case "scalar":
      return scalarFormula(expression.value, notation.symbol);
    case "named":
      return notation.named(expression.subsystem, expression.name);
    case "phase":
      return notation.phase(expression.subsystem, expression.multiple);
    case "unit":
      return notation.unit(expression.subsystem, expression.row, expression.column);
    case "trigonometric":
      return trigonometricFormula(expression, notation);
    case "sum":
      return sumFormula(expression.terms.map(visit));
    case "product":
      return coefficientFirst(expression.factors, notation);
    case "adjoint":
      return { kind: "adjoint", operand: visit(expression.operand) };
    case "power":
      return powerFormula(visit(expression.base), numberFormula(expression.exponent));
    case "band":
      throw new Error("bands stand only in the definitions of kinds");
  }
}

/** The scalars as one coefficient: what divides is drawn into one fraction, as L²/2I is. */
function coefficientFirst(factors: readonly OperatorExpression[], notation: Notation): Formula {
  const scalars = factors.filter((f) => f.kind === "scalar").map((f) => f.value);
  const operators = productFormula(
    factors.filter((f) => f.kind !== "scalar").map((f) => operatorFormula(f, notation)),
  );
  const parts = { isNegative: false, over: [] as Formula[], under: [] as Formula[] };
  for (const scalar of scalars) collectQuotient(scalar, 1, parts, notation);
  const isBare = parts.over.length === 0;
  const over = isBare && operators.kind !== "sum" ? operators : productFormula(parts.over);
  const quotient = fractionFormula(over, productFormula(parts.under));
  const product = isBare && operators.kind !== "sum" ? quotient : productFormula([quotient, operators]);
  return parts.isNegative ? negativeFormula(product) : product;
}

interface Quotient {
  isNegative: boolean;
  readonly over: Formula[];
  readonly under: Formula[];
}

/** Takes products and quotients apart; the factors keep their order. */
function collectQuotient(scalar: Scalar, side: 1 | -1, parts: Quotient, notation: Notation): void {
  const v = view(scalar);
  if (v.kind === "negative") {
    parts.isNegative = !parts.isNegative;
    collectQuotient(v.operand, side, parts, notation);
  } else if (v.kind === "binary" && (v.operator === "*" || v.operator === "/")) {
    collectQuotient(v.left, side, parts, notation);
    collectQuotient(v.right, v.operator === "*" ? side : side === 1 ? -1 : 1, parts, notation);
  } else {
    const formula = scalarFormula(scalar, notation.symbol);
    if (formula.kind === "negative") parts.isNegative = !parts.isNegative;
    const size = formula.kind === "negative" ? formula.operand : formula;
    if (size !== ONE_FORMULA && !(size.kind === "number" && size.value === 1)) {
      (side === 1 ? parts.over : parts.under).push(size);
    }
  }
}

function trigonometricFormula(
  { function: name, multiples, offset }: TrigonometricExpression,
  notation: Notation,
): Formula {
  const angles = multiples.map(([subsystem, multiple]) =>
    productFormula([numberFormula(multiple), notation.angle(subsystem)]),
  );
  const shift = scalarFormula(offset, notation.symbol);
  return { kind: "call", name, operands: [sumFormula([...angles, shift])] };
}
