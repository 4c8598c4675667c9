import { number, type Scalar } from "../scalar/scalar.ts";
import type { Expression, WithClause } from "../syntax/ast.ts";
import { type Elaboration, GLOBAL_SCOPE } from "./elaboration.ts";
import type { Grid, Variant } from "./model.ts";
import { realOf, wholeNumber } from "./typed-values.ts";

/** `linear(a, b, n)`, `logarithmic(a, b, n)` or a list. */
export function gridOf(
  expression: Expression,
  what: "times" | "values",
  elaboration: Elaboration,
): Grid | undefined {
  const real = (e: Expression): Scalar | undefined => realOf(e, GLOBAL_SCOPE, elaboration)?.node;
  if (expression.kind === "list") {
    const values = expression.items.map(real);
    return values.every((v) => v !== undefined) ? { kind: "list", values: values as Scalar[] } : undefined;
  }
  if (expression.kind === "call" && expression.callee.kind === "name") {
    const { ascii } = expression.callee.name;
    const [from, to, count, ...more] = expression.arguments;
    if ((ascii === "linear" || ascii === "logarithmic") && from && to && count && more.length === 0) {
      const [a, b, n] = [
        real(from.value),
        real(to.value),
        wholeNumber(count.value, GLOBAL_SCOPE, elaboration),
      ];
      if (!a || !b || n === undefined) return undefined;
      if (n >= 1 && n <= MAX_POINTS) return { kind: ascii, from: a, to: b, count: n };
      elaboration.report("E204", count.span, `a grid has 1 to ${MAX_POINTS} points, not ${n}`);
      return undefined;
    }
  }
  elaboration.report("E204", expression.span, `${what} are a grid or a list`, {
    fix:
      what === "times"
        ? "write linear(0, 40, 9), logarithmic(0.1, 1e5, 200) or [0, 1, 10, inf]"
        : "write linear(0.1, 0.9, 89), logarithmic(1e-3, 1, 50) or [0.01, 0.03, 0.06]",
  });
  return undefined;
}

const MAX_POINTS = 100_000;

/** Settings of an experiment; what the command line sets stays as it is set. */
export function settingsOf(
  { settings }: WithClause,
  elaboration: Elaboration,
): Variant["settings"][number][] {
  return settings.flatMap(({ name, value }) => {
    const parameter = elaboration.parameters.findIndex(
      (p) => p.name === name.text || sameEntry(p.name, name.ascii, elaboration),
    );
    const node = realOf(value, GLOBAL_SCOPE, elaboration)?.node ?? number(Number.NaN);
    if (parameter < 0 || elaboration.overrides.has(name.ascii)) return [];
    return [{ parameter, value: node, span: value.span }];
  });
}

const sameEntry = (text: string, ascii: string, { names }: Elaboration): boolean =>
  names.values.get(ascii)?.name.text === text;
