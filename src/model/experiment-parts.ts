import { number, type Scalar } from "../scalar/scalar.ts";
import type { Expression, WithClause } from "../syntax/ast.ts";
import { type Elaboration, GLOBAL_SCOPE } from "./elaboration.ts";
import type { Grid, Variant } from "./model.ts";
import { realOf, wholeNumber } from "./typed-values.ts";

/** `linear(a, b, n)`, `logarithmic(a, b, n)`, `random(a, b, n)`, `random(a, b, n, seed)` or a list. */
export function gridOf(
  expression: Expression,
  what: "times" | "values",
  elaboration: Elaboration,
): Grid | undefined {
  const real = (e: Expression): Scalar | undefined => realOf(e, GLOBAL_SCOPE, elaboration)?.node;
  if (expression.kind === "list" && expression.items.length > 0) {
    const values = expression.items.map(real);
    return values.every((v) => v !== undefined) ? { kind: "list", values: values as Scalar[] } : undefined;
  }
  if (expression.kind === "call" && expression.callee.kind === "name") {
    const { ascii } = expression.callee.name;
    const [from, to, count, seed, ...more] = expression.arguments;
    const isRandom = ascii === "random" && what === "values";
    const isKnown = ascii === "linear" || ascii === "logarithmic" ? !seed : isRandom && more.length === 0;
    if (isKnown && from && to && count) {
      const [a, b, n] = [
        real(from.value),
        real(to.value),
        wholeNumber(count.value, GLOBAL_SCOPE, elaboration),
      ];
      const s = seed ? wholeNumber(seed.value, GLOBAL_SCOPE, elaboration) : DEFAULT_SEED;
      if (!a || !b || n === undefined || s === undefined) return undefined;
      if (n >= 1 && n <= MAX_POINTS) {
        const grid = { from: a, to: b, count: n };
        return isRandom
          ? { kind: "random", ...grid, seed: s }
          : { kind: ascii as "linear" | "logarithmic", ...grid };
      }
      elaboration.report("E204", count.span, `a grid has 1 to ${MAX_POINTS} points, not ${n}`);
      return undefined;
    }
  }
  elaboration.report("E204", expression.span, `${what} are a grid or a list`, {
    fix:
      what === "times"
        ? "write linear(0, 40, 9), logarithmic(0.1, 1e5, 200) or [0, 1, 10, inf]"
        : "write linear(0.1, 0.9, 89), logarithmic(1e-3, 1, 50), random(0, 1, 200) or [0.01, 0.03, 0.06]",
  });
  return undefined;
}

const MAX_POINTS = 100_000;

/** Of random values that name no seed. */
const DEFAULT_SEED = 1;

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
