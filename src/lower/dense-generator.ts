import { parameterSlot } from "../model/parameter-values.ts";
import { type ComplexSparse, complexSparse, newEntries } from "../numerics/complex-sparse.ts";
import type { Canonical } from "../scalar/canonical.ts";
import { compileComplex, compileReal } from "../scalar/compile.ts";
import { scalarFromCanonical } from "../scalar/scalar-from-canonical.ts";
import { type BlockLayout, blockLayout, packTwice, unpack } from "./block-layout.ts";
import type { ElementaryOperator, ShiftMatrix } from "./elementary-operator.ts";
import type { Image } from "./image.ts";
import type { Sector } from "./sector.ts";
import type { Superoperator } from "./superoperator.ts";
import type { ProductBasis } from "./window.ts";

/**
 * A master equation over a reachable sector that is applied to dense blocks of ρ and never written down as a matrix of
 * superoperators: what is held grows with d² and not with d² times the number of terms.
 */
export interface DenseGenerator {
  readonly basis: ProductBasis;
  readonly sector: Sector;
  readonly layout: BlockLayout;
  readonly at: (parameters: ArrayLike<number>) => DenseLiouvillian;
}

/** L at one point of the parameters, L X = T + T† with T = (−iH − ½K) X + ½ Σ O X O† and K = Σ O†O. */
export interface DenseLiouvillian {
  readonly isFinite: boolean;
  /** By rows: entry e of "column" i is H_{i,rows[e]}. */
  readonly hamiltonian: ComplexSparse;
  /** K, by rows as well. */
  readonly losses: ComplexSparse;
  readonly jumps: readonly PairTerm[];
  /** The unknowns of L X from those of X. */
  readonly apply: (x: Float64Array, image: Float64Array) => void;
  /** Σ|L_ij x_j| from above, by rows: what the round-off of L x is measured against. */
  readonly grossOf: (x: Float64Array) => Float64Array;
  /** L_b X of each dissipator, in the order of the equation, and what its round-off is measured against. */
  readonly imagesOf: (x: Float64Array) => Image[];
  /** Σ O X O† of one dissipator. */
  readonly gainOf: (dissipator: number, x: Float64Array) => Image;
}

/** c·AXB†, and where A ≠ B its adjoint for a Hermitian X, too; by blocks. */
export interface PairTerm {
  readonly re: number;
  readonly im: number;
  readonly left: ShiftMatrix;
  readonly right: ShiftMatrix;
  readonly routes: readonly Route[];
}

/** What a pair of operators takes from one block to another. */
interface Route {
  readonly from: { readonly offset: number; readonly stride: number };
  readonly to: { readonly offset: number; readonly stride: number };
  readonly rows: Moves;
  readonly columns: Moves;
}

interface Moves {
  readonly source: Int32Array;
  readonly target: Int32Array;
  readonly weight: Float64Array;
}

/** Prepares an expanded equation over its sector. */
export function denseGenerator(
  { hamiltonian, dissipators, rates }: Superoperator,
  matrices: (operator: ElementaryOperator) => ShiftMatrix,
  sector: Sector,
  basis: ProductBasis,
  parameterCount: number,
): DenseGenerator {
  const slot = (name: string): number => {
    const rate = /^r(\d+)$/.exec(name);
    return rate ? parameterCount + Number(rate[1]) : parameterSlot(name);
  };
  const compile = (coefficient: Canonical) => compileComplex(scalarFromCanonical(coefficient), slot);
  const rateValues = rates.map((rate) => compileReal(rate, parameterSlot));
  const energies = hamiltonian.map(({ coefficient, operator }) => ({
    value: compile(coefficient),
    matrix: matrices(operator),
  }));
  const layout = blockLayout(sector, edgesOf(energies.map((e) => e.matrix)));
  const terms = dissipators.map((list) =>
    list.map(({ coefficient, left, right }) => {
      const [a, b] = [matrices(left), matrices(right)];
      return { value: compile(coefficient), left: a, right: b, routes: routesOf(a, b, layout) };
    }),
  );
  return {
    basis,
    sector,
    layout,
    at: (parameters) => {
      const known = Float64Array.from([
        ...Array.from({ length: parameterCount }, (_, k) => parameters[k]!),
        ...rateValues.map((rate) => rate(parameters)),
      ]);
      const at = ({ value }: { value: ReturnType<typeof compile> }) => ({
        re: value.re(known),
        im: value.im?.(known) ?? 0,
      });
      return denseLiouvillian(
        layout,
        energies.map((e) => ({ ...e, ...at(e) })),
        terms.map((list) => list.map((t) => ({ ...t, ...at(t) }))),
      );
    },
  };
}

