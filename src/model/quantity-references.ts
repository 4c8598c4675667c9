import { symbol } from "../scalar/scalar.ts";
import type { Span } from "../source/span.ts";
import type { CallExpression, Expression, Identifier, QuantityDeclaration } from "../syntax/ast.ts";
import { asOperator } from "./arithmetic.ts";
import {
  type Elaboration,
  GLOBAL_SCOPE,
  indexScope,
  type QuantityScope,
  type Scope,
  withLocals,
} from "./elaboration.ts";
import { expressionText } from "./expression-text.ts";
import type { Quantity, QuantityOperandValue, QuantityTarget } from "./model.ts";
import { defineQuantity } from "./quantities.ts";
import { wholeNumber } from "./typed-values.ts";
import { describeValue, realValue, UNKNOWN, type Value } from "./value.ts";
import type { QuantitySignature } from "./vocabulary.ts";

/** A standard quantity without operands (`work`, `regime`), else undefined. */
export function standardReference(
  name: Identifier,
  scope: Scope,
  elaboration: Elaboration,
): Value | undefined {
  const signature = elaboration.vocabulary.quantities.get(name.ascii);
  if (!signature || !scope.quantity) return undefined;
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
  return atom(scope.quantity, signature.name, target, name.span, signature);
}

const OPERAND_TEXT = {
  none: "nothing",
  bath: "a bath",
  "optional bath": "a bath",
  operator: "an operator",
  part: "'all' or subsystems",
};

/** `heat(cold)`, `mean(r.L)`, `ergotropy(q1, q2)`; undefined where the name is no standard quantity. */
export function standardCall(
  name: Identifier,
  expression: CallExpression,
  scope: Scope,
  elaboration: Elaboration,
): Value | undefined {
  const signature = elaboration.vocabulary.quantities.get(name.ascii);
  if (!signature || !scope.quantity) return undefined;
  const operand = operandOf(signature, expression, scope, elaboration);
  if (!operand) return UNKNOWN;
  const text = callText(signature.name, expression, elaboration);
  const target = { kind: "standard", name: signature.name, operand } as const;
  return atom(scope.quantity, text, target, expression.span, signature);
}

const callText = (name: string, expression: CallExpression, elaboration: Elaboration): string =>
  `${name}(${expression.arguments.map((a) => expressionText(a.value, elaboration)).join(",")})`;

/** `re(mean(O))` and `im(mean(O))`, which are quantities of their own; undefined for anything else. */
export function meanPart(
  name: Identifier,
  expression: CallExpression,
  scope: Scope,
  elaboration: Elaboration,
): Value | undefined {
  if (name.ascii !== "re" && name.ascii !== "im") return undefined;
  const inner = expression.arguments[0]?.value;
  if (!scope.quantity || inner?.kind !== "call" || inner.callee.kind !== "name") return undefined;
  const signature = elaboration.vocabulary.quantities.get(inner.callee.name.ascii);
  if (signature?.operand !== "operator") return undefined;
  const operand = operandOf(signature, inner, scope, elaboration);
  if (operand?.kind !== "operator") return UNKNOWN;
  const target = {
    kind: "standard",
    name: signature.name,
    operand: { ...operand, part: name.ascii },
  } as const;
  const text = `${name.ascii}(${callText(signature.name, inner, elaboration)})`;
  return atom(scope.quantity, text, target, expression.span, signature);
}

function operandOf(
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

/** A quantity of the model by its name, with an index where it is an array. */
export function quantityReference(
  name: Identifier,
  declaration: QuantityDeclaration,
  index: Expression | undefined,
  scope: Scope,
  elaboration: Elaboration,
): Value {
  if (!scope.quantity) {
    elaboration.report("E204", name.span, `the quantity '${name.text}' can stand only in another quantity`);
    return UNKNOWN;
  }
  const { index: declaredIndex } = declaration.declared;
  if (declaration.parameters) {
    elaboration.report("E205", name.span, `'${name.text}' needs its arguments: ${name.text}(…)`);
    return UNKNOWN;
  }
  if ((index !== undefined) !== (declaredIndex !== undefined)) {
    elaboration.report(
      "E207",
      name.span,
      `'${name.text}' ${declaredIndex ? "is an array and needs an index" : "has no elements"}`,
    );
    return UNKNOWN;
  }
  if (!index || !declaredIndex) {
    const quantity = defineQuantity(
      declaration,
      declaration.declared.name.text,
      GLOBAL_SCOPE,
      elaboration,
      name,
    );
    return quantityAtom(quantity, scope.quantity, name.span);
  }
  const place = wholeNumber(index, scope, elaboration);
  if (place === undefined) return UNKNOWN;
  const text = `${declaration.declared.name.text}[${place}]`;
  const quantity = defineQuantity(declaration, text, indexScope(declaredIndex, place), elaboration, name);
  return quantityAtom(quantity, scope.quantity, name.span);
}

/** `Γ(0.5)`: a quantity with arguments. */
export function quantityCall(
  name: Identifier,
  declaration: QuantityDeclaration,
  expression: CallExpression,
  scope: Scope,
  elaboration: Elaboration,
): Value {
  const parameters = declaration.parameters ?? [];
  if (!scope.quantity) {
    elaboration.report("E204", name.span, `the quantity '${name.text}' can stand only in another quantity`);
    return UNKNOWN;
  }
  if (expression.arguments.length !== parameters.length || expression.arguments.some((a) => a.name)) {
    elaboration.report(
      "E205",
      expression.span,
      `'${name.text}' takes ${parameters.length} arguments, by position`,
    );
    return UNKNOWN;
  }
  const values = expression.arguments.map((a) =>
    elaboration.evaluate(a.value, { locals: scope.locals }, elaboration),
  );
  if (values.some((v) => v.kind === "unknown")) return UNKNOWN;
  const inner = withLocals(
    GLOBAL_SCOPE,
    parameters.map((p, i) => [p.ascii, values[i]!] as const),
  );
  const text = callText(declaration.declared.name.text, expression, elaboration);
  return quantityAtom(defineQuantity(declaration, text, inner, elaboration, name), scope.quantity, name.span);
}

function quantityAtom(quantity: Quantity | undefined, scope: QuantityScope, span: Span): Value {
  return quantity ? atom(scope, quantity.name, { kind: "defined", quantity }, span) : UNKNOWN;
}

/** The parameter of a variant, `swapped.β1`. */
export function parameterAtom(name: Identifier, parameter: number, scope: QuantityScope): Value {
  return atom(scope, name.text, { kind: "parameter", parameter }, name.span);
}

function atom(
  scope: QuantityScope,
  text: string,
  target: QuantityTarget,
  span: Span,
  signature?: QuantitySignature,
): Value {
  const name = `q${scope.atoms.length}`;
  scope.atoms.push({ symbol: name, text, path: scope.path, target, span });
  return signature?.isText ? { kind: "text", node: symbol(name) } : realValue(symbol(name));
}
