import {
  checkTimes,
  type Evolution,
  type EvolutionFailure,
  type EvolutionOptions,
  largestMagnitude,
} from "./evolution.ts";
import { extendedResidual } from "./extended-refinement.ts";
import { integrateRational, type RationalProblem } from "./rational-integration.ts";
import { POLES } from "./rational-step.ts";
import { factoriseShifted, type ShiftedFactors, shiftedSystem, solveShifted } from "./shifted-system.ts";
import { multiply, norm1, type SparseMatrix } from "./sparse-matrix.ts";

/**
 * The states e^{tL}x at the times given, for a sparse L whose eigenvalues have no positive real parts, by rational steps
 * of order 15 that damp what decays faster than they are long: fast decays cost nothing, oscillations two to six steps in
 * a period. Each step solves with L − p/h for four complex poles p by sparse LU, and adds to x what it makes of L x:
 * what L conserves is kept to round-off, and so is a state in its kernel. Times inside a step are read off an
 * interpolant of order 8. L x and the solves are worked out in twice the working precision (`low` holds what the entries
 * of L lost to rounding), so that rates 10⁻⁸ of the largest keep their digits.
 */
export function evolveRational(
  L: SparseMatrix,
  low: Float64Array,
  start: Float64Array,
  times: ArrayLike<number>,
  options: EvolutionOptions = {},
): Evolution {
  checkTimes(times);
  const size = largestMagnitude(start);
  const norm = norm1(L);
  if (!(size < Infinity && norm < Infinity)) return standing("not-finite", [], 0);
  if (size === 0 || norm === 0) {
    return standing(
      "evolved",
      Array.from(times, () => start.slice()),
      times[times.length - 1] ?? 0,
    );
  }
  return integrateRational(sparseProblem(L, low), start, size, FIRST / norm, times, options);
}

/** ‖L‖h of the first step. */
const FIRST = 2;

export const standing = (
  outcome: Evolution["outcome"],
  states: readonly Float64Array[],
  time: number,
): Evolution => ({ outcome, states, time, steps: 0, rejected: 0, error: 0 });

function sparseProblem(L: SparseMatrix, low: Float64Array): RationalProblem {
  const system = shiftedSystem(L, low);
  const zero = new Float64Array(L.rows);
  let kept: readonly ShiftedFactors[] = [];
  const prepare = (h: number): EvolutionFailure | undefined => {
    const poles: ShiftedFactors[] = [];
    for (const [k, { pole }] of POLES.entries()) {
      const result = factoriseShifted(system, pole[0] / h, pole[1] / h, kept[k]?.lu);
      if ("kind" in result) {
        kept = [];
        return result.kind;
      }
      poles.push(result);
    }
    kept = poles;
    return undefined;
  };
  return {
    rate: (x) => extendedResidual(L, low, x, zero).map((v) => -v),
    apply: (x) => multiply(L, x),
    prepare: (h) => prepare(h) ?? ((pole, b, isRefined) => solveShifted(kept[pole]!, b, isRefined)),
  };
}
