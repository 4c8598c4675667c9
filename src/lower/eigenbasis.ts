import {
  type ComplexSparse,
  complexSparse,
  forEachEntry,
  largestEntry,
  newEntries,
} from "../numerics/complex-sparse.ts";
import { components } from "../numerics/connected-components.ts";
import { complexProduct } from "../numerics/dense-product.ts";
import { hermitianEigen } from "../numerics/hermitian-eigen.ts";
import { type KernelWorkspace, kernelWorkspace } from "../numerics/kernels.ts";
import { emptyBlocks } from "./hermitian-block.ts";

/**
 * The eigenstates of a Hamiltonian, block by block along its own connected components, so that degenerate levels of
 * different blocks stay apart and eigenvectors stay sparse. Eigenstate `block.first + k` is column k of the block.
 */
export interface Eigenbasis {
  readonly dimension: number;
  /** By eigenstate. */
  readonly energies: Float64Array;
  /** The level that each eigenstate belongs to: energies that agree within the tolerance are one level. */
  readonly level: Int32Array;
  /** By level, the mean of its energies, ascending. */
  readonly levelEnergies: Float64Array;
  readonly blocks: readonly EigenBlock[];
  /** The block of each product state, and its place there. */
  readonly blockOf: Int32Array;
  readonly placeOf: Int32Array;
  /** Energies closer than this count as equal; and that as a fraction of the spectral range. */
  readonly tolerance: number;
  readonly relativeTolerance: number;
}

export interface EigenBlock {
  /** The first of its eigenstates. */
  readonly first: number;
  /** Product states. */
  readonly states: Int32Array;
  /** Row-major: entry (place of product state, column of eigenstate). */
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Energies that differ by less than this fraction of the spectral range are one level. */
const LEVEL_TOLERANCE = 1e-12;

/** An entry of a transformed operator below this fraction of its largest one is round-off. */
const DROP = 1e-14;

/** Largest block that is diagonalised. */
const MAX_BLOCK = 2000;

export type EigenbasisResult =
  | { readonly kind: "found"; readonly eigenbasis: Eigenbasis }
  | { readonly kind: "too-large"; readonly size: number }
  | { readonly kind: "failed" };

/**
 * Diagonalises a Hermitian matrix on the product basis. `relative` is the tolerance in units of the spectral range,
 * `largestBlock` the size beyond which a block is not diagonalised.
 */
export function eigenbasisOf(
  hamiltonian: ComplexSparse,
  relative = LEVEL_TOLERANCE,
  largestBlock = MAX_BLOCK,
): EigenbasisResult {
  const rows: number[] = [];
  const columns: number[] = [];
  forEachEntry(hamiltonian, (row, column, re, im) => {
    if (row !== column && (re !== 0 || im !== 0)) {
      rows.push(row);
      columns.push(column);
    }
  });
  const dimension = hamiltonian.size;
  const { labels, count } = components(dimension, Int32Array.from(rows), Int32Array.from(columns));
  const { blocks: matrices, place } = emptyBlocks(labels, count);
  const largest = matrices.reduce((most, b) => Math.max(most, b.states.length), 0);
  if (largest > largestBlock) return { kind: "too-large", size: largest };
  forEachEntry(hamiltonian, (row, column, re, im) => {
    const block = matrices[labels[row]!]!;
    const at = place[row]! * block.states.length + place[column]!;
    block.re[at] = re;
    block.im[at] = im;
  });
  const energies = new Float64Array(dimension);
  const blocks: EigenBlock[] = [];
  let first = 0;
  const workspace = kernelWorkspace();
  for (const { states, re, im } of matrices) {
    const found = hermitianEigen(re, im, states.length, workspace);
    if (found.kind !== "converged") return { kind: "failed" };
    energies.set(found.values, first);
    blocks.push({ first, states, re: found.vectors.re, im: found.vectors.im });
    first += states.length;
  }
  return {
    kind: "found",
    eigenbasis: {
      dimension,
      energies,
      ...levelsOf(energies, relative),
      blocks,
      blockOf: labels,
      placeOf: place,
    },
  };
}

/** Joins energies that follow each other within the tolerance. */
function levelsOf(
  energies: Float64Array,
  relative: number,
): Pick<Eigenbasis, "level" | "levelEnergies" | "tolerance" | "relativeTolerance"> {
  const order = Int32Array.from(energies.keys()).sort((a, b) => energies[a]! - energies[b]!);
  const range = energies.length > 0 ? energies[order.at(-1)!]! - energies[order[0]!]! : 0;
  const tolerance = relative * range;
  const level = new Int32Array(energies.length);
  const sums: number[] = [];
  const counts: number[] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const state of order) {
    const E = energies[state]!;
    if (E - before > tolerance || sums.length === 0) {
      sums.push(0);
      counts.push(0);
    }
    level[state] = sums.length - 1;
    sums[sums.length - 1]! += E;
    counts[counts.length - 1]! += 1;
    before = E;
  }
  return {
    level,
    levelEnergies: Float64Array.from(sums, (sum, k) => sum / counts[k]!),
    tolerance,
    relativeTolerance: relative,
  };
}

