import { packSum, unpackSum } from "../lower/block-layout.ts";
import type { DenseGenerator, DenseLiouvillian } from "../lower/dense-generator.ts";
import type { ShiftMatrix } from "../lower/elementary-operator.ts";
import { applyDense, type DenseMatrix, solveDense, zeroMatrix } from "../numerics/dense-matrix.ts";
import { complexProduct } from "../numerics/dense-product.ts";
import type { LinearMap } from "../numerics/gmres.ts";
import { type KernelWorkspace, kernelWorkspace } from "../numerics/kernels.ts";
import { type EigenBlock, eigenBlocks, eigenTransform } from "./eigen-transform.ts";

/** S, about the inverse of L. */
export interface Preconditioner {
  readonly apply: LinearMap;
  /** How it treats the populations of the eigenstates of H: as a whole, or each by its own decay. */
  readonly populations: "joint" | "single";
  readonly isReal: boolean;
}

/** Eigenstates up to which their rate equation is inverted as a whole. */
const MAX_JOINT = 1500;

/** Numbers that the jumps between eigenstates may hold while that rate equation is made. */
const MAX_JUMP_NUMBERS = 1.5e8;

/** A decay below this fraction of the mean one is taken to be that fraction: pairs that no jump reaches. */
const SMALLEST_DECAY = 1e-3;

/**
 * L with the loss K = ΣO†O replaced by its diagonal in the eigenbasis of H, and of the gain ΣOρO† only what it moves
 * between populations of that basis. Coherences are divided by −i(e_i − e_j) − ½(K_ii + K_jj); the populations solve
 * their rate equation (Pauli's), shifted by its trace. Where the rates are small against the gaps of H nothing else is
 * left at first order, so that the weaker the baths the fewer the steps. Undefined where the eigensolver fails.
 */
export function lyapunovPreconditioner(
  { layout, sector }: DenseGenerator,
  liouvillian: DenseLiouvillian,
  populations: Preconditioner["populations"] = "joint",
): Preconditioner | undefined {
  const blocks = eigenBlocks(layout, liouvillian.hamiltonian);
  if (!blocks) return undefined;
  const isReal = blocks.every((b) => b.isReal);
  const { energies, decays } = levelsOf(blocks, layout.blocks, liouvillian);
  const mean = decays.reduce((sum, k) => sum + k, 0) / decays.length;
  const smallest = SMALLEST_DECAY * (mean > 0 ? mean : 1);
  const inverse =
    populations === "joint"
      ? inverseRates(blocks, layout.blockOf, layout.placeOf, liouvillian, mean)
      : undefined;
  const { sum, turn } = eigenTransform(blocks, layout.length);
  const diagonal = new Float64Array(sector.dimension);
  const apply: LinearMap = (x, image) => {
    unpackSum(layout, x, sum);
    turn("to");
    for (const { offset, size, first } of blocks) {
      divideCoherences(sum, offset, size, first, energies, decays, smallest);
      for (let i = 0; i < size; i++) diagonal[first + i] = sum[offset + i * size + i]!;
    }
    const solved = inverse
      ? applyDense(inverse, diagonal)
      : diagonal.map((p, k) => -p / Math.max(decays[k]!, smallest));
    for (const { offset, size, first } of blocks) {
      for (let i = 0; i < size; i++) sum[offset + i * size + i] = solved[first + i]!;
    }
    turn("from");
    packSum(layout, sum, image);
  };
  return { apply, populations: inverse ? "joint" : "single", isReal };
}

function divideCoherences(
  sum: Float64Array,
  offset: number,
  size: number,
  first: number,
  energies: Float64Array,
  decays: Float64Array,
  smallest: number,
): void {
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size; j++) {
      const p = offset + i * size + j;
      const q = offset + j * size + i;
      const re = (sum[p]! + sum[q]!) / 2;
      const im = (sum[p]! - sum[q]!) / 2;
      const frequency = energies[first + i]! - energies[first + j]!;
      const decay = Math.max((decays[first + i]! + decays[first + j]!) / 2, smallest);
      const square = decay * decay + frequency * frequency;
      const x = (-decay * re - frequency * im) / square;
      const y = (frequency * re - decay * im) / square;
      sum[p] = x + y;
      sum[q] = x - y;
    }
  }
}

/** The energies of the eigenstates, and K_ii between them. */
function levelsOf(
  blocks: readonly EigenBlock[],
  layouts: DenseGenerator["layout"]["blocks"],
  { losses }: DenseLiouvillian,
): { readonly energies: Float64Array; readonly decays: Float64Array } {
  const count = blocks.reduce((n, b) => n + b.size, 0);
  const energies = new Float64Array(count);
  const decays = new Float64Array(count);
  for (const [b, block] of blocks.entries()) {
    const { states } = layouts[b]!;
    for (const { first, size, energies: own, vectors } of block.pieces) {
      const start = block.first + first;
      energies.set(own, start);
      const places = new Map(Array.from({ length: size }, (_, k) => [states[first + k]!, k]));
      for (let row = 0; row < size; row++) {
        const state = states[first + row]!;
        for (let e = losses.columnStarts[state]!; e < losses.columnStarts[state + 1]!; e++) {
          const column = places.get(losses.rows[e]!);
          if (column === undefined) continue;
          const [kr, ki] = [losses.re[e]!, losses.im[e]!];
          // Re V*_{row,i} K V_{column,i}
          for (let i = 0; i < size; i++) {
            const [a, b2] = [vectors.re[row * size + i]!, vectors.im[row * size + i]!];
            const [c, d] = [vectors.re[column * size + i]!, vectors.im[column * size + i]!];
            decays[start + i]! += kr * (a * c + b2 * d) - ki * (a * d - b2 * c);
          }
        }
      }
    }
  }
  return { energies, decays };
}

