import { type ComplexSparse, forEachEntry } from "../numerics/complex-sparse.ts";
import { components } from "../numerics/connected-components.ts";
import { hermitianEigen } from "../numerics/hermitian-eigen.ts";
import { kernelWorkspace } from "../numerics/kernels.ts";
import { type StateVector, zeroVector } from "../numerics/state-vector.ts";

/** A density operator as pure states, each with its probability: its eigenvectors, in a fixed order. */
export interface PureEnsemble {
  readonly states: readonly StateVector[];
  /** The sum of the probabilities up to each state, 1 at the last. */
  readonly cumulated: Float64Array;
}

/** Eigenvalues below this are round-off. */
const NONE = 1e-15;

/** The eigenvectors of a density operator, block by block; undefined where its elements are not finite. */
export function pureEnsemble(rho: ComplexSparse): PureEnsemble | undefined {
  const rows: number[] = [];
  const columns: number[] = [];
  forEachEntry(rho, (row, column) => {
    rows.push(row);
    columns.push(column);
  });
  const { labels } = components(rho.size, Int32Array.from(rows), Int32Array.from(columns));
  const members = new Map<number, number[]>();
  const place = new Int32Array(rho.size).fill(-1);
  for (const state of [...new Set([...rows, ...columns])].sort((a, b) => a - b)) {
    const own = members.get(labels[state]!) ?? [];
    place[state] = own.push(state) - 1;
    members.set(labels[state]!, own);
  }
  const matrices = new Map(
    [...members].map(([label, own]) => {
      const n = own.length;
      return [label, { re: new Float64Array(n * n), im: new Float64Array(n * n) }];
    }),
  );
  forEachEntry(rho, (row, column, re, im) => {
    const label = labels[row]!;
    const at = place[row]! * members.get(label)!.length + place[column]!;
    matrices.get(label)!.re[at] = re;
    matrices.get(label)!.im[at] = im;
  });
  const states: StateVector[] = [];
  const weights: number[] = [];
  const workspace = kernelWorkspace();
  for (const [label, own] of members) {
    const n = own.length;
    const { re, im } = matrices.get(label)!;
    const found = hermitianEigen(re, im, n, workspace);
    if (found.kind !== "converged") return undefined;
    for (let k = 0; k < n; k++) {
      if (!(found.values[k]! > NONE)) continue;
      const state = zeroVector(rho.size);
      for (const [i, level] of own.entries()) {
        state.re[level] = found.vectors.re[i * n + k]!;
        state.im[level] = found.vectors.im[i * n + k]!;
      }
      states.push(state);
      weights.push(found.values[k]!);
    }
  }
  const total = weights.reduce((sum, w) => sum + w, 0);
  let sum = 0;
  const cumulated = Float64Array.from(weights, (w) => {
    sum += w / total;
    return sum;
  });
  return { states, cumulated };
}

/** A copy of the state that a uniform number u in (0, 1) falls on. */
export function sampled({ states, cumulated }: PureEnsemble, u: number): StateVector {
  const found = cumulated.findIndex((c) => u < c);
  const { re, im } = states[found < 0 ? states.length - 1 : found]!;
  return { re: re.slice(), im: im.slice() };
}
