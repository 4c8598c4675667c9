import { firstDivergence } from "../numerics/divergence.ts";
import type { DrivenSystem } from "./driven-system.ts";

/** How the coefficients of L(t) go from 0 to an end. */
export interface CoefficientCourse {
  /**
   * How long the fastest change of a coefficient takes, its range over its steepest slope: a state at rest would let an
   * adaptive step jump over a pulse.
   */
  readonly shortestFeature: number;
  /** The first time at which a coefficient is infinite or no number, and its place in `movingIn`. */
  readonly divergence?: { readonly time: number; readonly coefficient: number };
}

/** Times at which they are looked at. */
const SAMPLES = 4096;

/** What is to be known of the coefficients that change before they are integrated. */
export function coefficientCourse(
  { movingAt, movingIn }: Pick<DrivenSystem, "movingAt" | "movingIn">,
  end: number,
): CoefficientCourse {
  const columns = movingIn.map(() => new Float64Array(SAMPLES + 1));
  for (let k = 0; k <= SAMPLES; k++) {
    const here = movingAt((k / SAMPLES) * end);
    for (const [c, column] of columns.entries()) column[k] = here[c]!;
  }
  let divergence: CoefficientCourse["divergence"];
  for (const [coefficient, column] of columns.entries()) {
    const time = firstDivergence((t) => movingAt(t)[coefficient]!, column, end);
    if (time !== undefined && !(divergence && divergence.time <= time)) divergence = { time, coefficient };
  }
  return {
    shortestFeature: shortestFeature(columns, end, divergence?.time ?? Infinity),
    ...(divergence && { divergence }),
  };
}

/** Of the coefficients before a time. */
function shortestFeature(columns: readonly Float64Array[], end: number, before: number): number {
  const step = end / SAMPLES;
  let shortest = end;
  for (const column of columns) {
    let [least, most, steepest] = [column[0]!, column[0]!, 0];
    for (let k = 1; k <= SAMPLES && k * step < before; k++) {
      const x = column[k]!;
      if (x < least) least = x;
      if (x > most) most = x;
      steepest = Math.max(steepest, Math.abs(x - column[k - 1]!));
    }
    if (steepest > 0) shortest = Math.min(shortest, ((most - least) / steepest) * step);
  }
  return Math.max(shortest, step);
}
