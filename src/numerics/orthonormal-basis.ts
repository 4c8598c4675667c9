import { createKernels, viewOf } from "./kernels.ts";

/** A basis that grows vector by vector, in the memory of kernels. */
export interface OrthonormalBasis {
  /** The vectors; what is behind those that were made is room for the next. */
  readonly vectors: readonly Float64Array[];
  /**
   * Takes the first `count` vectors, which are orthonormal, out of the one that follows them, by the classical process
   * twice, and brings what is left to length 1 unless it is zero. Returns what was taken of each, to be read before the next
   * call, and the length of the rest.
   */
  readonly extend: (count: number) => { readonly overlaps: Float64Array; readonly rest: number };
  /** x + Σ w_k v_k over the first vectors. */
  readonly added: (x: Float64Array, weights: Float64Array) => Float64Array;
}

/** Room for so many vectors of so many numbers. */
export function orthonormalBasis(size: number, most: number): OrthonormalBasis {
  const kernels = createKernels((most + 1) * size + 2 * most);
  const basis = kernels.take(most * size);
  const sum = kernels.take(size);
  const parts = kernels.take(2 * most);
  const vectors = Array.from({ length: most }, (_, k) => viewOf(kernels, basis + k * size, size));
  return {
    vectors,
    extend: (count) => {
      const place = basis + count * size;
      kernels.orthogonalise(basis, size, count, parts);
      const rest = Math.sqrt(kernels.dot(place, place, size));
      const v = vectors[count]!;
      if (rest > 0) for (let i = 0; i < size; i++) v[i]! /= rest;
      return { overlaps: viewOf(kernels, parts, count), rest };
    },
    added: (x, weights) => {
      const result = viewOf(kernels, sum, size);
      result.set(x);
      viewOf(kernels, parts, weights.length).set(weights);
      kernels.addCombination(basis, size, weights.length, parts, sum);
      return result.slice();
    },
  };
}
