import { accumulateProduct } from "../numerics/extended-refinement.ts";
import { type SparseMatrix, stableOrder } from "../numerics/sparse-matrix.ts";
import type { Contributions } from "./contributions.ts";
import type { Sector } from "./sector.ts";

/** What a solver of steady states needs: a Liouvillian on the unknowns of a sector, of fixed pattern. */
export interface LinearGenerator {
  readonly sector: Sector;
  readonly slotCount: number;
  /** The values of all slots at given parameters. */
  readonly slotsAt: (parameters: ArrayLike<number>) => Float64Array;
  /** The matrix of the whole Liouvillian at given slot values; its pattern is always the same. */
  readonly matrixAt: (slots: Float64Array) => LiouvillianMatrix;
  /** What that matrix is the sum of, where it is one. */
  readonly sum?: PlacedSum;
}

/** The pattern of the matrices of a generator. */
export const patternOf = ({ sum, slotCount, matrixAt }: LinearGenerator): SparseMatrix =>
  sum ? sum.pattern : matrixAt(new Float64Array(slotCount)).matrix;

/** Σ_e slots[slot[e]]·weight[e] at position[e] of the values of a pattern. */
export interface PlacedEntries extends Contributions {
  readonly position: Int32Array;
}

/** Contributions of the Hamiltonian and of each dissipator, with their places in the pattern of their sum. */
export interface PlacedSum {
  readonly pattern: SparseMatrix;
  readonly parts: readonly PlacedEntries[];
}

/**
 * The Liouvillian with entries in twice the working precision: fast and slow rates add up in one entry, and what is
 * rounded away from the fast ones would otherwise be as large as the slow ones' effect.
 */
export interface LiouvillianMatrix {
  readonly matrix: SparseMatrix;
  /** What the entries of `matrix` lost to rounding, in the order of its values. */
  readonly low: Float64Array;
}

/** The generator of parts that belong to one point of the parameters: their weights are numbers, times one slot of 1. */
export const linearGenerator = (sector: Sector, parts: readonly Contributions[]): LinearGenerator => ({
  sector,
  slotCount: 1,
  slotsAt: () => Float64Array.of(1),
  matrixAt: weightedSum(parts, sector.size),
});

/** The sum of all contributions as a sparse matrix; where each entry goes is worked out once. */
export const weightedSum = (parts: readonly Contributions[], size: number): LinearGenerator["matrixAt"] =>
  summation(placedSum(parts, size));

/** Works out where each contribution goes in the pattern of all of them. */
export function placedSum(parts: readonly Contributions[], size: number): PlacedSum {
  const total = parts.reduce((n, p) => n + p.row.length, 0);
  const rows = new Int32Array(total);
  const columns = new Int32Array(total);
  let next = 0;
  for (const { row, column } of parts) {
    rows.set(row, next);
    columns.set(column, next);
    next += row.length;
  }
  const { pattern, positions } = placedEntries(size, rows, columns);
  let start = 0;
  const placed = parts.map((part): PlacedEntries => {
    const position = positions.subarray(start, start + part.slot.length);
    start += part.slot.length;
    return { ...part, position };
  });
  return { pattern, parts: placed };
}

/** The square pattern that holds given entries, its values 0, and where in it each of them stands. */
function placedEntries(size: number, rows: Int32Array, columns: Int32Array) {
  const order = stableOrder(columns, size, undefined);
  const positions = new Int32Array(rows.length);
  const columnStarts = new Int32Array(size + 1);
  const rowIndices = new Int32Array(rows.length);
  // by row, the last column that it was met in and its place there
  const metIn = new Int32Array(size).fill(-1);
  const place = new Int32Array(size);
  let [count, from, to] = [0, 0, 0];
  for (let column = 0; column < size; column++) {
    const start = count;
    for (; to < order.length && columns[order[to]!] === column; to++) {
      const row = rows[order[to]!]!;
      if (metIn[row] === column) continue;
      metIn[row] = column;
      insertSorted(rowIndices, start, count++, row);
    }
    for (let p = start; p < count; p++) place[rowIndices[p]!] = p;
    for (; from < to; from++) positions[order[from]!] = place[rows[order[from]!]!]!;
    columnStarts[column + 1] = count;
  }
  const pattern: SparseMatrix = {
    rows: size,
    columns: size,
    columnStarts,
    rowIndices: rowIndices.slice(0, count),
    values: new Float64Array(count),
  };
  return { pattern, positions };
}

/** Puts a number among those from `start`, ascending, to `end`; most often it is the largest. */
function insertSorted(list: Int32Array, start: number, end: number, value: number): void {
  let at = end;
  for (; at > start && list[at - 1]! > value; at--) list[at] = list[at - 1]!;
  list[at] = value;
}

/** The matrix of a sum at any values of the slots. */
export function summation({ pattern, parts }: PlacedSum): LinearGenerator["matrixAt"] {
  return (slots) => {
    const values = new Float64Array(pattern.values.length);
    const low = new Float64Array(pattern.values.length);
    for (const { slot, weight, position } of parts) {
      for (let k = 0; k < slot.length; k++) {
        accumulateProduct(values, low, position[k]!, slots[slot[k]!]!, weight[k]!);
      }
    }
    return { matrix: { ...pattern, values }, low };
  };
}
