import { createKernels, type Kernels, viewOf } from "./kernels.ts";

/** A linear map of real vectors: writes A x to `image`; the two are never the same array. */
export type LinearMap = (x: Float64Array, image: Float64Array) => void;

export interface GmresOptions {
  /** ‖b − A x‖ ≤ tolerance·‖b‖ ends it. */
  readonly tolerance: number;
  /** Vectors of the Krylov space that are held before a restart: its memory is (restart + 4)·n numbers. */
  readonly restart: number;
  /** Applications of A beyond which it gives up. */
  readonly maxSteps: number;
  /** Room for the vectors, to be used again; else it is made. */
  readonly space?: KrylovSpace;
  /** Told after each step; `false` ends the iteration with what there is. */
  readonly onStep?: (steps: number, residual: number) => boolean | undefined;
}

/** Where the vectors of an iteration stand. */
export interface KrylovSpace {
  readonly kernels: Kernels;
  /** One vector after the other, one more than a cycle has steps. */
  readonly basis: number;
  /** 2·(restart + 1) numbers. */
  readonly parts: number;
  readonly solution: number;
}

/** The numbers that a Krylov space takes. */
export const krylovNumbers = (size: number, restart: number): number =>
  (restart + 2) * size + 2 * (restart + 1);

export const krylovSpace = (kernels: Kernels, size: number, restart: number): KrylovSpace => ({
  kernels,
  basis: kernels.take((restart + 1) * size),
  parts: kernels.take(2 * (restart + 1)),
  solution: kernels.take(size),
});

export interface GmresOutcome {
  /** `stalled`: a whole cycle brought less than a factor 2; round-off is then most often reached. */
  readonly kind: "converged" | "stalled" | "out-of-steps" | "cancelled" | "not-finite";
  readonly x: Float64Array;
  /** ‖b − A x‖/‖b‖ as worked out from x itself. */
  readonly residual: number;
  /** Applications of A. */
  readonly steps: number;
  /** The relative residual after each step, as the recurrence has it. */
  readonly history: readonly number[];
  /** The largest and the smallest singular value of A on the Krylov spaces, the second an upper bound of A's own. */
  readonly range: SingularRange;
}

export interface SingularRange {
  readonly largest: number;
  readonly smallest: number;
}

/**
 * Solves A x = b by GMRES with restarts (Saad and Schultz, SIAM J. Sci. Stat. Comput. 7 (1986) 856), in real vectors and
 * the Euclidean norm. The basis is made orthogonal by the classical process done twice, which keeps it so to round-off
 * (Giraud, Langou, Rozložník, van den Eshof, Numer. Math. 101 (2005) 87). Each cycle starts from the residual of x
 * itself, so that restarts refine.
 */
export function gmres(
  A: LinearMap,
  b: Float64Array,
  start: Float64Array | undefined,
  options: GmresOptions,
): GmresOutcome {
  const size = b.length;
  const { restart } = options;
  const space = options.space ?? krylovSpace(createKernels(krylovNumbers(size, restart)), size, restart);
  const x = viewOf(space.kernels, space.solution, size);
  if (start) x.set(start);
  else x.fill(0);
  const scale = norm(b);
  const history: number[] = [];
  const residual = b.slice();
  const image = new Float64Array(size);
  let steps = 0;
  let range: SingularRange = { largest: 0, smallest: Number.POSITIVE_INFINITY };
  const outcome = (kind: GmresOutcome["kind"]): GmresOutcome => ({
    kind,
    x: x.slice(),
    residual: scale > 0 ? norm(residual) / scale : 0,
    steps,
    history,
    range,
  });
  const measure = (): number => {
    A(x, image);
    steps++;
    for (let i = 0; i < size; i++) residual[i] = b[i]! - image[i]!;
    return norm(residual);
  };
  if (scale === 0) {
    x.fill(0);
    residual.fill(0);
    return outcome("converged");
  }
  let before = start ? measure() : scale;
  if (!Number.isFinite(before)) return outcome("not-finite");
  for (;;) {
    if (before <= options.tolerance * scale) return outcome("converged");
    if (steps >= options.maxSteps) return outcome("out-of-steps");
    const cycle = runCycle(A, residual, before, space, {
      ...options,
      maxSteps: options.maxSteps - steps,
      tolerance: options.tolerance * scale,
      onStep: (inCycle, size) => {
        history.push(size / scale);
        return options.onStep?.(steps + inCycle, size / scale);
      },
    });
    steps += cycle.steps;
    range = {
      largest: Math.max(range.largest, cycle.range.largest),
      smallest: Math.min(range.smallest, cycle.range.smallest),
    };
    addCombination(space, size, cycle.weights);
    const after = measure();
    if (!Number.isFinite(after)) return outcome("not-finite");
    if (cycle.isCancelled) return outcome("cancelled");
    if (after <= options.tolerance * scale) return outcome("converged");
    if (!(after < before / 2)) return outcome("stalled");
    before = after;
  }
}

interface Cycle {
  readonly weights: Float64Array;
  readonly steps: number;
  readonly isCancelled: boolean;
  readonly range: SingularRange;
}

