import { type ComplexSparse, complexSparse, forEachEntry, newEntries } from "../numerics/complex-sparse.ts";
import { components } from "../numerics/connected-components.ts";
import { type ComplexMatrix, hermitianEigen } from "../numerics/hermitian-eigen.ts";
import { unitaryColumns } from "../numerics/unitary-column.ts";
import { emptyBlocks, type HermitianBlock } from "./hermitian-block.ts";
import type { Neighbours } from "./sector.ts";

/** U = e^{−iτH} of system and ancillas, block by block along the connected components of H. */
export interface JointUnitary {
  /** Of each joint state the block and its place there. */
  readonly blockOf: Int32Array;
  readonly placeOf: Int32Array;
  readonly blocks: readonly JointBlock[];
}

/** States of a block with the same ancillas, by the state of the ancillas. */
export interface JointBlock {
  readonly states: Int32Array;
  readonly byAncillas: ReadonlyMap<number, readonly number[]>;
  /**
   * e^{iτe}U − 1, column by column: the column of a joint state with the energy e of the ancillas alone, so that what
   * the ancillas do by themselves drops out of (E − 1)ρ before it is rounded.
   */
  readonly change: ComplexMatrix;
}

/** Largest block that is diagonalised. */
export const MAX_JOINT_BLOCK = 1000;

/** Smaller blocks are always diagonalised. */
const SMALL_BLOCK = 24;

/** Entries of all blocks together. */
const MAX_ENTRIES = 2e7;

export type JointUnitaryResult =
  | { readonly kind: "found"; readonly unitary: JointUnitary }
  | { readonly kind: "too-large"; readonly size: number }
  | { readonly kind: "not-finite" };

/** Exponentiates a Hamiltonian on system and ancillas; `ancillaEnergies` by their joint states, of which there are M. */
export function jointUnitary(
  hamiltonian: ComplexSparse,
  duration: number,
  ancillaEnergies: Float64Array,
): JointUnitaryResult {
  const from: number[] = [];
  const to: number[] = [];
  forEachEntry(hamiltonian, (row, column, re, im) => {
    if (row < column && (re !== 0 || im !== 0)) {
      from.push(row);
      to.push(column);
    }
  });
  const { labels, count } = components(hamiltonian.size, Int32Array.from(from), Int32Array.from(to));
  const sizes = new Int32Array(count);
  for (const label of labels) sizes[label]!++;
  const largest = sizes.reduce((most, n) => Math.max(most, n), 0);
  if (sizes.reduce((sum, n) => sum + n * n, 0) > MAX_ENTRIES) return { kind: "too-large", size: largest };
  const { blocks: matrices, place } = emptyBlocks(labels, count);
  const sparse = matrices.map(newEntries);
  forEachEntry(hamiltonian, (row, column, re, im) => {
    const label = labels[row]!;
    const [block, entries] = [matrices[label]!, sparse[label]!];
    const at = place[row]! * block.states.length + place[column]!;
    block.re[at] = re;
    block.im[at] = im;
    entries.row.push(place[row]!);
    entries.column.push(place[column]!);
    entries.re.push(re);
    entries.im.push(im);
  });
  const blocks: JointBlock[] = [];
  for (const [label, matrix] of matrices.entries()) {
    const size = matrix.states.length;
    const short =
      size > SMALL_BLOCK
        ? changeByColumns(complexSparse(size, sparse[label]!), matrix.states, duration, ancillaEnergies)
        : undefined;
    if (!short && size > MAX_JOINT_BLOCK) return { kind: "too-large", size };
    const change = short ?? changeOf(matrix, duration, ancillaEnergies);
    if (!change) return { kind: "not-finite" };
    const byAncillas = new Map<number, number[]>();
    for (const [k, state] of matrix.states.entries()) {
      const ancillas = state % ancillaEnergies.length;
      const group = byAncillas.get(ancillas);
      if (group) group.push(k);
      else byAncillas.set(ancillas, [k]);
    }
    blocks.push({ states: matrix.states, byAncillas, change });
  }
  return { kind: "found", unitary: { blockOf: labels, placeOf: place, blocks } };
}

