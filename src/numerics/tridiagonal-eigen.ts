import type { Kernels } from "./kernels.ts";

/** Sweeps that all eigenvalues may take together, for each of them; two are usual, and single ones may take many. */
const MAX_SWEEPS = 60;

/** Couplings this far below the norm are dropped whatever stands beside them. */
const NEGLIGIBLE = 2 ** -104;

const EPSILON = 2 ** -53;

/**
 * Eigenvalues of the real symmetric tridiagonal matrix with the given diagonal and off-diagonal (offDiagonal[i] couples
 * i and i + 1; the last is not used), written over the diagonal, unordered; the off-diagonal is destroyed. Where
 * `rows` are given they are turned along: from the identity they become the eigenvectors, one a row. Returns the index of an eigenvalue that did not converge, −1 for success. Implicit QL with Wilkinson's shift:
 * Parlett, The Symmetric Eigenvalue Problem (1998), ch. 8.
 */
export function tridiagonalEigen(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  rows: TurnedRows | undefined,
): number {
  const n = diagonal.length;
  const negligible = NEGLIGIBLE * largestEntry(diagonal, offDiagonal);
  let sweeps = 0;
  for (let first = 0; first < n; first++) {
    for (; ; sweeps++) {
      const last = endOfBlock(diagonal, offDiagonal, first, negligible);
      if (last === first) break;
      if (sweeps === MAX_SWEEPS * n) return first;
      sweep(diagonal, offDiagonal, first, last, rows);
    }
  }
  if (rows) turnAll(rows, n);
  return -1;
}

/** Rows that sweeps turn: n × n, row-major, in the memory of kernels. Sweeps are collected, so that rows stay in the cache. */
export interface TurnedRows {
  readonly kernels: Kernels;
  readonly rows: number;
  /** Place of collected sweeps: first and last row, then cosine and sine of each rotation from the last one up. */
  readonly sweeps: number;
  count: number;
  top: number;
}

/** Sweeps that are collected. */
const COLLECTED = 16;

/** Numbers that collected sweeps take. */
export const sweepNumbers = (n: number): number => COLLECTED * 2 * (n + 1);

function turnAll(rows: TurnedRows, n: number): void {
  if (rows.count > 0) rows.kernels.turnRows(rows.rows, n, rows.sweeps, rows.count);
  rows.count = 0;
  rows.top = rows.sweeps;
}

function largestEntry(diagonal: Float64Array, offDiagonal: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < diagonal.length; i++) {
    largest = Math.max(largest, Math.abs(diagonal[i]!));
    if (i + 1 < diagonal.length) largest = Math.max(largest, Math.abs(offDiagonal[i]!));
  }
  return largest;
}

/** The last index of the unreduced block that starts at `first`. */
function endOfBlock(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  first: number,
  negligible: number,
): number {
  let last = first;
  for (; last + 1 < diagonal.length; last++) {
    const coupling = Math.abs(offDiagonal[last]!);
    const neighbours = Math.abs(diagonal[last]!) + Math.abs(diagonal[last + 1]!);
    if (coupling <= EPSILON * neighbours || coupling <= negligible) break;
  }
  return last;
}

/** The eigenvalue of the leading 2 × 2 block that lies nearer its first diagonal entry. */
function wilkinsonShift(a: number, b: number, coupling: number): number {
  const half = (b - a) / 2;
  const radius = Math.hypot(half, coupling);
  return a - (coupling / (half + (half < 0 ? -radius : radius))) * coupling;
}

/**
 * One QL step on the block first … last: a rotation of its last two rows that the shift decides, then rotations
 * upwards that chase the entry it creates beside the tridiagonal out at the top.
 */
function sweep(
  d: Float64Array,
  e: Float64Array,
  first: number,
  last: number,
  rows: TurnedRows | undefined,
): void {
  if (rows?.count === COLLECTED) turnAll(rows, d.length);
  if (rows) {
    rows.count++;
    collect(rows, first, last);
  }
  const shift = wilkinsonShift(d[first]!, d[first + 1]!, e[first]!);
  // The rotation of i and i + 1 annihilates `bulge` against `edge`; below the block both are the shifted last column.
  let edge = d[last]! - shift;
  let bulge = e[last - 1]!;
  for (let i = last - 1; i >= first; i--) {
    const length = Math.hypot(edge, bulge);
    // Both zero: the coupling to the part below is gone, and the block falls apart here.
    const cosine = length === 0 ? 1 : edge / length;
    const sine = length === 0 ? 0 : bulge / length;
    if (i + 1 < last) e[i + 1] = length;
    // The 2 × 2 block [[upper, middle], [middle, lower]] turned by the rotation.
    const upper = d[i]!;
    const lower = d[i + 1]!;
    const middle = e[i]!;
    const lift = sine * (sine * (upper - lower) + 2 * cosine * middle);
    d[i + 1] = lower + lift;
    d[i] = upper - lift;
    e[i] = cosine * (sine * (upper - lower) + 2 * cosine * middle) - middle;
    edge = e[i]!;
    if (i > first) {
      bulge = sine * e[i - 1]!;
      e[i - 1]! *= cosine;
    }
    if (rows) collect(rows, cosine, sine);
  }
}

function collect(rows: TurnedRows, a: number, b: number): void {
  rows.kernels.heap[rows.top++] = a;
  rows.kernels.heap[rows.top++] = b;
}
