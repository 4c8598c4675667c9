import { EDGE_TOLERANCE } from "./levels-to-add.ts";
import { MAX_LEVELS, type PopulationsOf, type WindowReport } from "./window-report.ts";

/** Levels from the peak to an end below which the shape of a tail cannot be told. */
const FEWEST = 24;

/** Two ratios of an algebraic tail agree to this; those of an exponential one are a number and its square. */
const LIKE = 1.25;

/**
 * The power k of a tail that falls like l^−k with the distance l from its peak, by populations from the peak outwards to an
 * end; undefined where it falls otherwise, faster than `k = 8`, or cannot be told. Halving the distance twice multiplies an
 * algebraic tail by the same factor 2^k twice, an exponential one by q and √q.
 */
export function algebraicTail(outwards: ArrayLike<number>, depth: number): number | undefined {
  const last = outwards.length - 1;
  if (last < FEWEST) return undefined;
  const most = (from: number): number => {
    let largest = 0;
    for (let k = Math.max(0, from - depth + 1); k <= from; k++) {
      largest = Math.max(largest, Math.abs(outwards[k]!));
    }
    return largest;
  };
  const [end, half, quarter] = [last, Math.round(last / 2), Math.round(last / 4)].map(most) as [
    number,
    number,
    number,
  ];
  const [outer, inner] = [half / end, quarter / half];
  const isAlike = outer > 1 && inner > 1 && outer < inner * LIKE && inner < outer * LIKE;
  const power = Math.log2(outer);
  return isAlike && power < 8 ? power : undefined;
}

/** A tail that falls like a power of the distance, and so slowly that no window would hold it. */
export interface SlowTail {
  readonly report: WindowReport;
  readonly isUpper: boolean;
  readonly power: number;
}

/** The same power in two windows, the second of which is wider by a half at least, is that of the state and not of a window. */
export const isSameTail = (before: SlowTail, now: SlowTail): boolean =>
  before.report.subsystem === now.report.subsystem &&
  before.isUpper === now.isUpper &&
  Math.abs(before.power / now.power - 1) < 0.2 &&
  now.report.last - now.report.first > 1.5 * (before.report.last - before.report.first);

/** The tails of automatic windows that would need more than `MAX_LEVELS` levels to fall to `EDGE_TOLERANCE`. */
export function slowTails(
  reports: readonly WindowReport[],
  shifts: readonly number[],
  populationsOf: PopulationsOf,
): SlowTail[] {
  return reports.flatMap((report) => {
    const { subsystem, isAutomatic, edges } = report;
    if (!isAutomatic) return [];
    const population = populationsOf(subsystem);
    const peak = population.reduce((best, p, k) => (p > population[best]! ? k : best), 0);
    const sides = [population.slice(0, peak + 1).reverse(), population.slice(peak)];
    return sides.flatMap((outwards, side): SlowTail[] => {
      const end = edges[side] ?? 0;
      const power = end > EDGE_TOLERANCE ? algebraicTail(outwards, shifts[subsystem]!) : undefined;
      if (power === undefined) return [];
      const needed = outwards.length * (end / EDGE_TOLERANCE) ** (1 / power);
      return needed > MAX_LEVELS ? [{ report, isUpper: side === 1, power }] : [];
    });
  });
}
