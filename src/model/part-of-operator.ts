import { number } from "../scalar/scalar.ts";
import type { OperatorExpression } from "./operator-expression.ts";

const ZERO: OperatorExpression = { kind: "scalar", value: number(0) };

/**
 * The summands of an operator, as the model writes it, that act on the given subsystems alone: what is left when every
 * operator of another subsystem is set to zero. Of J σz⊗σz nothing is left for either qubit, and of χ N |up⟩⟨up|
 * nothing for the mode; which basis the algebra works in makes no difference.
 */
export function actingOn(expression: OperatorExpression, subsystems: readonly number[]): OperatorExpression {
  const within = (e: OperatorExpression) => actingOn(e, subsystems);
  switch (expression.kind) {
    case "scalar":
      return expression;
    case "named":
    case "phase":
    case "unit":
    case "band":
      return subsystems.includes(expression.subsystem) ? expression : ZERO;
    case "trigonometric":
      return expression.multiples.every(([s]) => subsystems.includes(s)) ? expression : ZERO;
    case "sum":
      return { kind: "sum", terms: expression.terms.map(within) };
    case "product":
      return { kind: "product", factors: expression.factors.map(within) };
    case "adjoint":
      return { kind: "adjoint", operand: within(expression.operand) };
    case "power":
      return { ...expression, base: within(expression.base) };
  }
}
