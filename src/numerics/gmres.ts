/** A linear map of real vectors: writes A x to `image`; the two are never the same array. */
export type LinearMap = (x: Float64Array, image: Float64Array) => void;

export interface GmresOptions {
  /** ‖b − A x‖ ≤ tolerance·‖b‖ ends it. */
  readonly tolerance: number;
  /** Vectors of the Krylov space that are held before a restart: its memory is (restart + 4)·n numbers. */
  readonly restart: number;
  /** Applications of A beyond which it gives up. */
  readonly maxSteps: number;
  /** Told after each step; `false` ends the iteration with what there is. */
  readonly onStep?: (steps: number, residual: number) => boolean | undefined;
}

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
  const x = start ? start.slice() : new Float64Array(size);
  const scale = norm(b);
  const history: number[] = [];
  const residual = b.slice();
  const image = new Float64Array(size);
  let steps = 0;
  let range: SingularRange = { largest: 0, smallest: Number.POSITIVE_INFINITY };
  const outcome = (kind: GmresOutcome["kind"]): GmresOutcome => ({
    kind,
    x,
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
  const basis: Float64Array[] = [];
  for (;;) {
    if (before <= options.tolerance * scale) return outcome("converged");
    if (steps >= options.maxSteps) return outcome("out-of-steps");
    const cycle = runCycle(A, residual, before, basis, {
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
    addCombination(x, basis, cycle.weights);
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

/** One cycle from a residual of given norm; `tolerance` is absolute. `basis` is overwritten. */
function runCycle(
  A: LinearMap,
  residual: Float64Array,
  size: number,
  basis: Float64Array[],
  { restart, maxSteps, tolerance, onStep }: GmresOptions,
): Cycle {
  const most = Math.min(restart, maxSteps);
  vectorAt(basis, 0, residual.length).set(residual);
  scaleBy(basis[0]!, 1 / size);
  const columns: Float64Array[] = [];
  const cosines: number[] = [];
  const sines: number[] = [];
  const right: number[] = [size];
  let isCancelled = false;
  let k = 0;
  while (k < most && Math.abs(right[k]!) > tolerance && !isCancelled) {
    const next = vectorAt(basis, k + 1, residual.length);
    A(basis[k]!, next);
    const grown = norm(next);
    const column = new Float64Array(k + 2);
    for (let pass = 0; pass < 2; pass++) orthogonalise(next, basis, k + 1, column);
    const rest = norm(next);
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

function vectorAt(basis: Float64Array[], place: number, size: number): Float64Array {
  let vector = basis[place];
  if (!vector) {
    vector = new Float64Array(size);
    basis[place] = vector;
  }
  return vector;
}

/** Takes the first `count` vectors out of `next` and adds what was taken to `column`. */
function orthogonalise(
  next: Float64Array,
  basis: readonly Float64Array[],
  count: number,
  column: Float64Array,
): void {
  const parts = new Float64Array(count);
  for (let i = 0; i < count; i++) parts[i] = dot(basis[i]!, next);
  for (let i = 0; i < count; i++) {
    column[i]! += parts[i]!;
    addMultiple(next, basis[i]!, -parts[i]!);
  }
}

function addCombination(x: Float64Array, basis: readonly Float64Array[], weights: Float64Array): void {
  for (const [i, weight] of weights.entries()) addMultiple(x, basis[i]!, weight);
}

function addMultiple(x: Float64Array, y: Float64Array, factor: number): void {
  for (let i = 0; i < x.length; i++) x[i]! += factor * y[i]!;
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
