import type { ShiftMatrix } from "./elementary-operator.ts";

/** A pair of shift matrices that enter as AρB† and {B†A, ρ}. */
export interface ShiftPair {
  readonly left: ShiftMatrix;
  readonly right: ShiftMatrix;
}

/**
 * The matrix elements of ρ that the equation joins to its diagonal: the only ones that a steady state can hold
 * (given that it is unique). Unknowns are real: ρ_ii, and Re ρ_ij, Im ρ_ij for i < j.
 */
export interface Sector {
  /** d, the number of product states. */
  readonly dimension: number;
  /** Number of real unknowns. */
  readonly size: number;
  /** Of pair k the element (row[k], column[k]) of ρ, row ≤ column. */
  readonly row: Int32Array;
  readonly column: Int32Array;
  /** The unknown that holds Re of pair k; Im (off the diagonal) is the next one. */
  readonly unknown: Int32Array;
  /** The pair of an element (i, j) with i ≤ j, −1 outside the sector. */
  readonly pairOf: (i: number, j: number) => number;
  /** For each component of the graph that holds diagonal elements, their product states. */
  readonly components: readonly Int32Array[];
}

export type SectorResult =
  | { readonly kind: "found"; readonly sector: Sector }
  | { readonly kind: "too-large"; readonly size: number; readonly limit: number };

/** Largest d for which pairs are looked up in an array of d² numbers. */
const DENSE_LOOKUP = 4096;

/** Tells `visit` the elements that a map or a generator joins to (i, j), those that are joined to it included. */
export type Neighbours = (i: number, j: number, visit: (i: number, j: number) => void) => void;

/**
 * Follows the non-zero pattern of the Liouvillian from each diagonal element, forwards and backwards, and stops at
 * `limit` unknowns. `also` may join further elements.
 */
export const reachableSector = (
  dimension: number,
  hamiltonian: readonly ShiftMatrix[],
  jumps: readonly ShiftPair[],
  limit: number,
  also?: Neighbours,
): SectorResult => {
  const moves = movesOf(hamiltonian, jumps);
  return closedSector(
    dimension,
    (i, j, visit) => {
      for (const { row, column } of moves) {
        const to = row ? row[i]! : i;
        const at = column ? column[j]! : j;
        if (to >= 0 && at >= 0) visit(to, at);
      }
      also?.(i, j, visit);
    },
    limit,
  );
};

/** The smallest set of elements that holds the diagonal and the neighbours of all its elements. */
export function closedSector(dimension: number, neighbours: Neighbours, limit: number): SectorResult {
  const lookup = pairLookup(dimension);
  const rows: number[] = [];
  const columns: number[] = [];
  const components: Int32Array[] = [];
  let size = 0;
  const visit = (i: number, j: number): void => {
    if (i < 0 || j < 0) return;
    const [low, high] = i <= j ? [i, j] : [j, i];
    if (lookup.get(low, high) >= 0) return;
    lookup.set(low, high, rows.length);
    rows.push(low);
    columns.push(high);
    size += low === high ? 1 : 2;
  };
  for (let state = 0; state < dimension; state++) {
    if (lookup.get(state, state) >= 0) continue;
    const start = rows.length;
    visit(state, state);
    for (let k = start; k < rows.length; k++) {
      if (size > limit) return { kind: "too-large", size, limit };
      neighbours(rows[k]!, columns[k]!, visit);
    }
    components.push(diagonalStates(rows, columns, start));
  }
  return { kind: "found", sector: withUnknowns(dimension, rows, columns, components, lookup.get) };
}

/** The sector of given elements (row ≤ column), each once, with the states of each component. */
export function sectorOfPairs(
  dimension: number,
  rows: readonly number[],
  columns: readonly number[],
  components: readonly Int32Array[],
): Sector {
  const lookup = pairLookup(dimension);
  for (const [k, row] of rows.entries()) lookup.set(row, columns[k]!, k);
  return withUnknowns(dimension, rows, columns, components, lookup.get);
}

