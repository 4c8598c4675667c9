import type { ComplexSparse } from "../numerics/complex-sparse.ts";
import { components } from "../numerics/connected-components.ts";
import type { Contributions } from "./contributions.ts";
import { type AddComplex, elementMap, orientedPairs } from "./element-map.ts";
import { type LinearGenerator, linearGenerator } from "./linear-generator.ts";
import type { Sector, SectorResult } from "./sector.ts";
import { gainPhase, gainWeight, lossOperator, type SpectralDissipator } from "./spectral-dissipator.ts";

/** A Liouvillian between the eigenstates of H at one point of the parameters: −i[E, ·] and one dissipator a bath part. */
export interface SpectralGenerator extends LinearGenerator {
  /** −i[H, ·] */
  readonly hamiltonian: Contributions;
  /** By bath part, in the order given. */
  readonly dissipators: readonly Contributions[];
  /** Σ OρO† of each. */
  readonly gains: () => readonly Contributions[];
}

export type SpectralResult =
  | { readonly kind: "lowered"; readonly generator: SpectralGenerator }
  | { readonly kind: "too-large"; readonly size: number; readonly limit: number };

/** Elements of ρ by their states. */
export interface ElementList {
  readonly row: readonly number[];
  readonly column: readonly number[];
}

const NO_ELEMENTS: ElementList = { row: [], column: [] };

interface Prepared {
  readonly dissipator: SpectralDissipator;
  readonly loss: ComplexSparse;
}

/**
 * The Liouvillian over the elements of ρ that it joins to the diagonal in the eigenbasis. Energies are those of H, also
 * where a dissipator was made for others.
 */
export function spectralGenerator(
  energies: Float64Array,
  parts: readonly (readonly SpectralDissipator[])[],
  limit: number,
  seeds: ElementList = NO_ELEMENTS,
): SpectralResult {
  const prepared = parts.map((list) =>
    list.map((dissipator): Prepared => ({ dissipator, loss: lossOperator(dissipator) })),
  );
  const found = forwardSector(energies.length, prepared.flat(), limit, seeds);
  if (found.kind === "too-large") return found;
  const { sector } = found;
  const hamiltonian = elementMap(sector, (add) => {
    for (let k = 0; k < sector.row.length; k++) {
      const [i, j] = [sector.row[k]!, sector.column[k]!];
      if (i !== j) add(i, j, i, j, 0, energies[j]! - energies[i]!);
    }
  });
  const collectEach = (addPart: typeof addImage) =>
    prepared.map((list) =>
      elementMap(sector, (add) => {
        for (const part of list) for (const [i, j] of orientedPairs(sector)) addPart(part, i, j, add);
      }),
    );
  const dissipators = collectEach(addImage);
  return {
    kind: "lowered",
    generator: {
      ...linearGenerator(sector, [hamiltonian, ...dissipators]),
      hamiltonian,
      dissipators,
      gains: () => collectEach(addGain),
    },
  };
}

/** What a dissipator makes of the element ρ_jl: Σ w A_ij A*_kl at (i, k), −K_ij at (i, l), −K*_kl at (j, k). */
function addImage(prepared: Prepared, j: number, l: number, add: AddComplex): void {
  addGain(prepared, j, l, add);
  const { loss } = prepared;
  for (let e = loss.columnStarts[j]!; e < loss.columnStarts[j + 1]!; e++) {
    add(loss.rows[e]!, l, j, l, -loss.re[e]!, -loss.im[e]!);
  }
  for (let f = loss.columnStarts[l]!; f < loss.columnStarts[l + 1]!; f++) {
    add(j, loss.rows[f]!, j, l, -loss.re[f]!, loss.im[f]!);
  }
}

/** Its part Σ w A_ij A*_kl at (i, k). */
function addGain({ dissipator }: Prepared, j: number, l: number, add: AddComplex): void {
  const { operator } = dissipator;
  const { columnStarts, rows, re, im } = operator;
  for (let e = columnStarts[j]!; e < columnStarts[j + 1]!; e++) {
    for (let f = columnStarts[l]!; f < columnStarts[l + 1]!; f++) {
      const w = gainWeight(dissipator, e, f);
      const turn = gainPhase(dissipator, e, f);
      if (w === 0 && turn === 0) continue;
      const [x, y] = [re[e]! * re[f]! + im[e]! * im[f]!, im[e]! * re[f]! - re[e]! * im[f]!];
      add(rows[e]!, rows[f]!, j, l, w * x - turn * y, w * y + turn * x);
    }
  }
}

/** Follows the dissipators from the diagonal on; −i[E, ·] joins nothing in the eigenbasis. */
function forwardSector(
  dimension: number,
  parts: readonly Prepared[],
  limit: number,
  seeds: ElementList,
): SectorResult {
  const pairs = new Map<number, number>();
  const rows: number[] = [];
  const columns: number[] = [];
  const from: number[] = [];
  const to: number[] = [];
  let size = 0;
  const visit = (i: number, j: number): number => {
    const [low, high] = i <= j ? [i, j] : [j, i];
    const key = low * dimension + high;
    const present = pairs.get(key);
    if (present !== undefined) return present;
    pairs.set(key, rows.length);
    rows.push(low);
    columns.push(high);
    size += low === high ? 1 : 2;
    return rows.length - 1;
  };
  for (let state = 0; state < dimension; state++) visit(state, state);
  for (const [k, i] of seeds.row.entries()) visit(i, seeds.column[k]!);
  for (let k = 0; k < rows.length; k++) {
    if (size > limit) return { kind: "too-large", size, limit };
    const join: AddComplex = (i, j, _j, _l, re, im) => {
      if (re === 0 && im === 0) return;
      const target = visit(i, j);
      if (target === k) return;
      from.push(k);
      to.push(target);
    };
    for (const part of parts) addImage(part, rows[k]!, columns[k]!, join);
  }
  const unknown = new Int32Array(rows.length);
  for (let k = 0, next = 0; k < rows.length; k++) {
    unknown[k] = next;
    next += rows[k] === columns[k] ? 1 : 2;
  }
  const { labels } = components(rows.length, Int32Array.from(from), Int32Array.from(to));
  const sector: Sector = {
    dimension,
    size,
    row: Int32Array.from(rows),
    column: Int32Array.from(columns),
    unknown,
    pairOf: (i, j) => pairs.get(i * dimension + j) ?? -1,
    components: diagonalGroups(labels, dimension),
  };
  return { kind: "found", sector };
}

/** The eigenstates of each component that holds diagonal elements; these are the first pairs. */
function diagonalGroups(labels: Int32Array, dimension: number): readonly Int32Array[] {
  const groups = new Map<number, number[]>();
  for (let state = 0; state < dimension; state++) {
    const group = groups.get(labels[state]!) ?? [];
    group.push(state);
    groups.set(labels[state]!, group);
  }
  return [...groups.values()].map((states) => Int32Array.from(states));
}
