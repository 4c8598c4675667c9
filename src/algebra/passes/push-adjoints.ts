import type { OperatorExpression } from "../../model/operator-expression.ts";
import { negative, type Scalar, substitute, symbol } from "../../scalar/scalar.ts";

/** The ASCII name of the operator that is the adjoint of a named one, or undefined where its kind names none. */
export type AdjointNames = (subsystem: number, name: string) => string | undefined;

/**
 * Moves † inwards: (AB)† = B†A†, (A + B)† = A† + B†, (zA)† = z*A†, (σ⁺)† = σ⁻.
 * Pre: none. Post: † stands only on named operators whose kind has no name for the adjoint, and on bands.
 */
export function pushAdjoints(expression: OperatorExpression, names: AdjointNames): OperatorExpression {
  const visit = (e: OperatorExpression): OperatorExpression => pushAdjoints(e, names);
  switch (expression.kind) {
    case "sum":
      return { kind: "sum", terms: expression.terms.map(visit) };
    case "product":
      return { kind: "product", factors: expression.factors.map(visit) };
    case "power":
      return { ...expression, base: visit(expression.base) };
    case "adjoint":
      return adjointOf(expression.operand, names);
    default:
      return expression;
  }
}

function adjointOf(operand: OperatorExpression, names: AdjointNames): OperatorExpression {
  const of = (e: OperatorExpression): OperatorExpression => adjointOf(e, names);
  switch (operand.kind) {
    case "scalar":
      return { kind: "scalar", value: conjugateScalar(operand.value) };
    case "named": {
      const name = names(operand.subsystem, operand.name);
      return name === undefined ? { kind: "adjoint", operand } : { ...operand, name };
    }
    case "phase":
      return { ...operand, multiple: -operand.multiple };
    case "unit":
      return { ...operand, row: operand.column, column: operand.row };
    case "trigonometric":
      return operand;
    case "band":
      return { kind: "adjoint", operand };
    case "sum":
      return { kind: "sum", terms: operand.terms.map(of) };
    case "product":
      return { kind: "product", factors: operand.factors.map(of).reverse() };
    case "power":
      return { ...operand, base: of(operand.base) };
    case "adjoint":
      return pushAdjoints(operand.operand, names);
  }
}

/** z* for a function of real symbols: i becomes −i. */
const conjugateScalar = (value: Scalar): Scalar =>
  substitute(value, (name) => (name === "i" ? negative(symbol("i")) : undefined));
