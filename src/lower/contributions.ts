import { stableOrder } from "../numerics/sparse-matrix.ts";
import type { ShiftMatrix } from "./elementary-operator.ts";
import type { Sector } from "./sector.ts";

/**
 * Real matrix entries, each the product of a fixed weight and the value of a slot (a coefficient in the parameters):
 * entry e adds slotValues[slot[e]]·weight[e] at (row[e], column[e]).
 */
export interface Contributions {
  readonly row: Int32Array;
  readonly column: Int32Array;
  readonly slot: Int32Array;
  readonly weight: Float64Array;
}

/** The slots of a complex coefficient: its real part, and its imaginary part unless that is zero by form. */
export interface CoefficientSlots {
  readonly re: number;
  readonly im?: number;
}

/** Collects the entries that a superoperator has on the unknowns of a sector. */
export interface ContributionBuilder {
  /** −i·c·[X, ρ] for one term c·X of a Hamiltonian sum. */
  readonly commutator: (x: ShiftMatrix, c: CoefficientSlots) => void;
  /** c·(AρB† − ½{B†A, ρ}), plus c*·(BρA† − ½{A†B, ρ}) where A is not B. */
  readonly dissipator: (a: ShiftMatrix, b: ShiftMatrix, c: CoefficientSlots) => void;
  /** Of that what the jumps bring about: c·AρB†, plus c*·BρA† where A is not B. */
  readonly gain: (a: ShiftMatrix, b: ShiftMatrix, c: CoefficientSlots) => void;
  readonly finish: () => Contributions;
}

export function contributionBuilder(sector: Sector): ContributionBuilder {
  const rows: number[] = [];
  const columns: number[] = [];
  const slots: number[] = [];
  const weights: number[] = [];
  const add = (row: number, column: number, slot: number, weight: number): void => {
    if (weight === 0) return;
    rows.push(row);
    columns.push(column);
    slots.push(slot);
    weights.push(weight);
  };

  /** Adds (zr + i·zi)·slot·ρ_source to element (i, j) of the result; elements below the diagonal are left to their mirror image. */
  const addComplex = (i: number, j: number, source: Source, slot: number, zr: number, zi: number): void => {
    if (i > j) return;
    const target = sector.pairOf(i, j);
    if (target < 0) return;
    const re = sector.unknown[target]!;
    const { x, sign } = source;
    add(re, x, slot, zr);
    if (sign !== 0) add(re, x + 1, slot, -zi * sign);
    if (i === j) return;
    add(re + 1, x, slot, zi);
    if (sign !== 0) add(re + 1, x + 1, slot, zr * sign);
  };

  /** Adds factor·c·weight, or factor·c*·weight where `conjugate`. */
  const addCoefficient = (
    i: number,
    j: number,
    source: Source,
    c: CoefficientSlots,
    weight: number,
    factor: "1" | "-i" | "i",
    conjugate: boolean,
  ): void => {
    const [fr, fi] = factor === "1" ? [weight, 0] : factor === "i" ? [0, weight] : [0, -weight];
    addComplex(i, j, source, c.re, fr, fi);
    if (c.im === undefined) return;
    const s = conjugate ? -1 : 1;
    addComplex(i, j, source, c.im, -fi * s, fr * s);
  };

  const commutator: ContributionBuilder["commutator"] = (x, c) => {
    for (const source of sources(sector)) {
      const { i, j } = source;
      const up = x.target[i]!;
      if (up >= 0) addCoefficient(up, j, source, c, x.weight[i]!, "-i", false);
      const from = x.source[j]!;
      if (from >= 0) addCoefficient(i, from, source, c, x.weight[from]!, "i", false);
    }
  };

  /** c·AρB† with c or c*. */
  const halfGain: Half = (a, b, c, conjugate) => {
    for (const source of sources(sector)) {
      const { i, j } = source;
      const ai = a.target[i]!;
      const bj = b.target[j]!;
      if (ai >= 0 && bj >= 0) {
        addCoefficient(ai, bj, source, c, a.weight[i]! * b.weight[j]!, "1", conjugate);
      }
    }
  };

  /** −½c·{B†A, ρ} with c or c*. */
  const halfLoss: Half = (a, b, c, conjugate) => {
    for (const source of sources(sector)) {
      const { i, j } = source;
      const ai = a.target[i]!;
      const bj = b.target[j]!;
      const left = ai < 0 ? -1 : b.source[ai]!;
      if (left >= 0)
        addCoefficient(left, j, source, c, -0.5 * a.weight[i]! * b.weight[left]!, "1", conjugate);
      const right = bj < 0 ? -1 : a.source[bj]!;
      if (right >= 0)
        addCoefficient(i, right, source, c, -0.5 * b.weight[j]! * a.weight[right]!, "1", conjugate);
    }
  };

  const both =
    (half: Half): ContributionBuilder["gain"] =>
    (a, b, c) => {
      half(a, b, c, false);
      if (a !== b) half(b, a, c, true);
    };
  const [gain, loss] = [both(halfGain), both(halfLoss)];

  return {
    commutator,
    gain,
    dissipator: (a, b, c) => {
      gain(a, b, c);
      loss(a, b, c);
    },
    finish: () => joined(rows, columns, slots, weights, sector.size),
  };
}

type Half = (a: ShiftMatrix, b: ShiftMatrix, c: CoefficientSlots, conjugate: boolean) => void;

/**
 * The entries by columns and rows, those of one place and one slot added up wherever their weights add without rounding:
 * weights that lost digits would no longer conserve the trace exactly.
 */
function joined(
  rows: readonly number[],
  columns: readonly number[],
  slots: readonly number[],
  weights: readonly number[],
  size: number,
): Contributions {
  const order = stableOrder(columns, size, stableOrder(rows, size, undefined));
  const row = new Int32Array(rows.length);
  const column = new Int32Array(rows.length);
  const slot = new Int32Array(rows.length);
  const weight = new Float64Array(rows.length);
  let [count, first] = [0, 0];
  for (const e of order) {
    if (count > 0 && (row[first] !== rows[e] || column[first] !== columns[e])) first = count;
    let same = first;
    while (same < count && !(slot[same] === slots[e] && addsExactly(weight[same]!, weights[e]!))) same++;
    weight[same]! += weights[e]!;
    if (same < count) continue;
    [row[same], column[same], slot[same]] = [rows[e]!, columns[e]!, slots[e]!];
    count++;
  }
  const kept = Int32Array.from({ length: count }, (_, e) => e).filter((e) => weight[e] !== 0);
  return {
    row: kept.map((e) => row[e]!),
    column: kept.map((e) => column[e]!),
    slot: kept.map((e) => slot[e]!),
    weight: Float64Array.from(kept, (e) => weight[e]!),
  };
}

/** Knuth's two-sum: whether a + b is a double. */
function addsExactly(a: number, b: number): boolean {
  const sum = a + b;
  const back = sum - a;
  return a - (sum - back) + (b - back) === 0;
}

/** An element ρ_ij as it is read from the unknowns: x is the unknown of Re, `sign` that of Im (0 on the diagonal). */
interface Source {
  readonly i: number;
  readonly j: number;
  readonly x: number;
  readonly sign: 1 | -1 | 0;
}

function* sources(sector: Sector): Generator<Source> {
  for (let k = 0; k < sector.row.length; k++) {
    const i = sector.row[k]!;
    const j = sector.column[k]!;
    const x = sector.unknown[k]!;
    if (i === j) yield { i, j, x, sign: 0 };
    else {
      yield { i, j, x, sign: 1 };
      yield { i: j, j: i, x, sign: -1 };
    }
  }
}
