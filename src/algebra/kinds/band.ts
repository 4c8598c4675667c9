import { LEVEL, type OperatorExpression } from "../../model/operator-expression.ts";
import type { KindOperator } from "../../model/subsystem-kind.ts";
import { number, type Scalar, symbol } from "../../scalar/scalar.ts";
import { asciiName } from "../../source/name.ts";

/** The level in band coefficients. */
export const level: Scalar = symbol(LEVEL);

/** Σ_n f(n)|n+k⟩⟨n|. */
export const band = (shift: number, coefficient: Scalar = number(1)): OperatorExpression => ({
  kind: "band",
  subsystem: 0,
  shift,
  coefficient,
});

/** An operator that the same kind defines. */
export const own = (name: string): OperatorExpression => ({
  kind: "named",
  subsystem: 0,
  name: asciiName(name),
});

export const scaled = (factor: Scalar, operand: OperatorExpression): OperatorExpression => ({
  kind: "product",
  factors: [{ kind: "scalar", value: factor }, operand],
});

export const sum = (...terms: OperatorExpression[]): OperatorExpression => ({ kind: "sum", terms });

/** Operators of a kind by their ASCII names, in the order in which messages list them. */
export const operatorTable = (
  definitions: readonly (readonly [name: string, definition: OperatorExpression])[],
): ReadonlyMap<string, KindOperator> =>
  new Map(definitions.map(([name, definition]) => [asciiName(name), { name, definition }]));
