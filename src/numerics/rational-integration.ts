import {
  DEFAULT_MAX_STEPS,
  DEFAULT_TOLERANCE,
  type Evolution,
  type EvolutionFailure,
  type EvolutionOptions,
  largestMagnitude,
} from "./evolution.ts";
import {
  type Complex,
  ERROR_CONSTANT,
  ERROR_ORDER,
  INSIDE_CONSTANT,
  INSIDE_ORDER,
  POLES,
  weightsAt,
} from "./rational-step.ts";

/** Eẋ = Fx + f, as far as rational steps need it; E = 1 and f = 0 unless said otherwise. */
export interface RationalProblem {
  /** Fx + f */
  readonly rate: (x: Float64Array) => Float64Array;
  /** Fx */
  readonly apply: (x: Float64Array) => Float64Array;
  /** For each of `POLES` the solution y of (F − pole/h·E) y = b, interleaved; refined for the first use of a step. */
  readonly prepare: (h: number) => RationalSolve | EvolutionFailure;
}

export type RationalSolve = (pole: number, b: Float64Array, isRefined: boolean) => Float64Array;

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
 * The solution of Eẋ = Fx + f from t = 0 at the times given, by rational steps of order 15 (`RationalPole`) with an
 * interpolant of order 8 for times inside a step. Steps follow estimates of both errors (`ERROR_CONSTANT`,
 * `INSIDE_CONSTANT`), each of its own order: the sum of the first is held to the tolerance, and each of the second,
 * relative to `size`. The first step is to be at most `first` long.
 */
export function integrateRational(
  problem: RationalProblem,
  start: Float64Array,
  size: number,
  first: number,
  times: ArrayLike<number>,
  options: EvolutionOptions = {},
): Evolution {
  const { tolerance = DEFAULT_TOLERANCE, maxSteps = DEFAULT_MAX_STEPS, onStep } = options;
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
  const stepper = rationalStepper(problem);
  // how long steps may be whose end is all that is asked for, and those with times inside
  let reach: Reach = { whole: first, inside: first / 4 };
  for (;;) {
    while (states.length < times.length && times[states.length]! <= time * (1 + SAME_TIME)) {
      states.push(x.slice());
    }
    if (states.length === times.length) return finish("evolved");
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

function rationalStepper(problem: RationalProblem) {
  let kept: { readonly h: number; readonly solve: RationalSolve } | undefined;
  const step = (x: Float64Array, h: number, time: number): Step | EvolutionFailure => {
    if (!kept || Math.abs(kept.h - h) > SAME_TIME * (time + h)) {
      kept = undefined;
      const solve = problem.prepare(h);
      if (typeof solve === "string") return solve;
      kept = { h, solve };
    }
    const { solve } = kept;
    const sum = (onto: Float64Array, coefficients: readonly Complex[], of: readonly Float64Array[]) => {
      of.forEach((y, k) => {
        addReal(onto, coefficients[k]!, y);
      });
      return onto;
    };
    const change = problem.rate(x);
    const solutions = POLES.map((_, k) => solve(k, change, true));
    const again = problem.apply(sum(new Float64Array(x.length), TOPS, solutions));
    const second = POLES.map((_, k) => solve(k, again, false));
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

/** Times that differ by no more than this fraction are one, and so are the lengths of steps that differ by this much of the time. */
const SAME_TIME = 4 * Number.EPSILON;

const TOPS = POLES.map(({ top }) => top);
const SIDES = POLES.map(({ side }) => side);
const WEIGHTS = POLES.map(({ weight }) => weight);

/** x + 2 Re(c y) of an interleaved complex y. */
function addReal(x: Float64Array, c: Complex, y: Float64Array): void {
  const [re, im] = [2 * c[0], 2 * c[1]];
  for (let i = 0; i < x.length; i++) x[i]! += re * y[2 * i]! - im * y[2 * i + 1]!;
}
