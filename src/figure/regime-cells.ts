import type { Cell, Point } from "./figure.ts";

/** A point of a grid as a map of regimes needs it. */
export interface RegimeCorner {
  readonly at: Point;
  readonly regime: string;
  /** The currents whose signs decide the regime; undefined where one is no more than round-off. */
  readonly currents: readonly (number | undefined)[];
}

/** How small parts of a mesh are, in fractions of the whole map: less than a dot of print. */
const FINEST = 1 / 400;

/**
 * Rectangles that cover a grid of columns and rows, cut along the borders between regimes: each mesh falls into parts, and in
 * each the currents, interpolated from its corners, have the signs of one regime. Undefined where points do not lie in
 * columns and rows, or are missing.
 */
export function regimeCells(grid: readonly (readonly (RegimeCorner | undefined)[])[]): Cell[] | undefined {
  const [first = []] = grid;
  const isWhole = grid.every((column) => column.every((c) => c !== undefined));
  if (!isWhole || grid.length < 2 || first.length < 2) return undefined;
  const corners = grid as readonly (readonly RegimeCorner[])[];
  const xs = corners.map((column) => column[0]!.at[0]);
  const ys = corners[0]!.map((c) => c.at[1]);
  const isAligned = corners.every((column, i) =>
    column.every(({ at }, j) => isNear(at[0], xs[i]!, xs) && isNear(at[1], ys[j]!, ys)),
  );
  if (!isAligned) return undefined;
  const regimeOf = regimesBySigns(corners);
  const across = partsOf(xs);
  const up = partsOf(ys);
  return across.flatMap(({ place: i, at: u, from, to }): Cell[] => {
    const column = up.map(({ place: j, at: v, from: low, to: high }): Cell => {
      const mesh = [
        corners[i]![j]!,
        corners[i + 1]![j]!,
        corners[i]![j + 1]!,
        corners[i + 1]![j + 1]!,
      ] as const;
      return { x: [from, to], y: [low, high], value: regimeOf(mesh, u, v) };
    });
    return joinedUp(column);
  });
}

const isNear = (x: number, y: number, all: readonly number[]): boolean =>
  Math.abs(x - y) <= 1e-9 * Math.abs(all.at(-1)! - all[0]!);

type Mesh = readonly [RegimeCorner, RegimeCorner, RegimeCorner, RegimeCorner];

/** The regime at a place of a mesh, its coordinates from 0 to 1. */
function regimesBySigns(
  corners: readonly (readonly RegimeCorner[])[],
): (mesh: Mesh, u: number, v: number) => string {
  const known = new Map<string, string | undefined>();
  for (const { currents, regime } of corners.flat()) {
    const signs = signsOf(currents);
    // where the recorded currents have the same signs in two regimes they do not tell which is where
    known.set(signs, known.has(signs) && known.get(signs) !== regime ? undefined : regime);
  }
  return (mesh, u, v) => {
    const weights = [(1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v];
    const nearest = mesh[weights.indexOf(Math.max(...weights))]!;
    if (mesh.every(({ regime }) => regime === nearest.regime)) return nearest.regime;
    const between = nearest.currents.map((_, k) => {
      const values = mesh.map((c) => c.currents[k] ?? 0);
      return values.reduce((sum, x, c) => sum + weights[c]! * x, 0);
    });
    return known.get(signsOf(between)) ?? nearest.regime;
  };
}

const signsOf = (currents: readonly (number | undefined)[]): string =>
  currents.map((x) => Math.sign(x ?? 0)).join();

interface Part {
  /** Between which of the values it lies, and where its middle is between them. */
  readonly place: number;
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** The stretches between neighbouring values in parts that are small beside the whole. */
function partsOf(values: readonly number[]): Part[] {
  const whole = Math.abs(values.at(-1)! - values[0]!);
  return values.slice(1).flatMap((next, place) => {
    const here = values[place]!;
    const count = Math.ceil(Math.abs(next - here) / (FINEST * whole));
    const at = (k: number): number => (k === count ? next : here + ((next - here) * k) / count);
    return Array.from({ length: count }, (_, k) => ({
      place,
      at: (k + 0.5) / count,
      from: at(k),
      to: at(k + 1),
    }));
  });
}

/** Cells above each other of one regime as one. */
function joinedUp(column: readonly Cell[]): Cell[] {
  const whole: Cell[] = [];
  for (const cell of column) {
    const last = whole.at(-1);
    if (last?.value === cell.value) whole[whole.length - 1] = { ...last, y: [last.y[0], cell.y[1]] };
    else whole.push(cell);
  }
  return whole;
}
