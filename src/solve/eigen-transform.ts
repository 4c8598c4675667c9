import type { BlockLayout } from "../lower/block-layout.ts";
import type { ComplexSparse } from "../numerics/complex-sparse.ts";
import { type ComplexMatrix, hermitianEigen } from "../numerics/hermitian-eigen.ts";
import {
  createKernels,
  type Kernels,
  packedLength,
  SMALL_OF_MANY_STEPS,
  viewOf,
} from "../numerics/kernels.ts";

/** The eigenvectors of H in one block of ρ, piece by piece. */
export interface EigenBlock {
  readonly offset: number;
  readonly size: number;
  /** The number of eigenstates in the blocks before. */
  readonly first: number;
  readonly pieces: readonly EigenPiece[];
  readonly isReal: boolean;
}

/** Eigenvectors of H on product states that it joins, one in each column; row-major. */
export interface EigenPiece {
  /** Its first place in the block. */
  readonly first: number;
  readonly size: number;
  readonly energies: Float64Array;
  readonly vectors: ComplexMatrix;
}

/** Diagonalises H (by rows) piece by piece; undefined where the eigensolver fails. */
export function eigenBlocks(layout: BlockLayout, hamiltonian: ComplexSparse): EigenBlock[] | undefined {
  const { placeOf } = layout;
  const blocks: EigenBlock[] = [];
  let before = 0;
  for (const { states, offset, pieces: starts } of layout.blocks) {
    const pieces: EigenPiece[] = [];
    for (let p = 0; p + 1 < starts.length; p++) {
      const first = starts[p]!;
      const size = starts[p + 1]! - first;
      const re = new Float64Array(size * size);
      const im = new Float64Array(size * size);
      for (let row = 0; row < size; row++) {
        const state = states[first + row]!;
        for (let e = hamiltonian.columnStarts[state]!; e < hamiltonian.columnStarts[state + 1]!; e++) {
          const at = row * size + placeOf[hamiltonian.rows[e]!]! - first;
          re[at] = hamiltonian.re[e]!;
          im[at] = hamiltonian.im[e]!;
        }
      }
      const found = hermitianEigen(re, im, size);
      if (found.kind !== "converged") return undefined;
      const { values, vectors } = found;
      pieces.push({ first, size, energies: values, vectors });
    }
    const isReal = pieces.every(({ vectors }) => vectors.im.every((v) => v === 0));
    blocks.push({ offset, size: states.length, first: before, pieces, isReal });
    before += states.length;
  }
  return blocks;
}

export type Direction = "to" | "from";

/** V†XV and VXV† of a Hermitian matrix, block by block. */
export interface EigenTransform {
  /** Re X + Im X of the blocks, one after the other: what is turned. */
  readonly sum: Float64Array;
  /**
   * Puts V†XV (`"to"` the eigenbasis) or VXV† (`"from"` it) in the place of X: 4 Σ n³ flops where V is real and 10 Σ n³
   * where it is not, less where H falls into pieces.
   */
  readonly turn: (direction: Direction) => void;
}

/** Packs the eigenvectors once for all turns; `length` numbers hold the blocks. */
export function eigenTransform(blocks: readonly EigenBlock[], length: number): EigenTransform {
  const kernels = createKernels(transformNumbers(blocks, length), SMALL_OF_MANY_STEPS);
  const sum = kernels.take(length);
  const largest = blocks.reduce((most, b) => Math.max(most, b.size), 0);
  const room: Room = {
    kernels,
    packed: kernels.take(packedLength(largest, largest)),
    scratch: Array.from({ length: scratchCount(blocks) }, () => kernels.take(largest ** 2)),
  };
  const turns = blocks
    .filter((block) => block.size > 1)
    .map((block) => (block.isReal ? realTurn(block, sum, room) : complexTurn(block, sum, room)));
  return {
    sum: viewOf(kernels, sum, length),
    turn: (direction) => {
      for (const turn of turns) turn(direction);
    },
  };
}

const scratchCount = (blocks: readonly EigenBlock[]): number => (blocks.every((b) => b.isReal) ? 1 : 4);

/** Numbers that a transform takes. */
function transformNumbers(blocks: readonly EigenBlock[], length: number): number {
  const largest = blocks.reduce((most, b) => Math.max(most, b.size), 0);
  let packed = packedLength(largest, largest);
  for (const { pieces, isReal } of blocks)
    for (const { size } of pieces) packed += (isReal ? 2 : 8) * packedLength(size, size);
  return length + scratchCount(blocks) * largest ** 2 + packed;
}

/** Memory that all blocks share: one packed operand, and matrices of the largest block. */
interface Room {
  readonly kernels: Kernels;
  readonly packed: number;
  readonly scratch: readonly number[];
}

type Turn = (direction: Direction) => void;

/** A matrix of a piece, packed by its columns or by its rows. */
function packedPiece(
  { kernels, scratch }: Room,
  by: "columns" | "rows",
  size: number,
  values: ArrayLike<number>,
): number {
  const [loose] = scratch as [number];
  kernels.heap.set(values, loose);
  const place = kernels.take(packedLength(size, size));
  if (by === "columns") kernels.pack(loose, 1, size, size, size, place);
  else kernels.pack(loose, size, 1, size, size, place);
  return place;
}

