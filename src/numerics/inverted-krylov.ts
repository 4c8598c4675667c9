import { type DenseMatrix, zeroMatrix } from "./dense-matrix.ts";
import { minimumDegree } from "./minimum-degree.ts";
import { type ComplexVector, realEigen } from "./real-eigen.ts";
import { factorise } from "./sparse-lu.ts";
import { solve } from "./sparse-lu-solve.ts";
import { fromTriplets, multiply, type SparseMatrix } from "./sparse-matrix.ts";

/** An approximate eigenvalue of L and its right eigenvector. */
export interface RitzPair {
  readonly value: { readonly re: number; readonly im: number };
  readonly vector: ComplexVector;
}

export type InvertedKrylov =
  | {
      readonly kind: "found";
      /** Converged ones by their distance from the shift, one of each complex pair, with im ≥ 0. */
      readonly pairs: readonly RitzPair[];
      /** Vectors of the space. */
      readonly dimension: number;
    }
  | { readonly kind: "failed"; readonly reason: "too-large" | "singular" | "not-converged" };

/** Vectors beyond which the space is not grown. */
const MAX_DIMENSION = 160;

/** The space is looked at each time it has grown by this much. */
const STRIDE = 16;

/** Of a Ritz pair of (L − σ)⁻¹, relative to its value: enough for an iteration that goes on from there. */
const CONVERGED = 1e-7;

/** Entries of the factors beyond which they are not made. */
const MAX_FILL = 1e7;

/**
 * The eigenvalues of a sparse L next to a real σ that is none of them: Arnoldi's process for (L − σ)⁻¹ with every vector
 * orthogonalised twice (Saad, Numerical Methods for Large Eigenvalue Problems (2nd ed.), §8.1). The space grows until `count`
 * pairs have converged and is not restarted: memory is at most 160 vectors besides the factors.
 */
export function invertedKrylov(
  L: SparseMatrix,
  sigma: number,
  count: number,
  start: Float64Array,
): InvertedKrylov {
  const n = L.columns;
  const shifted = shiftedBy(L, sigma);
  const factorised = factorise(shifted, minimumDegree(shifted), { maxFill: MAX_FILL });
  if (factorised.kind !== "factorised") {
    return { kind: "failed", reason: factorised.kind === "too-large" ? "too-large" : "singular" };
  }
  const apply = (v: Float64Array) => solve(factorised.lu, v);
  const most = Math.min(MAX_DIMENSION, n);
  for (const space of krylovSpaces(apply, start, most, STRIDE)) {
    if (!Number.isFinite(space.next)) return { kind: "failed", reason: "singular" };
    const pairs = convergedPairs(space, sigma);
    const isWhole = space.next === 0;
    if (pairs.length >= count || isWhole) return { kind: "found", pairs, dimension: space.H.size };
  }
  return { kind: "failed", reason: "not-converged" };
}

/** Approximate eigenpairs of L in the Krylov space of L and a vector, one of each complex pair with im ≥ 0, and ‖Lx − λx‖/‖x‖. */
export function krylovPairs(
  L: SparseMatrix,
  start: Float64Array,
  dimension: number,
): (RitzPair & { readonly residual: number })[] {
  const most = Math.min(dimension, L.columns);
  const [space] = krylovSpaces((v) => multiply(L, v), start, most, most);
  const { H, basis, next } = space!;
  const { values, vectorOf } = realEigen(H);
  return Array.from(values.re).flatMap((re, k) => {
    const im = values.im[k]!;
    if (im < 0) return [];
    const s = vectorOf(k);
    return [{ value: { re, im }, vector: inBasis(basis, s), residual: next * lastShare(s) }];
  });
}

/** V and H of AV = VH + `next`·v eᵀ. */
interface KrylovSpace {
  readonly H: DenseMatrix;
  readonly basis: readonly Float64Array[];
  /** 0 where the space is invariant. */
  readonly next: number;
}

