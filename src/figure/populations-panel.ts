import { italic, type Runs, upright } from "../graph/runs.ts";
import type { Model, PlotDefinition } from "../model/model.ts";
import type { TrajectoryReport } from "../report/evolution-results.ts";
import { axisOf, isGeometric } from "./axis.ts";
import { valueLabel } from "./axis-title.ts";
import { type LinesPanel, MAP_HEIGHT, type MapPanel } from "./figure.ts";
import { assembled } from "./lines-panel.ts";

/** Levels beyond those that ever hold this part of the largest population are not shown. */
const SHOWN = 1e-3;

/** Of more times lines could not be told apart, nor be named beside them. */
const MOST_LINES = 12;

/** Populations of the levels that are worth showing. */
interface Seen {
  readonly places: readonly number[];
  /** By time and level. */
  readonly populations: readonly (readonly number[])[];
  /** What a level is called by: l of a rotor, n of others. */
  readonly letter: "l" | "n";
}

const levelTitle = ({ letter }: Seen): Runs => [...upright("level "), ...italic(letter)];

const populationTitle = ({ letter }: Seen): Runs => [
  ...upright("population "),
  ...italic("p"),
  ...upright("("),
  ...italic(letter),
  ...upright(")"),
];

/** The panel of `plot population(r) by time`: a line over the levels for each time, or of many times a map of both. */
export function populationsPanel(
  { ordinates, by }: PlotDefinition,
  { distributions, times }: TrajectoryReport,
  { subsystems }: Model,
  height: number,
): LinesPanel | MapPanel | undefined {
  const [ordinate] = ordinates;
  if (ordinate?.kind !== "population" || !by) return undefined;
  const found = distributions.find((d) => d.subsystem === ordinate.subsystem);
  if (!found) return undefined;
  const { levels, populations } = found;
  const largest = Math.max(...populations.flat());
  const isSeen = levels.map((_, l) => populations.some((p) => p[l]! >= SHOWN * largest));
  const [first, last] = [isSeen.indexOf(true), isSeen.lastIndexOf(true)];
  const places = levels.map((label, l) => (Number.isFinite(Number(label)) ? Number(label) : l));
  const seen: Seen = {
    places: places.slice(first, last + 1),
    populations: populations.map((p) => p.slice(first, last + 1)),
    letter: subsystems.some((s) => s.name === found.subsystem && s.kind.angles.size > 0) ? "l" : "n",
  };
  if (times.length > MOST_LINES) return populationsMap(seen, times);
  const lines = times.map((time, k) => ({
    label: valueLabel(by, time),
    role: time === null ? ("rest" as const) : ("value" as const),
    points: seen.places.map((place, l) => [place, seen.populations[k]![l]!] as const),
  }));
  const x = axisOf([seen.places[0]!, seen.places.at(-1)!], levelTitle(seen), {
    isLogarithmic: false,
    room: 8,
    isTight: true,
    isSpaced: true,
  });
  return assembled({
    x,
    lines,
    marks: [],
    yTitle: populationTitle(seen),
    bands: [],
    isSequence: true,
    isDiscrete: true,
    height,
  });
}

/** Time across, levels up, populations as colours; the state of rest has no place on the axis of time. */
function populationsMap(seen: Seen, times: TrajectoryReport["times"]): MapPanel {
  const { places, populations } = seen;
  const columns = times.flatMap((time, k) => (time === null ? [] : [{ time, p: populations[k]! }]));
  const isLogarithmic = isGeometric(columns.map(({ time }) => time));
  const edges = edgesOf(
    columns.map(({ time }) => time),
    isLogarithmic,
  );
  const x = axisOf(edges, [...upright("time "), ...italic("t")], { isLogarithmic, room: 6, isTight: true });
  const y = axisOf([places[0]!, places.at(-1)!], levelTitle(seen), {
    isLogarithmic: false,
    room: 8,
    isTight: true,
    isSpaced: true,
  });
  const z = axisOf([0, ...columns.flatMap(({ p }) => p)], populationTitle(seen), {
    isLogarithmic: false,
    room: 4,
  });
  const [across, up] = [10 ** x.exponent, 10 ** y.exponent];
  return {
    kind: "map",
    height: MAP_HEIGHT,
    x,
    y,
    z,
    cells: columns.flatMap(({ p }, k) =>
      p.map((value, l) => ({
        x: [edges[k]! / across, edges[k + 1]! / across] as const,
        y: [(places[l]! - 0.5) / up, (places[l]! + 0.5) / up] as const,
        value: value / 10 ** z.exponent,
      })),
    ),
    regimes: [],
    borders: [],
  };
}

/** Where the columns of growing values meet: half of the way between them, the outermost at the first and the last value. */
function edgesOf(values: readonly number[], isLogarithmic: boolean): number[] {
  const half = (a: number, b: number): number => (isLogarithmic ? Math.sqrt(a * b) : (a + b) / 2);
  return [values[0]!, ...values.slice(1).map((v, k) => half(values[k]!, v)), values.at(-1)!];
}
