import { type ComplexSparse, diagonalOf } from "./complex-sparse.ts";

/** Writes (e^{−it(H − shift)} − 1)e_c to `re` and `im` (all zeros before); false where that takes more than `MAX_STEPS`. */
export type UnitaryColumn = (column: number, shift: number, re: Float64Array, im: Float64Array) => boolean;

/** Steps of a Taylor series each; beyond, the eigenvectors of H are the cheaper way. */
const MAX_STEPS = 64;

const MAX_TERMS = 60;

/** A term of the series above this costs digits: the step is halved. */
const LARGEST_TERM = 2;

/** Entries below this are left out of the terms, which keeps those of a short time near their column. */
const NEGLIGIBLE = 1e-22;

/**
 * Columns of e^{−itH} − 1 for a sparse Hermitian H, by Taylor series over as many steps as keep its terms small: the
 * step is found for each column, starting from that of the last, so that far levels that it does not reach cost nothing.
 */
export function unitaryColumns(H: ComplexSparse, t: number): UnitaryColumn {
  const workspace = newWorkspace(H.size);
  const diagonal = diagonalOf(H);
  let steps = 1;
  return (column, shift, re, im) => {
    for (; steps <= MAX_STEPS; steps *= 2) {
      if (inSteps(H, diagonal, t / steps, steps, column, workspace, re, im)) {
        turn(column, (diagonal[column]! - shift) * t, re, im);
        return true;
      }
      re.fill(0);
      im.fill(0);
    }
    return false;
  };
}

/** From (e^{−itK} − 1)e_c to (e^{−iθ}e^{−itK} − 1)e_c. */
function turn(column: number, θ: number, re: Float64Array, im: Float64Array): void {
  const [c, s] = [Math.cos(θ), -Math.sin(θ)];
  for (let k = 0; k < re.length; k++) {
    const [x, y] = [re[k]!, im[k]!];
    re[k] = c * x - s * y;
    im[k] = c * y + s * x;
  }
  re[column]! -= 2 * Math.sin(θ / 2) ** 2;
  im[column]! += s;
}

interface SparseVector {
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly isHeld: Uint8Array;
  held: number[];
}

type Workspace = readonly [SparseVector, SparseVector];

const newVector = (size: number): SparseVector => ({
  re: new Float64Array(size),
  im: new Float64Array(size),
  isHeld: new Uint8Array(size),
  held: [],
});

const newWorkspace = (size: number): Workspace => [newVector(size), newVector(size)];

function clear(v: SparseVector): void {
  for (const k of v.held) {
    v.re[k] = 0;
    v.im[k] = 0;
    v.isHeld[k] = 0;
  }
  v.held = [];
}

/** (e^{−itK} − 1)e_c with K = H − H_cc; false where a term grows. */
function inSteps(
  H: ComplexSparse,
  diagonal: Float64Array,
  h: number,
  steps: number,
  column: number,
  workspace: Workspace,
  re: Float64Array,
  im: Float64Array,
): boolean {
  const own = diagonal[column]!;
  for (let step = 0; step < steps; step++) {
    let [term, next] = workspace;
    clear(term);
    clear(next);
    for (let k = 0; k < re.length; k++) {
      if (k !== column && re[k] === 0 && im[k] === 0) continue;
      term.re[k] = re[k]! + (k === column ? 1 : 0);
      term.im[k] = im[k]!;
      term.isHeld[k] = 1;
      term.held.push(k);
    }
    for (let order = 1; order <= MAX_TERMS; order++) {
      const size = applyTo(H, diagonal, own, h / order, term, next);
      if (size > LARGEST_TERM) return false;
      for (const k of next.held) {
        re[k]! += next.re[k]!;
        im[k]! += next.im[k]!;
      }
      [term, next] = [next, term];
      if (size < 2 ** -62) break;
    }
  }
  return true;
}

/** next = −i·factor·(H − own)·term; its largest entry. */
function applyTo(
  { columnStarts, rows, re, im }: ComplexSparse,
  diagonal: Float64Array,
  own: number,
  factor: number,
  term: SparseVector,
  next: SparseVector,
): number {
  clear(next);
  let largest = 0;
  const add = (row: number, x: number, y: number): void => {
    if (next.isHeld[row] === 0) {
      next.isHeld[row] = 1;
      next.held.push(row);
    }
    next.re[row]! += x;
    next.im[row]! += y;
  };
  for (const column of term.held) {
    const [x, y] = [term.re[column]! * factor, term.im[column]! * factor];
    if (Math.abs(x) + Math.abs(y) < NEGLIGIBLE) continue;
    const energy = diagonal[column]! - own;
    if (energy !== 0) add(column, energy * y, -energy * x);
    for (let e = columnStarts[column]!; e < columnStarts[column + 1]!; e++) {
      const row = rows[e]!;
      if (row !== column) add(row, re[e]! * y + im[e]! * x, im[e]! * y - re[e]! * x);
    }
  }
  for (const k of next.held) largest = Math.max(largest, Math.abs(next.re[k]!), Math.abs(next.im[k]!));
  return largest;
}
