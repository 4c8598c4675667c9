import { refine } from "./extended-refinement.ts";
import { minimumDegree } from "./minimum-degree.ts";
import { type FactoriseResult, factorise, type SparseLu } from "./sparse-lu.ts";
import { refactorise } from "./sparse-lu-refactorise.ts";
import { solve } from "./sparse-lu-solve.ts";
import { fromTriplets, type SparseMatrix } from "./sparse-matrix.ts";

/**
 * L − σ for complex σ = α + iβ as a real matrix of twice the size, unknowns Re x₀, Im x₀, Re x₁, …; the pattern and a
 * fill-reducing order are found once. Entries are kept in twice the working precision: a shift far below the
 * largest rate would otherwise be lost in the rounding of the diagonal.
 */
export interface ShiftedSystem {
  readonly size: number;
  readonly at: (alpha: number, beta: number) => ShiftedMatrix;
  readonly order: Int32Array;
}

export interface ShiftedMatrix {
  readonly matrix: SparseMatrix;
  readonly low: Float64Array;
}

/** Factors of one shifted matrix. */
export interface ShiftedFactors extends ShiftedMatrix {
  readonly lu: SparseLu;
}

/** `low` holds what the entries of L lost to rounding, in the order of its values. */
export function shiftedSystem(L: SparseMatrix, low: Float64Array): ShiftedSystem {
  const n = L.columns;
  const single = withDiagonal(L);
  const order = minimumDegree(single, []);
  const rows: number[] = [];
  const columns: number[] = [];
  // an entry of L stands twice; of the shifts there are only marks
  const origins: number[] = [];
  const add = (row: number, column: number, origin: number) => {
    rows.push(row);
    columns.push(column);
    origins.push(origin);
  };
  for (let column = 0; column < n; column++) {
    let hasDiagonal = false;
    for (let e = L.columnStarts[column]!; e < L.columnStarts[column + 1]!; e++) {
      const row = L.rowIndices[e]!;
      hasDiagonal ||= row === column;
      add(2 * row, 2 * column, e);
      add(2 * row + 1, 2 * column + 1, e);
    }
    if (!hasDiagonal) {
      add(2 * column, 2 * column, NO_ENTRY);
      add(2 * column + 1, 2 * column + 1, NO_ENTRY);
    }
    add(2 * column, 2 * column + 1, UPPER);
    add(2 * column + 1, 2 * column, LOWER);
  }
  const skeleton = fromTriplets(2 * n, 2 * n, rows, columns, origins);
  const origin = Int32Array.from(skeleton.values);
  const isDiagonal = diagonalMarks(skeleton);
  return {
    size: n,
    order: Int32Array.from({ length: 2 * n }, (_, k) => 2 * order[k >> 1]! + (k & 1)),
    at: (alpha, beta) => {
      const values = new Float64Array(origin.length);
      const lows = new Float64Array(origin.length);
      for (let e = 0; e < origin.length; e++) {
        const from = origin[e]!;
        if (from === UPPER) values[e] = beta;
        else if (from === LOWER) values[e] = -beta;
        else {
          const value = from === NO_ENTRY ? 0 : L.values[from]!;
          const lost = from === NO_ENTRY ? 0 : low[from]!;
          const shift = isDiagonal[e] === 1 ? -alpha : 0;
          const sum = value + shift;
          const back = sum - value;
          values[e] = sum;
          lows[e] = value - (sum - back) + (shift - back) + lost;
        }
      }
      return { matrix: { ...skeleton, values }, low: lows };
    },
  };
}

const NO_ENTRY = -1;
const UPPER = -2;
const LOWER = -3;

/** L with an explicit diagonal, for the order. */
function withDiagonal(L: SparseMatrix): SparseMatrix {
  const rows: number[] = [];
  const columns: number[] = [];
  for (let column = 0; column < L.columns; column++) {
    rows.push(column, ...L.rowIndices.subarray(L.columnStarts[column]!, L.columnStarts[column + 1]!));
    while (columns.length < rows.length) columns.push(column);
  }
  return fromTriplets(L.rows, L.columns, rows, columns, new Float64Array(rows.length).fill(1));
}

const diagonalMarks = ({ columns, columnStarts, rowIndices }: SparseMatrix): Uint8Array => {
  const marks = new Uint8Array(rowIndices.length);
  for (let column = 0; column < columns; column++)
    for (let e = columnStarts[column]!; e < columnStarts[column + 1]!; e++)
      if (rowIndices[e] === column) marks[e] = 1;
  return marks;
};

/** Factors of L − α − iβ, on the pivots of `old` (which is overwritten) where they stay stable. */
export function factoriseShifted(
  system: ShiftedSystem,
  alpha: number,
  beta: number,
  old?: SparseLu,
): ShiftedFactors | Exclude<FactoriseResult, { kind: "factorised" }> {
  const shifted = system.at(alpha, beta);
  if (old && refactorise(old, shifted.matrix).kind === "factorised") return { ...shifted, lu: old };
  const result = factorise(shifted.matrix, system.order);
  return result.kind === "factorised" ? { ...shifted, lu: result.lu } : result;
}

/**
 * The solution of (L − σ) y = b for real b, interleaved. Where `isRefined`, it is corrected by residuals in twice the working
 * precision until it is right to about its last digit, for which ε·cond must be below 1.
 */
export function solveShifted(
  { matrix, low, lu }: ShiftedFactors,
  b: Float64Array,
  isRefined: boolean,
): Float64Array {
  const right = new Float64Array(2 * b.length);
  for (let i = 0; i < b.length; i++) right[2 * i] = b[i]!;
  const y = solve(lu, right);
  if (isRefined) refine(lu, matrix, low, right, y);
  return y;
}
