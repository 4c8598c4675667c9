import { components } from "./connected-components.ts";
import { denseOf } from "./dense-matrix.ts";
import { type Eigenpair, refineEigenpair } from "./eigenpair.ts";
import { minimumDegree } from "./minimum-degree.ts";
import { randomStream } from "./random-stream.ts";
import { type ComplexVector, realEigen } from "./real-eigen.ts";
import { type ShiftedSystem, shiftedSystem } from "./shifted-system.ts";
import { slowModesOfPiece } from "./slow-modes-of-piece.ts";
import { norm1, type SparseMatrix } from "./sparse-matrix.ts";
import { symbolicFill } from "./symbolic-fill.ts";

/** The eigenvalues λ of a matrix whose modes e^{λt} decay slowest. */
export interface SlowModes {
  /** By −Re λ; one of each complex pair, with im ≥ 0, and as many of a multiple eigenvalue as were found. Vectors of length 1. */
  readonly modes: readonly Eigenpair[];
  /** ‖L‖₁ */
  readonly norm: number;
  /** How many matrices L falls into, and the size of the largest. */
  readonly pieces: number;
  readonly largestPiece: number;
  readonly method: "dense" | "shift-and-invert";
  /** No mode that decays slower than this is missing; 0 where that is not known. */
  readonly completeBelow: number;
  /** In any case all with |λ| up to this are there, multiple ones once. */
  readonly radius: number;
}

export type SlowModesOutcome =
  | { readonly kind: "found"; readonly slow: SlowModes }
  | { readonly kind: "failed"; readonly reason: string };

/** Pieces up to the first size have all their eigenvalues worked out, and up to the second one where their factors are nearly full. */
const DENSE = { always: 400, full: 600 };

/** Factors with more than this part of n² entries are nearly full: making them often takes longer than all eigenvalues. */
const FULL = 0.25;

/** Values closer than this, in units of ‖L‖, count as one. */
const SAME = 1e-11;

/** One square matrix of those that L falls into. */
interface Piece {
  readonly unknowns: Int32Array;
  readonly matrix: SparseMatrix;
  readonly low: Float64Array;
}

/** An eigenvalue, perhaps approximate, of a piece. */
interface Candidate {
  readonly piece: Piece;
  readonly value: { readonly re: number; readonly im: number };
  readonly refined: () => Eigenpair | undefined;
}

/**
 * The `count` slowest modes that decay, with those that do not. L is taken apart into matrices that share no unknown; each
 * is treated densely or by shift-and-invert steps. `low` holds what the entries of L lost to rounding; wᵀL = 0 for `conserved`.
 */
export function slowModes(
  L: SparseMatrix,
  low: Float64Array,
  count: number,
  conserved: Float64Array,
): SlowModesOutcome {
  const norm = norm1(L);
  const pieces = piecesOf(L, low);
  const candidates: Candidate[] = [];
  let isAllDense = true;
  let completeBelow = Infinity;
  let radius = Infinity;
  let frontier = Infinity;
  for (const piece of pieces) {
    if (isDense(piece)) candidates.push(...denseCandidates(piece, norm));
    else {
      isAllDense = false;
      const w = Float64Array.from(piece.unknowns, (i) => conserved[i]!);
      const found = slowModesOfPiece(piece.matrix, piece.low, norm, count, w, randomStream(1, 0));
      if (found.kind === "failed") return found;
      completeBelow = Math.min(completeBelow, found.completeBelow);
      radius = Math.min(radius, found.radius);
      frontier = Math.min(frontier, found.frontier);
      candidates.push(...found.modes.map((mode) => ({ piece, value: mode.value, refined: () => mode })));
    }
  }
  candidates.sort((a, b) => b.value.re - a.value.re);
  const within = candidates.filter(({ value }) => -value.re <= frontier * (1 + SAME) + SAME * norm);
  const modes: Eigenpair[] = [];
  for (const { piece, refined } of firstDistinct(within, count, norm)) {
    const mode = refined();
    if (!mode) return { kind: "failed", reason: "an eigenvector could not be improved" };
    modes.push(spread(mode, piece.unknowns, L.columns));
  }
  const largestPiece = pieces.reduce((most, p) => Math.max(most, p.matrix.columns), 0);
  return {
    kind: "found",
    slow: {
      modes: modes.sort((a, b) => b.value.re - a.value.re),
      norm,
      pieces: pieces.length,
      largestPiece,
      method: isAllDense ? "dense" : "shift-and-invert",
      completeBelow,
      radius,
    },
  };
}