/** The pairs of product states that operators join. */
function edgesOf(operators: readonly ShiftMatrix[]): {
  readonly from: Int32Array;
  readonly to: Int32Array;
} {
  const from: number[] = [];
  const to: number[] = [];
  for (const { target } of operators) {
    for (let state = 0; state < target.length; state++) {
      if (target[state]! < 0 || target[state] === state) continue;
      from.push(state);
      to.push(target[state]!);
    }
  }
  return { from: Int32Array.from(from), to: Int32Array.from(to) };
}

/** What an operator moves, by the blocks of source and target. */
function movesOf({ target, weight }: ShiftMatrix, layout: BlockLayout): Map<number, Moves> {
  const lists = new Map<number, number[]>();
  const count = layout.blocks.length;
  for (let state = 0; state < target.length; state++) {
    if (target[state]! < 0) continue;
    const key = layout.blockOf[state]! * count + layout.blockOf[target[state]!]!;
    const list = lists.get(key);
    if (list) list.push(state);
    else lists.set(key, [state]);
  }
  const moves = new Map<number, Moves>();
  for (const [key, states] of lists) {
    moves.set(key, {
      source: Int32Array.from(states, (s) => layout.placeOf[s]!),
      target: Int32Array.from(states, (s) => layout.placeOf[target[s]!]!),
      weight: Float64Array.from(states, (s) => weight[s]!),
    });
  }
  return moves;
}

function routesOf(left: ShiftMatrix, right: ShiftMatrix, layout: BlockLayout): Route[] {
  const rows = movesOf(left, layout);
  const columns = left === right ? rows : movesOf(right, layout);
  const count = layout.blocks.length;
  return [...rows].flatMap(([key, moves]) => {
    const others = columns.get(key);
    if (!others) return [];
    const side = (block: number) => {
      const { offset, states } = layout.blocks[block]!;
      return { offset, stride: states.length };
    };
    return [{ from: side(Math.floor(key / count)), to: side(key % count), rows: moves, columns: others }];
  });
}

interface WeightedShift {
  readonly re: number;
  readonly im: number;
  readonly matrix: ShiftMatrix;
}

