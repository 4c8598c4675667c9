import type { DerivedModel } from "../equation/derive.ts";
import type { MasterEquation } from "../equation/master-equation.ts";
import { type Expansion, expansionOf } from "../lower/superoperator.ts";
import { initialWindows, type ProductBasis, productBasis, type Windows } from "../lower/window.ts";
import type { Model } from "../model/model.ts";
import type { CountedCurrents } from "../solve/counted-currents.ts";
import { populations } from "../solve/density.ts";
import {
  type SteadyPoint,
  type SteadyPointOutcome,
  type SteadyPointSolver,
  steadyPointSolver,
} from "../solve/steady-point.ts";
import type { SolveFailure } from "../solve/steady-state.ts";
import { isSameTail, type SlowTail, slowTails } from "./algebraic-tail.ts";
import { describeGroups } from "./conserved-sectors.ts";
import { largestShifts } from "./largest-shifts.ts";
import { AIM, EDGE_TOLERANCE, levelsToAdd, levelsToShare, SHARED_AIM } from "./levels-to-add.ts";
import { boundless, drifted, runaway } from "./runaway.ts";
import { countedCurrents, type Widen } from "./settled-statistics.ts";
import { windowChange } from "./window-change.ts";
import { endsOf, MAX_LEVELS, type PopulationsOf, type WindowReport } from "./window-report.ts";

/** A steady state in windows whose ends are empty enough. */
export interface SettledState {
  readonly point: SteadyPoint;
  readonly windows: readonly WindowReport[];
  /** Where there are automatic windows and they were verified. */
  readonly verified?: Verification;
  /** The counting statistics of its currents, in windows that are wide enough for these. */
  readonly counted: CountedCurrents;
}

/** The same state in wider windows. */
export interface Verification {
  /** The largest relative change of a heat, a work, or the mean or variance of truncated levels. */
  readonly change: number;
  /** By how many levels the automatic windows were wider. */
  readonly levels: number;
  /** The state in them. */
  readonly point: SteadyPoint;
}

export type SettledOutcome =
  | { readonly kind: "settled"; readonly settled: SettledState }
  | { readonly kind: "failed"; readonly failure: SolveFailure };

/** What a wider window may change, relatively; and how often one is tried for more than that. */
const CHANGE_TOLERANCE = 1e-9;
const MAX_VERIFICATIONS = 4;

/** Automatic windows are widened up to this many levels before the lack of a clustering is taken at its word. */
const MAX_CLUSTERED_LEVELS = 40;

/** What is made of equations, by their names, once for many points. */
export type SolverCache = Map<string, EquationSolvers>;

interface EquationSolvers {
  readonly byWindows: Map<string, SteadyPointSolver>;
  readonly expand: Expansion;
  readonly shifts: readonly number[];
  /** The windows that the reference settled in. */
  readonly start?: Windows;
}

/**
 * The steady state of an equation at given parameters. Automatic windows are widened, at the ends that hold more than
 * `EDGE_TOLERANCE`, until none does; a window that runs away ends with advice. Where `isVerified`, they are also widened
 * until that changes no flow and no moment of theirs by more than `CHANGE_TOLERANCE`. With a `reference`, a point of the
 * parameters, windows begin as the reference needs them and factorisations take its pivots: an answer depends on the
 * reference and on the point, and not on the points that the cache was used for before.
 */
export function settledSteadyState(
  derived: DerivedModel,
  equation: MasterEquation,
  parameters: Float64Array,
  cache: SolverCache,
  onProgress: (message: string) => void,
  isVerified = false,
  reference?: Float64Array,
): SettledOutcome {
  const search: Search = { model: derived.model, equation, onProgress, isVerified, reference, aim: AIM };
  return settled(search, parameters, solversOf(search, cache));
}

/** What does not change from point to point. */
interface Search {
  readonly model: Model;
  readonly equation: MasterEquation;
  readonly onProgress: (message: string) => void;
  readonly isVerified: boolean;
  readonly reference: Float64Array | undefined;
  /** What the end of a window that is widened is meant to hold. */
  readonly aim: number;
}

