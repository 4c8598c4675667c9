import { ERROR_5, INTERPOLANT, NODES, STAGES, WEIGHTS_3 } from "./dormand-prince.ts";
import {
  checkTimes,
  DEFAULT_MAX_STEPS,
  type Evolution,
  type EvolutionOptions,
  type WatchedEvolution,
} from "./evolution.ts";

/** Writes ẋ at time t and state x to `out`; must not keep or change `x`. */
export type Derivative = (t: number, x: Float64Array, out: Float64Array) => void;

export interface RungeKuttaOptions extends Pick<EvolutionOptions, "onStep" | "maxSteps">, WatchedEvolution {
  /** A step's error in each component may be `absolute` + `relative`·|x_i|, in the root mean square. Defaults 10⁻¹⁰. */
  readonly relative?: number;
  readonly absolute?: number;
  /** Steps no longer than this see every pulse that lasts so long. Default: none. */
  readonly longestStep?: number;
}

const ORDER = 8;
const SAFETY = 0.9;
const SHRINK = 1 / 3;
const GROW = 6;

/**
 * The solution of ẋ = f(t, x) from t = 0 at the times given, by the pair of order 8(5,3) of Dormand and Prince (see
 * `STAGES`) with an interpolant of order 7 for the times inside a step: Hairer, Nørsett and Wanner, Solving Ordinary
 * Differential Equations I, §II.5. Twelve derivatives a step, three more for a step with times inside. Explicit: its steps
 * are no longer than about 6/‖f′‖, whatever the tolerance. Linear invariants are kept to round-off.
 */
export function evolveRungeKutta(
  f: Derivative,
  start: Float64Array,
  times: ArrayLike<number>,
  options: RungeKuttaOptions = {},
): Evolution {
  checkTimes(times);
  const { relative = 1e-10, absolute = 1e-10, maxSteps = DEFAULT_MAX_STEPS, onStep, onState } = options;
  const n = start.length;
  const end = times[times.length - 1] ?? 0;
  const longest = Math.min(options.longestStep ?? Infinity, end);
  const stages = NODES.map(() => new Float64Array(n));
  const states: Float64Array[] = [];
  let x: Float64Array = start.slice();
  let next: Float64Array = new Float64Array(n);
  const scratch = new Float64Array(n);
  let [time, steps, rejected, error] = [0, 0, 0, 0];
  const finish = (outcome: Evolution["outcome"]): Evolution => ({
    outcome,
    states,
    time,
    steps,
    rejected,
    error,
  });
  f(0, x, stages[0]!);
  let h = Math.min(longest, firstStep(f, x, stages, scratch, { relative, absolute, longest }));
  let wasRejected = false;
  while (states.length < times.length) {
    while (states.length < times.length && times[states.length]! <= time) {
      if (onState?.(times[states.length]!, x) === false) return finish("stopped");
      states.push(x.slice());
    }
    if (states.length === times.length) break;
    if (steps + rejected >= maxSteps) return finish("too-many-steps");
    const isLast = time + h * (1 + 1e-10) >= end;
    if (isLast) h = end - time;
    if (!(time + h / 4 > time)) return finish(Number.isFinite(h) ? "step-too-small" : "not-finite");
    for (let s = 1; s < 12; s++) {
      stageState(x, h, stages, STAGES[s]!, scratch);
      f(time + NODES[s]! * h, scratch, stages[s]!);
    }
    stageState(x, h, stages, STAGES[12]!, next);
    const size = stepError(x, next, h, stages, relative, absolute);
    if (Number.isNaN(size)) return finish("not-finite");
    const change = SAFETY * size ** (-1 / ORDER);
    if (size > 1) {
      rejected++;
      wasRejected = true;
      h *= Math.max(SHRINK, change);
      continue;
    }
    const reached = isLast ? end : time + h;
    f(reached, next, stages[12]!);
    if (times[states.length]! < reached) {
      const inside = interpolant(f, time, x, next, h, stages, scratch);
      while (times[states.length]! < reached) {
        const state = inside((times[states.length]! - time) / h);
        if (onState?.(times[states.length]!, state) === false) return finish("stopped");
        states.push(state);
      }
    }
    if (onState?.(reached, next) === false) return finish("stopped");
    [x, next] = [next, x];
    [stages[0], stages[12]] = [stages[12]!, stages[0]!];
    time = reached;
    steps++;
    error += size * relative;
    h = Math.min(longest, h * Math.max(SHRINK, Math.min(wasRejected ? 1 : GROW, change)));
    wasRejected = false;
    if (onStep?.(time) === false) return finish("cancelled");
  }
  return finish("evolved");
}

