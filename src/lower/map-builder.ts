import { fromTriplets, type SparseMatrix } from "../numerics/sparse-matrix.ts";
import type { Sector } from "./sector.ts";

/** Collects the real matrix, on the unknowns of a sector, of a linear map that keeps matrices Hermitian. */
export interface MapBuilder {
  /**
   * Adds re + i·im to the element (a, b) of the image of |i⟩⟨j|, i ≤ j the elements of a pair of the sector. Elements
   * below the diagonal must be told, too; all of one pair come one after another.
   */
  readonly image: (pair: number, a: number, b: number, re: number, im: number) => void;
  readonly finish: () => SparseMatrix;
}

export function mapBuilder(sector: Sector): MapBuilder {
  const rows: number[] = [];
  const columns: number[] = [];
  const values: number[] = [];
  // the columns of the pair at hand, of the real and of the imaginary part
  const real = new Float64Array(sector.size);
  const imaginary = new Float64Array(sector.size);
  const touched = new Set<number>();
  let current = 0;
  const flush = (): void => {
    const source = sector.unknown[current]!;
    for (const row of touched) {
      rows.push(row, row);
      columns.push(source, source + 1);
      values.push(real[row]!, imaginary[row]!);
      real[row] = 0;
      imaginary[row] = 0;
    }
    touched.clear();
  };
  return {
    image: (pair, a, b, re, im) => {
      if (pair !== current) flush();
      current = pair;
      const isDiagonal = sector.row[pair] === sector.column[pair];
      // the image of a diagonal element is Hermitian, its lower half says nothing new
      if (isDiagonal && a > b) return;
      const target = sector.unknown[sector.pairOf(Math.min(a, b), Math.max(a, b))]!;
      // the image of |j⟩⟨i| is the adjoint: with ρ_ij = x + iy the element (a, b) gets z(x + iy), and (b, a) its conjugate
      const twice = !isDiagonal && a === b ? 2 : 1;
      const sign = a < b ? 1 : -1;
      touched.add(target);
      real[target]! += twice * re;
      if (!isDiagonal) imaginary[target]! -= twice * im;
      if (a === b) return;
      touched.add(target + 1);
      real[target + 1]! += sign * im;
      if (!isDiagonal) imaginary[target + 1]! += sign * re;
    },
    finish: () => {
      flush();
      const kept = [...values.keys()].filter((e) => values[e] !== 0);
      const pick = (list: readonly number[]) => kept.map((e) => list[e]!);
      return fromTriplets(sector.size, sector.size, pick(rows), pick(columns), pick(values));
    },
  };
}

/** Adds to weights of the unknowns what a real functional makes of a pair (i, j): its value on |i⟩⟨j| is re + i·im. */
export function addFunctional(
  weights: Float64Array,
  sector: Sector,
  pair: number,
  re: number,
  im: number,
): void {
  const source = sector.unknown[pair]!;
  if (sector.row[pair] === sector.column[pair]) weights[source]! += re;
  else {
    weights[source]! += 2 * re;
    weights[source + 1]! -= 2 * im;
  }
}
