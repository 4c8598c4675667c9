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

/** One of the sums that a superoperator consists of, to be applied to each element of ρ. */
interface Half {
  readonly kind: "commutator" | "gain" | "loss";
  readonly a: ShiftMatrix;
  /** The same as `a` in a commutator. */
  readonly b: ShiftMatrix;
  readonly re: number;
  /** −1 where the coefficient is real. */
  readonly im: number;
  /** −1 where the conjugate of the coefficient is meant, else 1. */
  readonly sign: 1 | -1;
}

export function contributionBuilder(sector: Sector): ContributionBuilder {
  const halves: Half[] = [];
  const add = (
    kind: Half["kind"],
    a: ShiftMatrix,
    b: ShiftMatrix,
    { re, im = -1 }: CoefficientSlots,
    sign: 1 | -1,
  ) => {
    halves.push({ kind, a, b, re, im, sign });
  };
  const addBoth = (kind: Half["kind"], a: ShiftMatrix, b: ShiftMatrix, c: CoefficientSlots) => {
    add(kind, a, b, c, 1);
    if (a !== b) add(kind, b, a, c, -1);
  };
  return {
    commutator: (x, c) => add("commutator", x, x, c, 1),
    gain: (a, b, c) => addBoth("gain", a, b, c),
    dissipator: (a, b, c) => {
      addBoth("gain", a, b, c);
      addBoth("loss", a, b, c);
    },
    finish: () => contributionsOf(halves, sector),
  };
}

/** Column by column; the two columns of an element off the diagonal, of its real and its imaginary part, are made together. */
function contributionsOf(halves: readonly Half[], sector: Sector): Contributions {
  const lists = growingLists();
  const [real, imaginary] = [columnOf(sector.size), columnOf(sector.size)];
  for (let k = 0; k < sector.row.length; k++) {
    const [i, j] = [sector.row[k]!, sector.column[k]!];
    for (const half of halves) {
      addImage(half, i, j, i === j ? 0 : 1, sector, real, imaginary);
      if (i !== j) addImage(half, j, i, -1, sector, real, imaginary);
    }
    const x = sector.unknown[k]!;
    flush(real, x, lists);
    if (i !== j) flush(imaginary, x + 1, lists);
  }
  return lists.finished();
}

/**
 * What becomes of element (i, j) of ρ, whose real part is the unknown of the column `real` and whose imaginary part is
 * `part` times that of `imaginary`: −i·c·[A, ρ], c·AρB† or −½c·{B†A, ρ}.
 */
function addImage(
  half: Half,
  i: number,
  j: number,
  part: number,
  sector: Sector,
  real: Column,
  imaginary: Column,
): void {
  const { kind, a, b } = half;
  if (kind === "commutator") {
    const up = a.target[i]!;
    if (up >= 0) addElement(half, up, j, true, -a.weight[i]!, part, sector, real, imaginary);
    const from = a.source[j]!;
    if (from >= 0) addElement(half, i, from, true, a.weight[from]!, part, sector, real, imaginary);
    return;
  }
  const ai = a.target[i]!;
  const bj = b.target[j]!;
  if (kind === "gain") {
    if (ai < 0 || bj < 0) return;
    addElement(half, ai, bj, false, a.weight[i]! * b.weight[j]!, part, sector, real, imaginary);
    return;
  }
  const left = ai < 0 ? -1 : b.source[ai]!;
  if (left >= 0) {
    const weight = -0.5 * a.weight[i]! * b.weight[left]!;
    addElement(half, left, j, false, weight, part, sector, real, imaginary);
  }
  const right = bj < 0 ? -1 : a.source[bj]!;
  if (right >= 0) {
    const weight = -0.5 * b.weight[j]! * a.weight[right]!;
    addElement(half, i, right, false, weight, part, sector, real, imaginary);
  }
}

/** Adds weight·c, or i·weight·c, times the element at hand to element (i, j); those below the diagonal are left to their mirror image. */
function addElement(
  { re, im, sign }: Half,
  i: number,
  j: number,
  isTurned: boolean,
  weight: number,
  part: number,
  sector: Sector,
  real: Column,
  imaginary: Column,
): void {
  if (i > j) return;
  const target = sector.pairOf(i, j);
  if (target < 0) return;
  const row = sector.unknown[target]!;
  const hasImaginary = i !== j;
  if (isTurned) addTurned(row, hasImaginary, re, weight, part, real, imaginary);
  else addStraight(row, hasImaginary, re, weight, part, real, imaginary);
  if (im < 0) return;
  // the imaginary part of a coefficient turns once more
  if (isTurned) addStraight(row, hasImaginary, im, -weight * sign, part, real, imaginary);
  else addTurned(row, hasImaginary, im, weight * sign, part, real, imaginary);
}