/** V†XV: an operator of the product basis between eigenstates. Products of dense pieces, one for each pair of blocks. */
export function toEigenbasis(x: ComplexSparse, eigenbasis: Eigenbasis): ComplexSparse {
  const pieces = new Map<number, Piece>();
  const count = eigenbasis.blocks.length;
  forEachEntry(x, (row, column, re, im) => {
    const [a, b] = [eigenbasis.blockOf[row]!, eigenbasis.blockOf[column]!];
    let piece = pieces.get(a * count + b);
    if (!piece) {
      const [n, m] = [eigenbasis.blocks[a]!.states.length, eigenbasis.blocks[b]!.states.length];
      piece = { row: a, column: b, re: new Float64Array(n * m), im: new Float64Array(n * m) };
      pieces.set(a * count + b, piece);
    }
    const at = eigenbasis.placeOf[row]! * eigenbasis.blocks[b]!.states.length + eigenbasis.placeOf[column]!;
    piece.re[at] = re;
    piece.im[at] = im;
  });
  const entries = newEntries();
  const workspace = kernelWorkspace();
  for (const { row, column, re, im } of pieces.values()) {
    const [left, right] = [eigenbasis.blocks[row]!, eigenbasis.blocks[column]!];
    const half = timesRight({ re, im }, right, workspace);
    const turned = leftAdjointTimes(left, half, right.states.length, workspace);
    pushPiece(entries, turned, left.first, right.first, left.states.length, right.states.length);
  }
  return complexSparse(eigenbasis.dimension, entries, DROP * largestEntry(x));
}

interface Piece {
  readonly row: number;
  readonly column: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

interface Dense {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

function pushPiece(
  entries: ReturnType<typeof newEntries>,
  { re, im }: Dense,
  rowStart: number,
  columnStart: number,
  n: number,
  m: number,
): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      const [x, y] = [re[i * m + j]!, im[i * m + j]!];
      if (x === 0 && y === 0) continue;
      entries.row.push(rowStart + i);
      entries.column.push(columnStart + j);
      entries.re.push(x);
      entries.im.push(y);
    }
  }
}

/** Blocks below this size are multiplied in less time than it takes to start the kernels. */
const SMALL = 48;

