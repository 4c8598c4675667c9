import { compileReal } from "../scalar/compile.ts";
import { symbolsOf } from "../scalar/scalar.ts";
import type { Span } from "../source/span.ts";
import type { EvolutionDefinition, Grid, Model, SearchRange, SweepDefinition } from "./model.ts";
import type { ModelReport } from "./model-report.ts";
import { compileParameters, parameterSlot, violatedDomain } from "./parameter-values.ts";

/** The error that an element of ρ may be asked to have along an evolution. */
export const TOLERANCES = { least: 1e-14, most: 1e-2 } as const;

/** The points that the axes of an experiment may span together. */
const MAX_GRID = 1_000_000;

/**
 * What experiments cannot have: parameters that they cannot vary, grids that are too large, and, at the parameters that
 * they start from, ends of grids and ranges, and tolerances. Warns of those that record nothing.
 */
export function checkExperiments(model: Model, report: ModelReport): void {
  const parameters = compileParameters(model.parameters);
  const at = ({ name, settings }: SweepDefinition | EvolutionDefinition) =>
    parameters.at([{ name, settings }]);
  for (const sweep of model.sweeps) {
    checkVaried(sweep, model, report);
    checkSize(sweep, report);
    if (sweep.quantities.length === 0 && sweep.searches.length === 0)
      report("W206", sweep.span, `'${sweep.name}' records nothing`, {
        fix: "add a clause: record work, regime",
      });
    const ranges = sweep.searches.flatMap((s) => s.over);
    for (const range of ranges) checkRange(range, sweep, model, at(sweep), report);
    for (const { values, span, parameter } of sweep.axes) {
      const what = `the values of '${model.parameters[parameter]!.name}'`;
      checkGrid(values, what, "linear(-1, 1, 21)", at(sweep), span, report);
    }
  }
  for (const evolution of model.evolutions) {
    checkVaried(evolution, model, report);
    const { times, tolerance, span } = evolution;
    const values = at(evolution);
    checkGrid(times, "the times", "logarithmic(1e-3, 10, 50)", values, span, report);
    const asked = tolerance && compileReal(tolerance, parameterSlot)(values);
    if (asked === undefined || isTolerance(asked) || Number.isNaN(asked)) continue;
    report("E233", span, `the tolerance is ${asked}`, { fix: TOLERANCE_ADVICE });
  }
}

export const isTolerance = (x: number): boolean => x >= TOLERANCES.least && x <= TOLERANCES.most;

export const TOLERANCE_ADVICE = `an error of ρ between ${TOLERANCES.least} and ${TOLERANCES.most} can be asked for`;

/** A whole number decides what the model is made of, which is worked out once; and a parameter has one axis. */
function checkVaried(
  experiment: SweepDefinition | EvolutionDefinition,
  { parameters }: Model,
  report: ModelReport,
): void {
  const { axes, searches } = "axes" in experiment ? experiment : { axes: [], searches: [] };
  for (const { parameter, span } of [...axes, ...searches.flatMap((s) => s.over), ...experiment.settings]) {
    const { name, type } = parameters[parameter]!;
    if (type !== "integer") continue;
    report(
      "E213",
      span,
      `an experiment cannot vary '${name}', an integer parameter: it decides the model's shape`,
      {
        fix: `run it for each value: --set ${name}=…`,
      },
    );
  }
  for (const [place, { parameter, span }] of axes.entries()) {
    if (axes.findIndex((a) => a.parameter === parameter) === place) continue;
    report("E213", span, `'${parameters[parameter]!.name}' is swept twice`);
  }
}

/** The axes of a grid each have a number of points that can be worked out, and so must all of them together. */
function checkSize({ axes }: SweepDefinition, report: ModelReport): void {
  const sizes = axes.map(({ values }) => (values.kind === "list" ? values.values.length : values.count));
  const points = sizes.reduce((product, n) => product * n, 1);
  if (points <= MAX_GRID) return;
  report("E220", axes.at(-1)!.span, `${points} points of a grid are more than the ${MAX_GRID} allowed`);
}

/** A search needs a stretch of values that its parameter may have. What other axes decide is known at each point only. */
function checkRange(
  { parameter, from, to, span }: SearchRange,
  { axes }: SweepDefinition,
  { parameters }: Model,
  values: Float64Array,
  report: ModelReport,
): void {
  if (axes.length > 0 && [from, to].some((end) => symbolsOf(end).size > 0)) return;
  const [low, high] = [from, to].map((end) => compileReal(end, parameterSlot)(values)) as [number, number];
  const { name, domain } = parameters[parameter]!;
  if (low >= high) {
    report("E232", span, `'${name}' is searched from ${low} to ${high}, and a range runs upwards`, {
      fix: "write the smaller end first: over β in 0.01..0.09",
    });
    return;
  }
  for (const end of [low, high]) {
    const allowed = domain && violatedDomain(end, domain, values);
    if (allowed === undefined) continue;
    report(
      "E211",
      span,
      `the search goes to ${name} = ${end}, outside the values allowed for it, ${allowed}`,
    );
  }
}

/** Between 0 and a number there is no geometric series, and between infinite ends no series at all. */
function checkGrid(
  grid: Grid,
  what: string,
  example: string,
  values: Float64Array,
  span: Span,
  report: ModelReport,
): void {
  if (grid.kind === "list") return;
  const [from, to] = [grid.from, grid.to].map((end) => compileReal(end, parameterSlot)(values));
  const isInfinite = [from, to].some((end) => Math.abs(end!) === Infinity);
  // what is not a number is said where it comes from
  const isBroken = grid.kind === "logarithmic" && from! * to! <= 0;
  if (!isInfinite && !isBroken) return;
  report(
    "E232",
    span,
    isInfinite
      ? `${what} run from ${from} to ${to}, and a grid has finite ends`.replaceAll("Infinity", "inf")
      : `${what} are logarithmic from ${from} to ${to}, and a logarithmic grid runs between numbers above 0`,
    {
      fix: isInfinite
        ? "write a list that ends with inf: [0, 1, 10, inf]"
        : `begin above 0, or take other steps: ${example}`,
    },
  );
}
