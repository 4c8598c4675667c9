import { type DenseMatrix, zeroMatrix } from "./dense-matrix.ts";
import {
  checkTimes,
  DEFAULT_MAX_STEPS,
  DEFAULT_TOLERANCE,
  type Evolution,
  type EvolutionOptions,
  largestMagnitude,
  type WatchedEvolution,
} from "./evolution.ts";
import { matrixExponential } from "./matrix-exponential.ts";
import { type OrthonormalBasis, orthonormalBasis } from "./orthonormal-basis.ts";
import { multiply, norm1, type SparseMatrix } from "./sparse-matrix.ts";

export interface KrylovOptions extends EvolutionOptions, WatchedEvolution {
  /** Vectors of the basis: memory is this many states and one more. Default 30. */
  readonly dimension?: number;
}

const DEFAULT_DIMENSION = 30;

/**
 * The states e^{tL}x at the times given, by steps x + τφ₁(τL)Lx, φ₁(z) = (eᶻ − 1)/z, in the Krylov space of L and L x
 * (Arnoldi; Saad, SIAM J. Numer. Anal. 29 (1992) 209; φ-functions as in Niesen and Wright, ACM TOMS 38 (2012) 22). A step
 * is as long as its error estimate, the next term of the expansion in φ₂, allows; the same basis serves all times
 * within it. Starting from L x keeps to round-off what L conserves. Needs no factors, only products with L: about
 * ‖L‖t of them, which stiff systems have too much of.
 */
export function evolveKrylov(
  L: SparseMatrix,
  start: Float64Array,
  times: ArrayLike<number>,
  options: KrylovOptions = {},
): Evolution {
  checkTimes(times);
  const { tolerance = DEFAULT_TOLERANCE, maxSteps = DEFAULT_MAX_STEPS, onStep, onState } = options;
  const dimension = Math.max(1, Math.min(options.dimension ?? DEFAULT_DIMENSION, L.rows));
  const size = largestMagnitude(start);
  const norm = norm1(L);
  const end = times[times.length - 1] ?? 0;
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
  if (!(size < Infinity && norm < Infinity)) return finish("not-finite");
  const basis = orthonormalBasis(L.rows, dimension + 1);
  let proposed = norm === 0 ? Infinity : dimension / 3 / norm;
  while (states.length < times.length) {
    while (states.length < times.length && times[states.length]! <= time) {
      if (onState?.(times[states.length]!, x) === false) return finish("stopped");
      states.push(x.slice());
    }
    if (states.length === times.length) break;
    const space = arnoldi(L, multiply(L, x), basis, norm);
    let tau = Math.min(end - time, space.isInvariant ? Infinity : proposed);
    let step = krylovStep(space, tau);
    for (;;) {
      if (steps + rejected >= maxSteps) return finish("too-many-steps");
      if (!Number.isFinite(step.error)) return finish("not-finite");
      const allowed = Math.max((size * tolerance * tau) / end, size * ROUND_OFF);
      const change = SAFETY * (allowed / step.error) ** (1 / (space.dimension + 1));
      proposed = tau * Math.max(SHRINK, Math.min(GROW, change));
      if (step.error <= allowed) break;
      rejected++;
      tau = Math.min(proposed, tau * SAFETY);
      if (time + tau === time) return finish("step-too-small");
      step = krylovStep(space, tau);
    }
    const next = time + tau >= end * (1 - Number.EPSILON) ? end : time + tau;
    while (states.length < times.length && times[states.length]! < next) {
      const state = basis.added(x, krylovStep(space, times[states.length]! - time).weights);
      if (onState?.(times[states.length]!, state) === false) return finish("stopped");
      states.push(state);
    }
    x = basis.added(x, step.weights);
    if (onState?.(next, x) === false) return finish("stopped");
    time = next;
    steps++;
    error += step.error / size;
    if (onStep?.(time) === false) return finish("cancelled");
  }
  return finish("evolved");
}

const SAFETY = 0.9;
const SHRINK = 0.2;
const GROW = 3;
const ROUND_OFF = Number.EPSILON;

/** L V = V H + next·v_{m+1}e_mᵀ with orthonormal v_k, v₁ along the vector given. */
interface KrylovSpace {
  readonly dimension: number;
  /** ‖b‖₂ of the vector given. */
  readonly length: number;
  readonly H: DenseMatrix;
  readonly next: number;
  /** The space holds what L makes of it: results are exact at every time. */
  readonly isInvariant: boolean;
}

/** Overwrites `basis`, whose vectors but one are the most there can be. */
function arnoldi(L: SparseMatrix, b: Float64Array, basis: OrthonormalBasis, norm: number): KrylovSpace {
  const most = basis.vectors.length - 1;
  const H = zeroMatrix(most);
  const length = norm2(b);
  if (length === 0) return { dimension: 0, length, H, next: 0, isInvariant: true };
  const first = basis.vectors[0]!;
  for (let i = 0; i < b.length; i++) first[i] = b[i]! / length;
  for (let k = 0; k < most; k++) {
    multiply(L, basis.vectors[k]!, basis.vectors[k + 1]!);
    const { overlaps, rest: next } = basis.extend(k + 1);
    for (let j = 0; j <= k; j++) H.values[j * most + k] = overlaps[j]!;
    if (next <= BREAKDOWN * norm) return { dimension: k + 1, length, H, next, isInvariant: true };
    if (k + 1 < most) H.values[(k + 1) * most + k] = next;
    else return { dimension: most, length, H, next, isInvariant: false };
  }
  throw new Error("a basis has at least one vector");
}

/** What is left of a vector that depends on the others. */
const BREAKDOWN = 1e-14;

interface KrylovStep {
  /** Of each vector of the basis, v_{m+1} included, its share of the change. */
  readonly weights: Float64Array;
  /** Of the change. */
  readonly error: number;
}

/** β τφ₁(τH)e₁ and the next term β·next·τ²[φ₂(τH)]_{m1} v_{m+1}, from the exponential of H bordered by e₁ and a chain. */
function krylovStep({ dimension: m, length, H, next, isInvariant }: KrylovSpace, tau: number): KrylovStep {
  const weights = new Float64Array(m + 1);
  if (m === 0) return { weights, error: 0 };
  const bordered = zeroMatrix(m + 2);
  const n = m + 2;
  for (let i = 0; i < m; i++)
    for (let j = 0; j < m; j++) bordered.values[i * n + j] = tau * H.values[i * H.size + j]!;
  bordered.values[m] = tau;
  bordered.values[m * n + m + 1] = tau;
  const exponential = matrixExponential(bordered).values;
  for (let i = 0; i < m; i++) weights[i] = length * exponential[i * n + m]!;
  const correction = length * next * exponential[(m - 1) * n + m + 1]!;
  if (isInvariant) return { weights, error: 0 };
  weights[m] = correction;
  return { weights, error: Math.abs(correction) };
}

function norm2(v: Float64Array): number {
  let square = 0;
  for (let i = 0; i < v.length; i++) square += v[i]! * v[i]!;
  return Math.sqrt(square);
}