function addStraight(
  row: number,
  hasImaginary: boolean,
  slot: number,
  weight: number,
  part: number,
  real: Column,
  imaginary: Column,
): void {
  addEntry(real, row, slot, weight);
  if (hasImaginary && part !== 0) addEntry(imaginary, row + 1, slot, weight * part);
}

function addTurned(
  row: number,
  hasImaginary: boolean,
  slot: number,
  weight: number,
  part: number,
  real: Column,
  imaginary: Column,
): void {
  if (part !== 0) addEntry(imaginary, row, slot, -weight * part);
  if (hasImaginary) addEntry(real, row + 1, slot, weight);
}

/** The entries of one column, those of a row in a chain. */
interface Column {
  count: number;
  readonly slot: number[];
  readonly weight: number[];
  /** The next entry of the same row, −1 at the end. */
  readonly next: number[];
  /** By row its first entry, −1 where there is none; `rows` are those that have one. */
  readonly first: Int32Array;
  rowCount: number;
  readonly rows: number[];
}

const columnOf = (size: number): Column => ({
  count: 0,
  slot: [],
  weight: [],
  next: [],
  first: new Int32Array(size).fill(-1),
  rowCount: 0,
  rows: [],
});

/**
 * Adds to the entry of the same row and slot wherever the weights add without rounding: weights that lost digits would no
 * longer conserve the trace exactly.
 */
function addEntry(column: Column, row: number, slot: number, weight: number): void {
  if (weight === 0) return;
  let last = -1;
  for (let e = column.first[row]!; e >= 0; e = column.next[e]!) {
    if (column.slot[e] === slot && addsExactly(column.weight[e]!, weight)) {
      column.weight[e]! += weight;
      return;
    }
    last = e;
  }
  const e = column.count++;
  column.slot[e] = slot;
  column.weight[e] = weight;
  column.next[e] = -1;
  if (last >= 0) column.next[last] = e;
  else {
    column.first[row] = e;
    column.rows[column.rowCount++] = row;
  }
}

/** Knuth's two-sum: whether a + b is a double. */
function addsExactly(a: number, b: number): boolean {
  const sum = a + b;
  const back = sum - a;
  return a - (sum - back) + (b - back) === 0;
}

/** Moves the entries of a column to the lists, rows ascending, and empties it. */
function flush(column: Column, at: number, lists: GrowingLists): void {
  const { rows, rowCount, first, next, slot, weight } = column;
  sortFirst(rows, rowCount);
  for (let k = 0; k < rowCount; k++) {
    const row = rows[k]!;
    for (let e = first[row]!; e >= 0; e = next[e]!) {
      if (weight[e] !== 0) lists.push(row, at, slot[e]!, weight[e]!);
    }
    first[row] = -1;
  }
  column.count = 0;
  column.rowCount = 0;
}

/** Sorts the first numbers of a list by insertion: they are few, and nearly in order. */
function sortFirst(list: number[], count: number): void {
  for (let k = 1; k < count; k++) {
    const value = list[k]!;
    let at = k;
    for (; at > 0 && list[at - 1]! > value; at--) list[at] = list[at - 1]!;
    list[at] = value;
  }
}

interface GrowingLists {
  readonly push: (row: number, column: number, slot: number, weight: number) => void;
  readonly finished: () => Contributions;
}

function growingLists(): GrowingLists {
  let [row, column, slot] = [new Int32Array(1024), new Int32Array(1024), new Int32Array(1024)];
  let weight = new Float64Array(1024);
  let count = 0;
  const grow = (): void => {
    const integers = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const grown = new Int32Array(2 * count);
      grown.set(old);
      return grown;
    };
    [row, column, slot] = [integers(row), integers(column), integers(slot)];
    const grown = new Float64Array(2 * count);
    grown.set(weight);
    weight = grown;
  };
  return {
    push: (r, c, s, w) => {
      if (count === row.length) grow();
      row[count] = r;
      column[count] = c;
      slot[count] = s;
      weight[count++] = w;
    },
    finished: () => ({
      row: row.slice(0, count),
      column: column.slice(0, count),
      slot: slot.slice(0, count),
      weight: weight.slice(0, count),
    }),
  };
}
