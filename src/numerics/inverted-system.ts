import { refine } from "./extended-refinement.ts";
import { minimumDegree } from "./minimum-degree.ts";
import { factorise, type SparseLu } from "./sparse-lu.ts";
import { refactorise } from "./sparse-lu-refactorise.ts";
import { solve } from "./sparse-lu-solve.ts";
import { fromTriplets, type SparseMatrix } from "./sparse-matrix.ts";

/** v ↦ (1 − L/σ)⁻¹v, refined with residuals in twice the working precision, and freed of w. */
export function invertedSystem(L: SparseMatrix, low: Float64Array, conserved: Float64Array) {
  const square = conserved.reduce((sum, w) => sum + w * w, 0);
  const free = (v: Float64Array): void => {
    if (square === 0) return;
    const excess = conserved.reduce((sum, w, i) => sum + w * v[i]!, 0) / square;
    for (let i = 0; i < v.length; i++) v[i]! -= excess * conserved[i]!;
  };
  const n = L.columns;
  const rows: number[] = [];
  const columns: number[] = [];
  const origins: number[] = [];
  for (let column = 0; column < n; column++) {
    let hasDiagonal = false;
    for (let e = L.columnStarts[column]!; e < L.columnStarts[column + 1]!; e++) {
      hasDiagonal ||= L.rowIndices[e] === column;
      rows.push(L.rowIndices[e]!);
      columns.push(column);
      origins.push(e + 1);
    }
    if (hasDiagonal) continue;
    rows.push(column);
    columns.push(column);
    origins.push(0);
  }
  const skeleton = fromTriplets(n, n, rows, columns, origins);
  const origin = Float64Array.from(skeleton.values);
  const isDiagonal = new Uint8Array(origin.length);
  for (let column = 0; column < n; column++)
    for (let e = skeleton.columnStarts[column]!; e < skeleton.columnStarts[column + 1]!; e++)
      if (skeleton.rowIndices[e] === column) isDiagonal[e] = 1;
  const order = minimumDegree(skeleton, []);
  let lu: SparseLu | undefined;
  let known:
    | { readonly sigma: number; readonly inverse: (b: Float64Array, out: Float64Array) => void }
    | undefined;
  const at = (sigma: number) => {
    if (known?.sigma === sigma) return known.inverse;
    known = undefined;
    const values = new Float64Array(origin.length);
    const lows = new Float64Array(origin.length);
    for (let e = 0; e < origin.length; e++) {
      const from = origin[e]! - 1;
      const value = from < 0 ? 0 : -L.values[from]!;
      const shift = isDiagonal[e] === 1 ? sigma : 0;
      const sum = value + shift;
      const back = sum - value;
      values[e] = sum;
      lows[e] = value - (sum - back) + (shift - back) - (from < 0 ? 0 : low[from]!);
    }
    const matrix: SparseMatrix = { ...skeleton, values };
    if (!(lu && refactorise(lu, matrix).kind === "factorised")) {
      const result = factorise(matrix, order);
      if (result.kind !== "factorised") return result.kind;
      lu = result.lu;
    }
    const factors = lu;
    const inverse = (b: Float64Array, out: Float64Array): void => {
      const right = b.map((v) => sigma * v);
      solve(factors, right, out);
      refine(factors, matrix, lows, right, out);
      free(out);
    };
    known = { sigma, inverse };
    return inverse;
  };
  return { at, free };
}
