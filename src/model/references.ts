import { nearestName } from "../source/name.ts";
import type { Identifier, IndexDeclaration, IndexExpression, MemberExpression } from "../syntax/ast.ts";
import { quantityReference } from "./defined-quantities.ts";
import { asking, type Elaboration, GLOBAL_SCOPE, indexScope, type Scope } from "./elaboration.ts";
import { declaredParameter } from "./parameters.ts";
import { atPath, type Reached, reach } from "./paths.ts";
import { standardReference } from "./quantity-references.ts";
import type { Entry } from "./symbol-table.ts";
import { indexRange, wholeNumber } from "./typed-values.ts";
import { describeValue, integerValueOf, UNKNOWN, type Value } from "./value.ts";

/** The meaning of a bare name: a local, something declared, or a standard quantity without operands. */
export function evaluateName(name: Identifier, scope: Scope, elaboration: Elaboration): Value {
  const local = scope.locals.get(name.ascii);
  if (local) return local;
  const ownOperator = scope.kind?.operators.get(name.ascii);
  if (ownOperator) return { kind: "operator", expression: ownOperator };
  const entry = elaboration.names.values.get(name.ascii);
  if (entry) return entryValue(entry, name, scope, elaboration);
  const standard = standardReference(name, scope, elaboration);
  if (standard) return standard;
  reportUnknownName(name, scope, elaboration);
  return UNKNOWN;
}

function entryValue(entry: Entry, name: Identifier, scope: Scope, elaboration: Elaboration): Value {
  elaboration.used.add(name.ascii);
  switch (entry.kind) {
    case "parameter":
    case "let":
      return atPath(
        memoised(`value ${name.ascii}`, name, elaboration, () => declaredValue(entry, elaboration)),
        name,
        scope,
        elaboration,
      );
    case "subsystem":
    case "bath":
      return (elaboration.memo.get(`value ${name.ascii}`) as Value | undefined) ?? UNKNOWN;
    case "quantity":
      return quantityReference(name, entry.declaration, undefined, scope, elaboration);
    case "equation":
    case "variant":
    case "state":
      elaboration.report("E204", name.span, `'${name.text}' is ${article(entry.kind)}, not a value`, {
        fix: entry.kind === "state" ? undefined : `ask for a quantity of it: ${name.text}.heat(…)`,
      });
      return UNKNOWN;
  }
}

