/** ẋ = L x, as far as the routes need to know where they are asked to go. */
export interface EvolutionOptions {
  /** The error that a state may have, relative to the largest component of the first. Default 10⁻¹⁰. */
  readonly tolerance?: number;
  /** Called between steps with the time reached; `false` ends the evolution there. */
  readonly onStep?: (time: number) => boolean | undefined;
  /** Steps beyond which a route gives up, so that another may be tried. Default 10⁵. */
  readonly maxSteps?: number;
}

/** An evolution that is looked at on its way. */
export interface WatchedEvolution {
  /**
   * Called with states on the way in the order of time (to be copied where they are kept): those asked for, and ends of
   * steps or others between them, so that nothing comes and goes unseen. `false` stops the evolution before that state,
   * which is then not among the results.
   */
  readonly onState?: (time: number, state: Float64Array) => boolean | undefined;
}

/** States at the times asked for, as many as were reached. */
export interface Evolution {
  readonly outcome: EvolutionEnd | EvolutionFailure;
  readonly states: readonly Float64Array[];
  /** The last time reached. */
  readonly time: number;
  readonly steps: number;
  /** Steps tried and found too long. */
  readonly rejected: number;
  /** The sum of the estimated errors of all steps, relative to the largest component of the first state. */
  readonly error: number;
}

/** `cancelled` by `onStep`, `stopped` by `onState`. */
export type EvolutionEnd = "evolved" | "cancelled" | "stopped";

/**
 * `too-many-steps`: more than `maxSteps`; `step-too-small`: the tolerance cannot be met in double precision;
 * `not-finite`: an entry or a state is; `too-large`: the factors would not fit; `singular`: a shifted matrix is, which
 * takes an eigenvalue in the right half-plane.
 */
export type EvolutionFailure = "too-many-steps" | "step-too-small" | "not-finite" | "too-large" | "singular";

export const isFailure = (outcome: Evolution["outcome"]): outcome is EvolutionFailure =>
  outcome !== "evolved" && outcome !== "cancelled" && outcome !== "stopped";

export const DEFAULT_TOLERANCE = 1e-10;
export const DEFAULT_MAX_STEPS = 100_000;

/** Throws `RangeError` unless the times ascend (equal ones allowed) from 0 or later. */
export function checkTimes(times: ArrayLike<number>): void {
  for (let k = 0; k < times.length; k++) {
    const before = k === 0 ? 0 : times[k - 1]!;
    if (!(times[k]! >= before && times[k]! < Infinity)) {
      throw new RangeError(`time ${times[k]} after ${before}: times must be finite and ascend from 0`);
    }
  }
}

export const largestMagnitude = (x: Float64Array): number => {
  let most = 0;
  for (let i = 0; i < x.length; i++) {
    const magnitude = Math.abs(x[i]!);
    if (!(magnitude <= most)) most = magnitude;
  }
  return most;
};