function withUnknowns(
  dimension: number,
  rows: readonly number[],
  columns: readonly number[],
  components: readonly Int32Array[],
  pairOf: Sector["pairOf"],
): Sector {
  const unknown = new Int32Array(rows.length);
  let size = 0;
  for (const [k, row] of rows.entries()) {
    unknown[k] = size;
    size += row === columns[k] ? 1 : 2;
  }
  return {
    dimension,
    size,
    row: Int32Array.from(rows),
    column: Int32Array.from(columns),
    unknown,
    pairOf,
    components,
  };
}

/** The elements of ρ outside a sector that `isKept` keeps. They are off the diagonal, which the equation never joins them to. */
export function complementOf(sector: Sector, isKept: (i: number, j: number) => boolean): Sector {
  const { dimension } = sector;
  const lookup = pairLookup(dimension);
  const rows: number[] = [];
  const columns: number[] = [];
  for (let i = 0; i < dimension; i++) {
    for (let j = i; j < dimension; j++) {
      if (sector.pairOf(i, j) >= 0 || !isKept(i, j)) continue;
      lookup.set(i, j, rows.length);
      rows.push(i);
      columns.push(j);
    }
  }
  return {
    dimension,
    size: 2 * rows.length,
    row: Int32Array.from(rows),
    column: Int32Array.from(columns),
    unknown: Int32Array.from(rows, (_, k) => 2 * k),
    pairOf: lookup.get,
    components: [],
  };
}

/** Joins element (i, j) to (row[i], column[j]), if these are not negative; absent where the state stays. */
interface Move {
  readonly row?: Int32Array | undefined;
  readonly column?: Int32Array | undefined;
}

/** All moves of an equation but those that leave every element where it is. */
function movesOf(hamiltonian: readonly ShiftMatrix[], jumps: readonly ShiftPair[]): readonly Move[] {
  const moves: Move[] = [];
  const add = (row: Int32Array | undefined, column: Int32Array | undefined): void => {
    if ((row && isMoving(row)) || (column && isMoving(column))) moves.push({ row, column });
  };
  for (const { target, source } of hamiltonian) {
    add(target, undefined);
    add(source, undefined);
    add(undefined, target);
    add(undefined, source);
  }
  for (const { left, right } of jumps) {
    const isPair = left !== right;
    add(left.target, right.target);
    if (isPair) add(right.target, left.target);
    add(left.source, right.source);
    if (isPair) add(right.source, left.source);
    if (isPair)
      for (const map of [through(left, right), through(right, left)]) {
        add(map, undefined);
        add(undefined, map);
      }
  }
  return moves;
}

function isMoving(map: Int32Array): boolean {
  for (let state = 0; state < map.length; state++) if (map[state]! >= 0 && map[state] !== state) return true;
  return false;
}

/** The states that B†A makes of states. */
const through = (a: ShiftMatrix, b: ShiftMatrix): Int32Array =>
  a.target.map((between) => (between < 0 ? -1 : b.source[between]!));

const diagonalStates = (rows: readonly number[], columns: readonly number[], start: number): Int32Array => {
  const states: number[] = [];
  for (let k = start; k < rows.length; k++) if (rows[k] === columns[k]) states.push(rows[k]!);
  return Int32Array.from(states).sort();
};

function pairLookup(dimension: number): {
  readonly get: (i: number, j: number) => number;
  readonly set: (i: number, j: number, pair: number) => void;
} {
  if (dimension <= DENSE_LOOKUP) {
    const table = new Int32Array(dimension * dimension).fill(-1);
    return {
      get: (i, j) => table[i * dimension + j]!,
      set: (i, j, pair) => {
        table[i * dimension + j] = pair;
      },
    };
  }
  const table = new Map<number, number>();
  return {
    get: (i, j) => table.get(i * dimension + j) ?? -1,
    set: (i, j, pair) => {
      table.set(i * dimension + j, pair);
    },
  };
}
