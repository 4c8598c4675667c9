import { type LinearGenerator, patternOf } from "../lower/linear-generator.ts";
import type { Sector } from "../lower/sector.ts";
import { minimumDegree } from "../numerics/minimum-degree.ts";
import { norm1, type SparseMatrix } from "../numerics/sparse-matrix.ts";

/** The linear system of a generator's steady state: the Liouvillian with one balance row replaced by Tr ρ = 1. */
export interface SteadySystem {
  readonly traceRow: number;
  /** A fill-reducing order of the columns. */
  readonly order: Int32Array;
  /** The pattern. */
  readonly skeleton: SparseMatrix;
  /** Of each of its entries the one of the Liouvillian that stands there; negative in the trace row. */
  readonly origin: Int32Array;
  /** The system at given slot values, with what its entries lost to rounding; the pattern is always the same. */
  readonly at: (slots: Float64Array) => SystemMatrices;
}

export interface SystemMatrices {
  readonly liouvillian: SparseMatrix;
  readonly system: SparseMatrix;
  readonly low: Float64Array;
  /** Tr ρ = 1 is taken this many times, so that its row is as large as the others in any unit of energy. */
  readonly traceWeight: number;
}

/** Works out, once for a generator, where each entry of the Liouvillian goes in the linear system. */
export function steadySystem(generator: LinearGenerator): SteadySystem {
  const { sector } = generator;
  const traceRow = rowToReplace(generator);
  const { skeleton, origin } = withTraceRow(patternOf(generator), sector, traceRow);
  return {
    traceRow,
    order: minimumDegree(skeleton, [traceRow]),
    skeleton,
    origin,
    at: (slots) => {
      const { matrix: liouvillian, low } = generator.matrixAt(slots);
      const traceWeight = weightOfTrace(norm1(liouvillian));
      const values = pick(liouvillian.values, origin, traceWeight);
      return { liouvillian, system: { ...skeleton, values }, low: pick(low, origin, 0), traceWeight };
    },
  };
}

/** The pattern with a row replaced by that of the trace, and where each entry comes from. */
function withTraceRow({ columnStarts, rowIndices, columns }: SparseMatrix, sector: Sector, traceRow: number) {
  const inTrace = new Uint8Array(columns);
  for (let k = 0; k < sector.row.length; k++) {
    if (sector.row[k] === sector.column[k]) inTrace[sector.unknown[k]!] = 1;
  }
  const starts = new Int32Array(columns + 1);
  const rows = new Int32Array(rowIndices.length + columns);
  const origin = new Int32Array(rowIndices.length + columns);
  let count = 0;
  for (let column = 0; column < columns; column++) {
    let isDue = inTrace[column] === 1;
    for (let e = columnStarts[column]!; e < columnStarts[column + 1]!; e++) {
      const row = rowIndices[e]!;
      if (isDue && row >= traceRow) {
        isDue = false;
        rows[count] = traceRow;
        origin[count++] = TRACE;
      }
      if (row === traceRow) continue;
      rows[count] = row;
      origin[count++] = e;
    }
    if (isDue) {
      rows[count] = traceRow;
      origin[count++] = TRACE;
    }
    starts[column + 1] = count;
  }
  const skeleton: SparseMatrix = {
    rows: columns,
    columns,
    columnStarts: starts,
    rowIndices: rows.slice(0, count),
    values: new Float64Array(count),
  };
  return { skeleton, origin: origin.slice(0, count) };
}

function pick(values: Float64Array, origin: Int32Array, trace: number): Float64Array {
  const picked = new Float64Array(origin.length);
  for (let e = 0; e < origin.length; e++) {
    const from = origin[e]!;
    picked[e] = from === TRACE ? trace : values[from]!;
  }
  return picked;
}

/** The power of two below the norm of a Liouvillian, which multiplies without rounding; 1 for what is zero or not finite. */
export const weightOfTrace = (size: number): number =>
  size > 0 && size < Number.POSITIVE_INFINITY ? 2 ** Math.max(-1000, Math.floor(Math.log2(size))) : 1;

/** Marks the entries of the trace row. */
const TRACE = -1;

/** Any row of a diagonal element may go, since over those the columns of a Liouvillian sum to zero. */
function rowToReplace({ sector }: LinearGenerator): number {
  for (let k = sector.row.length - 1; k >= 0; k--)
    if (sector.row[k] === sector.column[k]) return sector.unknown[k]!;
  throw new Error("a sector holds a diagonal element");
}
