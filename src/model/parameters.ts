import { number, type Scalar, symbol } from "../scalar/scalar.ts";
import type { Span } from "../source/span.ts";
import type { Expression } from "../syntax/ast.ts";
import type { Elaboration, ParameterDraft, Scope } from "./elaboration.ts";
import { type Domain, parameterSymbol } from "./model.ts";
import type { Entry } from "./symbol-table.ts";
import { realOf } from "./typed-values.ts";
import { describeValue, UNKNOWN, type Value } from "./value.ts";

/**
 * The value of a declared parameter or `let` (an element of it where `place` is given). Parameters and real derived
 * values get a symbol of their own; other values and operators are put where they are used.
 */
export function declaredParameter(
  entry: Entry & { kind: "parameter" | "let" },
  place: number | undefined,
  scope: Scope,
  elaboration: Elaboration,
): Value {
  return entry.kind === "parameter"
    ? parameter(entry, place, scope, elaboration)
    : derived(entry, place, scope, elaboration);
}

function parameter(
  { name, declaration }: Entry & { kind: "parameter" },
  place: number | undefined,
  scope: Scope,
  elaboration: Elaboration,
): Value {
  const isInteger = declaration.type?.ascii === "integer";
  if (declaration.type && !isInteger) {
    elaboration.report(
      "E204",
      declaration.type.span,
      `a parameter is real or integer, not '${declaration.type.text}'`,
      {
        fix: "write ': integer', or nothing for a real parameter",
      },
    );
  }
  const draft = newDraft(elaboration, {
    name: spelled(name.text, place),
    role: "parameter",
    type: isInteger ? "integer" : "real",
    span: name.span,
    ...(declaration.description && { description: declaration.description.text }),
  });
  const chosen = elaboration.overrides.get(name.ascii) ?? declaration.value;
  const value = realOf(chosen, scope, elaboration);
  if (declaration.domain) {
    const domain = domainOf(declaration.domain, scope, elaboration);
    if (domain) draft.domain = domain;
  }
  if (!value) return { kind: "scalar", node: symbol(draft.symbol), isComplex: false };
  draft.value = value.node;
  if (!isInteger) return { kind: "scalar", node: symbol(draft.symbol), isComplex: false };
  if (value.integer === undefined) {
    elaboration.report(
      "E210",
      chosen.span,
      `'${name.text}' is an integer parameter and needs a whole number`,
    );
    return UNKNOWN;
  }
  return { kind: "scalar", node: symbol(draft.symbol), isComplex: false, integer: value.integer };
}

function derived(
  { name, declaration }: Entry & { kind: "let" },
  place: number | undefined,
  scope: Scope,
  elaboration: Elaboration,
): Value {
  const value = elaboration.evaluate(declaration.value, scope, elaboration);
  if (value.kind === "operator" || value.kind === "truth" || value.kind === "unknown") return value;
  if (value.kind !== "scalar") {
    elaboration.report(
      "E204",
      declaration.value.span,
      `a derived value is a number, a truth value or an operator, and this is ${describeValue(value)}`,
    );
    return UNKNOWN;
  }
  if (value.isComplex) return value;
  const draft = newDraft(elaboration, {
    name: spelled(name.text, place),
    role: "derived",
    type: value.integer === undefined ? "real" : "integer",
    span: name.span,
    ...(declaration.description && { description: declaration.description.text }),
  });
  draft.value = value.node;
  return { ...value, node: symbol(draft.symbol) };
}

/** `time`, which has a place among the parameters from where it is first mentioned. */
export function timeSymbol(span: Span, elaboration: Elaboration): Scalar {
  const present = elaboration.parameters.find((p) => p.role === "time");
  if (present) return symbol(present.symbol);
  const draft = newDraft(elaboration, { name: "time", role: "time", type: "real", span });
  draft.value = number(0);
  return symbol(draft.symbol);
}

const spelled = (name: string, place: number | undefined): string =>
  place === undefined ? name : `${name}[${place}]`;

function newDraft(elaboration: Elaboration, fields: Omit<ParameterDraft, "symbol">): ParameterDraft {
  const draft: ParameterDraft = { symbol: parameterSymbol(elaboration.parameters.length), ...fields };
  elaboration.parameters.push(draft);
  return draft;
}

function domainOf(domain: Expression, scope: Scope, elaboration: Elaboration): Domain | undefined {
  if (domain.kind === "range") {
    const from = realOf(domain.from, scope, elaboration);
    const to = realOf(domain.to, scope, elaboration);
    return from && to && { kind: "interval", from: from.node, to: to.node };
  }
  if (domain.kind === "list") {
    const values = domain.items.map((item) => realOf(item, scope, elaboration));
    return values.every((v) => v !== undefined)
      ? { kind: "list", values: values.map((v) => v.node) }
      : undefined;
  }
  elaboration.report("E204", domain.span, "the values of a parameter are a range a..b or a list [a, b, …]");
  return undefined;
}
