import type { SparseMatrix } from "./sparse-matrix.ts";
import { symmetricPattern } from "./symmetric-pattern.ts";

/**
 * The entries that L and U hold together when A (square) is eliminated in the given order without leaving the diagonal,
 * as if its pattern were that of A + Aᵀ: what `factorise` reports as `fill`, or somewhat more, as long as the pivots
 * stay on the diagonal. Counting stops beyond `limit`. By the row subtrees of the elimination tree (Liu, SIAM J. Matrix
 * Anal. Appl. 11 (1990) 134) in time proportional to the count, in linear memory.
 */
export function symbolicFill(A: SparseMatrix, order: Int32Array, limit = Infinity): number {
  const { size, starts, neighbours } = symmetricPattern(A);
  const positions = new Int32Array(size);
  for (let k = 0; k < size; k++) positions[order[k]!] = k;
  const parents = new Int32Array(size).fill(-1);
  const visited = new Int32Array(size).fill(-1);
  let below = 0;
  for (let k = 0; k < size; k++) {
    visited[k] = k;
    const node = order[k]!;
    for (let p = starts[node]!; p < starts[node + 1]!; p++) {
      // Row k of L has an entry in every column on the way from an earlier neighbour up the tree to k.
      let column = positions[neighbours[p]!]!;
      while (column < k && visited[column] !== k) {
        if (parents[column] === -1) parents[column] = k;
        visited[column] = k;
        below++;
        column = parents[column]!;
      }
    }
    if (2 * below + size > limit) break;
  }
  return 2 * below + size;
}
