import { components } from "../numerics/connected-components.ts";
import type { Sector } from "./sector.ts";

/**
 * Where the elements of a Hermitian matrix over a sector stand when they are held as dense blocks: product states that
 * no element joins are in different blocks. Element (a, b) of a block of n states is at offset + a·n + b.
 */
export interface BlockLayout {
  readonly sector: Sector;
  readonly blocks: readonly LayoutBlock[];
  /** By product state. */
  readonly blockOf: Int32Array;
  readonly placeOf: Int32Array;
  /** Numbers that the blocks hold together, Σ n². */
  readonly length: number;
  /** Of each pair of the sector the place of its element (row, column) and of (column, row). */
  readonly upper: Int32Array;
  readonly lower: Int32Array;
}

export interface LayoutBlock {
  /** Product states in the order of their places: those that the Hamiltonian joins follow each other. */
  readonly states: Int32Array;
  readonly offset: number;
  /** The first places of the pieces that the Hamiltonian joins, and the number of states at the end. */
  readonly pieces: Int32Array;
}

/** Lays out a sector; `edges` are the pairs of product states that the Hamiltonian joins. */
export function blockLayout(
  sector: Sector,
  edges: { readonly from: Int32Array; readonly to: Int32Array },
): BlockLayout {
  const { dimension } = sector;
  const { labels: blockOf, count } = components(dimension, sector.row, sector.column);
  const { labels: pieceOf } = components(dimension, edges.from, edges.to);
  const members: number[][] = Array.from({ length: count }, () => []);
  for (let state = 0; state < dimension; state++) members[blockOf[state]!]!.push(state);
  const placeOf = new Int32Array(dimension);
  let length = 0;
  const blocks = members.map((list): LayoutBlock => {
    const states = Int32Array.from(list).sort((a, b) => pieceOf[a]! - pieceOf[b]! || a - b);
    const pieces: number[] = [];
    for (const [place, state] of states.entries()) {
      placeOf[state] = place;
      if (place === 0 || pieceOf[state] !== pieceOf[states[place - 1]!]) pieces.push(place);
    }
    const offset = length;
    length += states.length ** 2;
    return { states, offset, pieces: Int32Array.from([...pieces, states.length]) };
  });
  const place = (i: number, j: number): number => {
    const { offset, states } = blocks[blockOf[i]!]!;
    return offset + placeOf[i]! * states.length + placeOf[j]!;
  };
  return {
    sector,
    blocks,
    blockOf,
    placeOf,
    length,
    upper: Int32Array.from(sector.row, (i, k) => place(i, sector.column[k]!)),
    lower: Int32Array.from(sector.row, (i, k) => place(sector.column[k]!, i)),
  };
}

/** Numbers that the blocks of a sector would hold, and Σ n³, before anything is laid out. */
export function blockSizes(sector: Sector): { readonly squares: number; readonly cubes: number } {
  const { labels, count } = components(sector.dimension, sector.row, sector.column);
  const sizes = new Int32Array(count);
  for (const label of labels) sizes[label]!++;
  return {
    squares: sizes.reduce((sum, n) => sum + n ** 2, 0),
    cubes: sizes.reduce((sum, n) => sum + n ** 3, 0),
  };
}

/** Writes the matrix X of some unknowns as its real and its imaginary part; what the sector leaves out is left alone. */
export function unpack(
  { sector, upper, lower }: BlockLayout,
  x: Float64Array,
  re: Float64Array,
  im: Float64Array,
): void {
  for (let k = 0; k < upper.length; k++) {
    const [p, q, u] = [upper[k]!, lower[k]!, sector.unknown[k]!];
    re[p] = re[q] = x[u]!;
    if (p === q) continue;
    im[p] = x[u + 1]!;
    im[q] = -x[u + 1]!;
  }
}

/** The unknowns of T + T†. */
export function packTwice(
  { sector, upper, lower }: BlockLayout,
  re: Float64Array,
  im: Float64Array,
  x: Float64Array,
): void {
  for (let k = 0; k < upper.length; k++) {
    const [p, q, u] = [upper[k]!, lower[k]!, sector.unknown[k]!];
    x[u] = re[p]! + re[q]!;
    if (p !== q) x[u + 1] = im[p]! - im[q]!;
  }
}

/**
 * Writes the matrix X of some unknowns as Re X + Im X: of the two the first is symmetric and the second antisymmetric, so
 * that one real matrix holds both, and V (Re X + Im X) Vᵀ does so for V X V† as long as V is real.
 */
export function unpackSum({ sector, upper, lower }: BlockLayout, x: Float64Array, sum: Float64Array): void {
  for (let k = 0; k < upper.length; k++) {
    const [p, q, u] = [upper[k]!, lower[k]!, sector.unknown[k]!];
    if (p === q) sum[p] = x[u]!;
    else {
      sum[p] = x[u]! + x[u + 1]!;
      sum[q] = x[u]! - x[u + 1]!;
    }
  }
}

/** The unknowns of a matrix held as Re X + Im X. */
export function packSum({ sector, upper, lower }: BlockLayout, sum: Float64Array, x: Float64Array): void {
  for (let k = 0; k < upper.length; k++) {
    const [p, q, u] = [upper[k]!, lower[k]!, sector.unknown[k]!];
    x[u] = (sum[p]! + sum[q]!) / 2;
    if (p !== q) x[u + 1] = (sum[p]! - sum[q]!) / 2;
  }
}
