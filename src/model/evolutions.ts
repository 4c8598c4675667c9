import { number, type Scalar } from "../scalar/scalar.ts";
import type { EvolveClause, ExperimentDeclaration, Expression, WithClause } from "../syntax/ast.ts";
import { type Elaboration, GLOBAL_SCOPE } from "./elaboration.ts";
import { expressionText } from "./expression-text.ts";
import type { EvolutionDefinition, Quantity, TimeGrid, Variant } from "./model.ts";
import { quantityFrom } from "./quantities.ts";
import { realOf, wholeNumber } from "./typed-values.ts";

/** What an experiment with an `evolve` clause asks for; undefined for others, and where it is in error. */
export function elaborateEvolution(
  { name, clauses, description }: ExperimentDeclaration,
  elaboration: Elaboration,
): EvolutionDefinition | undefined {
  const evolve = clauses.find((c): c is EvolveClause => c.kind === "evolve");
  if (!evolve) return undefined;
  const times = timeGrid(evolve.times, elaboration);
  const equations = evolve.equations.map((e) => elaboration.equations.findIndex((x) => x.name === e.text));
  if (!times || equations.some((e) => e < 0)) return undefined;
  const quantities: Quantity[] = [];
  const distributions = new Set<number>();
  const recorded = clauses.flatMap((c) =>
    c.kind === "record" ? c.quantities : c.kind === "plot" ? [...c.ordinates, ...c.against] : [],
  );
  for (const expression of recorded) {
    if (isTime(expression)) continue;
    const subsystem = populationOf(expression, elaboration);
    if (subsystem !== undefined) distributions.add(subsystem);
    else record(expression, quantities, elaboration);
  }
  return {
    name: name.text,
    span: name.span,
    ...(description && { description: description.text }),
    equations,
    state: evolve.from.text,
    times,
    settings: clauses.flatMap((c) => (c.kind === "with" ? settingsOf(c, elaboration) : [])),
    quantities,
    distributions: [...distributions],
  };
}

const isTime = (expression: Expression): boolean =>
  expression.kind === "constant" && expression.name === "time";

function record(expression: Expression, quantities: Quantity[], elaboration: Elaboration): void {
  const text = expressionText(expression, elaboration);
  if (quantities.some((q) => q.name === text)) return;
  const quantity = quantityFrom({ value: expression }, text, GLOBAL_SCOPE, elaboration);
  if (quantity) quantities.push(quantity);
}

/** The subsystem of `population(r)`: all its levels at once. */
function populationOf(expression: Expression, elaboration: Elaboration): number | undefined {
  if (expression.kind !== "call" || expression.callee.kind !== "name") return undefined;
  const { callee, arguments: given } = expression;
  if (callee.name.ascii !== "population" || elaboration.names.values.has("population")) return undefined;
  const value = given[0] && elaboration.evaluate(given[0].value, GLOBAL_SCOPE, elaboration);
  if (value?.kind === "subsystem" && given.length === 1) return value.index;
  elaboration.report("E204", expression.span, "population takes one subsystem: population(r)");
  return undefined;
}

/** `linear(a, b, n)`, `logarithmic(a, b, n)` or a list. */
export function timeGrid(expression: Expression, elaboration: Elaboration): TimeGrid | undefined {
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
      if (n >= 1 && n <= MAX_TIMES) return { kind: ascii, from: a, to: b, count: n };
      elaboration.report("E204", count.span, `a grid has 1 to ${MAX_TIMES} times, not ${n}`);
      return undefined;
    }
  }
  elaboration.report("E204", expression.span, "times are a grid or a list", {
    fix: "write linear(0, 40, 9), logarithmic(0.1, 1e5, 200) or [0, 1, 10, inf]",
  });
  return undefined;
}

const MAX_TIMES = 100_000;

/** Settings of an experiment; what the command line sets stays as it is set. */
function settingsOf({ settings }: WithClause, elaboration: Elaboration): Variant["settings"][number][] {
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
