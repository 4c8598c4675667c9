import { view } from "../scalar/scalar.ts";
import type { Identifier, QuantityDeclaration } from "../syntax/ast.ts";
import { type Elaboration, type QuantityScope, type Scope, withLocals } from "./elaboration.ts";
import { expressionText } from "./expression-text.ts";
import { isQuantityTooLarge } from "./extent.ts";
import type { Quantity } from "./model.ts";
import { indexRange } from "./typed-values.ts";
import { describeValue, integerValueOf, type Value } from "./value.ts";

/** Every quantity of the model that has a value without further arguments, in the order of declaration. */
export function elaborateQuantities(
  declarations: readonly QuantityDeclaration[],
  elaboration: Elaboration,
): void {
  for (const declaration of declarations) {
    const { name, index } = declaration.declared;
    if (declaration.parameters) {
      checkFunctionBody(declaration, elaboration);
      continue;
    }
    const places = index ? (indexRange(index.domain, { locals: new Map() }, elaboration) ?? []) : [undefined];
    for (const place of places) {
      const locals: [string, Value][] =
        place !== undefined && index?.variable ? [[index.variable.ascii, integerValueOf(place)]] : [];
      const text = place === undefined ? name.text : `${name.text}[${place}]`;
      const quantity = defineQuantity(declaration, text, { locals: new Map(locals) }, elaboration, name);
      if (quantity) elaboration.quantities.push(quantity);
    }
  }
}

/** A quantity with arguments is checked once with unknown numbers in their place, so that mistakes show unasked. */
function checkFunctionBody(declaration: QuantityDeclaration, elaboration: Elaboration): void {
  const locals = (declaration.parameters ?? []).map((p) => [p.ascii, integerValueOf(1)] as const);
  const { name } = declaration.declared;
  quantityOfCall(declaration, name.text, withLocals({ locals: new Map() }, locals), elaboration, name);
}

/** The quantity that a declaration defines under a name and a scope; made once. Undefined where it is in error. */
export function defineQuantity(
  declaration: QuantityDeclaration,
  text: string,
  scope: Scope,
  elaboration: Elaboration,
  asked: Identifier,
): Quantity | undefined {
  const key = `${text} @${declaration.span.start}`;
  const present = elaboration.quantityMemo.get(key);
  if (present !== undefined && present !== "busy") return present === "failed" ? undefined : present;
  const quantity = onceAtATime(key, asked, elaboration, () =>
    quantityFrom(declaration, text, scope, elaboration),
  );
  elaboration.quantityMemo.set(key, quantity ?? "failed");
  return quantity;
}

/** The quantity that a call of one with arguments stands for; `text` is how the call is written. */
export function quantityOfCall(
  declaration: QuantityDeclaration,
  text: string,
  scope: Scope,
  elaboration: Elaboration,
  asked: Identifier,
): Quantity | undefined {
  return onceAtATime(`${declaration.declared.name.ascii}(…)`, asked, elaboration, () =>
    quantityFrom(declaration, text, scope, elaboration),
  );
}

/** Makes a quantity; one that needs itself while it is being made is reported. */
function onceAtATime(
  key: string,
  asked: Identifier,
  { quantityMemo, report }: Elaboration,
  make: () => Quantity | undefined,
): Quantity | undefined {
  if (quantityMemo.get(key) === "busy") {
    report("E203", asked.span, `the quantity '${asked.text}' depends on itself`);
    return undefined;
  }
  quantityMemo.set(key, "busy");
  const quantity = make();
  quantityMemo.delete(key);
  return quantity;
}

/** Whether a quantity is a condition, such as `work < 0`; in the report it is 1 or 0. */
export function isTruth({ value, atoms }: Quantity): boolean {
  const v = view(value);
  if (v.kind === "not") return true;
  if (v.kind === "binary") return !["+", "-", "*", "/", "^"].includes(v.operator);
  const target = v.kind === "symbol" && atoms.find((a) => a.symbol === v.name)?.target;
  return target ? target.kind === "defined" && isTruth(target.quantity) : false;
}

/** A quantity from its expressions, which may also come from the command line. */
export function quantityFrom(
  { value, condition, description }: Pick<QuantityDeclaration, "value" | "condition" | "description">,
  text: string,
  scope: Scope,
  elaboration: Elaboration,
): Quantity | undefined {
  const quantity: QuantityScope = { atoms: [], path: [] };
  const inner: Scope = { ...scope, quantity };
  const result = elaboration.evaluate(value, inner, elaboration);
  const holds = condition && elaboration.evaluate(condition, inner, elaboration);
  if (result.kind === "unknown" || holds?.kind === "unknown") return undefined;
  if (result.kind !== "scalar" && result.kind !== "truth" && !(result.kind === "text" && !holds)) {
    elaboration.report(
      "E204",
      value.span,
      `a quantity is a real number, and this is ${describeValue(result)}`,
    );
    return undefined;
  }
  if (result.kind === "scalar" && result.isComplex) {
    elaboration.report("E223", value.span, "a quantity is a real number, and this one is complex", {
      fix: "take re(…), im(…) or abs(…)",
    });
    return undefined;
  }
  if (condition && holds && holds.kind !== "truth") {
    elaboration.report(
      "E204",
      condition.span,
      `'when' needs a condition, and this is ${describeValue(holds)}`,
    );
    return undefined;
  }
  const made: Quantity = {
    name: text,
    value: result.node,
    atoms: quantity.atoms,
    ...(condition && holds?.kind === "truth"
      ? { condition: holds.node, conditionText: expressionText(condition, elaboration) }
      : {}),
    ...(description && { description: description.text }),
  };
  return isQuantityTooLarge(made, value.span, elaboration) ? undefined : made;
}