function denseLiouvillian(
  layout: BlockLayout,
  energies: readonly WeightedShift[],
  dissipators: readonly (readonly PairTerm[])[],
): DenseLiouvillian {
  const { length, sector } = layout;
  const { dimension, size } = sector;
  const hamiltonian = rowsOfSum(dimension, energies);
  const lossesOf = dissipators.map((terms) => lossesByRows(dimension, terms));
  const losses = addByRows(dimension, [{ matrix: lossesOf, re: 1, im: 0 }]);
  const jumps = dissipators.flat();
  const drift = addByRows(dimension, [
    { matrix: [hamiltonian], re: 0, im: -1 },
    { matrix: lossesOf, re: -0.5, im: 0 },
  ]);
  const scratch = { re: new Float64Array(length), im: new Float64Array(length) };
  const half = { re: new Float64Array(length), im: new Float64Array(length) };
  const apply = (x: Float64Array, image: Float64Array): void => {
    unpack(layout, x, scratch.re, scratch.im);
    half.re.fill(0);
    half.im.fill(0);
    addDrift(drift, layout, scratch, half);
    for (const term of jumps) addJump(term, scratch, half);
    packTwice(layout, half.re, half.im, image);
  };
  /** Σ|L_ij x_j| from above, for a drift and jumps. */
  const grossOf = (g: ComplexSparse, terms: readonly PairTerm[], x: Float64Array): Float64Array => {
    unpack(layout, x, scratch.re, scratch.im);
    for (let e = 0; e < length; e++) {
      scratch.re[e] = Math.abs(scratch.re[e]!) + Math.abs(scratch.im[e]!);
      scratch.im[e] = 0;
    }
    half.re.fill(0);
    half.im.fill(0);
    const sizes = { ...g, re: g.re.map((v, e) => Math.abs(v) + Math.abs(g.im[e]!)), im: g.im.map(() => 0) };
    addDrift(sizes, layout, scratch, half);
    for (const term of terms) addJump(moduli(term), scratch, half);
    const gross = new Float64Array(size);
    // both parts of an element have the bound of its modulus
    half.im.fill(0);
    packTwice(layout, half.re, half.im, gross);
    for (let k = 0; k < sector.row.length; k++) {
      const u = sector.unknown[k]!;
      if (sector.row[k] !== sector.column[k]) gross[u + 1] = gross[u]!;
    }
    scratch.im.fill(0);
    return gross;
  };
  const imageOf = (g: ComplexSparse, terms: readonly PairTerm[], x: Float64Array): Image => {
    unpack(layout, x, scratch.re, scratch.im);
    half.re.fill(0);
    half.im.fill(0);
    addDrift(g, layout, scratch, half);
    for (const term of terms) addJump(term, scratch, half);
    const change = new Float64Array(size);
    packTwice(layout, half.re, half.im, change);
    return { change, gross: grossOf(g, terms, x) };
  };
  const noDrift = complexSparse(dimension, newEntries());
  return {
    isFinite: [...hamiltonian.re, ...hamiltonian.im, ...losses.re, ...losses.im].every(Number.isFinite),
    hamiltonian,
    losses,
    jumps,
    apply,
    grossOf: (x) => grossOf(drift, jumps, x),
    imagesOf: (x) =>
      dissipators.map((terms, b) =>
        imageOf(addByRows(dimension, [{ matrix: [lossesOf[b]!], re: -0.5, im: 0 }]), terms, x),
      ),
    gainOf: (dissipator, x) => imageOf(noDrift, dissipators[dissipator]!, x),
  };
}

/** Σ c·A by rows. */
function rowsOfSum(dimension: number, terms: readonly WeightedShift[]): ComplexSparse {
  const entries = newEntries();
  for (const { re, im, matrix } of terms) {
    for (let state = 0; state < dimension; state++) {
      if (matrix.target[state]! < 0) continue;
      entries.row.push(state);
      entries.column.push(matrix.target[state]!);
      entries.re.push(re * matrix.weight[state]!);
      entries.im.push(im * matrix.weight[state]!);
    }
  }
  return complexSparse(dimension, entries);
}

/** K = Σ c·B†A + c*·A†B (once where A = B) by rows. */
function lossesByRows(dimension: number, terms: readonly PairTerm[]): ComplexSparse {
  const entries = newEntries();
  const push = (row: number, column: number, re: number, im: number): void => {
    entries.row.push(column);
    entries.column.push(row);
    entries.re.push(re);
    entries.im.push(im);
  };
  for (const { re, im, left, right } of terms) {
    for (let state = 0; state < dimension; state++) {
      const between = left.target[state]!;
      if (between < 0) continue;
      const row = right.source[between]!;
      if (row < 0) continue;
      const weight = left.weight[state]! * right.weight[row]!;
      push(row, state, re * weight, im * weight);
      if (left !== right) push(state, row, re * weight, -im * weight);
    }
  }
  return complexSparse(dimension, entries);
}

