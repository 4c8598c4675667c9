import type { EvolutionDefinition, Model, PlotDefinition, SweepDefinition } from "../model/model.ts";
import type { TrajectoryReport } from "../report/evolution-results.ts";
import type { EquationResults } from "../report/results.ts";
import { sameName } from "../source/name.ts";
import { type Figure, type Panel, panelHeight } from "./figure.ts";
import { linesPanel, type MarkedSamples, type PlotData } from "./lines-panel.ts";
import { mapPanels } from "./map-panel.ts";
import { populationsPanel } from "./populations-panel.ts";
import { rowSamples, type Sample, timeSamples, valueKey } from "./samples.ts";

/** The results of experiments by their names, as far as they are there. */
export interface ExperimentResults {
  readonly sweeps: ReadonlyMap<string, readonly EquationResults[]>;
  readonly evolutions: ReadonlyMap<string, readonly TrajectoryReport[]>;
}

/** The experiments whose results the figure of one needs: itself, and those that lay marks on it. */
export function experimentsOfFigure({ sweeps }: Model, experiment: string): readonly string[] {
  const marking = sweeps.filter(({ marks }) => marks.some((m) => sameName(m.on, experiment)));
  return [experiment, ...marking.map((s) => s.name).filter((name) => name !== experiment)];
}

/** The figure of an experiment, a panel for each of its plots; undefined where it has none, or nothing to draw. */
export function experimentFigure(
  model: Model,
  experiment: string,
  results: ExperimentResults,
): Figure | undefined {
  const sweep = model.sweeps.find((s) => sameName(s.name, experiment));
  const evolution = model.evolutions.find((e) => sameName(e.name, experiment));
  const definition = sweep ?? evolution;
  if (!definition) return undefined;
  const panels = sweep ? sweepPanels(sweep, model, results) : evolutionPanels(evolution!, model, results);
  return panels.length === 0
    ? undefined
    : {
        name: definition.name,
        ...(definition.description !== undefined && { title: definition.description }),
        panels,
      };
}

function sweepPanels(sweep: SweepDefinition, model: Model, results: ExperimentResults): Panel[] {
  const samples = rowSamples(results.sweeps.get(sweep.name) ?? []);
  const finds = sweep.searches.filter(({ kind }) => kind === "find");
  const isFound = ({ quantities }: Sample): boolean => finds.some(({ text }) => text in quantities);
  const data: PlotData = {
    grid: samples.filter((s) => !isFound(s) && !s.optimum),
    found: samples.filter(isFound),
    axes: axesOf(sweep, model),
    height: panelHeight(sweep.plots.length),
    ...wordsOf(model),
  };
  if (data.grid.length === 0) return [];
  return sweep.plots.flatMap((plot): readonly Panel[] =>
    plot.against.length === 2
      ? mapPanels(plot, data)
      : [linesPanel(plot, data, marksOn(plot, sweep, model, results))],
  );
}

const axesOf = ({ axes }: SweepDefinition, { parameters }: Model): readonly string[] =>
  axes.map(({ parameter }) => parameters[parameter]!.name);

const wordsOf = ({ parameters, quantities }: Model): Pick<PlotData, "descriptions"> => ({
  descriptions: new Map(
    [...parameters, ...quantities].flatMap(({ name, description }) =>
      description === undefined ? [] : [[name, description] as const],
    ),
  ),
});

/** The marks that other experiments, or its own clauses, lay on a plot of the same two values. */
function marksOn(
  plot: PlotDefinition,
  sweep: SweepDefinition,
  model: Model,
  results: ExperimentResults,
): MarkedSamples[] {
  const keys = plot.ordinates.map((o) => valueKey(o));
  const across = valueKey(plot.against[0]!);
  return model.sweeps.flatMap((other) =>
    other.marks
      .filter(
        ({ on, ordinate, against }) =>
          sameName(on, sweep.name) && keys.includes(valueKey(ordinate)) && valueKey(against) === across,
      )
      .map(({ ordinate, against }) => ({
        ordinate,
        against,
        samples: rowSamples(results.sweeps.get(other.name) ?? []),
        axes: axesOf(other, model),
      })),
  );
}

function evolutionPanels(evolution: EvolutionDefinition, model: Model, results: ExperimentResults): Panel[] {
  const trajectories = results.evolutions.get(evolution.name) ?? [];
  const grid = timeSamples(trajectories);
  if (grid.length === 0) return [];
  const height = panelHeight(evolution.plots.length);
  const data: PlotData = { grid, found: [], axes: [], height, ...wordsOf(model) };
  return evolution.plots.flatMap((plot): Panel[] =>
    plot.ordinates[0]?.kind === "population"
      ? trajectories.flatMap((t) => populationsPanel(plot, t, model, height) ?? [])
      : [linesPanel(plot, data, [])],
  );
}
