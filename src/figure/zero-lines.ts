import type { Point } from "./figure.ts";

/** A corner of the grid: where it lies, and the value there; undefined where there is none. */
export interface Corner {
  readonly at: Point;
  readonly value: number | undefined;
}

/**
 * Lines along which values on a grid are zero, by linear interpolation on the edges of its meshes. Neighbouring pieces
 * are joined; meshes with an undefined corner are left out.
 */
export function zeroLines(grid: readonly (readonly Corner[])[]): Point[][] {
  const pieces: [string, string][] = [];
  const points = new Map<string, Point>();
  for (let i = 0; i + 1 < grid.length; i++) {
    for (let j = 0; j + 1 < grid[i]!.length; j++) {
      const corners = [
        [i, j],
        [i + 1, j],
        [i + 1, j + 1],
        [i, j + 1],
      ] as const;
      const values = corners.map(([a, b]) => grid[a]![b]?.value);
      if (values.some((v) => v === undefined)) continue;
      const crossed = corners.flatMap(([a, b], k): string[] => {
        const [c, d] = corners[(k + 1) % 4]!;
        const [from, to] = [values[k]!, values[(k + 1) % 4]!];
        if (from >= 0 === to >= 0) return [];
        const key = [`${a},${b}`, `${c},${d}`].sort().join(" ");
        points.set(key, between(grid[a]![b]!.at, grid[c]![d]!.at, from / (from - to)));
        return [key];
      });
      const mean = values.reduce((sum: number, v) => sum + v!, 0);
      pieces.push(...pairs(crossed, mean >= 0 === values[0]! >= 0));
    }
  }
  return joined(pieces).map((keys) => keys.map((key) => points.get(key)!));
}

const between = ([x, y]: Point, [u, v]: Point, t: number): Point => [x + t * (u - x), y + t * (v - y)];

/** Two crossings are joined; of four (a saddle) those that cut off the corners of the sign that the middle has not. */
function pairs(crossed: readonly string[], isMiddleLikeFirst: boolean): [string, string][] {
  const [a, b, c, d] = crossed;
  if (a === undefined || b === undefined) return [];
  if (c === undefined || d === undefined) return [[a, b]];
  return isMiddleLikeFirst
    ? [
        [a, b],
        [c, d],
      ]
    : [
        [d, a],
        [b, c],
      ];
}

/** Pieces that share an end, as lines. */
function joined(pieces: readonly (readonly [string, string])[]): string[][] {
  const at = new Map<string, number[]>();
  for (const [k, ends] of pieces.entries()) for (const end of ends) at.set(end, [...(at.get(end) ?? []), k]);
  const isUsed = pieces.map(() => false);
  /** From an end onwards, as long as a piece goes on. */
  const follow = (from: string): string[] => {
    const line: string[] = [];
    for (let end: string | undefined = from; end !== undefined; ) {
      const next: number | undefined = at.get(end)?.find((k) => !isUsed[k]);
      if (next === undefined) break;
      isUsed[next] = true;
      const [a, b]: readonly [string, string] = pieces[next]!;
      end = a === end ? b : a;
      line.push(end);
    }
    return line;
  };
  const lines: string[][] = [];
  for (const [start] of pieces) {
    const forth = follow(start);
    if (forth.length > 0) lines.push([...follow(start).reverse(), start, ...forth]);
  }
  return lines;
}
