import type { Windows } from "../lower/window.ts";
import type { PassingState, Verdict } from "../solve/trajectory-outcome.ts";
import { isFull, isWorthwhile, joinedEnds, type Travel, travelled } from "./travelling-windows.ts";
import { endsOf, type PopulationsOf, type WindowReport } from "./window-report.ts";

/** When a stated window's end first held more than it should. */
export interface Overflow {
  readonly time: number;
  readonly population: number;
}

/** Looks at the ends of windows while a state passes. */
export interface WindowWatch {
  readonly watch: (passing: PassingState) => Verdict;
  /** The most that the ends held in any state that was let pass. */
  readonly passed: () => readonly WindowReport[];
  /** After a stop: what the ends hold in the state that was the reason, and the populations of the last that passed. */
  readonly ends: () => readonly WindowReport[];
  readonly populationsOf: PopulationsOf;
}

/** A stated window whose end holds more than this is warned about. */
const WORRYING_EDGE = 1e-8;

/**
 * Stops an evolution from the time `begin` on before an end of an automatic window is full, or at a state that has left
 * most of a window. Of stated windows it notes in `overflows` when they first overflow.
 */
export function windowWatch(
  windows: Windows,
  begin: number,
  travel: Travel,
  overflows: Map<number, Overflow>,
): WindowWatch {
  let passed: readonly WindowReport[] = [];
  let ends: readonly WindowReport[] = [];
  let populationsOf: PopulationsOf = () => new Float64Array(0);
  let before: { readonly time: number; readonly ends: readonly WindowReport[] } | undefined;
  const watch = ({ time, populations }: PassingState): Verdict => {
    const levels = travel.space.map((basis, s) => (basis.kind === "finite" ? undefined : populations(s)));
    const of: PopulationsOf = (s) => levels[s]!;
    ends = endsOf(windows, travel, of);
    if (ends.some((end) => isFull(end, travel))) {
      // of a state that was not let pass nothing may be said but that it is too wide
      if (!before) populationsOf = (s) => new Float64Array(of(s).length).fill(1);
      return "stop before";
    }
    for (const [k, end] of ends.entries()) {
      if (end.isAutomatic || held(end) <= WORRYING_EDGE || overflows.has(end.subsystem)) continue;
      const earlier = before && { time: before.time, population: held(before.ends[k]!) };
      overflows.set(end.subsystem, crossing(earlier, { time, population: held(end) }));
    }
    passed = joinedEnds(passed, ends);
    populationsOf = of;
    before = { time, ends };
    const isLeft =
      travel.leavesBehind && time > begin && isWorthwhile(travelled(windows, ends, of, travel), windows);
    return isLeft ? "stop here" : "on";
  };
  return { watch, passed: () => passed, ends: () => ends, populationsOf: (s) => populationsOf(s) };
}

const held = ({ edges }: WindowReport): number => Math.max(...edges.map((p) => p ?? 0));

/** When a population that was too small grew to `WORRYING_EDGE`, by a power of time between two looks at it. */
function crossing(earlier: Overflow | undefined, later: Overflow): Overflow {
  if (!earlier || !(earlier.time > 0 && earlier.population > 0)) return later;
  const part = Math.log(WORRYING_EDGE / earlier.population) / Math.log(later.population / earlier.population);
  return { time: earlier.time * (later.time / earlier.time) ** part, population: WORRYING_EDGE };
}
