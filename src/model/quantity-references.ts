import type { Span } from "../source/span.ts";
import type { CallExpression, Identifier } from "../syntax/ast.ts";
import { asking, type Elaboration, type QuantityScope, type Scope } from "./elaboration.ts";
import { callText } from "./expression-text.ts";
import type { QuantityTarget } from "./model.ts";
import { reach } from "./paths.ts";
import { atomSymbol } from "./quantity-atoms.ts";
import { OPERAND_TEXT, operandOf } from "./quantity-operands.ts";
import { realValue, UNKNOWN, type Value } from "./value.ts";
import type { QuantitySignature } from "./vocabulary.ts";

/** A standard quantity without operands (`work`, `regime`), else undefined. */
export function standardReference(
  name: Identifier,
  scope: Scope,
  elaboration: Elaboration,
): Value | undefined {
  const signature = elaboration.vocabulary.quantities.get(name.ascii);
  const asked = asking(scope);
  if (!signature || !asked) return undefined;
  if (signature.operand !== "none" && signature.operand !== "optional bath") {
    elaboration.report(
      "E205",
      name.span,
      `'${name.text}' needs ${OPERAND_TEXT[signature.operand]} in parentheses`,
    );
    return UNKNOWN;
  }
  const operand = { kind: "none" } as const;
  const target = { kind: "standard", name: signature.name, operand } as const;
  return standardAtom(signature, target, signature.name, name.span, asked, elaboration);
}

/** `heat(cold)`, `mean(r.L)`, `ergotropy(q1, q2)`; undefined where the name is no standard quantity. */
export function standardCall(
  name: Identifier,
  expression: CallExpression,
  scope: Scope,
  elaboration: Elaboration,
): Value | undefined {
  const signature = elaboration.vocabulary.quantities.get(name.ascii);
  const asked = asking(scope);
  if (!signature || !asked) return undefined;
  const operand = operandOf(signature, expression, scope, elaboration);
  if (!operand) return UNKNOWN;
  const text = callText(signature.name, expression, elaboration);
  const target = { kind: "standard", name: signature.name, operand } as const;
  return standardAtom(signature, target, text, expression.span, asked, elaboration);
}

/** `re(mean(O))` and `im(swapped.mean(O))`, which are quantities of their own; undefined for anything else. */
export function meanPart(
  name: Identifier,
  expression: CallExpression,
  outer: Scope,
  elaboration: Elaboration,
): Value | undefined {
  if (name.ascii !== "re" && name.ascii !== "im") return undefined;
  const inner = expression.arguments[0]?.value;
  if (!asking(outer) || inner?.kind !== "call") return undefined;
  const { callee } = inner;
  const reached =
    callee.kind === "name" ? { name: callee.name, scope: outer } : reach(callee, outer, elaboration);
  if (reached === "wrong") return UNKNOWN;
  const asked = reached && asking(reached.scope);
  if (!reached || !asked || elaboration.names.values.has(reached.name.ascii)) return undefined;
  const signature = elaboration.vocabulary.quantities.get(reached.name.ascii);
  if (signature?.operand !== "operator") return undefined;
  const operand = operandOf(signature, inner, reached.scope, elaboration);
  if (operand?.kind !== "operator") return UNKNOWN;
  const target = {
    kind: "standard",
    name: signature.name,
    operand: { ...operand, part: name.ascii },
  } as const;
  const text = `${name.ascii}(${callText(signature.name, inner, elaboration)})`;
  return standardAtom(signature, target, text, expression.span, asked, elaboration);
}

function standardAtom(
  signature: QuantitySignature,
  target: QuantityTarget,
  text: string,
  span: Span,
  scope: QuantityScope,
  elaboration: Elaboration,
): Value {
  const node = atomSymbol(target, text, span, scope, elaboration);
  return signature.isText ? { kind: "text", node } : realValue(node);
}