/** With real V the sum of Re X and Im X is turned as one matrix. V† on the left and V on the right are the same columns. */
function realTurn({ offset, size: n, pieces }: EigenBlock, sum: number, room: Room): Turn {
  const { kernels, scratch } = room;
  const [half] = scratch as [number];
  const operands = pieces.map(({ first, size, vectors }) => ({
    first,
    size,
    to: packedPiece(room, "columns", size, vectors.re),
    from: packedPiece(room, "rows", size, vectors.re),
  }));
  const x = sum + offset;
  return (direction) => {
    clear(kernels, half, n);
    for (const piece of operands) addLeft(room, piece, piece[direction], x, half, n);
    clear(kernels, x, n);
    for (const piece of operands) addRight(room, piece, piece[direction], half, x, n);
  };
}

/** U of the product UXU† with U = P + iQ: P, Q and P + Q by rows, and what Re T and Im T of T = UX meet on the right. */
interface ComplexOperands {
  readonly p: number;
  readonly q: number;
  readonly pq: number;
  readonly withRe: number;
  readonly withIm: number;
}

/**
 * With U = P + iQ and X = S + iA: T = UX has Re T = PS − QA and Im T = (P + Q)(S + A) − PS − QA, and Re + Im of TU† is
 * Re T·(P − Q)ᵀ + Im T·(P + Q)ᵀ. V† in the place of U has P = (Re V)ᵀ and Q = −(Im V)ᵀ.
 */
function complexTurn({ offset, size: n, pieces }: EigenBlock, sum: number, room: Room): Turn {
  const { kernels, scratch } = room;
  const [re, im, part, other] = scratch as [number, number, number, number];
  const operands = pieces.map(({ first, size, vectors }) => {
    const plus = vectors.re.map((p, e) => p + vectors.im[e]!);
    const minus = vectors.re.map((p, e) => p - vectors.im[e]!);
    const negative = vectors.im.map((q) => -q);
    const packed = (by: "columns" | "rows", values: Float64Array) => packedPiece(room, by, size, values);
    const [columns, rows] = [packed("columns", minus), packed("rows", plus)];
    const to: ComplexOperands = {
      p: packed("columns", vectors.re),
      q: packed("columns", negative),
      pq: columns,
      withRe: packed("columns", plus),
      withIm: columns,
    };
    const from: ComplexOperands = {
      p: packed("rows", vectors.re),
      q: packed("rows", vectors.im),
      pq: rows,
      withRe: packed("rows", minus),
      withIm: rows,
    };
    return { first, size, to, from };
  });
  const x = sum + offset;
  return (direction) => {
    for (const place of [re, im, other]) clear(kernels, place, n);
    takePart(kernels, x, n, 1, part);
    for (const piece of operands) addLeft(room, piece, piece[direction].p, part, re, n);
    takePart(kernels, x, n, -1, part);
    for (const piece of operands) addLeft(room, piece, piece[direction].q, part, other, n);
    for (const piece of operands) addLeft(room, piece, piece[direction].pq, x, im, n);
    joinParts(kernels, re, other, im, n * n);
    clear(kernels, x, n);
    for (const piece of operands) {
      addRight(room, piece, piece[direction].withRe, re, x, n);
      addRight(room, piece, piece[direction].withIm, im, x, n);
    }
  };
}

const clear = ({ heap }: Kernels, place: number, n: number) => heap.fill(0, place, place + n * n);

/** The symmetric (sign 1) or the antisymmetric part (sign −1) of a block. */
function takePart({ heap }: Kernels, sum: number, n: number, sign: number, part: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      const value = (heap[sum + i * n + j]! + sign * heap[sum + j * n + i]!) / 2;
      heap[part + i * n + j] = value;
      heap[part + j * n + i] = sign * value;
    }
  }
}

/** From PS, QA and (P + Q)(S + A) to Re T in the place of the first and Im T in that of the last. */
function joinParts({ heap }: Kernels, ps: number, qa: number, both: number, count: number): void {
  for (let e = 0; e < count; e++) {
    const [s, a] = [heap[ps + e]!, heap[qa + e]!];
    heap[ps + e] = s - a;
    heap[both + e]! -= s + a;
  }
}

type Place = Pick<EigenPiece, "first" | "size">;

/** The rows of a piece of M·X are added to `out`. */
function addLeft(
  room: Room,
  { first, size }: Place,
  matrix: number,
  x: number,
  out: number,
  n: number,
): void {
  const { kernels, packed } = room;
  kernels.pack(x + first * n, 1, n, n, size, packed);
  kernels.multiply(matrix, packed, out + first * n, n, size, n, size);
}

/** The columns of a piece of X·M are added to `out`. */
function addRight(
  room: Room,
  { first, size }: Place,
  matrix: number,
  x: number,
  out: number,
  n: number,
): void {
  const { kernels, packed } = room;
  kernels.pack(x + first, n, 1, n, size, packed);
  kernels.multiply(packed, matrix, out + first, n, n, size, size);
}
