import { type DenseMatrix, zeroMatrix } from "./dense-matrix.ts";
import {
  checkTimes,
  DEFAULT_MAX_STEPS,
  DEFAULT_TOLERANCE,
  type Evolution,
  type EvolutionFailure,
  type EvolutionOptions,
  isFailure,
  largestMagnitude,
  type WatchedEvolution,
} from "./evolution.ts";
import { extendedResidual, refine } from "./extended-refinement.ts";
import { solveHessenberg } from "./hessenberg-solve.ts";
import { minimumDegree } from "./minimum-degree.ts";
import { standing } from "./rational-evolution.ts";
import { integrateRational, type RationalProblem } from "./rational-integration.ts";
import { POLES } from "./rational-step.ts";
import { factorise, type SparseLu } from "./sparse-lu.ts";
import { refactorise } from "./sparse-lu-refactorise.ts";
import { solve } from "./sparse-lu-solve.ts";
import { fromTriplets, norm1, type SparseMatrix } from "./sparse-matrix.ts";

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
  const basis = Array.from({ length: dimension + 1 }, () => new Float64Array(L.rows));
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
      const state = added(x, basis, found.shares[k]!);
      if (onState?.(isAsked ? times[states.length]! : time + marks[k]!, state) === false)
        return finish("stopped");
      while (times[states.length]! - time === marks[k]) states.push(state.slice());
    }
    const tau = marks[found.reached - 1]!;
    const next = added(x, basis, found.shares[found.reached - 1]!);
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
  basis: readonly Float64Array[],
  marks: Float64Array,
  allowed: (tau: number) => number,
  size: number,
): Projection | EvolutionFailure {
  const most = basis.length - 1;
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
  for (let i = 0; i < rate.length; i++) basis[0]![i] = rate[i]! / length;
  for (let m = 1; ; m++) {
    const next = extend(inverse, basis, H, m);
    if (!Number.isFinite(next)) return "not-finite";
    const isInvariant = next < BREAKDOWN;
    if (m % STRIDE !== 0 && m < most && !isInvariant) continue;
    const space: Space = { H: leading(H, m), sigma, length, next };
    const small = smallEvolution(space, marks, allowed(marks[0]!) / 16, size);
    if (small === "not-finite") return small;
    if (typeof small === "string") {
      // a projection of what decays may grow: a larger space or a shorter step mends it
      if (m < most && !isInvariant) continue;
      return { shares: [], reached: 0, dimension: m, error: Infinity };
    }
    const errors = residuals(space, small.states, marks).map((e) => e + small.error * size);
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
  basis: readonly Float64Array[],
  H: DenseMatrix,
  m: number,
): number {
  const v = basis[m]!;
  inverse(basis[m - 1]!, v);
  for (let pass = 0; pass < 2; pass++) {
    for (let j = 0; j < m; j++) {
      const q = basis[j]!;
      let overlap = 0;
      for (let i = 0; i < v.length; i++) overlap += q[i]! * v[i]!;
      for (let i = 0; i < v.length; i++) v[i]! -= overlap * q[i]!;
      H.values[j * H.size + m - 1]! += overlap;
    }
  }
  const next = norm2(v);
  H.values[m * H.size + m - 1] = next;
  if (next > 0) for (let i = 0; i < v.length; i++) v[i]! /= next;
  return next;
}

/** About a dozen is what small problems take; many more where the projection grows. */
const MAX_SMALL_STEPS = 200;

interface Space {
  readonly H: DenseMatrix;
  readonly sigma: number;
  readonly length: number;
  readonly next: number;
}

/** y at the marks, where Hẏ = σ(H − 1)y + βHe₁ and y(0) = 0. */
function smallEvolution(
  { H, sigma, length }: Space,
  marks: Float64Array,
  exactness: number,
  size: number,
): Evolution | EvolutionFailure {
  const m = H.size;
  const inhomogeneity = Float64Array.from({ length: m }, (_, i) => length * H.values[i * m]!);
  const apply = (y: Float64Array): Float64Array => {
    const result = new Float64Array(m);
    for (let i = 0; i < m; i++) {
      let sum = -y[i]!;
      for (let j = Math.max(0, i - 1); j < m; j++) sum += H.values[i * m + j]! * y[j]!;
      result[i] = sigma * sum;
    }
    return result;
  };
  const problem: RationalProblem = {
    apply,
    rate: (y) => {
      const result = apply(y);
      for (let i = 0; i < m; i++) result[i]! += inhomogeneity[i]!;
      return result;
    },
    // F − (p/h)E = (σ − p/h)H − σ
    prepare: (h) => (k, b) => {
      const { pole } = POLES[k]!;
      return solveHessenberg(H, [sigma - pole[0] / h, -pole[1] / h], -sigma, b);
    },
  };
  const first = Math.min(marks[0]!, (0.01 * size) / length);
  const evolution = integrateRational(problem, new Float64Array(m), size, first, marks, {
    tolerance: Math.max(exactness / size, 1e-14),
    maxSteps: MAX_SMALL_STEPS,
  });
  return isFailure(evolution.outcome) ? evolution.outcome : evolution;
}

/**
 * Bounds of the errors at the marks. With V y for the change of x, the residual is (σ − L)v_{m+1}ρ(t), ρ = h_{m+1,m}e_mᵀH⁻¹y, and
 * the error e = ∫e^{(t−s)L}(σ − L)v_{m+1}ρ(s)ds, which by parts is at most |ρ(t)| + ∫|ρ′| + σ∫|ρ|: all three are within
 * (2 + σt) max|ρ| while ρ grows.
 */
function residuals(
  { H, sigma, next }: Space,
  states: readonly Float64Array[],
  marks: Float64Array,
): Float64Array {
  const m = H.size;
  let largest = 0;
  return Float64Array.from(marks, (t, k) => {
    const y = solveHessenberg(H, [1, 0], 0, states[k]!);
    largest = Math.max(largest, Math.abs(next * y[2 * (m - 1)]!));
    return (2 + sigma * t) * largest;
  });
}

function leading({ size, values }: DenseMatrix, m: number): DenseMatrix {
  const result = zeroMatrix(m);
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) result.values[i * m + j] = values[i * size + j]!;
  return result;
}