/** Σ c·M of matrices that are all held by rows. */
function addByRows(
  dimension: number,
  sums: readonly { readonly matrix: readonly ComplexSparse[]; readonly re: number; readonly im: number }[],
): ComplexSparse {
  const entries = newEntries();
  for (const { matrix, re, im } of sums) {
    for (const m of matrix) {
      for (let row = 0; row < dimension; row++) {
        for (let e = m.columnStarts[row]!; e < m.columnStarts[row + 1]!; e++) {
          entries.row.push(m.rows[e]!);
          entries.column.push(row);
          entries.re.push(re * m.re[e]! - im * m.im[e]!);
          entries.im.push(re * m.im[e]! + im * m.re[e]!);
        }
      }
    }
  }
  return complexSparse(dimension, entries);
}

interface Parts {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** T += G X, row by row, for a G by rows. */
function addDrift(g: ComplexSparse, { blocks, blockOf, placeOf }: BlockLayout, x: Parts, t: Parts): void {
  for (const [b, { states, offset }] of blocks.entries()) {
    const n = states.length;
    for (let place = 0; place < n; place++) {
      const state = states[place]!;
      const row = offset + place * n;
      for (let e = g.columnStarts[state]!; e < g.columnStarts[state + 1]!; e++) {
        const other = g.rows[e]!;
        if (blockOf[other] !== b) continue;
        addRow(g.re[e]!, g.im[e]!, x, offset + placeOf[other]! * n, t, row, n);
      }
    }
  }
}

function addRow(re: number, im: number, x: Parts, from: number, t: Parts, to: number, n: number): void {
  const { re: xr, im: xi } = x;
  const { re: tr, im: ti } = t;
  if (re !== 0) {
    for (let k = 0; k < n; k++) {
      tr[to + k]! += re * xr[from + k]!;
      ti[to + k]! += re * xi[from + k]!;
    }
  }
  if (im !== 0) {
    for (let k = 0; k < n; k++) {
      tr[to + k]! -= im * xi[from + k]!;
      ti[to + k]! += im * xr[from + k]!;
    }
  }
}

/** T += c·AXB†, or half of it where A = B. */
function addJump({ re, im, left, right, routes }: PairTerm, x: Parts, t: Parts): void {
  const share = left === right ? 0.5 : 1;
  const { re: xr, im: xi } = x;
  const { re: tr, im: ti } = t;
  for (const { from, to, rows, columns } of routes) {
    const { source, target, weight } = columns;
    const count = source.length;
    for (let r = 0; r < rows.source.length; r++) {
      const a = share * re * rows.weight[r]!;
      const b = share * im * rows.weight[r]!;
      const start = from.offset + rows.source[r]! * from.stride;
      const end = to.offset + rows.target[r]! * to.stride;
      if (b === 0) {
        for (let c = 0; c < count; c++) {
          const p = start + source[c]!;
          const q = end + target[c]!;
          const w = a * weight[c]!;
          tr[q]! += w * xr[p]!;
          ti[q]! += w * xi[p]!;
        }
      } else {
        for (let c = 0; c < count; c++) {
          const p = start + source[c]!;
          const q = end + target[c]!;
          const w = a * weight[c]!;
          const v = b * weight[c]!;
          tr[q]! += w * xr[p]! - v * xi[p]!;
          ti[q]! += w * xi[p]! + v * xr[p]!;
        }
      }
    }
  }
}

/** A term whose numbers are the moduli of another's. */
const moduli = (term: PairTerm): PairTerm => ({
  ...term,
  re: Math.abs(term.re) + Math.abs(term.im),
  im: 0,
  routes: term.routes.map((route) => ({
    ...route,
    rows: { ...route.rows, weight: route.rows.weight.map(Math.abs) },
    columns: { ...route.columns, weight: route.columns.weight.map(Math.abs) },
  })),
});