function settled(search: Search, parameters: Float64Array, solvers: EquationSolvers): SettledOutcome {
  const { model, equation, onProgress, isVerified, reference, aim } = search;
  const { windows: narrow, automatic } = initialWindows(model);
  const { shifts } = solvers;
  let windows = solvers.start ?? narrow;
  let growing: WindowReport | undefined;
  let verifications = 0;
  let tails: readonly SlowTail[] = [];
  const solveIn = (chosen: Windows) =>
    solverFor(equation, model, productBasis(chosen), solvers, onProgress, reference)(parameters);
  for (;;) {
    const basis = productBasis(windows);
    const outcome = solveIn(windows);
    if (outcome.kind === "failed") {
      // the ends of too small a window hold levels that no clustering fits
      const wide =
        outcome.failure.kind === "no-clusters"
          ? widenedForClusters(windows, automatic, equation.space)
          : undefined;
      if (wide) {
        windows = wide;
        continue;
      }
      const drifting = outcome.failure.kind === "singular" ? growing : undefined;
      const failure = explained(outcome.failure, model, basis);
      return {
        kind: "failed",
        failure: drifting ? drifted(failure, model.subsystems[drifting.subsystem]!.name, drifting) : failure,
      };
    }
    const populationsOf: PopulationsOf = (subsystem) =>
      populations(outcome.point, outcome.point.state.unknowns, subsystem);
    const report = endsOf(windows, { space: equation.space, automatic, shifts }, populationsOf);
    const wider = widened(outcome.point, report, equation, shifts, aim);
    if (!wider) {
      const { point } = outcome;
      const check = isVerified ? verification(point, windows, automatic, equation, solveIn) : undefined;
      if (check && check.change > CHANGE_TOLERANCE && verifications++ < MAX_VERIFICATIONS) {
        windows = check.windows;
        continue;
      }
      const verified = check && { change: check.change, levels: check.levels, point: check.point };
      const widen: Widen = (from) => {
        const solved =
          check && from === point.basis.windows
            ? check.outcome
            : solveIn(nextWider(from, automatic, equation));
        return solved.kind === "solved" ? { point: solved.point } : { problem: solved.failure.reason };
      };
      const counted = countedCurrents(point, isWindowDependent(point, automatic) ? widen : undefined);
      return {
        kind: "settled",
        settled: { point, windows: report, counted, ...(verified && { verified }) },
      };
    }
    const widest = report.find(
      (w) => w.isAutomatic && wider[w.subsystem]!.last - wider[w.subsystem]!.first >= MAX_LEVELS,
    );
    if (widest) return { kind: "failed", failure: runaway(model.subsystems[widest.subsystem]!.name, widest) };
    const found = slowTails(report, shifts, populationsOf);
    const endless = found.find((tail) => tails.some((t) => isSameTail(t, tail)));
    if (endless)
      return {
        kind: "failed",
        failure: boundless(model.subsystems[endless.report.subsystem]!.name, endless),
      };
    tails = found;
    for (const { subsystem } of report) {
      const { first, last } = wider[subsystem]!;
      onProgress(`${model.subsystems[subsystem]!.name}: window ${first}..${last}`);
    }
    growing = report.find((w) => w.isAutomatic && w.edges.some((p) => (p ?? 0) > EDGE_TOLERANCE));
    windows = wider;
  }
}

/** Solves in windows a sixth wider; undefined where none is automatic, where a cutoff depends on them, or where that fails. */
function verification(
  point: SteadyPoint,
  windows: Windows,
  automatic: readonly boolean[],
  equation: MasterEquation,
  solveIn: (windows: Windows) => SteadyPointOutcome,
): (Verification & { readonly windows: Windows; readonly outcome: SteadyPointOutcome }) | undefined {
  if (!isWindowDependent(point, automatic)) return undefined;
  const wider = nextWider(windows, automatic, equation);
  const outcome = solveIn(wider);
  if (outcome.kind === "failed") return undefined;
  const truncated = automatic.flatMap((isAutomatic, s) => (isAutomatic ? [s] : []));
  const levels = wider.reduce(
    (most, { first, last }, s) => Math.max(most, last - first - (windows[s]!.last - windows[s]!.first)),
    0,
  );
  return {
    windows: wider,
    outcome,
    point: outcome.point,
    levels,
    change: windowChange(point, outcome.point, truncated),
  };
}

/** Whether wider windows show how well a state has settled: some are automatic, and no cutoff depends on them. */
const isWindowDependent = ({ levels }: SteadyPoint, automatic: readonly boolean[]): boolean =>
  automatic.includes(true) && !levels?.isCutoff;

/** The automatic windows a sixth wider. */
const nextWider = (windows: Windows, automatic: readonly boolean[], { space }: MasterEquation): Windows =>
  windows.map((w, s) => {
    const basis = space[s]!;
    if (!automatic[s] || basis.kind === "finite") return w;
    const by = Math.max(2, Math.ceil((w.last - w.first + 1) / 12));
    return { ...w, first: Math.max(basis.from, w.first - by), last: Math.min(basis.to, w.last + by) };
  });

