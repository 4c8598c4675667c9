import {
  checkTimes,
  DEFAULT_MAX_STEPS,
  DEFAULT_TOLERANCE,
  type Evolution,
  type EvolutionFailure,
  type EvolutionOptions,
  largestMagnitude,
} from "./evolution.ts";
import { extendedResidual } from "./extended-refinement.ts";
import {
  type Complex,
  ERROR_CONSTANT,
  ERROR_ORDER,
  INSIDE_CONSTANT,
  INSIDE_ORDER,
  POLES,
  weightsAt,
} from "./rational-step.ts";
import { factoriseShifted, type ShiftedFactors, shiftedSystem, solveShifted } from "./shifted-system.ts";
import { multiply, norm1, type SparseMatrix } from "./sparse-matrix.ts";

/**
 * The part of the tolerance that a step may use: its share of all the time there is, or one of the e-foldings of the time
 * reached, of which there are seldom more than 20.
 */
const shareOf = (h: number, time: number, end: number): number =>
  Math.max(h / (2 * end), h / (40 * (time + h)));

/** No step can be more exact than this. */
const ROUND_OFF = 4 * Number.EPSILON;

/** A step grows by no more than this at a time: below round-off the estimate says nothing about a longer one. */
const MOST_GROWTH = 4;

/** A step that may grow by less keeps its length, and with it its factors. */
const WORTH_FACTORS = 1.6;

/**
 * The states e^{tL}x at the times given, for a sparse L whose eigenvalues have no positive real parts, by rational steps
 * of order 15 that damp what decays faster than they are long: fast decays cost nothing, oscillations two to six steps in
 * a period. Each step solves with L − p/h for four complex poles p by sparse LU, and adds to x what it makes of L x:
 * what L conserves is kept to round-off, and so is a state in its kernel. Times inside a step are read off an
 * interpolant of order 8. L x and the solves are worked out in twice the working precision (`low` holds what the entries
 * of L lost to rounding), so that rates 10⁻⁸ of the largest keep their digits. Steps follow estimates of the errors of the
 * step and of the interpolant (`ERROR_CONSTANT`, `INSIDE_CONSTANT`) of their own orders; the
 * sum of the first is held to the tolerance, and each of the second.
 */
export function evolveRational(
  L: SparseMatrix,
  low: Float64Array,
  start: Float64Array,
  times: ArrayLike<number>,
  options: EvolutionOptions = {},
): Evolution {
  checkTimes(times);
  const { tolerance = DEFAULT_TOLERANCE, maxSteps = DEFAULT_MAX_STEPS, onStep } = options;
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
  const stepper = rationalStepper(L, low);
  // how long steps may be whose end is all that is asked for, and those with times inside
  const first = norm === 0 || size === 0 ? Infinity : 2 / norm;
  let reach: Reach = { whole: first, inside: first / 4 };
  for (;;) {
    while (states.length < times.length && times[states.length]! <= time) states.push(x.slice());
    if (states.length === times.length) return finish("evolved");
    if (reach.whole === Infinity) {
      time = end;
      continue;
    }
    if (steps + rejected >= maxSteps) return finish("too-many-steps");
    const target = times[states.length]!;
    const { h, isLanding } = nextStep(reach, time, target, end, stepper.lastLength());
    if (!(time + h / 4 > time)) return finish("step-too-small");
    const hasInside = !isLanding && time + h > target;
    const step = stepper.step(x, h, time);
    if (typeof step === "string") return finish(step);
    const aim = Math.max(tolerance * shareOf(h, time, end), ROUND_OFF);
    const growth = growthOf(step.error / size, aim, ERROR_ORDER);
    const growthInside = growthOf(step.errorInside / size, Math.max(tolerance / 4, ROUND_OFF), INSIDE_ORDER);
    if (Number.isNaN(growth) || Number.isNaN(growthInside)) return finish("not-finite");
    if (growth < 1) {
      rejected++;
      reach = { whole: h * Math.max(0.1, growth * 0.9), inside: Math.min(reach.inside, h * growth) };
      continue;
    }
    const inside = h * Math.min(MOST_GROWTH, growthInside * 0.9);
    // a step cut short for a time asked for says that longer ones may do, not that shorter ones must
    reach = {
      whole: Math.max(h * Math.min(MOST_GROWTH, growth * 0.9), Math.min(reach.whole, 16 * h)),
      inside,
    };
    if (hasInside && growthInside < 1) {
      rejected++;
      continue;
    }
    const reached = isLanding ? target : h === end - time ? end : time + h;
    while (times[states.length]! < reached) states.push(step.inside((times[states.length]! - time) / h));
    x = step.x;
    time = reached;
    steps++;
    error += step.error / size;
    if (onStep?.(time) === false) return finish("cancelled");
  }
}

