/**
 * A real matrix by compressed columns: the entries of column j are those at positions
 * columnStarts[j] … columnStarts[j+1] − 1, their rows ascending and distinct. An entry may be an explicit zero.
 * The arrays are shared, never copied: who changes `values` changes the matrix, the other two stay as they are.
 */
export interface SparseMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly columnStarts: Int32Array;
  readonly rowIndices: Int32Array;
  readonly values: Float64Array;
}

export interface TripletOptions {
  /** Leave out entries whose sum is exactly 0; without it they stay in the pattern. */
  readonly dropZeros?: boolean;
}

/**
 * The rows × columns matrix with Σ values[k] at (rowIdx[k], colIdx[k]); duplicates are summed in the order given.
 * Two counting sorts, O(entries + rows + columns). Throws `RangeError` for an index outside the matrix and for lists
 * of unequal length.
 */
export function fromTriplets(
  rows: number,
  columns: number,
  rowIdx: ArrayLike<number>,
  colIdx: ArrayLike<number>,
  values: ArrayLike<number>,
  options: TripletOptions = {},
): SparseMatrix {
  checkTriplets(rows, columns, rowIdx, colIdx, values);
  const byRow = stableOrder(rowIdx, rows, undefined);
  const byColumnThenRow = stableOrder(colIdx, columns, byRow);
  const columnStarts = new Int32Array(columns + 1);
  const rowIndices = new Int32Array(values.length);
  const sums = new Float64Array(values.length);
  let count = 0;
  let position = 0;
  for (let column = 0; column < columns; column++) {
    while (position < byColumnThenRow.length && colIdx[byColumnThenRow[position]!] === column) {
      const row = rowIdx[byColumnThenRow[position]!]!;
      let sum = 0;
      for (; position < byColumnThenRow.length; position++) {
        const triplet = byColumnThenRow[position]!;
        if (rowIdx[triplet] !== row || colIdx[triplet] !== column) break;
        sum += values[triplet]!;
      }
      if (options.dropZeros && sum === 0) continue;
      rowIndices[count] = row;
      sums[count++] = sum;
    }
    columnStarts[column + 1] = count;
  }
  return {
    rows,
    columns,
    columnStarts,
    rowIndices: rowIndices.slice(0, count),
    values: sums.slice(0, count),
  };
}

function checkTriplets(
  rows: number,
  columns: number,
  rowIdx: ArrayLike<number>,
  colIdx: ArrayLike<number>,
  values: ArrayLike<number>,
): void {
  if (rowIdx.length !== values.length || colIdx.length !== values.length)
    throw new RangeError("triplet lists of unequal length");
  const inside = (index: number, size: number) => Number.isInteger(index) && index >= 0 && index < size;
  for (let k = 0; k < values.length; k++)
    if (!inside(rowIdx[k]!, rows) || !inside(colIdx[k]!, columns))
      throw new RangeError(`entry (${rowIdx[k]}, ${colIdx[k]}) lies outside a ${rows}×${columns} matrix`);
}

/** The positions of `keys` (visited as `sequence` says, or as they stand) sorted by key, equal keys in sequence. */
export function stableOrder(
  keys: ArrayLike<number>,
  keyCount: number,
  sequence: Int32Array | undefined,
): Int32Array {
  const next = new Int32Array(keyCount + 1);
  for (let k = 0; k < keys.length; k++) next[keys[k]! + 1]!++;
  for (let key = 0; key < keyCount; key++) next[key + 1]! += next[key]!;
  const order = new Int32Array(keys.length);
  for (let k = 0; k < keys.length; k++) {
    const item = sequence === undefined ? k : sequence[k]!;
    order[next[keys[item]!]!++] = item;
  }
  return order;
}

/** A x (length `rows`), written to `out` where given; `out` must not be `x`. */
export function multiply(
  A: SparseMatrix,
  x: Float64Array,
  out: Float64Array = new Float64Array(A.rows),
): Float64Array {
  const { columns, columnStarts, rowIndices, values } = A;
  out.fill(0);
  for (let column = 0; column < columns; column++) {
    const factor = x[column]!;
    const end = columnStarts[column + 1]!;
    for (let p = columnStarts[column]!; p < end; p++) out[rowIndices[p]!]! += values[p]! * factor;
  }
  return out;
}

/** Aᵀ x (length `columns`), written to `out` where given; `out` must not be `x`. */
export function multiplyTransposed(
  A: SparseMatrix,
  x: Float64Array,
  out: Float64Array = new Float64Array(A.columns),
): Float64Array {
  const { columns, columnStarts, rowIndices, values } = A;
  for (let column = 0; column < columns; column++) {
    const end = columnStarts[column + 1]!;
    let sum = 0;
    for (let p = columnStarts[column]!; p < end; p++) sum += values[p]! * x[rowIndices[p]!]!;
    out[column] = sum;
  }
  return out;
}

/**
 * out += factor·Aᵀx. Of a matrix that is applied many times the transpose is kept and applied by this: each entry of the
 * result is one sum, and nothing is scattered.
 */
export function addTransposedProduct(
  { columns, columnStarts, rowIndices, values }: SparseMatrix,
  factor: number,
  x: Float64Array,
  out: Float64Array,
): void {
  for (let column = 0; column < columns; column++) {
    const end = columnStarts[column + 1]!;
    let sum = 0;
    for (let e = columnStarts[column]!; e < end; e++) sum += values[e]! * x[rowIndices[e]!]!;
    out[column]! += factor * sum;
  }
}

/** Aᵀ, with its own arrays; explicit zeros stay. */
export function transpose(A: SparseMatrix): SparseMatrix {
  const { rows, columns, columnStarts, rowIndices, values } = A;
  const entries = columnStarts[columns]!;
  const starts = new Int32Array(rows + 1);
  for (let p = 0; p < entries; p++) starts[rowIndices[p]! + 1]!++;
  for (let row = 0; row < rows; row++) starts[row + 1]! += starts[row]!;
  const next = starts.slice(0, rows);
  const transposedRows = new Int32Array(entries);
  const transposedValues = new Float64Array(entries);
  for (let column = 0; column < columns; column++) {
    for (let p = columnStarts[column]!; p < columnStarts[column + 1]!; p++) {
      const target = next[rowIndices[p]!]!++;
      transposedRows[target] = column;
      transposedValues[target] = values[p]!;
    }
  }
  return {
    rows: columns,
    columns: rows,
    columnStarts: starts,
    rowIndices: transposedRows,
    values: transposedValues,
  };
}

/** The largest sum of magnitudes in a column, ‖A‖₁; 0 for an empty matrix. */
export function norm1(A: SparseMatrix): number {
  const { columns, columnStarts, values } = A;
  let norm = 0;
  for (let column = 0; column < columns; column++) {
    let sum = 0;
    for (let p = columnStarts[column]!; p < columnStarts[column + 1]!; p++) sum += Math.abs(values[p]!);
    norm = Math.max(norm, sum);
  }
  return norm;
}

/** The largest sum of magnitudes in a row, ‖A‖∞; 0 for an empty matrix. */
export function normInf(A: SparseMatrix): number {
  const sums = new Float64Array(A.rows);
  const entries = A.columnStarts[A.columns]!;
  for (let p = 0; p < entries; p++) sums[A.rowIndices[p]!]! += Math.abs(A.values[p]!);
  return sums.reduce((norm, sum) => Math.max(norm, sum), 0);
}
