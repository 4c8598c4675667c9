import { pairEigen } from "./hermitian-pair.ts";
import {
  backTransform,
  type HermitianTridiagonal,
  type PlacedMatrix,
  reduceHermitian,
  reductionNumbers,
} from "./hermitian-tridiagonal.ts";
import { clearKernels, type Kernels, type KernelWorkspace, kernelWorkspace, viewOf } from "./kernels.ts";
import { sweepNumbers, tridiagonalEigen } from "./tridiagonal-eigen.ts";

/** A complex n × n matrix as two row-major arrays. */
export interface ComplexMatrix {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export type HermitianEigenFailure =
  /** The eigenvalue with this number (of the tridiagonal matrix, unordered) did not converge. */
  { readonly kind: "not-converged"; readonly index: number } | { readonly kind: "not-finite" };

export type HermitianEigenvalues =
  | { readonly kind: "converged"; readonly values: Float64Array }
  | HermitianEigenFailure;

export type HermitianEigen =
  | { readonly kind: "converged"; readonly values: Float64Array; readonly vectors: ComplexMatrix }
  | HermitianEigenFailure;

/**
 * Eigenvalues (ascending, in the unit of the entries) and orthonormal eigenvectors (the columns of `vectors`) of the
 * Hermitian n × n matrix in row-major `re` and `im`. Reads the lower triangle and the real part of the diagonal only;
 * changes nothing. Errors are of order ε‖A‖ at any scale; degenerate levels come with orthonormal vectors.
 * Reports entries that are not finite, and QL sweeps that do not converge. Householder's reduction to a real tridiagonal
 * matrix and implicit QL: Golub and Van Loan, Matrix Computations (4th ed.), §8.3. Who solves many problems
 * gives them one workspace. Throws `RangeError` for wrong lengths.
 */
export function hermitianEigen(
  re: Float64Array,
  im: Float64Array,
  n: number,
  workspace: KernelWorkspace = kernelWorkspace(),
): HermitianEigen {
  const prepared = prepare(re, im, n);
  if (prepared.kind !== "scaled") return prepared;
  const { scale } = prepared;
  if (n === 2) {
    const pair = pairEigen(prepared.re, prepared.im);
    return { kind: "converged", values: pair.values.map((value) => value / scale), vectors: pair.vectors };
  }
  const kernels = clearKernels(workspace, 4 * n * n + sweepNumbers(n) + reductionNumbers(n));
  const reduced = reduceHermitian(placed(prepared, n, kernels));
  const rows = kernels.take(n * n);
  for (let i = 0; i < n; i++) kernels.heap[rows + i * n + i] = 1;
  const sweeps = kernels.take(sweepNumbers(n));
  const turned = { kernels, rows, sweeps, count: 0, top: sweeps };
  const failed = tridiagonalEigen(reduced.diagonal, reduced.offDiagonal, turned);
  if (failed >= 0) return { kind: "not-converged", index: failed };
  const order = ascending(reduced.diagonal);
  const values = Float64Array.from(order, (k) => reduced.diagonal[k]! / scale);
  return { kind: "converged", values, vectors: columnsInOrder(reduced, rows, order) };
}

/** The eigenvalues alone, as `hermitianEigen` gives them, at about a quarter of the cost. */
export function hermitianEigenvalues(
  re: Float64Array,
  im: Float64Array,
  n: number,
  workspace: KernelWorkspace = kernelWorkspace(),
): HermitianEigenvalues {
  const prepared = prepare(re, im, n);
  if (prepared.kind !== "scaled") return prepared;
  const { scale } = prepared;
  if (n === 2) {
    const { values } = pairEigen(prepared.re, prepared.im);
    return { kind: "converged", values: values.map((value) => value / scale) };
  }
  const kernels = clearKernels(workspace, 2 * n * n + reductionNumbers(n));
  const { diagonal, offDiagonal } = reduceHermitian(placed(prepared, n, kernels));
  const failed = tridiagonalEigen(diagonal, offDiagonal, undefined);
  if (failed >= 0) return { kind: "not-converged", index: failed };
  return { kind: "converged", values: diagonal.sort().map((value) => value / scale) };
}

type Prepared =
  | ({ readonly kind: "scaled"; readonly scale: number } & ComplexMatrix)
  | { readonly kind: "not-finite" };

/** A copy scaled by a power of two, so that its largest entry is about 1 and no square over- or underflows. */
function prepare(re: Float64Array, im: Float64Array, n: number): Prepared {
  if (re.length !== n * n || im.length !== n * n)
    throw new RangeError(`not the entries of a ${n}×${n} matrix`);
  let largest = 0;
  for (let row = 0; row < n; row++) {
    for (let p = row * n; p <= row * n + row; p++) {
      const size = Math.max(Math.abs(re[p]!), p === row * n + row ? 0 : Math.abs(im[p]!));
      if (!(size < Infinity)) return { kind: "not-finite" };
      largest = Math.max(largest, size);
    }
  }
  // Clamped so that neither the scale nor its inverse leaves the normal doubles.
  const exponent = largest === 0 ? 0 : Math.max(-1000, Math.min(1000, Math.floor(Math.log2(largest))));
  const scale = 2 ** -exponent;
  return {
    kind: "scaled",
    scale,
    re: re.map((value) => value * scale),
    im: im.map((value) => value * scale),
  };
}

function placed({ re, im }: ComplexMatrix, n: number, kernels: Kernels): PlacedMatrix {
  const [reAt, imAt] = [kernels.take(n * n), kernels.take(n * n)];
  kernels.heap.set(re, reAt);
  const isComplex = im.some((value) => value !== 0);
  if (isComplex) kernels.heap.set(im, imAt);
  return { kernels, n, re: reAt, im: imAt, isComplex };
}

const ascending = (values: Float64Array): Int32Array =>
  Int32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);

/** The eigenvectors of the whole matrix, in columns, from those of the tridiagonal one in rows. */
function columnsInOrder(reduced: HermitianTridiagonal, rows: number, order: Int32Array): ComplexMatrix {
  const { kernels } = reduced.matrix;
  const n = order.length;
  const rowsIm = kernels.take(n * n);
  backTransform(reduced, rows, rowsIm);
  const [fromRe, fromIm] = [viewOf(kernels, rows, n * n), viewOf(kernels, rowsIm, n * n)];
  const re = new Float64Array(n * n);
  const im = new Float64Array(n * n);
  for (let column = 0; column < n; column++) {
    const source = order[column]! * n;
    for (let row = 0; row < n; row++) {
      re[row * n + column] = fromRe[source + row]!;
      im[row * n + column] = fromIm[source + row]!;
    }
  }
  return { re, im };
}
