import type { ExperimentClause, Expression, MarkClause, PlotClause } from "../syntax/ast.ts";
import { type Elaboration, GLOBAL_SCOPE } from "./elaboration.ts";
import { expressionText } from "./expression-text.ts";
import type { MarkDefinition, PlotDefinition, PlotValue, Quantity } from "./model.ts";
import { quantityFrom } from "./quantities.ts";

interface Recording {
  readonly experiment: "steady" | "evolve";
  /** What is recorded, in the order in which it is first asked for. */
  readonly quantities: Quantity[];
  /** Subsystems whose populations are recorded. */
  readonly distributions: Set<number>;
  readonly elaboration: Elaboration;
}

/** The plots and marks of an experiment; adds to `quantities` and `distributions` what these and `record` ask for. */
export function recordClauses(
  clauses: readonly ExperimentClause[],
  experiment: Recording["experiment"],
  quantities: Quantity[],
  elaboration: Elaboration,
  distributions: Set<number> = new Set(),
): { readonly plots: readonly PlotDefinition[]; readonly marks: readonly MarkDefinition[] } {
  const recording: Recording = { experiment, quantities, distributions, elaboration };
  for (const clause of clauses) {
    if (clause.kind === "record") for (const q of clause.quantities) recordedValue(q, recording);
  }
  return {
    plots: clauses.flatMap((c) => (c.kind === "plot" ? (plotOf(c, recording) ?? []) : [])),
    marks: clauses.flatMap((c) => (c.kind === "mark" ? (markOf(c, recording) ?? []) : [])),
  };
}

function plotOf(clause: PlotClause, recording: Recording): PlotDefinition | undefined {
  const ordinates = clause.ordinates.map((e) => recordedValue(e, recording));
  const against = clause.against.map((e) => axisValue(e, recording));
  const by = clause.by && axisValue(clause.by, recording);
  if (![...ordinates, ...against].every((v) => v !== undefined) || (clause.by && !by)) return undefined;
  const plot: PlotDefinition = {
    ordinates: ordinates as PlotValue[],
    against: against as PlotValue[],
    ...(by && { by }),
    ...(clause.description && { description: clause.description.text }),
    span: clause.span,
  };
  const problem = problemOf(plot, recording);
  if (!problem) return plot;
  recording.elaboration.report("E230", clause.span, problem.message, { fix: problem.fix });
  return undefined;
}

/** Why a plot cannot be drawn as it is written, and how to write it. */
function problemOf(
  { ordinates, against, by }: PlotDefinition,
  { experiment }: Recording,
): { readonly message: string; readonly fix: string } | undefined {
  const has = (kind: PlotValue["kind"]): boolean => ordinates.some((v) => v.kind === kind);
  const uses = (kind: PlotValue["kind"]): boolean => [...against, by].some((v) => v?.kind === kind);
  if (has("population")) {
    const isAlone = ordinates.length === 1 && against.length === 0 && by?.kind === "time";
    return isAlone
      ? undefined
      : {
          message: "populations are drawn level by level, at several times",
          fix: "plot population(r) by time",
        };
  }
  if (against.length === 0)
    return { message: "a plot says what its quantities are drawn against", fix: "plot work against β" };
  if (experiment === "steady" && uses("time"))
    return {
      message: "a steady state has no time to draw against",
      fix: "use evolve in the place of steady",
    };
  if (against.length > 2 || (against.length === 2 && (ordinates.length > 1 || by !== undefined))) {
    return { message: "a map shows one quantity over two values", fix: "plot work against β1, β2" };
  }
  if (has("array") !== uses("index"))
    return {
      message: "an array of quantities is drawn against its index, and nothing else is",
      fix: "plot current against j",
    };
  return undefined;
}

function markOf(
  { ordinate, against, on, span }: MarkClause,
  recording: Recording,
): MarkDefinition | undefined {
  const y = recordedValue(ordinate, recording);
  const x = axisValue(against, recording);
  return y && x && { ordinate: y, against: x, on: on.text, span };
}

/** The value that an axis runs over, recorded where it is a quantity. */
function axisValue(expression: Expression, recording: Recording): PlotValue | undefined {
  if (expression.kind === "constant" && expression.name === "time") return { kind: "time", expression };
  const { names } = recording.elaboration;
  if (expression.kind !== "name") return recordedValue(expression, recording);
  const entry = names.values.get(expression.name.ascii);
  if (entry && recording.elaboration.parameters.some((p) => p.name === entry.name.text)) {
    recording.elaboration.used.add(entry.name.ascii);
    return { kind: "parameter", name: entry.name.text, expression };
  }
  if (entry) return recordedValue(expression, recording);
  if (expression.name.ascii === "equation") return { kind: "equation", expression };
  if (indexNames(recording.elaboration).includes(expression.name.ascii)) return { kind: "index", expression };
  return recordedValue(expression, recording);
}

/** The index variables of arrays, over which a plot may run. */
export function indexNames({ names }: Elaboration): readonly string[] {
  return [...names.values.values()].flatMap((entry) => {
    const declared = "declared" in entry.declaration ? entry.declaration.declared : [];
    return [declared].flat().flatMap((d) => d.index?.variable?.ascii ?? []);
  });
}

/** Records what an expression stands for: of an array of quantities all its elements. Undefined where it is in error. */
function recordedValue(expression: Expression, recording: Recording): PlotValue | undefined {
  const { quantities, elaboration } = recording;
  if (recording.experiment === "evolve") {
    if (expression.kind === "constant" && expression.name === "time") return { kind: "time", expression };
    const population = populationOf(expression, recording);
    if (population) return population;
  }
  const entry = expression.kind === "name" ? elaboration.names.values.get(expression.name.ascii) : undefined;
  if (entry?.kind === "quantity" && entry.declaration.declared.index) {
    elaboration.used.add(entry.name.ascii);
    const head = `${entry.name.text}[`;
    const elements = elaboration.quantities.filter((q) => q.name.startsWith(head));
    quantities.push(...elements.filter((e) => !quantities.includes(e)));
    const places = elements.map(({ name }) => ({ key: name, place: Number(name.slice(head.length, -1)) }));
    return { kind: "array", elements: places, expression };
  }
  const key = expressionText(expression, elaboration);
  if (!quantities.some((q) => q.name === key)) {
    const quantity = quantityFrom({ value: expression }, key, GLOBAL_SCOPE, elaboration);
    if (!quantity) return undefined;
    quantities.push(quantity);
  }
  return { kind: "quantity", key, expression };
}

/** `population(r)`: all levels of a subsystem at once; undefined for anything else. */
function populationOf(
  expression: Expression,
  { distributions, elaboration }: Recording,
): PlotValue | undefined {
  if (expression.kind !== "call" || expression.callee.kind !== "name") return undefined;
  const { callee, arguments: given } = expression;
  if (callee.name.ascii !== "population" || elaboration.names.values.has("population")) return undefined;
  const value = given[0] && elaboration.evaluate(given[0].value, GLOBAL_SCOPE, elaboration);
  if (value?.kind === "subsystem" && given.length === 1) {
    distributions.add(value.index);
    return { kind: "population", subsystem: elaboration.subsystems[value.index]!.name, expression };
  }
  elaboration.report("E204", expression.span, "population takes one subsystem: population(r)");
  return undefined;
}
