import type { PlotDefinition, PlotValue } from "../model/model.ts";
import { axisOf, isGeometric } from "./axis.ts";
import { axisTitle } from "./axis-title.ts";
import { currentAt, type SignedCurrent, signedCurrents } from "./bands.ts";
import { type Axis, type Cell, MAP_HEIGHT, type MapPanel, PANEL_WIDTH, type Point } from "./figure.ts";
import type { PlotData } from "./lines-panel.ts";
import { type RegimeCorner, regimeCells } from "./regime-cells.ts";
import { numberAt, type Sample, valueAt } from "./samples.ts";
import { type Corner, zeroLines } from "./zero-lines.ts";

/** A sample with its place in the picture. */
interface Spot {
  readonly at: Point;
  readonly sample: Sample;
}

type Grid = readonly (readonly (Spot | undefined)[])[];

/** The panels of `plot z against x, y`, one for each equation. */
export function mapPanels(plot: PlotDefinition, data: PlotData): MapPanel[] {
  const equations = [...new Set(data.grid.map((s) => s.equation))];
  return equations.flatMap((equation) => {
    const samples = data.grid.filter((s) => s.equation === equation);
    return mapPanel(plot, { ...data, grid: samples }) ?? [];
  });
}

function mapPanel({ ordinates, against }: PlotDefinition, data: PlotData): MapPanel | undefined {
  const [quantity] = ordinates as [PlotValue];
  const [across, up] = against as [PlotValue, PlotValue];
  const spots = data.grid.flatMap((sample): Spot[] => {
    const [x, y] = [numberAt(sample, across), numberAt(sample, up)];
    return x === null || y === null ? [] : [{ at: [x, y], sample }];
  });
  if (spots.length === 0) return undefined;
  const isLog = [0, 1].map((of) => isGeometric(spots.map((s) => s.at[of]!))) as [boolean, boolean];
  const grid = gridOf(spots, data.axes, isLog);
  const cells =
    cutCells(grid, quantity, isLog) ?? cellsOf(grid, isLog, (s) => insideRegime(valueAt(s, quantity)));
  const axis = (value: PlotValue, of: "x" | "y", room: number): Axis =>
    axisOf(
      cells.flatMap((c) => c[of]),
      axisTitle(value, data, of === "x" ? PANEL_WIDTH : MAP_HEIGHT),
      { isLogarithmic: isLog[of === "x" ? 0 : 1], room, isTight: true },
    );
  const [x, y] = [axis(across, "x", 6), axis(up, "y", 6)];
  const numbers = cells.flatMap(({ value }) => (typeof value === "number" ? value : []));
  const sided = isSigned(numbers) ? [...numbers, ...numbers.map((v) => -v)] : numbers;
  const z =
    numbers.length > 0
      ? axisOf(sided, axisTitle(quantity, data), { isLogarithmic: false, room: 4 })
      : undefined;
  const scaled = ([u, v]: Point): Point => [u / 10 ** x.exponent, v / 10 ** y.exponent];
  return {
    kind: "map",
    height: MAP_HEIGHT,
    x,
    y,
    ...(z && { z }),
    cells: (z ? cells : merged(cells)).map(({ x: u, y: v, value }) => ({
      x: [u[0] / 10 ** x.exponent, u[1] / 10 ** x.exponent],
      y: [v[0] / 10 ** y.exponent, v[1] / 10 ** y.exponent],
      value: typeof value === "number" && z ? value / 10 ** z.exponent : value,
    })),
    regimes: [...new Set(cells.flatMap(({ value }) => (typeof value === "string" ? value : [])))].sort(),
    borders: bordersOf(grid, quantity, isLog).map((line) => line.map(scaled)),
  };
}

/** The samples by the two parameters of the grid: a column for each value of the one that moves the abscissa most. */
function gridOf(spots: readonly Spot[], axes: readonly string[], isLog: readonly [boolean, boolean]): Grid {
  const [first, second] = axes.slice(-2) as [string, string | undefined];
  if (second === undefined) return [spots];
  const values = (axis: string): number[] =>
    [...new Set(spots.map((s) => s.sample.sweep[axis]!))].sort((a, b) => a - b);
  const table = (columns: string, rows: string): Grid => {
    const place = (axis: string) => new Map(values(axis).map((v, k) => [v, k] as const));
    const [column, row] = [place(columns), place(rows)];
    const grid = [...column].map(() => [...row].map((): Spot | undefined => undefined));
    for (const s of spots) grid[column.get(s.sample.sweep[columns]!)!]![row.get(s.sample.sweep[rows]!)!] = s;
    return grid;
  };
  const spread = (grid: Grid): number => {
    const x = (spot: Spot | undefined): number => (spot ? placed(spot.at[0], isLog[0]) : 0);
    return Math.abs(x(grid.at(-1)?.[0]) - x(grid[0]?.[0]));
  };
  const [one, other] = [table(first, second), table(second, first)];
  return spread(one) >= spread(other) ? one : other;
}

const placed = (value: number, isLog: boolean): number => (isLog ? Math.log(value) : value);
const unplaced = (place: number, isLog: boolean): number => (isLog ? Math.exp(place) : place);

