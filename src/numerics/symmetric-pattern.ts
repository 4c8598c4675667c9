import { type SparseMatrix, transpose } from "./sparse-matrix.ts";

/** An undirected graph: the neighbours of node i at starts[i] … starts[i+1] − 1 of `neighbours`, each once. */
export interface SymmetricPattern {
  readonly size: number;
  readonly starts: Int32Array;
  readonly neighbours: Int32Array;
}

/** The graph of A + Aᵀ without its diagonal, for a square A; values do not matter. Throws `RangeError` otherwise. */
export function symmetricPattern(A: SparseMatrix): SymmetricPattern {
  if (A.rows !== A.columns) throw new RangeError(`a ${A.rows}×${A.columns} matrix is not square`);
  const size = A.columns;
  const At = transpose(A);
  const starts = new Int32Array(size + 1);
  const neighbours = new Int32Array(2 * A.rowIndices.length);
  const seen = new Int32Array(size).fill(-1);
  let count = 0;
  for (let node = 0; node < size; node++) {
    seen[node] = node;
    for (const side of [A, At]) {
      for (let p = side.columnStarts[node]!; p < side.columnStarts[node + 1]!; p++) {
        const other = side.rowIndices[p]!;
        if (seen[other] === node) continue;
        seen[other] = node;
        neighbours[count++] = other;
      }
    }
    starts[node + 1] = count;
  }
  return { size, starts, neighbours: neighbours.slice(0, count) };
}
