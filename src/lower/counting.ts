import { type ComplexSparse, diagonalOf, forEachEntry } from "../numerics/complex-sparse.ts";
import { randomVector } from "../numerics/random-vector.ts";
import type { Contributions } from "./contributions.ts";
import { type AddComplex, elementMap, orientedPairs } from "./element-map.ts";
import { applyContributions } from "./generator.ts";
import type { Image } from "./image.ts";
import type { Sector } from "./sector.ts";
import type { ElementList } from "./spectral-generator.ts";

/** What the jumps of one dissipator bring about, 𝒥X = Σ OXO†, over a sector: by its entries where these are known. */
export type JumpPart =
  | { readonly kind: "entries"; readonly entries: Contributions; readonly slots: Float64Array }
  | { readonly kind: "map"; readonly apply: (x: Float64Array) => Image };

/**
 * How the jumps of a dissipator change an observable K. With a counting field ξ its gain is
 * e^{iξ𝒦} 𝒥 e^{−iξ𝒦} = 𝒥 + iξ[𝒦, 𝒥] − ½ξ²[𝒦, [𝒦, 𝒥]] + …, 𝒦X = ½{K, X}: O(ξ)XO(−ξ)† with O(ξ) = e^{iξK/2} O e^{−iξK/2}.
 */
export interface Counting {
  /** [𝒦, 𝒥]X; its trace is Tr[K L_b X]. */
  readonly first: (x: Float64Array) => Image;
  /** Tr [𝒦, [𝒦, 𝒥]]X, and Σ of the moduli that it is made of. */
  readonly second: (x: Float64Array) => { readonly value: number; readonly bound: number };
  /** Whether 𝒥 commutes with [K, ·]: every jump, after mixing them, changes K by an amount of its own. */
  readonly isDefinite: () => boolean;
}

/** Prepares the counting of a Hermitian K over a sector that it does not lead out of (`elementsLeft`). */
export function counting(jumps: JumpPart, observable: ComplexSparse, sector: Sector): Counting {
  const levels = centred(diagonalOf(observable));
  const means = meanLevels(levels, sector);
  const rest = offDiagonalMap(observable, sector);
  const apply = (x: Float64Array): Image =>
    jumps.kind === "map" ? jumps.apply(x) : applyContributions(jumps.entries, jumps.slots, x);
  const first = (x: Float64Array): Image => {
    const byLevels = jumps.kind === "entries" ? countedEntries(jumps, means, 1, x) : undefined;
    if (byLevels && !rest) return byLevels;
    const image = apply(x);
    // what the entries have not counted: all of 𝒦, or its part off the diagonal
    const K = byLevels ? rest! : (y: Float64Array) => plus(scaled(means, y), rest?.(y));
    const difference = minus(mapImage(K, image), apply(K(x)));
    return byLevels ? plusImage(byLevels, difference) : difference;
  };
  return {
    first,
    second: (x) => {
      if (jumps.kind === "entries" && !rest) return traceOf(countedEntries(jumps, means, 2, x), sector);
      const K = (y: Float64Array) => plus(scaled(means, y), rest?.(y));
      return traceOf(minus(mapImage(K, first(x)), first(K(x))), sector);
    },
    isDefinite: () => {
      const commute = commutatorMap(observable, levels, sector);
      const x = randomVector(sector.size);
      const image = apply(x);
      const { change, gross } = minus(mapImage(commute, image), apply(commute(x)));
      const most = gross.reduce((m, v) => Math.max(m, v), 0);
      return change.every((v) => Math.abs(v) <= ROUND_OFF * most);
    },
  };
}

/** Of a commutator that is zero by form, what round-off leaves of it is below this part of its terms. */
const ROUND_OFF = 1e-12;

/** The elements outside a sector that ½{K, X} of an X inside has: none, and K can be counted there. */
export function elementsLeft(observable: ComplexSparse, sector: Sector): ElementList {
  const row: number[] = [];
  const column: number[] = [];
  addProducts(observable, sector, (i, j) => {
    if (i > j || sector.pairOf(i, j) >= 0) return;
    row.push(i);
    column.push(j);
  });
  return { row, column };
}

/** The trace of an image, and of its moduli. */
export function traceOf({ change, gross }: Image, { row, column, unknown }: Sector) {
  let [value, bound] = [0, 0];
  for (let k = 0; k < row.length; k++) {
    if (row[k] !== column[k]) continue;
    value += change[unknown[k]!]!;
    bound += gross[unknown[k]!]!;
  }
  return { value, bound };
}