/** Each sample fills its part of the grid: half of the way to its neighbours, and as much at an end. */
function cellsOf(
  grid: Grid,
  isLog: readonly [boolean, boolean],
  value: (sample: Sample) => number | string | null,
): Cell[] {
  const span = (
    of: 0 | 1,
    spot: Spot,
    before: Spot | undefined,
    after: Spot | undefined,
  ): [number, number] => {
    const x = (s: Spot | undefined): number | undefined => s && placed(s.at[of], isLog[of]);
    const [here, left, right] = [x(spot)!, x(before), x(after)];
    const half = ((right ?? here) - (left ?? here)) / (left !== undefined && right !== undefined ? 4 : 2);
    const ends = [
      left === undefined ? here - half : (left + here) / 2,
      right === undefined ? here + half : (here + right) / 2,
    ];
    const [a, b] = ends.map((p) => unplaced(p, isLog[of])) as [number, number];
    return a <= b ? [a, b] : [b, a];
  };
  return grid.flatMap((column, i) =>
    column.flatMap((spot, j): Cell[] => {
      const found = spot && value(spot.sample);
      if (!spot || found === null || found === undefined) return [];
      const x = span(0, spot, grid[i - 1]?.[j], grid[i + 1]?.[j]);
      return [{ x, y: span(1, spot, column[j - 1], column[j + 1]), value: found }];
    }),
  );
}

const isSigned = (values: readonly number[]): boolean =>
  values.some((v) => v < 0) && values.some((v) => v > 0);

/** A point on the very edge between two regimes is drawn with the first. */
const insideRegime = (value: number | string | null): number | string | null =>
  typeof value === "string" ? value.split("/")[0]! : value;

/** Cells of one regime above each other as one. */
function merged(cells: readonly Cell[]): Cell[] {
  const whole: Cell[] = [];
  for (const cell of cells) {
    const last = whole.at(-1);
    const isNext = last?.value === cell.value && last.x[0] === cell.x[0] && last.x[1] === cell.x[1];
    if (isNext && last.y[1] === cell.y[0]) whole[whole.length - 1] = { ...last, y: [last.y[0], cell.y[1]] };
    else whole.push(cell);
  }
  return whole;
}

/** A number beside whose largest this is nothing has no sign that means anything. */
const ROUND_OFF = 1e-12;

/** What a border is a zero of: a current, or of a map of numbers the one that is drawn. */
type Bordering = SignedCurrent | "drawn";

/** The values of what borders are zeros of, without what is round-off. */
function signOf(grid: Grid, quantity: PlotValue): (sample: Sample, of: Bordering) => number | undefined {
  const value = (sample: Sample, of: Bordering): number | undefined =>
    of === "drawn" ? (numberAt(sample, quantity) ?? undefined) : currentAt(sample, of);
  const largest = (of: Bordering): number =>
    grid.flat().reduce((most, spot) => Math.max(most, Math.abs((spot && value(spot.sample, of)) ?? 0)), 0);
  const scales = new Map<Bordering, number>();
  return (sample, of) => {
    const scale = scales.get(of) ?? largest(of);
    scales.set(of, scale);
    const found = value(sample, of);
    return found !== undefined && Math.abs(found) > ROUND_OFF * scale ? found : undefined;
  };
}

/** The currents that decide regimes, as far as they are recorded. */
function bordering(grid: Grid, quantity: PlotValue): readonly Bordering[] {
  const samples = grid.flat().flatMap((spot) => spot?.sample ?? []);
  if (typeof valueAt(samples[0]!, quantity) !== "string") return ["drawn"];
  const signed = signOf(grid, quantity);
  // work alone changes its sign within a regime where chemical work or that of drives is not recorded
  const decides = (current: SignedCurrent): boolean => {
    const signs = new Map<string, number>();
    return samples.every((sample) => {
      const regime = valueAt(sample, quantity) as string;
      const sign = Math.sign(signed(sample, current) ?? 0);
      if (sign === 0 || !DECIDED.has(regime)) return true;
      if (!signs.has(regime)) signs.set(regime, sign);
      return signs.get(regime) === sign;
    });
  };
  return signedCurrents(samples[0]!).filter((c) => currentAt(samples[0]!, c) !== undefined && decides(c));
}

/** Regimes in which each current has one sign. */
const DECIDED: ReadonlySet<string> = new Set(["engine", "refrigerator", "accelerator", "heater"]);

/** Cells of regimes that end at their borders, where the currents are recorded that decide them. */
function cutCells(grid: Grid, quantity: PlotValue, isLog: readonly [boolean, boolean]): Cell[] | undefined {
  const currents = bordering(grid, quantity);
  if (currents.length === 0 || currents[0] === "drawn") return undefined;
  const signed = signOf(grid, quantity);
  const cells = regimeCells(
    grid.map((column) =>
      column.map((spot): RegimeCorner | undefined => {
        const regime = spot && insideRegime(valueAt(spot.sample, quantity));
        if (!spot || typeof regime !== "string") return undefined;
        const at: Point = [placed(spot.at[0], isLog[0]), placed(spot.at[1], isLog[1])];
        return { at, regime, currents: currents.map((c) => signed(spot.sample, c)) };
      }),
    ),
  );
  const ends = ([from, to]: Point, of: 0 | 1): Point => {
    const [a, b] = [unplaced(from, isLog[of]), unplaced(to, isLog[of])];
    return a <= b ? [a, b] : [b, a];
  };
  return cells?.map(({ x, y, value }) => ({ x: ends(x, 0), y: ends(y, 1), value }));
}

/** Where a number changes its sign; of regimes, where the currents that decide them do, as far as they are recorded. */
function bordersOf(grid: Grid, quantity: PlotValue, isLog: readonly [boolean, boolean]): Point[][] {
  const signed = signOf(grid, quantity);
  const lines = bordering(grid, quantity).map((of) =>
    zeroLines(
      grid.map((column) =>
        column.map((spot): Corner => {
          if (!spot) return { at: [0, 0], value: undefined };
          const at: Point = [placed(spot.at[0], isLog[0]), placed(spot.at[1], isLog[1])];
          return { at, value: signed(spot.sample, of) };
        }),
      ),
    ),
  );
  return lines
    .flat()
    .map((line) => line.map(([u, v]): Point => [unplaced(u, isLog[0]), unplaced(v, isLog[1])]));
}
