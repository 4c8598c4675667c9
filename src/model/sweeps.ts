import type {
  ExperimentClause,
  ExperimentDeclaration,
  Expression,
  FindClause,
  OptimiseClause,
  SteadyClause,
  SweepClause,
} from "../syntax/ast.ts";
import { type Elaboration, GLOBAL_SCOPE } from "./elaboration.ts";
import { gridOf, settingsOf } from "./experiment-parts.ts";
import { expressionText } from "./expression-text.ts";
import type {
  FindDefinition,
  OptimumDefinition,
  Quantity,
  SearchDefinition,
  SearchRange,
  SweepAxis,
  SweepDefinition,
} from "./model.ts";
import { recordClauses } from "./plots.ts";
import { quantityFrom } from "./quantities.ts";
import { realOf } from "./typed-values.ts";

/** What an experiment with a `steady` clause asks for; undefined for others, and where it is in error. */
export function elaborateSweep(
  { name, clauses, description }: ExperimentDeclaration,
  elaboration: Elaboration,
): SweepDefinition | undefined {
  const steady = clauses.find((c): c is SteadyClause => c.kind === "steady");
  if (!steady) return undefined;
  const equations = steady.equations.map((e) => elaboration.equations.findIndex((x) => x.name === e.text));
  if (equations.some((e) => e < 0)) return undefined;
  const quantities: Quantity[] = [];
  const { plots, marks } = recordClauses(clauses, "steady", quantities, elaboration);
  const axes = clauses.flatMap((c) => (c.kind === "sweep" ? (axisOf(c, elaboration) ?? []) : []));
  return {
    name: name.text,
    span: name.span,
    ...(description && { description: description.text }),
    equations,
    settings: clauses.flatMap((c) => (c.kind === "with" ? settingsOf(c, elaboration) : [])),
    axes,
    quantities,
    plots,
    marks,
    searches: clauses.flatMap((c) => searchOf(c, elaboration) ?? []),
  };
}

function searchOf(clause: ExperimentClause, elaboration: Elaboration): SearchDefinition | undefined {
  if (clause.kind === "find") return findOf(clause, elaboration);
  return clause.kind === "maximise" || clause.kind === "minimise"
    ? optimumOf(clause, elaboration)
    : undefined;
}

/** `find left == right over p in a..b` */
function findOf(
  { condition, parameter, domain, span }: FindClause,
  elaboration: Elaboration,
): FindDefinition | undefined {
  if (condition.kind !== "binary" || condition.operator !== "==") {
    elaboration.report(
      "E204",
      condition.span,
      "find looks for where two sides are equal: find work == 0 over β in a..b",
    );
    return undefined;
  }
  const range = rangeOf("find", parameter, domain, elaboration);
  const text = expressionText(condition, elaboration);
  const value = { ...condition, operator: "-" } as const;
  const difference = quantityFrom({ value }, text, GLOBAL_SCOPE, elaboration);
  return difference && range && { kind: "find", text, difference, over: [range], span };
}

/** `maximise X over p in a..b, q in c..d` */
function optimumOf(
  { kind, objective, over, span }: OptimiseClause,
  elaboration: Elaboration,
): OptimumDefinition | undefined {
  const text = expressionText(objective, elaboration);
  const quantity = quantityFrom({ value: objective }, text, GLOBAL_SCOPE, elaboration);
  const ranges = over.map(({ parameter, domain }) => rangeOf(kind, parameter, domain, elaboration));
  return quantity && ranges.every((r) => r !== undefined)
    ? { kind, text, objective: quantity, over: ranges as SearchRange[], span }
    : undefined;
}

function rangeOf(
  word: string,
  parameter: Expression,
  domain: Expression,
  elaboration: Elaboration,
): SearchRange | undefined {
  const place = placeOf(parameter, elaboration);
  if (domain.kind !== "range") {
    elaboration.report("E204", domain.span, `${word} needs a range: over β in 0.01..0.09`);
    return undefined;
  }
  const [from, to] = [domain.from, domain.to].map((e) => realOf(e, GLOBAL_SCOPE, elaboration)?.node);
  if (!from || !to || place < 0 || parameter.kind !== "name") return undefined;
  const isSet = elaboration.overrides.has(parameter.name.ascii);
  return { parameter: place, from, to, isSet, span: parameter.span };
}

function placeOf(parameter: Expression, elaboration: Elaboration): number {
  if (parameter.kind !== "name") return -1;
  const entry = elaboration.names.values.get(parameter.name.ascii);
  return elaboration.parameters.findIndex((p) => p.name === entry?.name.text);
}

function axisOf({ parameter, values }: SweepClause, elaboration: Elaboration): SweepAxis | undefined {
  const found = gridOf(values, "values", elaboration);
  const place = placeOf(parameter, elaboration);
  if (!found || parameter.kind !== "name" || place < 0) return undefined;
  return {
    parameter: place,
    values: found,
    span: parameter.span,
    isSet: elaboration.overrides.has(parameter.name.ascii),
  };
}
