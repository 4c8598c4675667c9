import type { Contributions } from "./contributions.ts";
import type { Sector } from "./sector.ts";

/** Adds z·ρ_(source) to element (i, j) of the result. */
export type AddComplex = (
  i: number,
  j: number,
  sourceRow: number,
  sourceColumn: number,
  re: number,
  im: number,
) => void;

/** Each element of a sector in both orders, on the diagonal once. */
export function* orientedPairs(sector: Sector): Generator<readonly [number, number]> {
  for (let k = 0; k < sector.row.length; k++) {
    const [i, j] = [sector.row[k]!, sector.column[k]!];
    yield [i, j];
    if (i !== j) yield [j, i];
  }
}

/** Real entries on the unknowns: elements below the diagonal are left to their mirror image. */
export function elementMap(sector: Sector, fill: (add: AddComplex) => void): Contributions {
  const rows: number[] = [];
  const columns: number[] = [];
  const weights: number[] = [];
  const push = (row: number, column: number, weight: number): void => {
    if (weight === 0) return;
    rows.push(row);
    columns.push(column);
    weights.push(weight);
  };
  fill((i, j, sourceRow, sourceColumn, re, im) => {
    if (i > j) return;
    const target = sector.pairOf(i, j);
    const [low, high] = sourceRow <= sourceColumn ? [sourceRow, sourceColumn] : [sourceColumn, sourceRow];
    const source = sector.pairOf(low, high);
    if (target < 0 || source < 0) return;
    const sign = sourceRow === sourceColumn ? 0 : sourceRow < sourceColumn ? 1 : -1;
    const [y, x] = [sector.unknown[target]!, sector.unknown[source]!];
    push(y, x, re);
    if (sign !== 0) push(y, x + 1, -im * sign);
    if (i === j) return;
    push(y + 1, x, im);
    if (sign !== 0) push(y + 1, x + 1, re * sign);
  });
  return {
    row: Int32Array.from(rows),
    column: Int32Array.from(columns),
    slot: new Int32Array(rows.length),
    weight: Float64Array.from(weights),
  };
}