/** v ↦ (1 − L/σ)⁻¹v, refined with residuals in twice the working precision, and freed of w. */
function invertedSystem(L: SparseMatrix, low: Float64Array, conserved: Float64Array) {
  const square = conserved.reduce((sum, w) => sum + w * w, 0);
  const free = (v: Float64Array): void => {
    if (square === 0) return;
    const excess = conserved.reduce((sum, w, i) => sum + w * v[i]!, 0) / square;
    for (let i = 0; i < v.length; i++) v[i]! -= excess * conserved[i]!;
  };
  const n = L.columns;
  const rows: number[] = [];
  const columns: number[] = [];
  const origins: number[] = [];
  for (let column = 0; column < n; column++) {
    let hasDiagonal = false;
    for (let e = L.columnStarts[column]!; e < L.columnStarts[column + 1]!; e++) {
      hasDiagonal ||= L.rowIndices[e] === column;
      rows.push(L.rowIndices[e]!);
      columns.push(column);
      origins.push(e + 1);
    }
    if (hasDiagonal) continue;
    rows.push(column);
    columns.push(column);
    origins.push(0);
  }
  const skeleton = fromTriplets(n, n, rows, columns, origins);
  const origin = Float64Array.from(skeleton.values);
  const isDiagonal = new Uint8Array(origin.length);
  for (let column = 0; column < n; column++)
    for (let e = skeleton.columnStarts[column]!; e < skeleton.columnStarts[column + 1]!; e++)
      if (skeleton.rowIndices[e] === column) isDiagonal[e] = 1;
  const order = minimumDegree(skeleton, []);
  let lu: SparseLu | undefined;
  let known:
    | { readonly sigma: number; readonly inverse: (b: Float64Array, out: Float64Array) => void }
    | undefined;
  const at = (sigma: number) => {
    if (known?.sigma === sigma) return known.inverse;
    known = undefined;
    const values = new Float64Array(origin.length);
    const lows = new Float64Array(origin.length);
    for (let e = 0; e < origin.length; e++) {
      const from = origin[e]! - 1;
      const value = from < 0 ? 0 : -L.values[from]!;
      const shift = isDiagonal[e] === 1 ? sigma : 0;
      const sum = value + shift;
      const back = sum - value;
      values[e] = sum;
      lows[e] = value - (sum - back) + (shift - back) - (from < 0 ? 0 : low[from]!);
    }
    const matrix: SparseMatrix = { ...skeleton, values };
    if (!(lu && refactorise(lu, matrix).kind === "factorised")) {
      const result = factorise(matrix, order);
      if (result.kind !== "factorised") return result.kind;
      lu = result.lu;
    }
    const factors = lu;
    const inverse = (b: Float64Array, out: Float64Array): void => {
      const right = b.map((v) => sigma * v);
      solve(factors, right, out);
      refine(factors, matrix, lows, right, out);
      free(out);
    };
    known = { sigma, inverse };
    return inverse;
  };
  return { at, free };
}

function added(x: Float64Array, basis: readonly Float64Array[], shares: Float64Array): Float64Array {
  const sum = x.slice();
  for (let k = 0; k < shares.length; k++) {
    const [v, share] = [basis[k]!, shares[k]!];
    for (let i = 0; i < sum.length; i++) sum[i]! += share * v[i]!;
  }
  return sum;
}

function norm2(v: Float64Array): number {
  let square = 0;
  for (let i = 0; i < v.length; i++) square += v[i]! * v[i]!;
  return Math.sqrt(square);
}
