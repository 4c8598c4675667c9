import type { Expression } from "../syntax/ast.ts";
import { asOperator } from "./arithmetic.ts";
import { type Elaboration, MAX_ALL_ELEMENTS, MAX_ELEMENTS, type Scope } from "./elaboration.ts";
import { describeValue, type ScalarValue } from "./value.ts";

/** The whole numbers of a range `a..b` or a list; reports ends that are not known whole numbers. */
export function indexRange(domain: Expression, scope: Scope, elaboration: Elaboration): number[] | undefined {
  if (domain.kind === "list") {
    const items = domain.items.map((item) => wholeNumber(item, scope, elaboration));
    return items.every((item) => item !== undefined) ? (items as number[]) : undefined;
  }
  if (domain.kind !== "range") {
    elaboration.report("E204", domain.span, "an index needs a range a..b or a list [a, b, …]");
    return undefined;
  }
  const from = wholeNumber(domain.from, scope, elaboration);
  const to = wholeNumber(domain.to, scope, elaboration);
  if (from === undefined || to === undefined) return undefined;
  if (to - from >= MAX_ELEMENTS) {
    elaboration.report(
      "E220",
      domain.span,
      `${to - from + 1} elements are more than the ${MAX_ELEMENTS} allowed`,
    );
    return undefined;
  }
  const length = Math.max(0, to - from + 1);
  const before = elaboration.elements;
  elaboration.elements += length;
  if (elaboration.elements > MAX_ALL_ELEMENTS) {
    if (before <= MAX_ALL_ELEMENTS) {
      const message = `the arrays and sums of this model have more than ${MAX_ALL_ELEMENTS} elements together`;
      elaboration.report("E220", domain.span, message);
    }
    return undefined;
  }
  return Array.from({ length }, (_, i) => from + i);
}

/** A whole number that is known while the model is read (numbers, index variables, integer parameters). */
export function wholeNumber(
  expression: Expression,
  scope: Scope,
  elaboration: Elaboration,
): number | undefined {
  const value = elaboration.evaluate(expression, scope, elaboration);
  if (value.kind === "unknown") return undefined;
  if (value.kind === "scalar" && value.integer !== undefined) return value.integer;
  elaboration.report(
    "E210",
    expression.span,
    "a whole number is needed here, made of numbers, indices and integer parameters",
    {
      fix: "declare the parameter as integer: parameter N : integer = …",
    },
  );
  return undefined;
}

/** A scalar; operators, angles and the rest are reported. */
export function scalarOf(
  expression: Expression,
  scope: Scope,
  elaboration: Elaboration,
): ScalarValue | undefined {
  const value = elaboration.evaluate(expression, scope, elaboration);
  if (value.kind === "scalar") return value;
  if (value.kind !== "unknown") {
    elaboration.report(
      "E204",
      expression.span,
      `a number is needed here, and this is ${describeValue(value)}`,
    );
  }
  return undefined;
}

/** A real scalar. */
export function realOf(
  expression: Expression,
  scope: Scope,
  elaboration: Elaboration,
): ScalarValue | undefined {
  const value = scalarOf(expression, scope, elaboration);
  if (!value?.isComplex) return value;
  elaboration.report("E223", expression.span, "a real number is needed here, and this one is complex", {
    fix: "take re(…), im(…) or abs(…)",
  });
  return undefined;
}

/** An operator; a scalar stands for itself times the identity. */
export function operatorOf(expression: Expression, scope: Scope, elaboration: Elaboration) {
  const value = elaboration.evaluate(expression, scope, elaboration);
  const operator = asOperator(value);
  if (!operator && value.kind !== "unknown") {
    elaboration.report(
      "E204",
      expression.span,
      `an operator is needed here, and this is ${describeValue(value)}`,
    );
  }
  return operator;
}