/** M·V for an n × m piece and the m × m vectors of a block. */
function timesRight(piece: Dense, { states, re: vr, im: vi }: EigenBlock, workspace: KernelWorkspace): Dense {
  const { re, im } = piece;
  const m = states.length;
  const n = re.length / m;
  if (Math.min(n, m) >= SMALL && isDense(piece))
    return complexProduct([n, m, m], piece, { re: vr, im: vi }, "plain", workspace);
  const out = { re: new Float64Array(n * m), im: new Float64Array(n * m) };
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < m; k++) {
      const [x, y] = [re[i * m + k]!, im[i * m + k]!];
      if (x === 0 && y === 0) continue;
      for (let j = 0; j < m; j++) {
        out.re[i * m + j]! += x * vr[k * m + j]! - y * vi[k * m + j]!;
        out.im[i * m + j]! += x * vi[k * m + j]! + y * vr[k * m + j]!;
      }
    }
  }
  return out;
}

/** Whether so many entries are not zero that to pass over the others is no gain: kernels are about ten times as fast. */
function isDense({ re, im }: Dense): boolean {
  let count = 0;
  for (let e = 0; e < re.length; e++) if (re[e] !== 0 || im[e] !== 0) count++;
  return count > re.length / 10;
}

/** V†·M for the n × n vectors of a block and an n × m piece. */
function leftAdjointTimes(
  { states, re: vr, im: vi }: EigenBlock,
  { re, im }: Dense,
  m: number,
  workspace: KernelWorkspace,
): Dense {
  const n = states.length;
  if (Math.min(n, m) >= SMALL)
    return complexProduct([n, n, m], { re: vr, im: vi }, { re, im }, "adjoint", workspace);
  const out = { re: new Float64Array(n * m), im: new Float64Array(n * m) };
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) {
      const [x, y] = [vr[k * n + i]!, -vi[k * n + i]!];
      if (x === 0 && y === 0) continue;
      for (let j = 0; j < m; j++) {
        out.re[i * m + j]! += x * re[k * m + j]! - y * im[k * m + j]!;
        out.im[i * m + j]! += x * im[k * m + j]! + y * re[k * m + j]!;
      }
    }
  }
  return out;
}

/** VXV†: back to the product basis. */
export function toProductBasis(x: ComplexSparse, eigenbasis: Eigenbasis): ComplexSparse {
  const blockOfState = new Int32Array(eigenbasis.dimension);
  for (const [b, { first, states }] of eigenbasis.blocks.entries()) {
    blockOfState.fill(b, first, first + states.length);
  }
  const count = eigenbasis.blocks.length;
  const pieces = new Map<number, Piece>();
  forEachEntry(x, (row, column, re, im) => {
    const [a, b] = [blockOfState[row]!, blockOfState[column]!];
    const [left, right] = [eigenbasis.blocks[a]!, eigenbasis.blocks[b]!];
    const m = right.states.length;
    let piece = pieces.get(a * count + b);
    if (!piece) {
      const size = left.states.length * m;
      piece = { row: a, column: b, re: new Float64Array(size), im: new Float64Array(size) };
      pieces.set(a * count + b, piece);
    }
    const at = (row - left.first) * m + (column - right.first);
    piece.re[at] = re;
    piece.im[at] = im;
  });
  const entries = newEntries();
  const workspace = kernelWorkspace();
  for (const { row, column, re, im } of pieces.values()) {
    const [left, right] = [eigenbasis.blocks[row]!, eigenbasis.blocks[column]!];
    const half = timesRight({ re, im }, inverse(right), workspace);
    const turned = leftAdjointTimes(inverse(left), half, right.states.length, workspace);
    const n = left.states.length;
    const m = right.states.length;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < m; j++) {
        entries.row.push(left.states[i]!);
        entries.column.push(right.states[j]!);
        entries.re.push(turned.re[i * m + j]!);
        entries.im.push(turned.im[i * m + j]!);
      }
    }
  }
  return complexSparse(eigenbasis.dimension, entries);
}

/** The vectors of a block turned over: V† in the place of V. */
function inverse(block: EigenBlock): EigenBlock {
  const n = block.states.length;
  const re = new Float64Array(n * n);
  const im = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      re[j * n + i] = block.re[i * n + j]!;
      im[j * n + i] = -block.im[i * n + j]!;
    }
  }
  return { ...block, re, im };
}