interface Reach {
  readonly whole: number;
  readonly inside: number;
}

/** The factor by which a step may grow for its error to be what is aimed at. */
const growthOf = (error: number, aim: number, order: number): number => (aim / error) ** (1 / order);

/**
 * A step over several times asked for where the interpolant allows it, else one that ends at the next, or a whole
 * fraction of the way to it.
 */
function nextStep(
  reach: Reach,
  time: number,
  target: number,
  end: number,
  last: number,
): { readonly h: number; readonly isLanding: boolean } {
  const gap = target - time;
  const free = Math.min(reach.whole, reach.inside, end - time);
  if (free > gap) {
    const keepsLast = last > gap && last <= free && free < WORTH_FACTORS * last;
    return { h: keepsLast ? last : free, isLanding: false };
  }
  const parts = Math.ceil(gap / reach.whole - 1e-3);
  return { h: gap / Math.max(1, parts), isLanding: parts <= 1 };
}

interface Step {
  readonly x: Float64Array;
  readonly error: number;
  /** Of the interpolant. */
  readonly errorInside: number;
  /** The state after the fraction θ of the step. */
  readonly inside: (theta: number) => Float64Array;
}

/** The factors for steps of one length. */
interface StepFactors {
  readonly h: number;
  readonly poles: readonly ShiftedFactors[];
}

function rationalStepper(L: SparseMatrix, low: Float64Array) {
  const system = shiftedSystem(L, low);
  const zero = new Float64Array(L.rows);
  let kept: StepFactors | undefined;
  const factorsFor = (h: number, time: number): StepFactors | EvolutionFailure => {
    if (kept && Math.abs(kept.h - h) <= SAME_TIME * (time + h)) return kept;
    const poles: ShiftedFactors[] = [];
    for (const [k, { pole }] of POLES.entries()) {
      const result = factoriseShifted(system, pole[0] / h, pole[1] / h, kept?.poles[k]?.lu);
      if ("kind" in result) {
        kept = undefined;
        return result.kind;
      }
      poles.push(result);
    }
    kept = { h, poles };
    return kept;
  };
  const step = (x: Float64Array, h: number, time: number): Step | EvolutionFailure => {
    const factors = factorsFor(h, time);
    if (typeof factors === "string") return factors;
    const change = extendedResidual(L, low, x, zero);
    for (let i = 0; i < change.length; i++) change[i] = -change[i]!;
    const solutions = factors.poles.map((pole) => solveShifted(pole, change, true));
    const sum = (onto: Float64Array, coefficients: readonly Complex[], of: readonly Float64Array[]) => {
      of.forEach((y, k) => {
        addReal(onto, coefficients[k]!, y);
      });
      return onto;
    };
    const top = sum(new Float64Array(x.length), TOPS, solutions);
    const again = multiply(L, top);
    const second = factors.poles.map((pole) => solveShifted(pole, again, false));
    const magnitude = (coefficients: readonly Complex[]) =>
      largestMagnitude(sum(new Float64Array(x.length), coefficients, second));
    return {
      x: sum(x.slice(), WEIGHTS, solutions),
      error: ERROR_CONSTANT * magnitude(TOPS),
      errorInside: INSIDE_CONSTANT * magnitude(SIDES),
      inside: (theta) => sum(x.slice(), weightsAt(theta), solutions),
    };
  };
  return { step, lastLength: () => kept?.h ?? 0 };
}

/** Steps whose length differs by no more than this fraction of the time reached share their factors. */
const SAME_TIME = 4 * Number.EPSILON;

const TOPS = POLES.map(({ top }) => top);
const SIDES = POLES.map(({ side }) => side);
const WEIGHTS = POLES.map(({ weight }) => weight);

/** x + 2 Re(c y) of an interleaved complex y. */
function addReal(x: Float64Array, c: Complex, y: Float64Array): void {
  const [re, im] = [2 * c[0], 2 * c[1]];
  for (let i = 0; i < x.length; i++) x[i]! += re * y[2 * i]! - im * y[2 * i + 1]!;
}