/**
 * The inverse of the rate equation of the populations of eigenstates, W_ij = ⟨i|L(|j⟩⟨j|)|i⟩, made invertible by
 * −(k/d) 1 1ᵀ with k the mean decay; undefined where it is too large or singular even so.
 */
function inverseRates(
  blocks: readonly EigenBlock[],
  blockOf: Int32Array,
  placeOf: Int32Array,
  { jumps }: DenseLiouvillian,
  mean: number,
): DenseMatrix | undefined {
  const d = blockOf.length;
  if (d > MAX_JOINT || !(mean > 0)) return undefined;
  const turned = new Map<ShiftMatrix, readonly Turned[]>();
  const workspace = kernelWorkspace();
  let held = 0;
  const turnedOf = (operator: ShiftMatrix): readonly Turned[] => {
    let pieces = turned.get(operator);
    if (!pieces) {
      pieces = turnedPieces(operator, blocks, blockOf, placeOf, workspace);
      for (const { re } of pieces) held += 2 * re.length;
      turned.set(operator, pieces);
    }
    return pieces;
  };
  const rates = zeroMatrix(d);
  for (const { re, im, left, right } of jumps) {
    const [a, b] = [turnedOf(left), turnedOf(right)];
    if (held > MAX_JUMP_NUMBERS) return undefined;
    const others = left === right ? a : b;
    for (const p of a) {
      const q = others.find((o) => o.row === p.row && o.column === p.column);
      if (!q) continue;
      addRates(rates, p, q, left === right ? re / 2 : re, im);
    }
  }
  const shift = mean / d;
  for (let j = 0; j < d; j++) {
    let gain = 0;
    for (let i = 0; i < d; i++) if (i !== j) gain += rates.values[i * d + j]!;
    rates.values[j * d + j] = -gain;
  }
  for (let e = 0; e < d * d; e++) rates.values[e]! -= shift;
  const identity = zeroMatrix(d);
  for (let i = 0; i < d; i++) identity.values[i * d + i] = 1;
  const inverse = solveDense(rates, identity);
  const bound = 1 / (mean * SMALLEST_INVERTED);
  return inverse.values.every((v) => Math.abs(v) < bound) ? inverse : undefined;
}

/**
 * Populations whose rate equation relaxes more slowly than this fraction of the mean decay are not solved for jointly: what
 * really couples them is then most often the coherences, and the inverse would only amplify round-off.
 */
const SMALLEST_INVERTED = 1e-6;

/** An operator between the eigenstates of two pieces, rows first … and columns first …. */
interface Turned {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Adds 2 Re(c A_ij B*_ij). */
function addRates({ size, values }: DenseMatrix, a: Turned, b: Turned, re: number, im: number): void {
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.columns; j++) {
      const e = i * a.columns + j;
      const x = a.re[e]! * b.re[e]! + a.im[e]! * b.im[e]!;
      const y = a.im[e]! * b.re[e]! - a.re[e]! * b.im[e]!;
      values[(a.row + i) * size + a.column + j]! += 2 * (re * x - im * y);
    }
  }
}

/** V†AV by pairs of pieces. */
function turnedPieces(
  { target, weight }: ShiftMatrix,
  blocks: readonly EigenBlock[],
  blockOf: Int32Array,
  placeOf: Int32Array,
  workspace: KernelWorkspace,
): Turned[] {
  const all = blocks.flatMap((block, b) => block.pieces.map((piece) => ({ b, block, piece })));
  const pieceOf = new Map<number, number>();
  for (const [k, { b, piece }] of all.entries()) pieceOf.set(b * blockOf.length + piece.first, k);
  const find = (state: number): number => {
    const b = blockOf[state]!;
    const place = placeOf[state]!;
    const { pieces } = blocks[b]!;
    let low = 0;
    let high = pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (pieces[middle]!.first <= place) low = middle;
      else high = middle - 1;
    }
    return pieceOf.get(b * blockOf.length + pieces[low]!.first)!;
  };
  const groups = new Map<number, number[]>();
  for (let state = 0; state < target.length; state++) {
    if (target[state]! < 0) continue;
    const key = find(target[state]!) * all.length + find(state);
    const list = groups.get(key);
    if (list) list.push(state);
    else groups.set(key, [state]);
  }
  return [...groups].map(([key, states]): Turned => {
    const to = all[Math.floor(key / all.length)]!;
    const from = all[key % all.length]!;
    const [n, m] = [to.piece.size, from.piece.size];
    const moved = { re: new Float64Array(n * m), im: new Float64Array(n * m) };
    for (const state of states) {
      const row = (placeOf[target[state]!]! - to.piece.first) * m;
      const source = (placeOf[state]! - from.piece.first) * m;
      for (let j = 0; j < m; j++) {
        moved.re[row + j] = weight[state]! * from.piece.vectors.re[source + j]!;
        moved.im[row + j] = weight[state]! * from.piece.vectors.im[source + j]!;
      }
    }
    return {
      row: to.block.first + to.piece.first,
      column: from.block.first + from.piece.first,
      rows: n,
      columns: m,
      ...complexProduct([n, n, m], to.piece.vectors, moved, "adjoint", workspace),
    };
  });
}