/** One cycle from a residual of given norm; `tolerance` is absolute. The basis is overwritten. */
function runCycle(
  A: LinearMap,
  residual: Float64Array,
  size: number,
  space: KrylovSpace,
  { restart, maxSteps, tolerance, onStep }: GmresOptions,
): Cycle {
  const most = Math.min(restart, maxSteps);
  const { kernels, parts } = space;
  const order = residual.length;
  const vector = (k: number): Float64Array => viewOf(kernels, space.basis + k * order, order);
  vector(0).set(residual);
  scaleBy(vector(0), 1 / size);
  const columns: Float64Array[] = [];
  const cosines: number[] = [];
  const sines: number[] = [];
  const right: number[] = [size];
  let isCancelled = false;
  let k = 0;
  while (k < most && Math.abs(right[k]!) > tolerance && !isCancelled) {
    const next = vector(k + 1);
    const place = space.basis + (k + 1) * order;
    A(vector(k), next);
    const grown = Math.sqrt(kernels.dot(place, place, order));
    kernels.orthogonalise(space.basis, order, k + 1, parts);
    const rest = Math.sqrt(kernels.dot(place, place, order));
    const column = new Float64Array(k + 2);
    column.set(viewOf(kernels, parts, k + 1));
    // what is left is round-off: the Krylov space is invariant and holds the solution
    const isInvariant = !(rest > 8 * Number.EPSILON * grown);
    column[k + 1] = isInvariant ? 0 : rest;
    if (!isInvariant) scaleBy(next, 1 / rest);
    for (let i = 0; i < k; i++) {
      const [c, s, upper, lower] = [cosines[i]!, sines[i]!, column[i]!, column[i + 1]!];
      column[i] = c * upper + s * lower;
      column[i + 1] = c * lower - s * upper;
    }
    const length = Math.hypot(column[k]!, column[k + 1]!);
    // a singular A on an invariant space: the last direction brings nothing
    if (length <= Number.EPSILON * grown || !Number.isFinite(length)) break;
    cosines.push(column[k]! / length);
    sines.push(column[k + 1]! / length);
    column[k] = length;
    right.push(-sines[k]! * right[k]!);
    right[k]! *= cosines[k]!;
    columns.push(column);
    k++;
    isCancelled = onStep?.(k, Math.abs(right[k]!)) === false;
    if (isInvariant) break;
  }
  const weights = solveTriangle(columns, Float64Array.from(right.slice(0, k)));
  return { weights, steps: k, isCancelled, range: singularRange(columns) };
}

/** Rounds of power and of inverse iteration: the ends of the range to a factor of about 2. */
const RANGE_ROUNDS = 12;

/** The extreme singular values of an upper triangle given by columns, about. */
function singularRange(columns: readonly Float64Array[]): SingularRange {
  const k = columns.length;
  let largest = 0;
  let smallest = Number.POSITIVE_INFINITY;
  let up: Float64Array = Float64Array.from({ length: k }, (_, i) => 1 + (i % 3));
  let down = up;
  for (let round = 0; round < RANGE_ROUNDS && k > 0; round++) {
    up = timesTransposed(columns, times(columns, up));
    down = solveTriangle(columns, solveTransposed(columns, down));
    const [most, least] = [norm(up), norm(down)];
    largest = Math.sqrt(most);
    smallest = 1 / Math.sqrt(least);
    scaleBy(up, 1 / most);
    scaleBy(down, 1 / least);
  }
  return { largest, smallest };
}

function times(columns: readonly Float64Array[], x: Float64Array): Float64Array {
  const y = new Float64Array(x.length);
  for (const [j, column] of columns.entries()) for (let i = 0; i <= j; i++) y[i]! += column[i]! * x[j]!;
  return y;
}

function timesTransposed(columns: readonly Float64Array[], x: Float64Array): Float64Array {
  return Float64Array.from(columns, (column, j) => {
    let sum = 0;
    for (let i = 0; i <= j; i++) sum += column[i]! * x[i]!;
    return sum;
  });
}

function solveTriangle(columns: readonly Float64Array[], right: Float64Array): Float64Array {
  const x = right.slice();
  for (let j = x.length - 1; j >= 0; j--) {
    x[j]! /= columns[j]![j]!;
    for (let i = 0; i < j; i++) x[i]! -= columns[j]![i]! * x[j]!;
  }
  return x;
}

function solveTransposed(columns: readonly Float64Array[], right: Float64Array): Float64Array {
  const x = right.slice();
  for (const [j, column] of columns.entries()) {
    for (let i = 0; i < j; i++) x[j]! -= column[i]! * x[i]!;
    x[j]! /= column[j]!;
  }
  return x;
}

/** The solution and so much of each vector. */
function addCombination(
  { kernels, basis, parts, solution }: KrylovSpace,
  size: number,
  weights: Float64Array,
) {
  viewOf(kernels, parts, weights.length).set(weights);
  kernels.addCombination(basis, size, weights.length, parts, solution);
}

function scaleBy(x: Float64Array, factor: number): void {
  for (let i = 0; i < x.length; i++) x[i]! *= factor;
}

function dot(x: Float64Array, y: Float64Array): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  const end = x.length & ~3;
  for (let i = 0; i < end; i += 4) {
    a += x[i]! * y[i]!;
    b += x[i + 1]! * y[i + 1]!;
    c += x[i + 2]! * y[i + 2]!;
    d += x[i + 3]! * y[i + 3]!;
  }
  for (let i = end; i < x.length; i++) a += x[i]! * y[i]!;
  return a + b + (c + d);
}

export const norm = (x: Float64Array): number => Math.sqrt(dot(x, x));
