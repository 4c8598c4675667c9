import { matrixOfUnknowns } from "../lower/product-state.ts";
import type { Sector } from "../lower/sector.ts";
import type { ProductBasis } from "../lower/window.ts";
import { forEachEntry } from "../numerics/complex-sparse.ts";

/** A density operator between product states, the first subsystem slowest. */
export interface DensityMatrix {
  /** Levels kept of each subsystem, in the order of the model. */
  readonly dimensions: readonly number[];
  /** The first level kept of each subsystem. */
  readonly first: readonly number[];
  /** Number of product states, d. */
  readonly dimension: number;
  /** d × d, by rows. */
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** ρ in full, from the unknowns of a sector. */
export function densityMatrix(
  { basis, sector }: { readonly basis: ProductBasis; readonly sector: Sector },
  unknowns: Float64Array,
): DensityMatrix {
  const { dimension, dimensions, windows } = basis;
  const re = new Float64Array(dimension ** 2);
  const im = new Float64Array(dimension ** 2);
  forEachEntry(matrixOfUnknowns(sector, unknowns), (row, column, x, y) => {
    re[row * dimension + column] = x;
    im[row * dimension + column] = y;
  });
  return { dimensions, first: windows.map((w) => w.first), dimension, re, im };
}