/** The Krylov space of A and a vector each time that it has grown by `stride`, up to `most` vectors or until it is invariant. */
function* krylovSpaces(
  apply: (v: Float64Array) => Float64Array,
  start: Float64Array,
  most: number,
  stride: number,
): Generator<KrylovSpace> {
  const H = zeroMatrix(most + 1);
  const basis: Float64Array[] = [scaled(start, 1 / norm2(start))];
  for (let m = 1; m <= most; m++) {
    const v = apply(basis[m - 1]!);
    const size = norm2(v);
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < m; j++) {
        const overlap = dot(basis[j]!, v);
        add(v, basis[j]!, -overlap);
        H.values[j * H.size + m - 1]! += overlap;
      }
    }
    const left = norm2(v);
    const next = left <= INVARIANT * size ? 0 : left;
    if (m % stride === 0 || m === most || next === 0) yield { H: leading(H, m), basis, next };
    if (next === 0) return;
    H.values[m * H.size + m - 1] = next;
    basis.push(scaled(v, 1 / next));
  }
}

/** What is left of a vector in an invariant space, relative to it. */
const INVARIANT = 1e-14;

/** Ritz pairs from the largest value of (L − σ)⁻¹ down to the first that has not converged. */
function convergedPairs({ H, basis, next }: KrylovSpace, sigma: number): RitzPair[] {
  const { values, vectorOf } = realEigen(H);
  const sizes = values.re.map((re, k) => Math.hypot(re, values.im[k]!));
  const order = [...sizes.keys()].sort((a, b) => sizes[b]! - sizes[a]!);
  const pairs: RitzPair[] = [];
  for (const k of order) {
    const s = vectorOf(k);
    if (!(next * lastShare(s) <= CONVERGED * sizes[k]!)) break;
    // λ = σ + 1/θ: a pair's number with im ≥ 0 is that with Im θ ≤ 0
    if (values.im[k]! > 0) continue;
    const square = sizes[k]! ** 2;
    const value = { re: sigma + values.re[k]! / square, im: -values.im[k]! / square };
    pairs.push({ value, vector: inBasis(basis, s) });
  }
  return pairs;
}

/** The share of the last vector of a basis in one of length 1. */
const lastShare = ({ re, im }: ComplexVector): number =>
  Math.hypot(re.at(-1)!, im.at(-1)!) / Math.hypot(norm2(re), norm2(im));

/** L − σ, with an explicit diagonal. */
function shiftedBy(L: SparseMatrix, sigma: number): SparseMatrix {
  const n = L.columns;
  const columns = new Int32Array(L.values.length + n);
  for (let c = 0; c < n; c++) columns.fill(c, L.columnStarts[c], L.columnStarts[c + 1]);
  const rows = new Int32Array(columns.length);
  const values = new Float64Array(columns.length);
  rows.set(L.rowIndices);
  values.set(L.values);
  for (let i = 0; i < n; i++) {
    rows[L.values.length + i] = columns[L.values.length + i] = i;
    values[L.values.length + i] = -sigma;
  }
  return fromTriplets(n, n, rows, columns, values);
}

function leading({ size, values }: DenseMatrix, m: number): DenseMatrix {
  const result = zeroMatrix(m);
  for (let i = 0; i < m; i++) result.values.set(values.subarray(i * size, i * size + m), i * m);
  return result;
}

const inBasis = (basis: readonly Float64Array[], { re, im }: ComplexVector): ComplexVector => ({
  re: combined(basis, re),
  im: combined(basis, im),
});

function combined(basis: readonly Float64Array[], shares: Float64Array): Float64Array {
  const sum = new Float64Array(basis[0]!.length);
  for (const [k, share] of shares.entries()) add(sum, basis[k]!, share);
  return sum;
}

function add(to: Float64Array, v: Float64Array, factor: number): void {
  for (let i = 0; i < to.length; i++) to[i]! += factor * v[i]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

const norm2 = (v: Float64Array): number => Math.sqrt(dot(v, v));

const scaled = (v: Float64Array, factor: number): Float64Array => v.map((x) => factor * x);
