import type { DerivedModel } from "../equation/derive.ts";
import type { MasterEquation } from "../equation/master-equation.ts";
import { movedState } from "../lower/moved-state.ts";
import { initialWindows, levelIn, type ProductBasis, productBasis, type Windows } from "../lower/window.ts";
import type { Model } from "../model/model.ts";
import { type ComplexSparse, diagonalOf } from "../numerics/complex-sparse.ts";
import { equationTrajectory } from "../solve/equation-trajectory.ts";
import type { InitialState } from "../solve/initial-state.ts";
import { isSpectral } from "../solve/steady-point.ts";
import type { SolveFailure } from "../solve/steady-state.ts";
import {
  type Reached,
  shareOf,
  type Trajectory,
  type TrajectoryOptions,
  type TrajectoryPoint,
  type Waypoint,
} from "../solve/trajectory-outcome.ts";
import { largestShifts } from "./largest-shifts.ts";
import { EDGE_TOLERANCE } from "./levels-to-add.ts";
import { runaway } from "./runaway.ts";
import { isFull, joinedEnds, type Travel, travelled } from "./travelling-windows.ts";
import { endsOf, MAX_LEVELS, type PopulationsOf, type WindowReport } from "./window-report.ts";
import { type Overflow, windowWatch } from "./window-watch.ts";

/** An evolution in windows that go with the state, so that their ends stay empty enough all the way. */
export interface SettledTrajectory {
  /** At the times asked for, or those of them that came before it was `stopped`. */
  readonly points: readonly TrajectoryPoint[];
  readonly start: Placed;
  /** The windows that it ended in. */
  readonly basis: ProductBasis;
  readonly later: Trajectory["later"];
  /** Of all that was evolved. */
  readonly numerics: Reached["numerics"];
  /** The most unknowns that were evolved at once. */
  readonly size: number;
  /** All levels that windows held at some time, with the most that ends held at any time that was looked at. */
  readonly windows: readonly WindowReport[];
  /** How often windows were exchanged for others on the way, and the weight of ρ that was left behind then. */
  readonly moves: number;
  readonly leftBehind: number;
  /** By stated window whose ends hold more than `WORRYING_EDGE`. */
  readonly overflows: ReadonlyMap<number, Overflow>;
  /** Why the times after the last point were not come to. */
  readonly stopped?: SolveFailure;
}

/** A density operator on the product states of some windows. */
interface Placed {
  readonly basis: ProductBasis;
  readonly rho: ComplexSparse;
}

export type SettledTrajectoryOutcome =
  | { readonly kind: "settled"; readonly settled: SettledTrajectory }
  | { readonly kind: "failed"; readonly failure: SolveFailure };

export interface SettledTrajectoryOptions extends Omit<TrajectoryOptions, "watch"> {
  readonly onProgress: (message: string) => void;
  /** Levels that automatic windows hold at the beginning at least. */
  readonly begin?: Windows | undefined;
  /** Levels that they never leave behind, such as those of the steady state. */
  readonly rest?: Windows | undefined;
  /** Why no windows hold a steady state, where that is so: then they are not followed as far as they would be otherwise. */
  readonly unbounded?: SolveFailure | undefined;
}

/** Unknowns beyond which windows that have no end are not widened any more. */
const MOST_WITHOUT_END = 12_000;

/** A part of the initial state outside of automatic windows below this is none. */
const LEFT_OUT = 1e-13;

/** Ends may hold as much as the error of ρ may make of them. */
const EDGE_OF_TOLERANCE = 0.1;

/**
 * Evolves the state that `startOn` makes on a basis. Before an end of an automatic window holds more than `EDGE_TOLERANCE`
 * (or a tenth of the tolerance), the state is taken over to a window that is wider there and leaves out levels that the
 * state has left. Equations between eigenstates depend on the windows: theirs only grow, and the evolution begins again.
 */