const article = (kind: string): string => (/^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`);

/** Makes a value once; a value that needs itself is reported. */
function memoised(key: string, name: Identifier, elaboration: Elaboration, make: () => Value): Value {
  const present = elaboration.memo.get(key);
  if (present === "busy") {
    elaboration.report("E203", name.span, `'${name.text}' depends on itself: ${circle(key, elaboration)}`);
    return UNKNOWN;
  }
  if (present) return present;
  elaboration.memo.set(key, "busy");
  const value = make();
  elaboration.memo.set(key, value);
  return value;
}

/** The values that are being made since the one with this key was begun, back to it: `a → b → a`. */
function circle(key: string, { memo, names }: Elaboration): string {
  const open = [...memo].filter(([, value]) => value === "busy").map(([k]) => k);
  const spelled = (k: string) =>
    names.values.get(k.replace("value ", ""))?.name.text ?? k.replace("value ", "");
  return [...open.slice(open.indexOf(key)), key].map(spelled).join(" → ");
}

function declaredValue(entry: Entry & { kind: "parameter" | "let" }, elaboration: Elaboration): Value {
  if (entry.kind === "let" && entry.declaration.parameters) {
    elaboration.report("E205", entry.name.span, `'${entry.name.text}' is a function and needs its arguments`);
    return UNKNOWN;
  }
  const { index } = entry.declaration.declared;
  if (!index) return declaredParameter(entry, undefined, GLOBAL_SCOPE, elaboration);
  return arrayValue(entry.name, index, elaboration, (place, scope) =>
    declaredParameter(entry, place, scope, elaboration),
  );
}

/** An array whose elements are made once each, in a scope that knows their index. */
function arrayValue(
  name: Identifier,
  index: IndexDeclaration,
  elaboration: Elaboration,
  element: (place: number, scope: Scope) => Value,
): Value {
  const indices = indexRange(index.domain, GLOBAL_SCOPE, elaboration);
  if (!indices) return UNKNOWN;
  return {
    kind: "array",
    indices,
    element: (place) =>
      memoised(`value ${name.ascii}[${place}]`, name, elaboration, () =>
        element(place, indexScope(index, place)),
      ),
  };
}

export function evaluateIndex(expression: IndexExpression, scope: Scope, elaboration: Elaboration): Value {
  const named = expression.object.kind === "name" ? { name: expression.object.name, scope } : undefined;
  const reached = named ?? reach(expression.object, scope, elaboration);
  if (reached === "wrong") return UNKNOWN;
  if (reached) return elementOf(reached, expression, elaboration);
  return element(elaboration.evaluate(expression.object, scope, elaboration), expression, scope, elaboration);
}

/** The element of an array that is asked for by its name, perhaps in a variant. */
function elementOf({ name, scope }: Reached, expression: IndexExpression, elaboration: Elaboration): Value {
  const entry = scope.locals.has(name.ascii) ? undefined : elaboration.names.values.get(name.ascii);
  if (entry?.kind === "quantity") {
    elaboration.used.add(name.ascii);
    return quantityReference(name, entry.declaration, expression.index, scope, elaboration);
  }
  const object = evaluateName(name, scope, elaboration);
  return atPath(element(object, expression, scope, elaboration), name, scope, elaboration);
}

function element(object: Value, expression: IndexExpression, scope: Scope, elaboration: Elaboration): Value {
  const place = wholeNumber(expression.index, scope, elaboration);
  if (object.kind === "unknown" || place === undefined) return UNKNOWN;
  if (object.kind !== "array") {
    elaboration.report(
      "E207",
      expression.span,
      `${describeValue(object)} has no elements to take by an index`,
    );
    return UNKNOWN;
  }
  if (!object.indices.includes(place)) {
    const [first, last] = [object.indices[0], object.indices.at(-1)];
    const range = first === undefined ? "the array is empty" : `the array has ${first}..${last}`;
    elaboration.report("E207", expression.index.span, `there is no element ${place}: ${range}`);
    return UNKNOWN;
  }
  return object.element(place);
}

/** `q1.σz`, `r.φ`; `swapped.β1` and `swapped.R` inside quantities. */
export function evaluateMember(expression: MemberExpression, scope: Scope, elaboration: Elaboration): Value {
  const reached = reach(expression, scope, elaboration);
  if (reached === "wrong") return UNKNOWN;
  if (reached) return evaluateName(reached.name, reached.scope, elaboration);
  const object = elaboration.evaluate(expression.object, scope, elaboration);
  if (object.kind === "unknown") return UNKNOWN;
  if (object.kind === "subsystem") return subsystemMember(object.index, expression.member, elaboration);
  elaboration.report(
    "E204",
    expression.span,
    `${describeValue(object)} has no member '${expression.member.text}'; subsystems have`,
  );
  return UNKNOWN;
}

function subsystemMember(index: number, member: Identifier, { subsystems, report }: Elaboration): Value {
  const { kind, name } = subsystems[index]!;
  if (kind.operators.has(member.ascii)) {
    return { kind: "operator", expression: { kind: "named", subsystem: index, name: member.ascii } };
  }
  if (kind.angles.has(member.ascii)) {
    return {
      kind: "angle",
      terms: [{ subsystem: index, coefficient: integerValueOf(1) }],
      offset: integerValueOf(0),
    };
  }
  const known = [...kind.operators.values()].map((o) => o.name);
  const angles = [...kind.angles.values()];
  const has =
    known.length === 0
      ? "only matrix units such as |a><b|"
      : `${known.join(", ")}${angles.length ? ` and the angle ${angles.join(", ")}` : ""}`;
  const near = nearestName(member.text, [...known, ...angles]);
  report("E206", member.span, `unknown operator '${name}.${member.text}'; a ${kind.name} has ${has}`, {
    fix: near && `did you mean '${name}.${near}'?`,
  });
  return UNKNOWN;
}

function reportUnknownName(name: Identifier, scope: Scope, elaboration: Elaboration): void {
  const standard = asking(scope) ? [...elaboration.vocabulary.quantities.values()].map((q) => q.name) : [];
  const known = [
    ...scope.locals.keys(),
    ...[...elaboration.names.values.values()].map((entry) => entry.name.text),
    ...standard,
  ];
  const isStandard = elaboration.vocabulary.quantities.has(name.ascii);
  const near = nearestName(name.text, known);
  elaboration.report("E201", name.span, `unknown name '${name.text}'`, {
    fix: isStandard
      ? `'${name.text}' is a quantity: it can stand only in a quantity, not in the model's definition`
      : near && `did you mean '${near}'?`,
  });
}