/** K up to a constant, which counts nothing, so that differences lose fewer digits. */
function centred(levels: Float64Array): Float64Array {
  const [low, high] = [levels.reduce((a, b) => Math.min(a, b)), levels.reduce((a, b) => Math.max(a, b))];
  return levels.map((v) => v - (low + high) / 2);
}

/** ½(K_ii + K_jj) by unknown. */
function meanLevels(levels: Float64Array, { row, column, unknown, size }: Sector): Float64Array {
  const means = new Float64Array(size);
  for (let k = 0; k < row.length; k++) {
    const mean = (levels[row[k]!]! + levels[column[k]!]!) / 2;
    means[unknown[k]!] = mean;
    if (row[k] !== column[k]) means[unknown[k]! + 1] = mean;
  }
  return means;
}

/** Σ (κ_r − κ_c)^power 𝒥_rc x_c: commutators with a diagonal 𝒦, entry by entry, so that nothing large cancels. */
function countedEntries(
  { entries: { row, column, slot, weight }, slots }: Extract<JumpPart, { kind: "entries" }>,
  means: Float64Array,
  power: 1 | 2,
  x: Float64Array,
): Image {
  const change = new Float64Array(x.length);
  const gross = new Float64Array(x.length);
  for (let e = 0; e < row.length; e++) {
    const amount = means[row[e]!]! - means[column[e]!]!;
    const flow = amount ** power * slots[slot[e]!]! * weight[e]! * x[column[e]!]!;
    change[row[e]!]! += flow;
    gross[row[e]!]! += Math.abs(flow);
  }
  return { change, gross };
}

type RealMap = (x: Float64Array) => Float64Array;

/** ½{F, X} of the part F of K off the diagonal; undefined where there is none. */
function offDiagonalMap(observable: ComplexSparse, sector: Sector): RealMap | undefined {
  const map = elementMap(sector, (add) =>
    addProducts(observable, sector, (i, j, a, b, re, im) => add(i, j, a, b, re / 2, im / 2)),
  );
  return map.row.length > 0 ? (x) => applyContributions(map, UNIT, x).change : undefined;
}

const UNIT = Float64Array.of(1);

/** i[K, X] */
function commutatorMap(observable: ComplexSparse, levels: Float64Array, sector: Sector): RealMap {
  const map = elementMap(sector, (add) => {
    for (const [i, j] of orientedPairs(sector)) add(i, j, i, j, 0, levels[i]! - levels[j]!);
    addProducts(observable, sector, (i, j, a, b, re, im, side) => {
      const sign = side === "left" ? 1 : -1;
      add(i, j, a, b, -sign * im, sign * re);
    });
  });
  return (x) => applyContributions(map, UNIT, x).change;
}

/** The terms F_ij X_jl at (i, l) and X_jl F_lk at (j, k) of the part F of K off the diagonal. */
function addProducts(
  observable: ComplexSparse,
  sector: Sector,
  add: (...term: [...Parameters<AddComplex>, side: "left" | "right"]) => void,
): void {
  const moves: (readonly [to: number, re: number, im: number])[][] = Array.from(
    { length: observable.size },
    () => [],
  );
  forEachEntry(observable, (row, column, re, im) => {
    if (row !== column && (re !== 0 || im !== 0)) moves[column]!.push([row, re, im]);
  });
  for (const [j, l] of orientedPairs(sector)) {
    for (const [i, re, im] of moves[j]!) add(i, l, j, l, re, im, "left");
    // F_lk is the conjugate of F_kl
    for (const [k, re, im] of moves[l]!) add(j, k, j, l, re, -im, "right");
  }
}

const scaled = (factors: Float64Array, x: Float64Array): Float64Array => x.map((v, k) => factors[k]! * v);

const plus = (x: Float64Array, y: Float64Array | undefined): Float64Array =>
  y ? x.map((v, k) => v + y[k]!) : x;

/** A map of an image; of the moduli a bound is taken that is right for a map that only scales. */
const mapImage = (map: RealMap, { change, gross }: Image): Image => ({
  change: map(change),
  gross: map(gross).map(Math.abs),
});

const minus = (a: Image, b: Image): Image => ({
  change: a.change.map((v, k) => v - b.change[k]!),
  gross: plus(a.gross, b.gross),
});

const plusImage = (a: Image, b: Image): Image => ({
  change: plus(a.change, b.change),
  gross: plus(a.gross, b.gross),
});
