import { type KernelInstance, startKernelModule } from "./kernel-instance.ts";
import type { SparseLu } from "./sparse-lu.ts";
import type { SparseMatrix } from "./sparse-matrix.ts";

/**
 * The inner loops of small sparse systems that are solved many times, compiled from the first call on (kernels/assembly/sparse-*.ts).
 * Operands are named by their places in the memory, in bytes. Each does what the function of its name does in TypeScript,
 * in the same order, and comes to the same bits.
 */
export interface SparseKernelFunctions {
  /** Adds slots[slot]·weight of all entries to values and low, as `accumulateProduct` does. */
  readonly addEntries: (entries: number, slots: number, values: number, low: number) => void;
  /** `applyContributions`, on top of what is in `change` and `gross`. */
  readonly applyEntries: (entries: number, slots: number, x: number, change: number, gross: number) => void;
  /** to[e] = from[origin[e]], or `other` where the origin is negative. */
  readonly pick: (count: number, origin: number, from: number, other: number, to: number) => void;
  readonly norm1: (matrix: number) => number;
  /** `multiply` */
  readonly multiplySparse: (matrix: number, x: number, out: number) => void;
  /** The largest magnitude of a vector. */
  readonly largest: (x: number, size: number) => number;
  /** −1 where A is factorised, −2 where an entry is not finite, else the step whose pivot is too small. */
  readonly refactorise: (factors: number, matrix: number, smallestRatio: number) => number;
  readonly solve: (factors: number, b: number, out: number) => void;
  readonly solveTransposed: (factors: number, b: number, out: number) => void;
  /** `rest` is room for a vector. */
  readonly extendedResidual: (matrix: number, x: number, b: number, out: number, rest: number) => void;
  /** The last correction; `room` is that of three vectors. */
  readonly solveExtended: (factors: number, matrix: number, b: number, x: number, room: number) => number;
  /** `conditionEstimate` without the norm of A; `room` is that of four vectors. */
  readonly inverseNorm: (factors: number, room: number) => number;
}

/** Kernels with a memory; what stands in it are views, on which functions in TypeScript work as well. */
export interface SparseKernels {
  readonly functions: SparseKernelFunctions;
  readonly numbers: (count: number) => Float64Array;
  /** The same numbers in the memory. */
  readonly copied: <T extends Float64Array | Int32Array | Uint8Array>(array: T) => T;
  /** A matrix in the memory, its indices copied, its values still to be written; `low` is what they lost to rounding. */
  readonly matrix: (pattern: SparseMatrix) => PlacedMatrix;
  /** A copy of factors. */
  readonly factors: (lu: SparseLu) => PlacedFactors;
  /** The place of a list of entries, of which there are copies. */
  readonly entries: (lists: EntryLists) => number;
}

export interface PlacedMatrix {
  readonly place: number;
  readonly matrix: SparseMatrix;
  readonly low: Float64Array;
}

export interface PlacedFactors {
  readonly place: number;
  readonly lu: SparseLu;
}

export interface EntryLists {
  readonly row: Int32Array;
  readonly column: Int32Array;
  readonly slot: Int32Array;
  readonly weight: Float64Array;
  readonly position: Int32Array;
}

/** Bytes that operands take, tables of places among them. */
export const bytesOf = {
  numbers: (count: number): number => 8 * count,
  matrix: ({ columns, values }: SparseMatrix): number => 8 * (columns + 2) + 24 * (values.length + 4),
  factors: ({ size, lowerRows, upperRows }: SparseLu): number =>
    16 * (lowerRows.length + upperRows.length) + 64 * (size + 16),
  entries: ({ slot }: EntryLists): number => 24 * slot.length + 128,
};

/** Kernels with a memory of so many bytes; undefined where there is no WebAssembly. */
export function sparseKernels(bytes: number): SparseKernels | undefined {
  const instance = startKernelModule<SparseKernelFunctions>(bytes);
  return instance && onMemory(instance);
}

function onMemory({ memory, functions }: KernelInstance<SparseKernelFunctions>): SparseKernels {
  let top = 0;
  const take = (bytes: number): number => {
    const place = top;
    top += (bytes + 7) & ~7;
    if (top > memory.byteLength) throw new RangeError("the memory of the kernels is used up");
    return place;
  };
  const numbers = (count: number) => new Float64Array(memory, take(8 * count), count);
  const copied = <T extends Float64Array | Int32Array | Uint8Array>(array: T): T => {
    const make = array.constructor as new (buffer: ArrayBuffer, place: number, length: number) => T;
    const copy = new make(memory, take(array.byteLength), array.length);
    copy.set(array);
    return copy;
  };
  /** A table as the kernels read it: counts as they are, arrays by their places. */
  const table = (...fields: readonly (number | Float64Array | Int32Array | Uint8Array)[]): number =>
    copied(Int32Array.from(fields, (f) => (typeof f === "number" ? f : f.byteOffset))).byteOffset;
  return {
    functions,
    numbers,
    copied,
    matrix: ({ rows, columns, columnStarts, rowIndices, values }) => {
      const low = numbers(values.length);
      const matrix: SparseMatrix = {
        rows,
        columns,
        columnStarts: copied(columnStarts),
        rowIndices: copied(rowIndices),
        values: numbers(values.length),
      };
      const place = table(rows, columns, matrix.columnStarts, matrix.rowIndices, matrix.values, low);
      return { place, matrix, low };
    },
    factors: (given) => {
      const lu: SparseLu = {
        size: given.size,
        columnOrder: copied(given.columnOrder),
        pivotRows: copied(given.pivotRows),
        pivotPositions: copied(given.pivotPositions),
        rowScale: copied(given.rowScale),
        lowerStarts: copied(given.lowerStarts),
        lowerRows: copied(given.lowerRows),
        lowerValues: copied(given.lowerValues),
        upperStarts: copied(given.upperStarts),
        upperRows: copied(given.upperRows),
        upperValues: copied(given.upperValues),
        pivots: copied(given.pivots),
        deferred: copied(given.deferred),
        work: copied(given.work),
      };
      const place = table(
        ...[lu.size, lu.columnOrder, lu.pivotRows, lu.pivotPositions, lu.rowScale],
        ...[lu.lowerStarts, lu.lowerRows, lu.lowerValues],
        ...[lu.upperStarts, lu.upperRows, lu.upperValues, lu.pivots, lu.deferred, lu.work],
      );
      return { place, lu };
    },
    entries: ({ row, column, slot, weight, position }) =>
      table(slot.length, copied(row), copied(column), copied(slot), copied(weight), copied(position)),
  };
}
