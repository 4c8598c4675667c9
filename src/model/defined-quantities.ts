import type { CallExpression, Expression, Identifier, QuantityDeclaration } from "../syntax/ast.ts";
import {
  asking,
  type Elaboration,
  GLOBAL_SCOPE,
  indexScope,
  isCalledTooOften,
  type Scope,
  withLocals,
} from "./elaboration.ts";
import { callText } from "./expression-text.ts";
import type { Quantity, QuantityAtom } from "./model.ts";
import { defineQuantity, isTruth, quantityOfCall } from "./quantities.ts";
import { definedAtom } from "./quantity-atoms.ts";
import { wholeNumber } from "./typed-values.ts";
import { realValue, UNKNOWN, type Value } from "./value.ts";

/** A quantity of the model by its name, with an index where it is an array. */
export function quantityReference(
  name: Identifier,
  declaration: QuantityDeclaration,
  index: Expression | undefined,
  scope: Scope,
  elaboration: Elaboration,
): Value {
  if (!asking(scope)) return reportMisplaced(name, elaboration);
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
  const { text } = declaration.declared.name;
  if (!index || !declaredIndex) {
    const quantity = defineQuantity(declaration, text, GLOBAL_SCOPE, elaboration, name);
    return quantityAtom(quantity, name, scope, elaboration);
  }
  const place = wholeNumber(index, scope, elaboration);
  if (place === undefined) return UNKNOWN;
  const inner = indexScope(declaredIndex, place);
  const quantity = defineQuantity(declaration, `${text}[${place}]`, inner, elaboration, name);
  return quantityAtom(quantity, name, scope, elaboration);
}

/** `Γ(0.5)`: a quantity with arguments, made anew for every call, since it depends on their values. */
export function quantityCall(
  name: Identifier,
  declaration: QuantityDeclaration,
  expression: CallExpression,
  scope: Scope,
  elaboration: Elaboration,
): Value {
  const parameters = declaration.parameters ?? [];
  if (!asking(scope)) return reportMisplaced(name, elaboration);
  if (expression.arguments.length !== parameters.length || expression.arguments.some((a) => a.name)) {
    elaboration.report(
      "E205",
      expression.span,
      `'${name.text}' takes ${parameters.length} arguments, by position`,
    );
    return UNKNOWN;
  }
  const values = expression.arguments.map((a) => argumentOf(a.value, scope, elaboration));
  if (values.some((v) => v.kind === "unknown")) return UNKNOWN;
  if (isCalledTooOften(expression.span, elaboration)) return UNKNOWN;
  const inner = withLocals(
    GLOBAL_SCOPE,
    parameters.map((p, i) => [p.ascii, values[i]!] as const),
  );
  const text = callText(declaration.declared.name.text, expression, elaboration);
  return quantityAtom(quantityOfCall(declaration, text, inner, elaboration, name), name, scope, elaboration);
}

/** The value of an argument, which the model's values alone decide: no quantity is known when the call is read. */
function argumentOf(expression: Expression, { locals }: Scope, elaboration: Elaboration): Value {
  const atoms: QuantityAtom[] = [];
  const value = elaboration.evaluate(expression, { locals, quantity: { atoms, path: [] } }, elaboration);
  const [first] = atoms;
  if (!first) return value;
  const message = `the arguments of a quantity are values of the model, and '${first.text}' is a quantity`;
  elaboration.report("E204", expression.span, message);
  return UNKNOWN;
}

function reportMisplaced(name: Identifier, { report }: Elaboration): Value {
  report("E204", name.span, `the quantity '${name.text}' can stand only in another quantity`);
  return UNKNOWN;
}

/** The value of a quantity in another; one that is a condition stays a truth value. */
function quantityAtom(
  quantity: Quantity | undefined,
  { span }: Identifier,
  scope: Scope,
  elaboration: Elaboration,
): Value {
  const asked = asking(scope);
  if (!quantity || !asked) return UNKNOWN;
  const node = definedAtom(quantity, span, asked, elaboration);
  return isTruth(quantity) ? { kind: "truth", node } : realValue(node);
}
