import type { OperatorExpression, TrigonometricExpression } from "../model/operator-expression.ts";
import { binary, call, number, type Scalar, symbol } from "../scalar/scalar.ts";

/** cos θ = (e^{iθ} + e^{−iθ})/2, sin θ = (e^{iθ} − e^{−iθ})/2i. */
export function asPhases(expression: TrigonometricExpression): OperatorExpression {
  const rotation = call("exp", binary("*", symbol("i"), expression.offset));
  const isCosine = expression.function === "cos";
  const under = (sign: 1 | -1): Scalar => (isCosine ? number(2) : binary("*", number(2 * sign), symbol("i")));
  return {
    kind: "sum",
    terms: [
      turned(expression, 1, binary("/", rotation, under(1))),
      turned(expression, -1, binary("/", call("conj", rotation), under(-1))),
    ],
  };
}

/** factor · Π e^{±ikφ} */
const turned = (
  { multiples }: TrigonometricExpression,
  sign: 1 | -1,
  factor: Scalar,
): OperatorExpression => ({
  kind: "product",
  factors: [
    { kind: "scalar", value: factor },
    ...multiples.map(([subsystem, k]) => ({ kind: "phase", subsystem, multiple: sign * k }) as const),
  ],
});
