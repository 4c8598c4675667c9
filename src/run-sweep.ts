import type { DerivedModel } from "./equation/derive.ts";
import { createExplorer, type Explorer, type Unsolved } from "./explorer.ts";
import { pointProblem } from "./model/check-values.ts";
import type { Grid, Quantity, SweepDefinition, Variant } from "./model/model.ts";
import { compileParameters, parameterSlot } from "./model/parameter-values.ts";
import type { Compiled } from "./pipeline.ts";
import { reportedDiagnostics } from "./report/reported-diagnostics.ts";
import type { EquationResults, Results, Row } from "./report/results.ts";
import { certificateReport, refusal, roleNames } from "./run-steady.ts";
import { compileReal } from "./scalar/compile.ts";
import { number } from "./scalar/scalar.ts";
import { createReporter, type Diagnostic } from "./source/diagnostic.ts";
import { sameName } from "./source/name.ts";
import { RESULT_CODES } from "./thermo/codes.ts";
import { evaluateQuantity } from "./thermo/evaluate-quantity.ts";
import type { SolverCache } from "./truncate/settled-steady-state.ts";
import { VERSION } from "./version.ts";

export interface SweepOptions {
  /** The experiment's name. */
  readonly experiment: string;
  readonly onProgress?: (message: string) => void;
}

export interface SweepOutcome {
  readonly results: Results;
  /** What the experiment records, in its order. */
  readonly recorded: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  readonly status: "good" | "model-error" | "unknown-experiment" | "not-vouched";
}

/** Steady states over the grid of an experiment. A point without an answer is left out, and said. */
export function runSweep(
  compiled: Compiled,
  { experiment, onProgress = () => {} }: SweepOptions,
): SweepOutcome {
  const { derived, model, diagnostics, sources } = compiled;
  const definition = model.sweeps.find(({ name }) => sameName(name, experiment));
  const finish = (
    status: SweepOutcome["status"],
    results: readonly EquationResults[],
    more: readonly Diagnostic[],
  ): SweepOutcome => ({
    status,
    diagnostics: [...diagnostics, ...more],
    recorded: definition?.quantities.map((q) => q.name) ?? [],
    results: {
      format: "thermill-results/1",
      thermill: VERSION,
      language: 1,
      units: "hbar = k_B = 1",
      model: model.name,
      diagnostics: reportedDiagnostics([...diagnostics, ...more], sources),
      results,
    },
  });
  if (!derived) return finish("model-error", [], []);
  if (!definition) return finish("unknown-experiment", [], []);
  const contradiction = setAndSwept(definition, derived);
  if (contradiction.length > 0) return finish("model-error", [], contradiction);
  const found: Diagnostic[] = notYet(definition);
  const results = definition.equations.map((place) =>
    sweepOne(derived, place, definition, onProgress, (d) => found.push(...d)),
  );
  const isWhole = results.every((r) => r.rows.length === pointsOf(definition, derived).length);
  return finish(isWhole ? "good" : "not-vouched", results, found);
}

/** Clauses of an experiment that nothing runs yet are said to be left out. */
function notYet({ notYet: words, span, name }: SweepDefinition): Diagnostic[] {
  const { diagnostics, report } = createReporter(RESULT_CODES);
  if (words.length > 0) {
    report(
      "W508",
      span,
      `'${name}' holds ${words.join(", ")}, which nothing runs yet: its grid alone is run`,
    );
  }
  return [...diagnostics];
}

/** A parameter cannot be swept and be set on the command line. */
function setAndSwept({ axes }: SweepDefinition, { model }: DerivedModel): Diagnostic[] {
  const { diagnostics, report } = createReporter(RESULT_CODES);
  for (const { isSet, parameter, span } of axes) {
    if (!isSet) continue;
    report("E505", span, `'${model.parameters[parameter]!.name}' is swept here and set on the command line`, {
      fix: "leave out --set",
    });
  }
  return [...diagnostics];
}

