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
import { ERROR_CONSTANT, ERROR_ORDER, POLES } from "./rational-step.ts";
import { factoriseShifted, type ShiftedFactors, shiftedSystem, solveShifted } from "./shifted-system.ts";
import { multiply, norm1, type SparseMatrix } from "./sparse-matrix.ts";

/**
 * The part of the tolerance that a step may use: its share of all the time there is, or one of the e-foldings of the time
 * reached, of which there are seldom more than 20.
 */
const shareOf = (h: number, time: number, end: number): number =>
  Math.max(h / (2 * end), h / (40 * (time + h)));

/** A step grows by no more than this at a time: below round-off the estimate says nothing about a longer one. */
const MOST_GROWTH = 4;

/** Steps whose length differs by no more than this fraction of the time reached share their factors. */
const SAME_TIME = 4 * Number.EPSILON;

/**
 * The states e^{tL}x at the times given, for a sparse L whose eigenvalues have no positive real parts, by rational steps
 * of order 15 that damp what decays faster than they are long: stiff decays cost nothing, oscillations about two
 * steps in a period. Each step solves with L − p/h for four complex poles p by sparse LU, and adds to x what it makes of L x:
 * what L conserves is kept to round-off, and so is a state in its kernel. L x and the solves are worked out in twice the
 * working precision (`low` holds what the entries of L lost to rounding), so that rates 10⁻⁸ of the largest keep their
 * digits. The local error is bounded by a defect of the same order (see `ERROR_CONSTANT`).
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
  let proposed = norm === 0 ? Infinity : 2 / norm;
  for (let k = 0; k < times.length; k++) {
    const target = times[k]!;
    while (time < target) {
      if (size === 0 || norm === 0) {
        time = target;
        break;
      }
      const left = target - time;
      const parts = Math.ceil(left / proposed - 1e-3);
      const h = parts <= 1 ? left : left / parts;
      if (steps + rejected >= maxSteps) return finish("too-many-steps");
      if (time + h / 4 === time) return finish("step-too-small");
      const step = stepper(x, h, time);
      if (typeof step === "string") return finish(step);
      const relative = step.error / size;
      if (Number.isNaN(relative)) return finish("not-finite");
      const aim = Math.max(tolerance * shareOf(h, time, end), ROUND_OFF);
      const change = relative === 0 ? MOST_GROWTH : 0.9 * (aim / relative) ** (1 / ERROR_ORDER);
      if (relative > aim) {
        rejected++;
        proposed = h * Math.min(0.9, Math.max(change, 0.1));
        continue;
      }
      x = step.x;
      time = parts <= 1 ? target : time + h;
      steps++;
      error += relative;
      // a step cut short by a time asked for says that longer ones may do, not that shorter ones must
      proposed = Math.max(
        h * Math.min(change, MOST_GROWTH),
        parts <= 1 && change >= 1 ? Math.min(proposed, 64 * h) : 0,
      );
      if (onStep?.(time) === false) return finish("cancelled");
    }
    states.push(x.slice());
  }
  return finish("evolved");
}

/** No step can be more exact than this. */
const ROUND_OFF = 4 * Number.EPSILON;

interface Step {
  readonly x: Float64Array;
  readonly error: number;
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
  return (x: Float64Array, h: number, time: number): Step | EvolutionFailure => {
    const factors = factorsFor(h, time);
    if (typeof factors === "string") return factors;
    const change = extendedResidual(L, low, x, zero);
    for (let i = 0; i < change.length; i++) change[i] = -change[i]!;
    const next = x.slice();
    const defect = new Float64Array(x.length);
    factors.poles.forEach((pole, k) => {
      const y = solveShifted(pole, change, true);
      addReal(next, POLES[k]!.weight, y);
      addReal(defect, POLES[k]!.top, y);
    });
    const second = multiply(L, defect);
    defect.fill(0);
    factors.poles.forEach((pole, k) => {
      addReal(defect, POLES[k]!.top, solveShifted(pole, second, false));
    });
    return { x: next, error: ERROR_CONSTANT * largestMagnitude(defect) };
  };
}

/** x + 2 Re(c y) of an interleaved complex y. */
function addReal(x: Float64Array, c: readonly [number, number], y: Float64Array): void {
  const [re, im] = [2 * c[0], 2 * c[1]];
  for (let i = 0; i < x.length; i++) x[i]! += re * y[2 * i]! - im * y[2 * i + 1]!;
}
