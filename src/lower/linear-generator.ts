import { accumulateProduct } from "../numerics/extended-refinement.ts";
import { fromTriplets, type SparseMatrix } from "../numerics/sparse-matrix.ts";
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
  const pattern = fromTriplets(size, size, rows, columns, new Float64Array(total));
  const positions = positionsIn(pattern, rows, columns);
  let start = 0;
  const placed = parts.map((part): PlacedEntries => {
    const position = positions.subarray(start, start + part.slot.length);
    start += part.slot.length;
    return { ...part, position };
  });
  return { pattern, parts: placed };
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

/** Where entries stand in a pattern; of entries in its own order each is looked for from where the last one was found. */
function positionsIn(pattern: SparseMatrix, rows: Int32Array, columns: Int32Array): Int32Array {
  const { columnStarts, rowIndices } = pattern;
  const positions = new Int32Array(rows.length);
  for (let e = 0; e < rows.length; e++) {
    const [row, column] = [rows[e]!, columns[e]!];
    const isNext = e > 0 && columns[e - 1] === column && rows[e - 1]! <= row;
    let low = isNext ? positions[e - 1]! : columnStarts[column]!;
    if (rowIndices[low] === row) {
      positions[e] = low;
      continue;
    }
    let high = columnStarts[column + 1]! - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rowIndices[middle]! < row) low = middle + 1;
      else high = middle;
    }
    positions[e] = low;
  }
  return positions;
}