/** A failure with its groups of levels named. */
function explained(failure: SolveFailure, model: Model, basis: ProductBasis): SolveFailure {
  if (!failure.groups) return failure;
  return { ...failure, reason: `${failure.reason} (${describeGroups(model, basis, failure.groups)})` };
}

/** Those of the cache; the first time windows for the reference are looked for. */
function solversOf(search: Search, cache: SolverCache): EquationSolvers {
  const { equation, model, reference } = search;
  const present = cache.get(equation.name);
  if (present) return present;
  const made: EquationSolvers = {
    byWindows: new Map(),
    expand: expansionOf(equation),
    shifts: largestShifts(equation),
  };
  const isSearched = reference && initialWindows(model).automatic.includes(true);
  const start = isSearched && startOf(search, reference, made);
  const solvers: EquationSolvers = { ...made, ...(start && { start }) };
  cache.set(equation.name, solvers);
  return solvers;
}

/** The windows that the reference settles in, with room for other points; undefined where it does not. */
function startOf(search: Search, reference: Float64Array, made: EquationSolvers): Windows | undefined {
  const found = settled({ ...search, isVerified: false, aim: SHARED_AIM }, reference, made);
  if (found.kind === "failed") return undefined;
  const start = sharedWindows(found.settled, search.equation, made.shifts);
  const verified = settled(search, reference, { ...made, start });
  return verified.kind === "failed" ? undefined : verified.settled.point.basis.windows;
}

function solverFor(
  equation: MasterEquation,
  model: Model,
  basis: ProductBasis,
  { byWindows, expand }: EquationSolvers,
  onProgress: (message: string) => void,
  reference: Float64Array | undefined,
): SteadyPointSolver {
  const key = basis.windows.map((w) => `${w.first}..${w.last}`).join(" ");
  let solver = byWindows.get(key);
  if (!solver) {
    solver = steadyPointSolver(equation, model, basis, onProgress, reference, expand);
    byWindows.set(key, solver);
  }
  return solver;
}

/** Wider windows, or undefined where every automatic one is wide enough. */
function widened(
  point: SteadyPoint,
  reports: readonly WindowReport[],
  { space }: MasterEquation,
  shifts: readonly number[],
  aim: number,
): Windows | undefined {
  const { windows } = point.basis;
  const next = [...windows];
  for (const { subsystem, first, last, isAutomatic, edges } of reports) {
    const basis = space[subsystem]!;
    if (!isAutomatic || basis.kind === "finite" || edges.every((p) => (p ?? 0) <= EDGE_TOLERANCE)) continue;
    const population = populations(point, point.state.unknowns, subsystem);
    const upper = levelsToAdd(population.slice().reverse(), shifts[subsystem]!, aim);
    const lower = levelsToAdd(population, shifts[subsystem]!, aim);
    next[subsystem] = { first: Math.max(basis.from, first - lower), last: Math.min(basis.to, last + upper) };
  }
  return next.some((w, s) => w !== windows[s]) ? next : undefined;
}

/** The windows of a settled state as other points need them, where nothing else depends on the windows. */
function sharedWindows(
  { point, windows: reports }: SettledState,
  { space }: MasterEquation,
  shifts: readonly number[],
): Windows {
  const { windows } = point.basis;
  if (point.levels?.isCutoff || point.clusters) return windows;
  return windows.map((window, s) => {
    const basis = space[s]!;
    if (basis.kind === "finite" || !reports.some((r) => r.subsystem === s && r.isAutomatic)) return window;
    const population = populations(point, point.state.unknowns, s);
    const upper = levelsToShare(population.slice().reverse(), shifts[s]!);
    const lower = levelsToShare(population, shifts[s]!);
    return {
      ...window,
      first: Math.max(basis.from, window.first - lower),
      last: Math.min(basis.to, window.last + upper),
    };
  });
}

/** Windows a third wider, up to the size beyond which it is not the windows that are at fault. */
function widenedForClusters(
  windows: Windows,
  automatic: readonly boolean[],
  space: MasterEquation["space"],
): Windows | undefined {
  const isWide = windows.every((w, s) => !automatic[s] || w.last - w.first >= MAX_CLUSTERED_LEVELS);
  if (isWide) return undefined;
  return windows.map((w, s) => {
    const basis = space[s]!;
    if (!automatic[s] || basis.kind === "finite") return w;
    const by = Math.ceil((w.last - w.first + 1) / 3);
    return { ...w, first: Math.max(basis.from, w.first - by), last: Math.min(basis.to, w.last + by) };
  });
}
