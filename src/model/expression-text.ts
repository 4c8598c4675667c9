import { normaliseName } from "../source/name.ts";
import type { CallExpression, Expression, Identifier } from "../syntax/ast.ts";
import type { Elaboration } from "./elaboration.ts";

/** An expression in the model's own spelling and without spaces: the key of a quantity in JSON, `mean(q1.σz)`. */
export function expressionText(expression: Expression, elaboration: Elaboration): string {
  const text = (e: Expression): string => expressionText(e, elaboration);
  switch (expression.kind) {
    case "number":
      return expression.text;
    case "constant":
      return expression.name;
    case "name":
      return spelling(expression.name, elaboration);
    case "member":
      return `${text(expression.object)}.${memberSpelling(expression.member, elaboration)}`;
    case "index":
      return `${text(expression.object)}[${text(expression.index)}]`;
    case "call":
      return `${text(expression.callee)}(${expression.arguments
        .map((a) => (a.name ? `${a.name.text}=${text(a.value)}` : text(a.value)))
        .join(",")})`;
    case "matrixUnit":
      return `${expression.object ? `${text(expression.object)}.` : ""}|${expression.row.map(text).join(",")}><${expression.column.map(text).join(",")}|`;
    case "ket":
      return `|${expression.labels.map(text).join(",")}>`;
    case "dagger":
      return `${text(expression.operand)}†`;
    case "unary":
      return expression.operator === "-" ? `-${text(expression.operand)}` : `not ${text(expression.operand)}`;
    case "binary": {
      const { operator } = expression;
      const joined = operator === "and" || operator === "or" ? ` ${operator} ` : operator;
      return `${text(expression.left)}${joined}${text(expression.right)}`;
    }
    case "range":
      return `${text(expression.from)}..${text(expression.to)}`;
    case "list":
      return `[${expression.items.map(text).join(",")}]`;
    case "group":
      return `(${text(expression.inner)})`;
    case "hc":
      return "h.c.";
    case "sum":
      return `sum(${expression.variable.text}${expression.domain ? ` in ${text(expression.domain)}` : ""})${text(expression.body)}`;
  }
}

/** A call as `expressionText` spells it, under the name that what is called goes by. */
export const callText = (
  name: string,
  { arguments: given }: CallExpression,
  elaboration: Elaboration,
): string => `${name}(${given.map((a) => expressionText(a.value, elaboration)).join(",")})`;

const spelling = (name: Identifier, { names }: Elaboration): string =>
  names.values.get(name.ascii)?.name.text ?? normaliseName(name.text);

function memberSpelling(member: Identifier, elaboration: Elaboration): string {
  for (const { kind } of elaboration.subsystems) {
    const known = kind.operators.get(member.ascii)?.name ?? kind.angles.get(member.ascii);
    if (known) return known;
  }
  return spelling(member, elaboration);
}
