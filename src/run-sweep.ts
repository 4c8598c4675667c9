import type { DerivedModel } from "./equation/derive.ts";
import { createExplorer, type Explorer, type Solved, type Unsolved } from "./explorer.ts";
import { pointProblem } from "./model/check-values.ts";
import type { FindDefinition, Grid, Quantity, SweepDefinition, Variant } from "./model/model.ts";
import { compileParameters, namedValues, parameterSlot } from "./model/parameter-values.ts";
import { rootBetween } from "./numerics/root.ts";
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
    recorded: definition
      ? [...definition.finds.map((f) => f.text), ...definition.quantities.map((q) => q.name)]
      : [],
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
  const isWhole = !found.some((d) => d.severity === "error");
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

/** An equation of an experiment, ready to be solved at any values of some parameters. */
interface Prepared {
  readonly derived: DerivedModel;
  readonly place: number;
  readonly definition: SweepDefinition;
  /** The values of parameters by their places, on top of the experiment's settings. */
  readonly at: (values: readonly (readonly [parameter: number, value: number])[]) => Point;
}

type Point =
  | { readonly kind: "solved"; readonly explorer: Explorer; readonly solved: Solved }
  | { readonly kind: "unsolved"; readonly unsolved: Unsolved };

function prepared(derived: DerivedModel, place: number, definition: SweepDefinition): Prepared {
  const { model } = derived;
  // what does not depend on the parameters is lowered once for all points
  const generators: SolverCache = new Map();
  const parameters = compileParameters(model.parameters);
  const base: Variant = { name: definition.name, settings: definition.settings };
  return {
    derived,
    place,
    definition,
    at: (values) => {
      const settings = values.map(([parameter, value]) => ({
        parameter,
        value: number(value),
        span: definition.span,
      }));
      const variants = [base, { name: definition.name, settings }];
      const wrong = pointProblem(parameters.at(variants), model);
      if (wrong) {
        const advice = "leave the point out of the grid";
        return { kind: "unsolved", unsolved: { code: "E501", problem: wrong, advice } };
      }
      const explorer = createExplorer(derived, variants, generators, () => {});
      const solved = explorer.solve(place, []);
      return "problem" in solved
        ? { kind: "unsolved", unsolved: solved }
        : { kind: "solved", explorer, solved };
    },
  };
}

function sweepOne(
  derived: DerivedModel,
  place: number,
  definition: SweepDefinition,
  onProgress: (message: string) => void,
  report: (diagnostics: readonly Diagnostic[]) => void,
): EquationResults {
  const equation = prepared(derived, place, definition);
  const isGrid = definition.axes.length > 0 || definition.finds.length === 0;
  const points = isGrid ? pointsOf(definition, derived) : [];
  const rows: Row[] = [];
  for (const [k, point] of points.entries()) {
    onProgress(`${definition.name}: ${k + 1} of ${points.length}`);
    const values = definition.axes.map(({ parameter }, axis) => [parameter, point[axis]!] as const);
    const found = equation.at(values);
    if (found.kind === "solved") rows.push(rowOf(equation, values, found, {}));
    else report(refused(equation, values, found.unsolved));
  }
  for (const find of definition.finds) {
    onProgress(`${definition.name}: ${find.text}`);
    rows.push(...rootsOf(find, equation, report));
  }
  const [first] = points;
  const roles = rolesOf(
    equation,
    first ? definition.axes.map(({ parameter }, k) => [parameter, first[k]!] as const) : [],
  );
  return { equation: derived.equations[place]!.name, roles, rows };
}

type Values = readonly (readonly [parameter: number, value: number])[];

const named = (values: Values, { derived }: Prepared): Record<string, number> =>
  Object.fromEntries(values.map(([p, value]) => [derived.model.parameters[p]!.name, value]));

function rolesOf(equation: Prepared, values: Values): Readonly<Record<string, string>> {
  const point = equation.at(values);
  return point.kind === "solved" ? roleNames(point.solved.point) : {};
}

function refused(equation: Prepared, values: Values, unsolved: Unsolved): readonly Diagnostic[] {
  const where = Object.entries(named(values, equation))
    .map(([name, value]) => `${name} = ${value}`)
    .join(", ");
  const problem = where === "" ? unsolved.problem : `at ${where}: ${unsolved.problem}`;
  return refusal(equation.derived, equation.place, { ...unsolved, problem });
}

function rowOf(
  equation: Prepared,
  values: Values,
  { explorer, solved }: Extract<Point, { kind: "solved" }>,
  more: Row["quantities"],
): Row {
  const { derived, place, definition } = equation;
  const own = quantitiesOf(definition.quantities, explorer, place, solved.point);
  return {
    experiment: definition.name,
    sweep: named(values, equation),
    parameters: namedValues(derived.model.parameters, solved.point.parameters),
    quantities: { ...own.quantities, ...more },
    undefined: own.undefined,
    certificate: certificateReport(solved.point, solved.settled, false),
  };
}

/** Points at which a change of sign is looked for. */
const SAMPLES = 49;

/** A root is found to this part of the range. */
const ROOT_TOLERANCE = 1e-13;

/** Every change of sign of a condition's difference between neighbouring samples, followed to where it is zero. */
function rootsOf(
  { text, difference, parameter, from, to }: FindDefinition,
  equation: Prepared,
  report: (diagnostics: readonly Diagnostic[]) => void,
): Row[] {
  const { derived, place, definition } = equation;
  const base = compileParameters(derived.model.parameters).at([
    { name: definition.name, settings: definition.settings },
  ]);
  const [low, high] = [from, to].map((node) => compileReal(node, parameterSlot)(base)) as [number, number];
  const valueAt = (x: number): number | undefined => {
    const point = equation.at([[parameter, x]]);
    if (point.kind === "unsolved") return undefined;
    const found = evaluateQuantity(difference, point.explorer.context(place, [], point.solved.point));
    return found.kind === "value" ? found.value : undefined;
  };
  const samples = Array.from({ length: SAMPLES }, (_, k) => {
    const x = k === SAMPLES - 1 ? high : low + ((high - low) * k) / (SAMPLES - 1);
    return [x, valueAt(x)] as const;
  });
  const rows: Row[] = [];
  for (const [k, [b, fb]] of samples.entries()) {
    const [a, fa] = samples[k - 1] ?? [b, undefined];
    if (fa === undefined || fb === undefined || Math.sign(fa) === Math.sign(fb) || fa === 0) continue;
    const root = rootBetween(valueAt, [a, fa], [b, fb], ROOT_TOLERANCE * Math.abs(high - low));
    const point = root && equation.at([[parameter, root.at]]);
    if (!root || root.isJump || point?.kind !== "solved") continue;
    rows.push(rowOf(equation, [[parameter, root.at]], point, { [text]: root.value }));
  }
  if (rows.length === 0) report(noRoot(text, low, high, equation));
  return rows;
}

function noRoot(text: string, low: number, high: number, { definition }: Prepared): readonly Diagnostic[] {
  const { diagnostics, report } = createReporter(RESULT_CODES);
  report(
    "W509",
    definition.span,
    `'${definition.name}': ${text} holds nowhere that was looked at between ${low} and ${high}`,
    { fix: "look in another range: a difference that touches zero without changing its sign is not seen" },
  );
  return diagnostics;
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