/** The same by the action of e^{−iτH} on each state; undefined where collisions are too long or strong for that. */
function changeByColumns(
  hamiltonian: ComplexSparse,
  states: Int32Array,
  duration: number,
  ancillaEnergies: Float64Array,
): ComplexMatrix | undefined {
  const n = states.length;
  if (![hamiltonian.re, hamiltonian.im].every((values) => values.every(Number.isFinite))) return undefined;
  const write = unitaryColumns(hamiltonian, duration);
  const change = { re: new Float64Array(n * n), im: new Float64Array(n * n) };
  for (let c = 0; c < n; c++) {
    const [re, im] = [new Float64Array(n), new Float64Array(n)];
    if (!write(c, ancillaEnergies[states[c]! % ancillaEnergies.length]!, re, im)) return undefined;
    for (let row = 0; row < n; row++) {
      change.re[row * n + c] = re[row]!;
      change.im[row * n + c] = im[row]!;
    }
  }
  return change;
}

/** Column c of V (e^{−iτ(E − e_c)} − 1) V†. */
function changeOf(
  { states, re, im }: HermitianBlock,
  duration: number,
  ancillaEnergies: Float64Array,
): ComplexMatrix | undefined {
  const n = states.length;
  const found = hermitianEigen(re, im, n);
  if (found.kind !== "converged") return undefined;
  const { re: vr, im: vi } = found.vectors;
  const change = { re: new Float64Array(n * n), im: new Float64Array(n * n) };
  const column = { re: new Float64Array(n), im: new Float64Array(n) };
  for (let c = 0; c < n; c++) {
    const own = ancillaEnergies[states[c]! % ancillaEnergies.length]!;
    for (let k = 0; k < n; k++) {
      const angle = (found.values[k]! - own) * duration;
      const [x, y] = [-2 * Math.sin(angle / 2) ** 2, -Math.sin(angle)];
      const [p, q] = [vr[c * n + k]!, -vi[c * n + k]!];
      column.re[k] = x * p - y * q;
      column.im[k] = x * q + y * p;
    }
    for (let row = 0; row < n; row++) {
      let [x, y] = [0, 0];
      for (let k = 0; k < n; k++) {
        const [p, q] = [vr[row * n + k]!, vi[row * n + k]!];
        x += p * column.re[k]! - q * column.im[k]!;
        y += p * column.im[k]! + q * column.re[k]!;
      }
      change.re[row * n + c] = x;
      change.im[row * n + c] = y;
    }
  }
  return change;
}

/** The elements of the system's ρ that a collision joins, whatever the populations of the ancillas are. */
export function joinedByCollision({ blockOf, blocks }: JointUnitary, ancillaStates: number): Neighbours {
  const seen = new Set<number>();
  const systemStates = (block: number, ancillas: number): readonly number[] =>
    (blocks[block]!.byAncillas.get(ancillas) ?? []).map((k) =>
      Math.floor(blocks[block]!.states[k]! / ancillaStates),
    );
  return (i, j, visit) => {
    for (let before = 0; before < ancillaStates; before++) {
      const [first, second] = [blockOf[i * ancillaStates + before]!, blockOf[j * ancillaStates + before]!];
      // the pair (j, i) says the same
      const [a, b] = first <= second ? [first, second] : [second, first];
      const key = a * blocks.length + b;
      if (seen.has(key)) continue;
      seen.add(key);
      for (const after of blocks[a]!.byAncillas.keys()) {
        const others = systemStates(b, after);
        if (others.length === 0) continue;
        for (const x of systemStates(a, after)) for (const y of others) visit(x, y);
      }
    }
  };
}
