import { type ComplexSparse, complexSparse, forEachEntry, newEntries } from "../numerics/complex-sparse.ts";
import { components } from "../numerics/connected-components.ts";
import { type Eigenbasis, toProductBasis } from "./eigenbasis.ts";
import type { Sector } from "./sector.ts";

/** A Hermitian matrix on product states, by the unknowns of a sector that holds its elements. */
export interface ProductState {
  readonly sector: Sector;
  readonly unknowns: Float64Array;
}

/** The matrix of a sector's unknowns. */
export function matrixOfUnknowns(sector: Sector, unknowns: Float64Array): ComplexSparse {
  const entries = newEntries();
  const push = (row: number, column: number, re: number, im: number): void => {
    entries.row.push(row);
    entries.column.push(column);
    entries.re.push(re);
    entries.im.push(im);
  };
  for (let k = 0; k < sector.row.length; k++) {
    const [i, j, x] = [sector.row[k]!, sector.column[k]!, sector.unknown[k]!];
    if (i === j) push(i, i, unknowns[x]!, 0);
    else {
      push(i, j, unknowns[x]!, unknowns[x + 1]!);
      push(j, i, unknowns[x]!, -unknowns[x + 1]!);
    }
  }
  return complexSparse(sector.dimension, entries);
}

/** A state between eigenstates as one between product states. */
export function toProductState(sector: Sector, unknowns: Float64Array, eigenbasis: Eigenbasis): ProductState {
  const matrix = toProductBasis(matrixOfUnknowns(sector, unknowns), eigenbasis);
  const { dimension } = eigenbasis;
  const pairs = new Map<number, number>();
  const rows: number[] = [];
  const columns: number[] = [];
  const unknown: number[] = [];
  const values: number[] = [];
  const add = (row: number, column: number, re: number, im: number): void => {
    pairs.set(row * dimension + column, rows.length);
    rows.push(row);
    columns.push(column);
    unknown.push(values.length);
    values.push(re);
    if (row !== column) values.push(im);
  };
  const diagonal = new Float64Array(dimension);
  forEachEntry(matrix, (row, column, re) => {
    if (row === column) diagonal[row] = re;
  });
  for (const [state, re] of diagonal.entries()) add(state, state, re, 0);
  forEachEntry(matrix, (row, column, re, im) => {
    if (row < column) add(row, column, re, im);
  });
  const { labels } = components(dimension, Int32Array.from(rows), Int32Array.from(columns));
  const groups = new Map<number, number[]>();
  for (const [state, label] of labels.entries()) groups.set(label, [...(groups.get(label) ?? []), state]);
  return {
    unknowns: Float64Array.from(values),
    sector: {
      dimension,
      size: values.length,
      row: Int32Array.from(rows),
      column: Int32Array.from(columns),
      unknown: Int32Array.from(unknown),
      pairOf: (i, j) => pairs.get(i * dimension + j) ?? -1,
      components: [...groups.values()].map((g) => Int32Array.from(g)),
    },
  };
}

/** w with Tr[K X] = wᵀ·unknowns for Hermitian K and X. */
export function traceFunctional(operator: ComplexSparse, sector: Sector): Float64Array {
  const w = new Float64Array(sector.size);
  forEachEntry(operator, (row, column, re, im) => {
    const [low, high] = row <= column ? [row, column] : [column, row];
    const pair = sector.pairOf(low, high);
    if (pair < 0) return;
    const x = sector.unknown[pair]!;
    w[x]! += re;
    // K_{row,column} meets X_{column,row}
    if (row !== column) w[x + 1]! += column < row ? -im : im;
  });
  return w;
}

/** The unknowns of a Hermitian matrix over a sector that holds all its elements. */
export function unknownsOfMatrix(matrix: ComplexSparse, sector: Sector): Float64Array {
  const x = new Float64Array(sector.size);
  forEachEntry(matrix, (row, column, re, im) => {
    if (row > column) return;
    const pair = sector.pairOf(row, column);
    if (pair < 0) return;
    x[sector.unknown[pair]!] = re;
    if (row !== column) x[sector.unknown[pair]! + 1] = im;
  });
  return x;
}

/** Tr[K X] and Σ|K_ji X_ij| of a Hermitian K for a matrix X given by unknowns. */
export function traceWith(
  operator: ComplexSparse,
  sector: Sector,
  unknowns: Float64Array,
): { readonly value: number; readonly bound: number } {
  let value = 0;
  let bound = 0;
  forEachEntry(operator, (row, column, re, im) => {
    // K_{row,column} meets X_{column,row}
    const [low, high] = row <= column ? [row, column] : [column, row];
    const pair = sector.pairOf(low, high);
    if (pair < 0) return;
    const x = sector.unknown[pair]!;
    const [xr, xi] = row === column ? [unknowns[x]!, 0] : [unknowns[x]!, unknowns[x + 1]!];
    const term = re * xr - im * (column < row ? xi : -xi);
    value += term;
    bound += Math.abs(term);
  });
  return { value, bound };
}