export function settledTrajectory(
  derived: DerivedModel,
  equation: MasterEquation,
  parameters: Float64Array,
  startOn: (basis: ProductBasis) => InitialState,
  times: readonly number[],
  { onProgress, begin, rest, unbounded, ...options }: SettledTrajectoryOptions,
): SettledTrajectoryOutcome {
  const { model } = derived;
  const { automatic } = initialWindows(model);
  const travel: Travel = {
    space: equation.space,
    automatic,
    shifts: largestShifts(equation),
    limit: Math.max(EDGE_TOLERANCE, EDGE_OF_TOLERANCE * options.tolerance),
    leavesBehind: !isSpectral(equation),
    floor: rest,
  };
  const overflows = new Map<number, Overflow>();
  let place = startIn(startWindows(model, begin), model, startOn, travel);
  if ("reason" in place) return { kind: "failed", failure: place };
  let from: Waypoint = { time: 0, rho: place.rho };
  let soFar: SettledTrajectory = { ...NOTHING, start: place, basis: place.basis, overflows };
  const stopped = (failure: SolveFailure): SettledTrajectoryOutcome =>
    soFar.points.length === 0
      ? { kind: "failed", failure }
      : { kind: "settled", settled: { ...soFar, stopped: failure, later: () => undefined } };
  for (;;) {
    const { windows } = place.basis;
    const look = windowWatch(windows, from.time, travel, overflows);
    const outcome = equationTrajectory(
      equation,
      model,
      place.basis,
      parameters,
      from,
      times.slice(soFar.points.length),
      { ...options, tolerance: shareOf(options.tolerance, soFar.numerics.error), watch: look.watch },
    );
    if (outcome.kind === "failed") {
      if (outcome.reached) soFar = joined(soFar, outcome.reached, place.basis, look.passed());
      return stopped(outcome.failure);
    }
    const { trajectory } = outcome;
    soFar = { ...joined(soFar, trajectory, place.basis, look.passed()), later: trajectory.later };
    if (trajectory.outcome !== "stopped") return { kind: "settled", settled: soFar };

    const end = trajectory.end();
    const next = travelled(windows, look.ends(), look.populationsOf, travel);
    const wide = tooWide(next, look.ends());
    if (wide) return stopped(runaway(model.subsystems[wide.subsystem]!.name, wide));
    if (unbounded && trajectory.size > MOST_WITHOUT_END) {
      return stopped(withoutEnd(end.time, trajectory.size, unbounded));
    }
    for (const { subsystem, isAutomatic } of look.ends()) {
      const { first, last } = next[subsystem]!;
      if (isAutomatic) onProgress(`${model.subsystems[subsystem]!.name}: window ${first}..${last}`);
    }
    if (travel.leavesBehind) {
      const basis = productBasis(next);
      const { rho, leftOut } = movedState(end.rho, place.basis, basis);
      soFar = { ...soFar, moves: soFar.moves + 1, leftBehind: soFar.leftBehind + leftOut };
      place = { basis, rho };
      from = { ...end, rho };
    } else {
      place = startIn(next, model, startOn, travel);
      if ("reason" in place) return stopped(place);
      from = { time: 0, rho: place.rho };
      soFar = { ...NOTHING, start: place, basis: place.basis, overflows };
    }
  }
}

const NOTHING = {
  points: [],
  later: () => undefined,
  numerics: { routes: [], steps: 0, error: 0 },
  size: 0,
  windows: [],
  moves: 0,
  leftBehind: 0,
} as const;

/** What an evolution was so far, and what it was in the windows that it went on in. */
const joined = (
  before: SettledTrajectory,
  { points, numerics, size }: Reached,
  basis: ProductBasis,
  windows: readonly WindowReport[],
): SettledTrajectory => ({
  ...before,
  points: [...before.points, ...points],
  basis,
  numerics: {
    routes: [...new Set([...before.numerics.routes, ...numerics.routes])],
    steps: before.numerics.steps + numerics.steps,
    error: before.numerics.error + numerics.error,
  },
  size: Math.max(before.size, size),
  windows: joinedEnds(before.windows, windows),
});

/** The first windows of a model, with those that an evolution is to begin with where they are automatic. */
function startWindows(model: Model, begin: Windows | undefined): Windows {
  const { windows, automatic } = initialWindows(model);
  return windows.map((w, s) =>
    automatic[s] && begin
      ? { ...w, first: Math.min(w.first, begin[s]!.first), last: Math.max(w.last, begin[s]!.last) }
      : w,
  );
}

/** The initial state in windows whose ends it leaves empty, the given ones or wider. */
function startIn(
  given: Windows,
  model: Model,
  startOn: (basis: ProductBasis) => InitialState,
  travel: Travel,
): Placed | SolveFailure {
  for (let windows = given; ; ) {
    const basis = productBasis(windows);
    const made = startOn(basis);
    if (made.kind === "wrong") return noState(made.reason);
    const populationsOf = levelPopulations(made.rho, basis);
    const ends = endsOf(windows, travel, populationsOf).map(
      (end): WindowReport =>
        made.outside[end.subsystem]! > LEFT_OUT
          ? { ...end, edges: [end.edges[0] === undefined ? undefined : 1, 1] }
          : end,
    );
    if (!ends.some((end) => isFull(end, travel))) {
      return diagonalOf(made.rho).some((p) => p !== 0)
        ? { basis, rho: made.rho }
        : noState("it lies outside of the windows");
    }
    const next = travelled(windows, ends, populationsOf, { ...travel, leavesBehind: false });
    const wide = tooWide(next, ends);
    if (wide) return runaway(model.subsystems[wide.subsystem]!.name, wide);
    windows = next;
  }
}

const withoutEnd = (time: number, size: number, { reason, advice }: SolveFailure): SolveFailure => ({
  kind: "unbounded",
  reason: `by the time ${Number(time.toPrecision(3))} there are ${size} unknowns, windows that would have to be wider, and no end to that at rest: ${reason}`,
  advice,
});

const noState = (reason: string): SolveFailure => ({
  kind: "not-finite",
  reason: `the initial state is none: ${reason}`,
  advice: "a state is positive, Hermitian and not zero within the windows",
});

/** The populations of a subsystem's levels in a density operator on product states. */
function levelPopulations(rho: ComplexSparse, basis: ProductBasis): PopulationsOf {
  const diagonal = diagonalOf(rho);
  return (subsystem) => {
    const { first, last } = basis.windows[subsystem]!;
    const population = new Float64Array(last - first + 1);
    for (const [state, p] of diagonal.entries()) population[levelIn(basis, state, subsystem) - first]! += p;
    return population;
  };
}

const tooWide = (next: Windows, ends: readonly WindowReport[]): WindowReport | undefined =>
  ends.find((w) => w.isAutomatic && next[w.subsystem]!.last - next[w.subsystem]!.first >= MAX_LEVELS);
