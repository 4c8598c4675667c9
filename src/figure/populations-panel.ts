import { italic, upright } from "../graph/runs.ts";
import type { PlotDefinition } from "../model/model.ts";
import type { TrajectoryReport } from "../report/evolution-results.ts";
import { axisOf } from "./axis.ts";
import { valueLabel } from "./axis-title.ts";
import type { LinesPanel } from "./figure.ts";
import { assembled } from "./lines-panel.ts";

/** Levels beyond those that ever hold this part of the largest population are not shown. */
const SHOWN = 1e-3;

/** The panel of `plot population(r) by time`: the populations of all levels, a line for each time. */
export function populationsPanel(
  { ordinates, by }: PlotDefinition,
  { distributions, times }: TrajectoryReport,
  height: number,
): LinesPanel | undefined {
  const [ordinate] = ordinates;
  if (ordinate?.kind !== "population" || !by) return undefined;
  const found = distributions.find((d) => d.subsystem === ordinate.subsystem);
  if (!found) return undefined;
  const { levels, populations } = found;
  const largest = Math.max(...populations.flat());
  const isSeen = levels.map((_, l) => populations.some((p) => p[l]! >= SHOWN * largest));
  const [first, last] = [isSeen.indexOf(true), isSeen.lastIndexOf(true)];
  const places = levels.map((label, l) => (Number.isFinite(Number(label)) ? Number(label) : l));
  const lines = times.map((time, k) => ({
    label: valueLabel(by, time),
    role: time === null ? ("rest" as const) : ("value" as const),
    points: places.slice(first, last + 1).map((place, l) => [place, populations[k]![first + l]!] as const),
  }));
  const x = axisOf([places[first]!, places[last]!], [...upright("level "), ...italic("l")], {
    isLogarithmic: false,
    room: 8,
    isTight: true,
    isSpaced: true,
  });
  return assembled({
    x,
    lines,
    marks: [],
    yTitle: [...upright("population "), ...italic("p"), ...upright("("), ...italic("l"), ...upright(")")],
    bands: [],
    isSequence: true,
    isDiscrete: true,
    height,
  });
}
