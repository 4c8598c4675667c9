import type { ProductBasis, Windows } from "../lower/window.ts";
import type { CountedCurrents, SettledStatisticsOutcome } from "../solve/counted-currents.ts";
import { type Counted, type StatisticsOutcome, undefinedBecause } from "../solve/current-statistics.ts";
import type { SteadyPoint } from "../solve/steady-point.ts";

/** The same equation in the next wider windows, or why there is no state there. */
export type Widen = (windows: Windows) => { readonly point: SteadyPoint } | { readonly problem: string };

/** What a wider window may change of a noise, relatively; and how many are tried. */
const CHANGE_TOLERANCE = 1e-9;
const MAX_WIDER = 5;

/**
 * The counting statistics of a settled state. Where its windows are automatic (`widen` is there) a noise counts once the
 * next wider windows do not change it, beyond what its round-off may; it weighs the ends of a window more than means do.
 */
export function countedCurrents(start: SteadyPoint, widen: Widen | undefined): CountedCurrents {
  const wider = widerPoints(start, widen);
  const known = new Map<string, SettledStatisticsOutcome>();
  const found: ReturnType<CountedCurrents["found"]>[number][] = [];
  return {
    of: (dissipator, counted) => {
      const key = `${dissipator} ${counted}`;
      const present = known.get(key);
      if (present) return present;
      const outcome = settle((place) => wider(place), dissipator, counted, widen !== undefined);
      known.set(key, outcome);
      if (outcome.kind === "found") found.push({ dissipator, counted, statistics: outcome });
      return outcome;
    },
    found: () => found,
  };
}

type PointOrProblem = ReturnType<Widen>;

/** The state in windows that are widened so many times, each solved once. */
function widerPoints(start: SteadyPoint, widen: Widen | undefined): (times: number) => PointOrProblem {
  const points: PointOrProblem[] = [{ point: start }];
  return (times) => {
    while (points.length <= times) {
      const last = points.at(-1)!;
      points.push("point" in last ? widen!(last.point.basis.windows) : last);
    }
    return points[times]!;
  };
}

function settle(
  pointAt: (times: number) => PointOrProblem,
  dissipator: number,
  counted: Counted,
  isVerified: boolean,
): SettledStatisticsOutcome {
  const statisticsAt = (times: number): StatisticsOutcome => {
    const at = pointAt(times);
    if ("problem" in at) return undefinedBecause(`in a wider window, ${at.problem}`);
    return at.point.statistics?.(dissipator, counted) ?? undefinedBecause(NOT_AT_REST);
  };
  let narrow = statisticsAt(0);
  if (!isVerified) return narrow;
  let change = 0;
  for (let times = 1; times <= MAX_WIDER && narrow.kind === "found"; times++) {
    const wide = statisticsAt(times);
    if (wide.kind !== "found") return wide;
    const moved = Math.abs(wide.noise - narrow.noise);
    change = moved === 0 ? 0 : moved / Math.max(moved, Math.abs(wide.noise));
    if (moved <= CHANGE_TOLERANCE * Math.abs(wide.noise) + narrow.uncertainty + wide.uncertainty) {
      return { ...narrow, verified: { change, levels: levelsBetween(pointAt(0), pointAt(times)) } };
    }
    narrow = wide;
  }
  return narrow.kind === "found"
    ? undefinedBecause(
        `it still changes by ${change.toExponential(1)} in windows ${levelsBetween(pointAt(0), pointAt(MAX_WIDER))} levels wider than the state needs`,
      )
    : narrow;
}

const NOT_AT_REST = "only steady states have it";

/** By how many levels the windows of one point are wider than those of another, at most. */
function levelsBetween(narrow: PointOrProblem, wide: PointOrProblem): number {
  if (!("point" in narrow && "point" in wide)) return 0;
  const widths = ({ windows }: ProductBasis) => windows.map((w) => w.last - w.first);
  const before = widths(narrow.point.basis);
  return widths(wide.point.basis).reduce((most, w, s) => Math.max(most, w - before[s]!), 0);
}