function isDense({ matrix }: Piece): boolean {
  const n = matrix.columns;
  if (n <= DENSE.always) return true;
  const full = FULL * n * n;
  return n <= DENSE.full && symbolicFill(matrix, minimumDegree(matrix), full) > full;
}

/** Whether a value differs from zero by round-off alone. */
const isNothing = ({ re, im }: Candidate["value"], norm: number): boolean =>
  Math.hypot(re, im) <= SAME * norm;

/** The first ones up to `count` different values that are not zero. */
function firstDistinct(sorted: readonly Candidate[], count: number, norm: number): Candidate[] {
  const seen: Candidate["value"][] = [];
  return sorted.filter(({ value }) => {
    if (isNothing(value, norm)) return true;
    if (seen.some((s) => Math.hypot(s.re - value.re, s.im - value.im) <= SAME * norm)) return true;
    return seen.length < count && seen.push(value) > 0;
  });
}

function denseCandidates(piece: Piece, norm: number): Candidate[] {
  const { values, vectorOf } = realEigen(denseOf(piece.matrix));
  let system: ShiftedSystem | undefined;
  return Array.from(values.re).flatMap((re, k): Candidate[] => {
    const im = values.im[k]!;
    if (im < 0) return [];
    const refined = () => {
      system ??= shiftedSystem(piece.matrix, piece.low);
      return refineEigenpair(system, norm, { re, im }, vectorOf(k));
    };
    return [{ piece, value: { re, im }, refined }];
  });
}

/** The connected components of L, entries that are zero left out. */
function piecesOf(L: SparseMatrix, low: Float64Array): Piece[] {
  const rows: number[] = [];
  const columns: number[] = [];
  for (let c = 0; c < L.columns; c++) {
    for (let e = L.columnStarts[c]!; e < L.columnStarts[c + 1]!; e++) {
      if (L.values[e] === 0 && low[e] === 0) continue;
      rows.push(L.rowIndices[e]!);
      columns.push(c);
    }
  }
  const { labels, count } = components(L.columns, Int32Array.from(rows), Int32Array.from(columns));
  const members: number[][] = Array.from({ length: count }, () => []);
  const place = new Int32Array(L.columns);
  for (let i = 0; i < L.columns; i++) place[i] = members[labels[i]!]!.push(i) - 1;
  return members.map((own) => pieceOf(L, low, Int32Array.from(own), place));
}

function pieceOf(L: SparseMatrix, low: Float64Array, unknowns: Int32Array, place: Int32Array): Piece {
  const n = unknowns.length;
  const columnStarts = new Int32Array(n + 1);
  const rowIndices: number[] = [];
  const values: number[] = [];
  const lows: number[] = [];
  for (const [k, c] of unknowns.entries()) {
    for (let e = L.columnStarts[c]!; e < L.columnStarts[c + 1]!; e++) {
      if (L.values[e] === 0 && low[e] === 0) continue;
      rowIndices.push(place[L.rowIndices[e]!]!);
      values.push(L.values[e]!);
      lows.push(low[e]!);
    }
    columnStarts[k + 1] = values.length;
  }
  return {
    unknowns,
    matrix: {
      rows: n,
      columns: n,
      columnStarts,
      rowIndices: Int32Array.from(rowIndices),
      values: Float64Array.from(values),
    },
    low: Float64Array.from(lows),
  };
}

/** A mode of a piece over the unknowns of the whole. */
function spread(mode: Eigenpair, unknowns: Int32Array, size: number): Eigenpair {
  const placed = (v: Float64Array): Float64Array => {
    const whole = new Float64Array(size);
    for (const [k, i] of unknowns.entries()) whole[i] = v[k]!;
    return whole;
  };
  const vector = ({ re, im }: ComplexVector): ComplexVector => ({ re: placed(re), im: placed(im) });
  return { ...mode, right: vector(mode.right), left: vector(mode.left) };
}
