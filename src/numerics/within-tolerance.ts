import type { Evolution } from "./evolution.ts";

/** The least error of a step that can be told from round-off. */
const LEAST_ERROR = 4 * Number.EPSILON;

/**
 * An evolution whose steps' estimated errors add up to no more than the tolerance. `evolve` bounds the error of a step;
 * how many steps there will be shows only at the end, so that it is called again with a smaller bound where the sum is
 * too large. Where double precision cannot meet a smaller one, the sum stays above the tolerance and says so.
 */
export function withinTolerance(
  tolerance: number,
  firstBound: number,
  evolve: (bound: number) => Evolution,
): Evolution {
  let bound = Math.max(LEAST_ERROR, firstBound);
  let result = evolve(bound);
  while (result.outcome === "evolved" && result.error > tolerance) {
    if (bound === LEAST_ERROR) break;
    bound = Math.max(LEAST_ERROR, (0.5 * bound * tolerance) / result.error);
    const finer = evolve(bound);
    if (finer.outcome === "too-many-steps") break;
    result = finer;
  }
  return result;
}
