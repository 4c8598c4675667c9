import { type ComplexSparse, forEachEntry } from "./complex-sparse.ts";
import { components } from "./connected-components.ts";
import { type ComplexDense, complexProduct } from "./dense-product.ts";
import { kernelWorkspace } from "./kernels.ts";
import type { StateVector } from "./state-vector.ts";

/** The matrices e^{2^k·tick·G} for k = 0, 1, …, block by block of a sparse complex G. */
export interface Propagators {
  readonly tick: number;
  /** How many there are; the last is e^{2^(levels − 1)·tick·G}. */
  readonly levels: number;
  /** The blocks in which a vector is not zero, and stays so. */
  readonly occupied: (x: StateVector) => readonly number[];
  /** Writes e^{2^level·tick·G}x in some blocks to `out`, which is not x; returns its squared norm there. */
  readonly apply: (level: number, x: StateVector, out: StateVector, blocks: readonly number[]) => number;
}

export type PropagatorsResult =
  | { readonly kind: "made"; readonly propagators: Propagators }
  /** The blocks have `entries` entries together. */
  | { readonly kind: "too-large"; readonly entries: number };

/** Entries of all blocks beyond which about fifty matrices of them would not fit: one block of 350 states. */
const MAX_ENTRIES = 122_500;

/** Powers up to this norm are summed as a series, larger ones are squares. */
const SERIES_NORM = 0.5;

/** The propagators of a generator for times that are multiples of a tick up to `end`. */
export function blockPropagators(G: ComplexSparse, tick: number, end: number): PropagatorsResult {
  const blocks = blocksOf(G);
  const entries = blocks.reduce((sum, { states }) => sum + states.length ** 2, 0);
  if (entries > MAX_ENTRIES) return { kind: "too-large", entries };
  const levels = Math.max(1, Math.floor(Math.log2(Math.max(1, end / tick))) + 1);
  const powers = blocks.map((block) => powersOf(block, tick, levels));
  return {
    kind: "made",
    propagators: {
      tick,
      levels,
      occupied: (x) =>
        blocks.flatMap(({ states }, b) => (states.some((i) => x.re[i] !== 0 || x.im[i] !== 0) ? [b] : [])),
      apply: (level, x, out, among) => {
        let square = 0;
        for (const b of among) square += applyBlock(powers[b]![level]!, blocks[b]!.states, x, out);
        return square;
      },
    },
  };
}

/** ‖G‖∞, the largest sum of moduli in a row. */
export function rowNorm(G: ComplexSparse): number {
  const sums = new Float64Array(G.size);
  forEachEntry(G, (row, _, re, im) => {
    sums[row]! += Math.hypot(re, im);
  });
  return sums.reduce((most, x) => Math.max(most, x), 0);
}

interface Block {
  readonly states: Int32Array;
  /** By rows. */
  readonly matrix: ComplexDense;
}

function blocksOf(G: ComplexSparse): Block[] {
  const rows: number[] = [];
  const columns: number[] = [];
  forEachEntry(G, (row, column, re, im) => {
    if (re === 0 && im === 0) return;
    rows.push(row);
    columns.push(column);
  });
  const { labels, count } = components(G.size, Int32Array.from(rows), Int32Array.from(columns));
  const members: number[][] = Array.from({ length: count }, () => []);
  const place = new Int32Array(G.size);
  for (let i = 0; i < G.size; i++) place[i] = members[labels[i]!]!.push(i) - 1;
  const blocks = members.map((states): Block => {
    const n = states.length;
    return {
      states: Int32Array.from(states),
      matrix: { re: new Float64Array(n * n), im: new Float64Array(n * n) },
    };
  });
  forEachEntry(G, (row, column, re, im) => {
    const { states, matrix } = blocks[labels[row]!]!;
    if (labels[row] !== labels[column]) return;
    const at = place[row]! * states.length + place[column]!;
    matrix.re[at] = re;
    matrix.im[at] = im;
  });
  return blocks;
}

function powersOf({ states, matrix }: Block, tick: number, levels: number): ComplexDense[] {
  const n = states.length;
  const workspace = kernelWorkspace();
  const times = (a: ComplexDense, b: ComplexDense) => complexProduct([n, n, n], a, b, "plain", workspace);
  const norm = denseNorm(matrix, n);
  const powers: ComplexDense[] = [];
  for (let level = 0; level < levels; level++) {
    const h = tick * 2 ** level;
    const before = powers[level - 1];
    powers.push(before && norm * h > SERIES_NORM ? times(before, before) : series(matrix, h, n, times));
  }
  return powers;
}

const denseNorm = ({ re, im }: ComplexDense, n: number): number => {
  let most = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += Math.hypot(re[i * n + j]!, im[i * n + j]!);
    most = Math.max(most, sum);
  }
  return most;
};

/** Σ (hG)^k/k! until a term changes nothing. */
function series(
  { re, im }: ComplexDense,
  h: number,
  n: number,
  times: (a: ComplexDense, b: ComplexDense) => ComplexDense,
): ComplexDense {
  const step: ComplexDense = { re: re.map((x) => h * x), im: im.map((x) => h * x) };
  const sum: ComplexDense = { re: new Float64Array(n * n), im: new Float64Array(n * n) };
  for (let i = 0; i < n; i++) sum.re[i * n + i] = 1;
  let term = step;
  for (let k = 1; ; k++) {
    for (let e = 0; e < n * n; e++) {
      sum.re[e]! += term.re[e]!;
      sum.im[e]! += term.im[e]!;
    }
    if (denseNorm(term, n) <= Number.EPSILON / 4) return sum;
    const next = times(term, step);
    term = { re: next.re.map((x) => x / (k + 1)), im: next.im.map((x) => x / (k + 1)) };
  }
}

function applyBlock({ re, im }: ComplexDense, states: Int32Array, x: StateVector, out: StateVector): number {
  const n = states.length;
  let square = 0;
  for (let i = 0; i < n; i++) {
    let sr = 0;
    let si = 0;
    for (let j = 0, e = i * n; j < n; j++, e++) {
      const ar = re[e]!;
      const ai = im[e]!;
      const xr = x.re[states[j]!]!;
      const xi = x.im[states[j]!]!;
      sr += ar * xr - ai * xi;
      si += ar * xi + ai * xr;
    }
    out.re[states[i]!] = sr;
    out.im[states[i]!] = si;
    square += sr * sr + si * si;
  }
  return square;
}
