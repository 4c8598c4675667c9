import { compileReal } from "../scalar/compile.ts";
import type { Span } from "../source/span.ts";
import type { EvolutionDefinition, Grid, Model, SweepDefinition } from "./model.ts";
import type { ModelReport } from "./model-report.ts";
import { compileParameters, parameterSlot } from "./parameter-values.ts";

/** The error that an element of ρ may be asked to have along an evolution. */
export const TOLERANCES = { least: 1e-14, most: 1e-2 } as const;

/** Numbers that experiments cannot have, at the parameters that they start from: ends of grids, and tolerances. */
export function checkExperiments(model: Model, report: ModelReport): void {
  const parameters = compileParameters(model.parameters);
  const at = ({ name, settings }: SweepDefinition | EvolutionDefinition) =>
    parameters.at([{ name, settings }]);
  for (const sweep of model.sweeps) {
    for (const { values, span, parameter } of sweep.axes) {
      const what = `the values of '${model.parameters[parameter]!.name}'`;
      checkGrid(values, what, "linear(-1, 1, 21)", at(sweep), span, report);
    }
  }
  for (const evolution of model.evolutions) {
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