/** x + h Σ a_j k_j */
function stageState(
  x: Float64Array,
  h: number,
  stages: readonly Float64Array[],
  weights: readonly number[],
  out: Float64Array,
): void {
  const used = weights.flatMap((weight, j) => (weight === 0 ? [] : [{ weight: h * weight, k: stages[j]! }]));
  out.set(x);
  // four at a time: the states are many times larger than what is kept of them on the way
  for (let s = 0; s < used.length; s += 4) {
    const [a, b, c, d] = [0, 1, 2, 3].map((e) => used[s + e] ?? { weight: 0, k: used[s]!.k });
    addFour(out, a!, b!, c!, d!);
  }
}

interface Weighted {
  readonly weight: number;
  readonly k: Float64Array;
}

function addFour(out: Float64Array, a: Weighted, b: Weighted, c: Weighted, d: Weighted): void {
  const [p, q, r, s] = [a.weight, b.weight, c.weight, d.weight];
  const [u, v, w, z] = [a.k, b.k, c.k, d.k];
  for (let i = 0; i < out.length; i++) out[i]! += p * u[i]! + q * v[i]! + r * w[i]! + s * z[i]!;
}

/** The error of a step relative to what it may be: e₅²/√(e₅² + e₃²/100) of both embedded formulas (ibid., Eq. (5.25)). */
function stepError(
  x: Float64Array,
  next: Float64Array,
  h: number,
  stages: readonly Float64Array[],
  relative: number,
  absolute: number,
): number {
  let [fifth, third] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    const scale = absolute + relative * Math.max(Math.abs(x[i]!), Math.abs(next[i]!));
    let [e5, e3] = [0, 0];
    for (let s = 0; s < 12; s++) {
      const k = stages[s]![i]!;
      e5 += ERROR_5[s]! * k;
      e3 += (STAGES[12]![s]! - WEIGHTS_3[s]!) * k;
    }
    fifth += (e5 / scale) ** 2;
    third += (e3 / scale) ** 2;
  }
  const mixed = fifth + third / 100;
  return mixed === 0 ? 0 : (h * fifth) / Math.sqrt(mixed * Math.max(1, x.length));
}

/** The interpolant of a step: at θ = 0 … 1 the state at time + θh. */
function interpolant(
  f: Derivative,
  time: number,
  x: Float64Array,
  next: Float64Array,
  h: number,
  stages: readonly Float64Array[],
  scratch: Float64Array,
): (theta: number) => Float64Array {
  for (let s = 13; s < 16; s++) {
    stageState(x, h, stages, STAGES[s]!, scratch);
    f(time + NODES[s]! * h, scratch, stages[s]!);
  }
  const n = x.length;
  const coefficients = Array.from({ length: 7 }, () => new Float64Array(n));
  const [first, last] = [stages[0]!, stages[12]!];
  for (let i = 0; i < n; i++) {
    const rise = next[i]! - x[i]!;
    coefficients[0]![i] = rise;
    coefficients[1]![i] = h * first[i]! - rise;
    coefficients[2]![i] = 2 * rise - h * (first[i]! + last[i]!);
  }
  INTERPOLANT.forEach((weights, k) => {
    const coefficient = coefficients[3 + k]!;
    for (const [s, weight] of weights.entries()) {
      if (weight === 0) continue;
      for (let i = 0; i < n; i++) coefficient[i]! += h * weight * stages[s]![i]!;
    }
  });
  return (theta) => {
    const state = new Float64Array(n);
    for (let k = 6; k >= 0; k--) {
      const factor = k % 2 === 0 ? theta : 1 - theta;
      for (let i = 0; i < n; i++) state[i] = (state[i]! + coefficients[k]![i]!) * factor;
    }
    for (let i = 0; i < n; i++) state[i]! += x[i]!;
    return state;
  };
}

/** A first step by the sizes of x, ẋ and the difference of ẋ over a small explicit step (ibid., §II.4). */
function firstStep(
  f: Derivative,
  x: Float64Array,
  stages: readonly Float64Array[],
  scratch: Float64Array,
  { relative, absolute, longest }: { relative: number; absolute: number; longest: number },
): number {
  const scaled = (v: (i: number) => number): number => {
    let square = 0;
    for (let i = 0; i < x.length; i++) square += (v(i) / (absolute + relative * Math.abs(x[i]!))) ** 2;
    return Math.sqrt(square / Math.max(1, x.length));
  };
  const [k, ahead] = [stages[0]!, stages[1]!];
  const [state, slope] = [scaled((i) => x[i]!), scaled((i) => k[i]!)];
  const trial = Math.min(longest, state < 1e-5 || slope < 1e-5 ? 1e-6 : (0.01 * state) / slope);
  for (let i = 0; i < x.length; i++) scratch[i] = x[i]! + trial * k[i]!;
  f(trial, scratch, ahead);
  const bend = scaled((i) => ahead[i]! - k[i]!) / trial;
  const steepest = Math.max(slope, bend);
  const byBend = steepest <= 1e-15 ? Math.max(1e-6, trial * 1e-3) : (0.01 / steepest) ** (1 / ORDER);
  return Math.min(100 * trial, byBend);
}
