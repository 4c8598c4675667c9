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
  const outcome = (kind: GmresOutcome["kind"]): GmresOutcome => ({
    kind,
    x,
    residual: scale > 0 ? norm(residual) / scale : 0,
    steps,
    history,
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
  const weights = new Float64Array(k);
  for (let i = k - 1; i >= 0; i--) {
    let sum = right[i]!;
    for (let j = i + 1; j < k; j++) sum -= columns[j]![i]! * weights[j]!;
    weights[i] = sum / columns[i]![i]!;
  }
  return { weights, steps: k, isCancelled };
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
