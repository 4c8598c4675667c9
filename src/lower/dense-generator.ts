import { parameterSlot } from "../model/parameter-values.ts";
import { type ComplexSparse, complexSparse, newEntries } from "../numerics/complex-sparse.ts";
import type { Canonical } from "../scalar/canonical.ts";
import { compileComplex, compileReal } from "../scalar/compile.ts";
import { scalarFromCanonical } from "../scalar/scalar-from-canonical.ts";
import { type BlockLayout, blockLayout, packTwice, unpack } from "./block-layout.ts";
import { type BlockMap, blockMap } from "./block-map.ts";
import type { ElementaryOperator, ShiftMatrix } from "./elementary-operator.ts";
import type { Image } from "./image.ts";
import { moduli, type PairTerm, routesOf } from "./pair-term.ts";
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
  const { dimension, size } = layout.sector;
  const hamiltonian = rowsOfSum(dimension, energies);
  const lossesOf = dissipators.map((terms) => lossesByRows(dimension, terms));
  const losses = addByRows(dimension, [{ matrix: lossesOf, re: 1, im: 0 }]);
  const jumps = dissipators.flat();
  const drift = addByRows(dimension, [
    { matrix: [hamiltonian], re: 0, im: -1 },
    { matrix: lossesOf, re: -0.5, im: 0 },
  ]);
  let map: BlockMap | undefined;
  const imageOf = (g: ComplexSparse, terms: readonly PairTerm[], x: Float64Array): Image => {
    const change = new Float64Array(size);
    imageUnder(layout, blockMap(layout, g, terms), x, change);
    return { change, gross: grossOf(layout, g, terms, x) };
  };
  const noDrift = complexSparse(dimension, newEntries());
  return {
    isFinite: [...hamiltonian.re, ...hamiltonian.im, ...losses.re, ...losses.im].every(Number.isFinite),
    hamiltonian,
    losses,
    jumps,
    apply: (x, image) => {
      map ??= blockMap(layout, drift, jumps);
      imageUnder(layout, map, x, image);
    },
    grossOf: (x) => grossOf(layout, drift, jumps, x),
    imagesOf: (x) =>
      dissipators.map((terms, b) =>
        imageOf(addByRows(dimension, [{ matrix: [lossesOf[b]!], re: -0.5, im: 0 }]), terms, x),
      ),
    gainOf: (dissipator, x) => imageOf(noDrift, dissipators[dissipator]!, x),
  };
}

/** The unknowns of T + T† for the T that a map makes of X. */
function imageUnder(
  layout: BlockLayout,
  { x, t, run }: BlockMap,
  unknowns: Float64Array,
  image: Float64Array,
) {
  unpack(layout, unknowns, x.re, x.im);
  run();
  packTwice(layout, t.re, t.im, image);
}

/** Σ|L_ij x_j| from above, for a drift and jumps. */
function grossOf(
  layout: BlockLayout,
  g: ComplexSparse,
  terms: readonly PairTerm[],
  unknowns: Float64Array,
): Float64Array {
  const { sector } = layout;
  const sizes = { ...g, re: g.re.map((v, e) => Math.abs(v) + Math.abs(g.im[e]!)), im: g.im.map(() => 0) };
  const { x, t, run } = blockMap(layout, sizes, terms.map(moduli));
  unpack(layout, unknowns, x.re, x.im);
  for (let e = 0; e < layout.length; e++) x.re[e] = Math.abs(x.re[e]!) + Math.abs(x.im[e]!);
  x.im.fill(0);
  run();
  const gross = new Float64Array(sector.size);
  packTwice(layout, t.re, t.im, gross);
  // both parts of an element have the bound of its modulus
  for (let k = 0; k < sector.row.length; k++) {
    const u = sector.unknown[k]!;
    if (sector.row[k] !== sector.column[k]) gross[u + 1] = gross[u]!;
  }
  return gross;
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
