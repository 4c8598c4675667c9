import { type DenseMatrix, zeroMatrix } from "./dense-matrix.ts";
import {
  checkTimes,
  DEFAULT_MAX_STEPS,
  DEFAULT_TOLERANCE,
  type Evolution,
  type EvolutionFailure,
  type EvolutionOptions,
  largestMagnitude,
  type WatchedEvolution,
} from "./evolution.ts";
import { extendedResidual } from "./extended-refinement.ts";
import { invertedSystem } from "./inverted-system.ts";
import { type OrthonormalBasis, orthonormalBasis } from "./orthonormal-basis.ts";
import { leading, type ProjectedSpace, projectedErrors, projectedEvolution } from "./projected-evolution.ts";
import { standing } from "./rational-evolution.ts";
import { norm1, type SparseMatrix } from "./sparse-matrix.ts";

export interface ShiftInvertOptions extends EvolutionOptions, WatchedEvolution {
  /** Vectors of the basis: memory is this many states and one more, besides the factors. Default 40. */
  readonly dimension?: number;
  /**
   * w with wᵀL = 0: taken out of every vector of the basis, so that wᵀx is kept to round-off. Without it, a basis grows what
   * round-off leaves of the kernel, and wᵀx is kept to about 10⁻⁴ of the tolerance.
   */
  readonly conserved?: Float64Array;
}

const DEFAULT_DIMENSION = 40;

/** σ·h of the shift σ and the length h of a step. */
const SHIFT = 10;

/** The basis is tried each time it has grown by this much. */
const STRIDE = 8;

/**
 * The states e^{tL}x at the times given, for a sparse L whose eigenvalues have no positive real parts, by steps
 * x + τφ₁(τL)Lx in the Krylov space of (1 − L/σ)⁻¹ and L x (van den Eshof and Hochbruck, SIAM J. Sci. Comput. 27 (2006)
 * 1438): one real sparse LU for a step, a solve for each vector. Against `evolveRational`, which factorises four complex
 * matrices, it needs a sixteenth of the memory and less time where factors are what costs. The space sees slow decays
 * first, so that fast ones do not count. What happens in it, Hẏ = σ(H − 1)y + βHe₁, is integrated by rational steps.
 * The error of a step is bounded by the residual h_{m+1,m}e_mᵀH⁻¹y (see `residualAt`) on the assumption that e^{tL} does
 * not grow in the Euclidean norm, which it does little for generators of Lindblad form.
 */
export function evolveShiftInvert(
  L: SparseMatrix,
  low: Float64Array,
  start: Float64Array,
  times: ArrayLike<number>,
  options: ShiftInvertOptions = {},
): Evolution {
  checkTimes(times);
  const { tolerance = DEFAULT_TOLERANCE, maxSteps = DEFAULT_MAX_STEPS, onStep, onState } = options;
  const dimension = Math.max(2, Math.min(options.dimension ?? DEFAULT_DIMENSION, L.rows));
  // a basis of the whole space does not limit how long a step may be
  const isWhole = dimension === L.rows;
  const size = largestMagnitude(start);
  const norm = norm1(L);
  const end = times[times.length - 1] ?? 0;
  if (!(size < Infinity && norm < Infinity)) return standing("not-finite", [], 0);
  if (size === 0 || norm === 0)
    return standing(
      "evolved",
      Array.from(times, () => start.slice()),
      end,
    );
  const states: Float64Array[] = [];
  let x: Float64Array = start.slice();
  let [time, steps, rejected, error] = [0, 0, 0, 0];
  const finish = (outcome: Evolution["outcome"]): Evolution => ({
    outcome,
    states,
    time,
    steps,
    rejected,
    error,
  });
  const system = invertedSystem(L, low, options.conserved ?? new Float64Array(0));
  const zero = new Float64Array(L.rows);
  const basis = orthonormalBasis(L.rows, dimension + 1);
  let h = Math.min(end, SHIFT / norm);
  let sigma = SHIFT / h;
  for (;;) {
    while (states.length < times.length && times[states.length]! <= time * (1 + SAME_TIME)) {
      if (onState?.(times[states.length]!, x) === false) return finish("stopped");
      states.push(x.slice());
    }
    if (states.length === times.length) return finish("evolved");
    if (steps + rejected >= maxSteps) return finish("too-many-steps");
    // lengths within a factor 2 share a shift, and with it the factors
    if (sigma * h > 1.5 * SHIFT || sigma * h < 0.75 * SHIFT) sigma = SHIFT / h;
    const step = Math.min(h, end - time);
    if (!(time + step / 4 > time)) return finish("step-too-small");
    const inverse = system.at(sigma);
    if (typeof inverse === "string") return finish(inverse);
    const rate = extendedResidual(L, low, x, zero).map((v) => -v);
    system.free(rate);
    const marks = marksOf(times, states.length, time, step);
    const allowed = (tau: number) =>
      Math.max(tolerance * size * Math.max(tau / (2 * end), tau / (40 * (time + tau))), FLOOR * size);
    const found = project(inverse, sigma, rate, basis, marks, allowed, size);
    if (typeof found === "string") return finish(found);
    if (found.reached === 0) {
      rejected++;
      h = step / 8;
      continue;
    }
    for (let k = 0; k + 1 < found.reached; k++) {
      const isAsked = times[states.length]! - time === marks[k];
      if (!isAsked && !onState) continue;
      const state = basis.added(x, found.shares[k]!);
      if (onState?.(isAsked ? times[states.length]! : time + marks[k]!, state) === false)
        return finish("stopped");
      while (times[states.length]! - time === marks[k]) states.push(state.slice());
    }
    const tau = marks[found.reached - 1]!;
    const next = basis.added(x, found.shares[found.reached - 1]!);
    const reached = tau === end - time ? end : time + tau;
    if (onState?.(reached, next) === false) return finish("stopped");
    x = next;
    time = reached;
    steps++;
    error += found.error / size;
    h = found.reached < marks.length ? tau : h * growthFor(isWhole ? 0 : found.dimension / dimension);
    if (onStep?.(time) === false) return finish("cancelled");
  }
}

