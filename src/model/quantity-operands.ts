import type { Span } from "../source/span.ts";
import type { CallExpression, Expression } from "../syntax/ast.ts";
import { asOperator } from "./arithmetic.ts";
import type { Elaboration, Scope } from "./elaboration.ts";
import type { QuantityOperandValue } from "./model.ts";
import { stepOf } from "./paths.ts";
import { describeValue } from "./value.ts";
import type { QuantitySignature } from "./vocabulary.ts";

/** What a standard quantity needs in its parentheses, in messages. */
export const OPERAND_TEXT: Readonly<Record<QuantitySignature["operand"], string>> = {
  none: "nothing",
  bath: "a bath",
  "optional bath": "a bath",
  operator: "an operator",
  variant: "a variant",
  part: "'all' or subsystems",
};

/** What stands in the parentheses of a standard quantity; undefined (and reported) where it does not fit. */
export function operandOf(
  signature: QuantitySignature,
  expression: CallExpression,
  scope: Scope,
  elaboration: Elaboration,
): QuantityOperandValue | undefined {
  const operands = expression.arguments.map((a) => a.value);
  const isPart = signature.operand === "part";
  if (operands.length === 0 || (operands.length > 1 && !isPart) || signature.operand === "none") {
    elaboration.report(
      "E205",
      expression.span,
      `'${signature.name}' takes ${OPERAND_TEXT[signature.operand]}, not ${operands.length} arguments`,
    );
    return undefined;
  }
  const plain: Scope = { locals: scope.locals };
  if (isPart) return partOf(operands, expression.span, plain, elaboration);
  const [first] = operands as [Expression];
  if (signature.operand === "variant") return variantOf(first, signature, elaboration);
  const value = elaboration.evaluate(first, plain, elaboration);
  if (value.kind === "unknown") return undefined;
  if (signature.operand === "operator") {
    const operator = asOperator(value);
    if (operator) return { kind: "operator", operator };
  } else if (value.kind === "bath") return { kind: "bath", bath: value.index };
  const wanted = OPERAND_TEXT[signature.operand];
  elaboration.report(
    "E204",
    first.span,
    `'${signature.name}' needs ${wanted}, and this is ${describeValue(value)}`,
  );
  return undefined;
}

function variantOf(
  expression: Expression,
  { name }: QuantitySignature,
  elaboration: Elaboration,
): QuantityOperandValue | undefined {
  const step = expression.kind === "name" ? stepOf(expression.name, elaboration) : undefined;
  if (step?.kind === "variant") return step;
  const known = elaboration.variants.map((v) => v.name).join(", ");
  elaboration.report("E204", expression.span, `'${name}' needs a variant of the model`, {
    fix: known === "" ? "declare one: variant swapped { β1 = β2; β2 = β1 }" : `there are ${known}`,
  });
  return undefined;
}

function partOf(
  operands: readonly Expression[],
  span: Span,
  scope: Scope,
  elaboration: Elaboration,
): QuantityOperandValue | undefined {
  const everything = elaboration.subsystems.map((_, index) => index);
  const [first] = operands;
  if (operands.length === 1 && first?.kind === "constant" && first.name === "all") {
    return { kind: "part", subsystems: everything, isWhole: true };
  }
  const chosen = new Set<number>();
  for (const operand of operands) {
    const value = elaboration.evaluate(operand, scope, elaboration);
    if (value.kind === "unknown") return undefined;
    const members = value.kind === "array" ? value.indices.map(value.element) : [value];
    for (const member of members) {
      if (member.kind !== "subsystem") {
        elaboration.report(
          "E204",
          operand.span,
          `a part is made of subsystems, and this is ${describeValue(member)}`,
        );
        return undefined;
      }
      if (chosen.has(member.index)) {
        elaboration.report("E205", span, "a subsystem is named twice");
        return undefined;
      }
      chosen.add(member.index);
    }
  }
  return {
    kind: "part",
    subsystems: [...chosen].sort((a, b) => a - b),
    isWhole: chosen.size === everything.length,
  };
}