function sweepOne(
  derived: DerivedModel,
  place: number,
  definition: SweepDefinition,
  onProgress: (message: string) => void,
  report: (diagnostics: readonly Diagnostic[]) => void,
): EquationResults {
  const { model } = derived;
  // what does not depend on the parameters is lowered once for all points
  const generators: SolverCache = new Map();
  const base: Variant = { name: definition.name, settings: definition.settings };
  const rows: Row[] = [];
  let roles: Readonly<Record<string, string>> = {};
  const points = pointsOf(definition, derived);
  const parameters = compileParameters(model.parameters);
  for (const [k, point] of points.entries()) {
    onProgress(`${definition.name}: ${k + 1} of ${points.length}`);
    const settings = definition.axes.map(({ parameter }, axis) => ({
      parameter,
      value: number(point[axis]!),
      span: definition.span,
    }));
    const sweep = Object.fromEntries(
      definition.axes.map(({ parameter }, axis) => [model.parameters[parameter]!.name, point[axis]!]),
    );
    const refuse = (unsolved: Unsolved): void => {
      const where = Object.entries(sweep)
        .map(([name, value]) => `${name} = ${value}`)
        .join(", ");
      report(refusal(derived, place, { ...unsolved, problem: `at ${where}: ${unsolved.problem}` }));
    };
    const wrong = pointProblem(parameters.at([base, { name: definition.name, settings }]), model);
    if (wrong) {
      refuse({ code: "E501", problem: wrong, advice: "leave the point out of the grid" });
      continue;
    }
    const explorer = createExplorer(
      derived,
      [base, { name: definition.name, settings }],
      generators,
      () => {},
    );
    const solved = explorer.solve(place, []);
    if ("problem" in solved) {
      refuse(solved);
      continue;
    }
    roles = roleNames(solved.point);
    rows.push({
      experiment: definition.name,
      sweep,
      parameters: Object.fromEntries(
        model.parameters.map(({ name }, p) => {
          const value = solved.point.parameters[p]!;
          return [name, Number.isFinite(value) ? value : null];
        }),
      ),
      ...quantitiesOf(definition.quantities, explorer, place, solved.point),
      certificate: certificateReport(solved.point, solved.settled, false),
    });
  }
  return { equation: derived.equations[place]!.name, roles, rows };
}

function quantitiesOf(
  recorded: readonly Quantity[],
  explorer: Explorer,
  place: number,
  point: Parameters<Explorer["context"]>[2],
): Pick<Row, "quantities" | "undefined"> {
  const quantities: Record<string, number | string | null> = {};
  const reasons: Record<string, string> = {};
  const context = explorer.context(place, [], point);
  for (const quantity of recorded) {
    const found = evaluateQuantity(quantity, context);
    quantities[quantity.name] =
      found.kind === "value" ? found.value : found.kind === "text" ? found.text : null;
    if (found.kind === "undefined") reasons[quantity.name] = found.reason;
  }
  return { quantities, undefined: reasons };
}

/** The points of a grid, the first axis slowest. */
function pointsOf(
  { axes, settings, name }: SweepDefinition,
  { model }: DerivedModel,
): readonly (readonly number[])[] {
  const parameters = compileParameters(model.parameters).at([{ name, settings }]);
  return axes
    .map(({ values }) => gridValues(values, parameters))
    .reduce<readonly (readonly number[])[]>(
      (points, values) => points.flatMap((p) => values.map((v) => [...p, v])),
      [[]],
    );
}

/** The values of a grid in its own order; the last of them is exactly its end. */
export function gridValues(grid: Grid, parameters: Float64Array): number[] {
  const value = (node: Parameters<typeof compileReal>[0]): number =>
    compileReal(node, parameterSlot)(parameters);
  if (grid.kind === "list") return grid.values.map(value);
  const [from, to, last] = [value(grid.from), value(grid.to), grid.count - 1];
  return Array.from({ length: grid.count }, (_, k) => {
    if (k === 0 || last === 0) return from;
    if (k === last) return to;
    return grid.kind === "linear" ? from + ((to - from) * k) / last : from * (to / from) ** (k / last);
  });
}