/** How much longer a step may be after one that used a part of the basis. */
const growthFor = (part: number): number => (part <= 0.5 ? 4 : part <= 0.8 ? 1.6 : 1);

const SAME_TIME = 4 * Number.EPSILON;

/** No step can be more exact than this, relative to the state. */
const FLOOR = 16 * Number.EPSILON;

/** The times asked for inside a step, with fractions of it that a step found too long may end at, and its end. */
function marksOf(times: ArrayLike<number>, next: number, time: number, step: number): Float64Array {
  const marks = [step, step / 2, step / 4, step / 8];
  for (let k = next; k < times.length && times[k]! - time < step; k++) marks.push(times[k]! - time);
  return Float64Array.from(new Set(marks)).sort();
}

interface Projection {
  /** For each mark the shares of the vectors of the basis in the change of x. */
  readonly shares: readonly Float64Array[];
  /** How many marks are as exact as they must be; the basis is right up to the last of them. */
  readonly reached: number;
  /** The vectors it took; 0 where they are all that L makes of the first. */
  readonly dimension: number;
  readonly error: number;
}

/** Grows the space until the last mark is exact enough, or the basis full. */
function project(
  inverse: (b: Float64Array, out: Float64Array) => void,
  sigma: number,
  rate: Float64Array,
  basis: OrthonormalBasis,
  marks: Float64Array,
  allowed: (tau: number) => number,
  size: number,
): Projection | EvolutionFailure {
  const most = basis.vectors.length - 1;
  const H = zeroMatrix(most + 1);
  const length = norm2(rate);
  if (length === 0) {
    return {
      shares: Array.from(marks, () => new Float64Array(0)),
      reached: marks.length,
      dimension: 0,
      error: 0,
    };
  }
  const first = basis.vectors[0]!;
  for (let i = 0; i < rate.length; i++) first[i] = rate[i]! / length;
  for (let m = 1; ; m++) {
    const next = extend(inverse, basis, H, m);
    if (!Number.isFinite(next)) return "not-finite";
    const isInvariant = next < BREAKDOWN;
    if (m % STRIDE !== 0 && m < most && !isInvariant) continue;
    const space: ProjectedSpace = { H: leading(H, m), sigma, length, next };
    const small = projectedEvolution(space, marks, allowed(marks[0]!) / 16, size);
    if (small === "not-finite") return small;
    if (typeof small === "string") {
      // a projection of what decays may grow: a larger space or a shorter step mends it
      if (m < most && !isInvariant) continue;
      return { shares: [], reached: 0, dimension: m, error: Infinity };
    }
    const errors = projectedErrors(space, small.states, marks).map((e) => e + small.error * size);
    let reached = 0;
    while (reached < marks.length && errors[reached]! <= allowed(marks[reached]!)) reached++;
    if (reached === marks.length || m === most || isInvariant) {
      const error = reached === 0 ? Infinity : errors[reached - 1]!;
      return { shares: small.states, reached, dimension: isInvariant ? 0 : m, error };
    }
  }
}

/**
 * What is left of a vector that all but depends on the others is mostly round-off, which need not conserve anything: it is
 * not taken into the basis, but counts in the error.
 */
const BREAKDOWN = 1e-12;

/** (1 − L/σ)⁻¹v_m, orthogonalised twice against v₁ … v_m; column m of H, and the length of the rest. */
function extend(
  inverse: (b: Float64Array, out: Float64Array) => void,
  basis: OrthonormalBasis,
  H: DenseMatrix,
  m: number,
): number {
  inverse(basis.vectors[m - 1]!, basis.vectors[m]!);
  const { overlaps, rest } = basis.extend(m);
  for (let j = 0; j < m; j++) H.values[j * H.size + m - 1] = overlaps[j]!;
  H.values[m * H.size + m - 1] = rest;
  return rest;
}

function norm2(v: Float64Array): number {
  let square = 0;
  for (let i = 0; i < v.length; i++) square += v[i]! * v[i]!;
  return Math.sqrt(square);
}
