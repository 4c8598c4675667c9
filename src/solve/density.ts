import type { Generator } from "../lower/generator.ts";
import { emptyBlocks, type HermitianBlock } from "../lower/hermitian-block.ts";
import { partSign } from "../lower/jordan-wigner.ts";
import type { Sector } from "../lower/sector.ts";
import { levelIn, type ProductBasis } from "../lower/window.ts";
import { components } from "../numerics/connected-components.ts";
import { hermitianEigenvalues } from "../numerics/hermitian-eigen.ts";
import { largerOfPair, otherOfPair } from "../numerics/hermitian-pair.ts";
import { kernelWorkspace } from "../numerics/kernels.ts";

/** Reads density operators over one sector. */
export interface DensityReader {
  /** The blocks of ρ: product states that no element of the sector joins are apart. */
  readonly blocks: (unknowns: Float64Array) => readonly HermitianBlock[];
  /** The eigenvalues of ρ, in no order; throws where the eigensolver fails. */
  readonly eigenvalues: (unknowns: Float64Array) => Float64Array;
}

/** Works out once which states of a sector stand in a block together. */
export function densityReader(sector: Sector): DensityReader {
  const { labels, count } = components(sector.dimension, sector.row, sector.column);
  const sizes = new Int32Array(count);
  for (const label of labels) sizes[label]!++;
  const blocks = (unknowns: Float64Array) => filledBlocks(sector, labels, count, unknowns);
  return {
    blocks,
    eigenvalues: sizes.every((n) => n <= 2)
      ? pairSpectrum(sector, labels, count)
      : (unknowns) => blockEigenvalues(blocks(unknowns)),
  };
}

/** Where no block has more than two states, by a closed formula. */
function pairSpectrum(sector: Sector, labels: Int32Array, count: number): DensityReader["eigenvalues"] {
  // of each block the unknowns of ρ_ii, ρ_jj and Re ρ_ij
  const [first, second, off] = [0, 1, 2].map(() => new Int32Array(count).fill(-1)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  for (let k = 0; k < sector.row.length; k++) {
    const block = labels[sector.row[k]!]!;
    const x = sector.unknown[k]!;
    if (sector.row[k] !== sector.column[k]) off[block] = x;
    else if (first[block]! < 0) first[block] = x;
    else second[block] = x;
  }
  return (unknowns) => {
    const values = new Float64Array(sector.dimension);
    let next = 0;
    for (let b = 0; b < count; b++) {
      const a = unknowns[first[b]!]!;
      if (second[b]! < 0) {
        values[next++] = a;
        continue;
      }
      const c = unknowns[second[b]!]!;
      const x = off[b]!;
      const coupling = x < 0 ? 0 : Math.hypot(unknowns[x]!, unknowns[x + 1]!);
      const larger = largerOfPair(a, c, coupling);
      values[next++] = larger;
      values[next++] = otherOfPair(a, c, coupling, larger);
    }
    return values;
  };
}

/** The blocks of ρ of one state; `densityReader` for several. */
export const densityBlocks = (sector: Sector, unknowns: Float64Array): readonly HermitianBlock[] =>
  densityReader(sector).blocks(unknowns);

function filledBlocks(
  sector: Sector,
  labels: Int32Array,
  count: number,
  unknowns: Float64Array,
): readonly HermitianBlock[] {
  const { blocks, place } = emptyBlocks(labels, count);
  for (let k = 0; k < sector.row.length; k++) {
    const [i, j, x] = [sector.row[k]!, sector.column[k]!, sector.unknown[k]!];
    const block = blocks[labels[i]!]!;
    const n = block.states.length;
    const [a, b] = [place[i]!, place[j]!];
    block.re[a * n + b] = block.re[b * n + a] = unknowns[x]!;
    if (i === j) continue;
    block.im[a * n + b] = unknowns[x + 1]!;
    block.im[b * n + a] = -unknowns[x + 1]!;
  }
  return blocks;
}

/** The eigenvalues of a block-diagonal Hermitian matrix, in no order; throws where the eigensolver fails. */
export function blockEigenvalues(blocks: readonly HermitianBlock[]): Float64Array {
  const values: number[] = [];
  const workspace = kernelWorkspace();
  for (const { states, re, im } of blocks) {
    const found = hermitianEigenvalues(re, im, states.length, workspace);
    if (found.kind !== "converged") throw new Error(`the eigenvalues of a density operator: ${found.kind}`);
    values.push(...found.values);
  }
  return Float64Array.from(values);
}

/** Populations of the levels of one subsystem, from the first of its window. */
export function populations(
  { basis, sector }: Pick<Generator, "basis" | "sector">,
  unknowns: Float64Array,
  subsystem: number,
): Float64Array {
  const { first, last } = basis.windows[subsystem]!;
  const result = new Float64Array(last - first + 1);
  for (let k = 0; k < sector.row.length; k++) {
    const state = sector.row[k]!;
    if (state !== sector.column[k]) continue;
    result[levelIn(basis, state, subsystem) - first]! += unknowns[sector.unknown[k]!]!;
  }
  return result;
}

/**
 * The reduced density operator of some subsystems (ascending), on the product basis of their windows: Tr[ρ_part O] is
 * Tr[ρ O] for every operator O of theirs, also where fermionic modes stand between them.
 */
export function reducedDensity(
  { basis, sector }: { readonly basis: ProductBasis; readonly sector: Sector },
  unknowns: Float64Array,
  subsystems: readonly number[],
): HermitianBlock {
  const dimension = subsystems.reduce((n, s) => n * basis.dimensions[s]!, 1);
  const re = new Float64Array(dimension ** 2);
  const im = new Float64Array(dimension ** 2);
  const [kept, traced] = splitStates(basis, subsystems);
  const sign = partSign(subsystems, basis);
  for (let k = 0; k < sector.row.length; k++) {
    const [i, j, x] = [sector.row[k]!, sector.column[k]!, sector.unknown[k]!];
    if (traced[i] !== traced[j]) continue;
    const [a, b] = [kept[i]!, kept[j]!];
    const s = sign(i) * sign(j);
    re[a * dimension + b]! += s * unknowns[x]!;
    if (i === j) continue;
    re[b * dimension + a]! += s * unknowns[x]!;
    im[a * dimension + b]! += s * unknowns[x + 1]!;
    im[b * dimension + a]! -= s * unknowns[x + 1]!;
  }
  return { states: Int32Array.from({ length: dimension }, (_, n) => n), re, im };
}

/** Of each product state its place among the kept subsystems' states and among the others'. */
function splitStates(basis: ProductBasis, subsystems: readonly number[]): [Int32Array, Int32Array] {
  const kept = new Int32Array(basis.dimension);
  const traced = new Int32Array(basis.dimension);
  for (let state = 0; state < basis.dimension; state++) {
    let a = 0;
    let b = 0;
    for (let s = 0; s < basis.dimensions.length; s++) {
      const level = levelIn(basis, state, s) - basis.windows[s]!.first;
      if (subsystems.includes(s)) a = a * basis.dimensions[s]! + level;
      else b = b * basis.dimensions[s]! + level;
    }
    kept[state] = a;
    traced[state] = b;
  }
  return [kept, traced];
}
