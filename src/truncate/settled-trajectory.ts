import type { DerivedModel } from "../equation/derive.ts";
import type { MasterEquation } from "../equation/master-equation.ts";
import { initialWindows, levelIn, type ProductBasis, productBasis, type Windows } from "../lower/window.ts";
import { type ComplexSparse, diagonalOf } from "../numerics/complex-sparse.ts";
import { populations } from "../solve/density.ts";
import { equationTrajectory } from "../solve/equation-trajectory.ts";
import type { InitialState } from "../solve/initial-state.ts";
import type { SolveFailure } from "../solve/steady-state.ts";
import type { Trajectory, TrajectoryOptions } from "../solve/trajectory.ts";
import { largestShifts } from "./largest-shifts.ts";
import { levelsToAdd, MAX_LEVELS, runaway, type WindowReport } from "./settled-steady-state.ts";

/** An evolution in windows whose ends stay empty enough at every time that was asked for. */
export interface SettledTrajectory {
  readonly basis: ProductBasis;
  readonly start: ComplexSparse;
  readonly trajectory: Trajectory;
  /** With the largest populations that the ends held at any of the times. */
  readonly windows: readonly WindowReport[];
  /** By stated window whose ends hold more than `WORRYING_EDGE`: when first. */
  readonly firstOverflow: ReadonlyMap<number, { readonly time: number; readonly population: number }>;
}

export type SettledTrajectoryOutcome =
  | { readonly kind: "settled"; readonly settled: SettledTrajectory }
  | { readonly kind: "failed"; readonly failure: SolveFailure };

/** A stated window whose end holds more than this is warned about. */
const WORRYING_EDGE = 1e-8;

/** A part of the initial state outside of automatic windows below this is none. */
const LEFT_OUT = 1e-13;

/**
 * Evolves the state that `startOn` makes on a basis. Automatic windows are widened until their ends hold less than `EDGE_TOLERANCE` at all times;
 * `least` are windows to begin with, such as those of the steady state.
 */
export function settledTrajectory(
  derived: DerivedModel,
  equation: MasterEquation,
  parameters: Float64Array,
  startOn: (basis: ProductBasis) => InitialState,
  times: readonly number[],
  options: TrajectoryOptions & { readonly onProgress: (message: string) => void },
  least?: Windows,
): SettledTrajectoryOutcome {
  const { model } = derived;
  const { windows: first, automatic } = initialWindows(model);
  let windows: Windows = first.map((w, s) =>
    automatic[s] && least
      ? { ...w, first: Math.min(w.first, least[s]!.first), last: Math.max(w.last, least[s]!.last) }
      : w,
  );
  const shifts = largestShifts(equation);
  for (;;) {
    const basis = productBasis(windows);
    const made = startOn(basis);
    if (made.kind === "wrong") return failedStart(made.reason);
    const { rho } = made;
    const early = startEdges(rho, basis, equation, automatic, shifts);
    const isLeftOut = (s: number): boolean => made.outside[s]! > LEFT_OUT;
    const growsFirst = widened(
      windows,
      early.map((w) =>
        isLeftOut(w.subsystem) ? { ...w, edges: [w.edges[0] === undefined ? undefined : 1, 1] as const } : w,
      ),
    );
    if (growsFirst) {
      const wide = tooWide(growsFirst, early, automatic);
      if (wide) return { kind: "failed", failure: runaway(model.subsystems[wide.subsystem]!.name, wide) };
      windows = growsFirst;
      continue;
    }
    const outcome = equationTrajectory(equation, model, basis, parameters, rho, times, options);
    if (outcome.kind === "failed") return outcome;
    const found = edgesOnTheWay(outcome.trajectory, basis, equation, automatic, shifts);
    const wider = widened(windows, found.windows);
    if (!wider) {
      return {
        kind: "settled",
        settled: { basis, start: rho, trajectory: outcome.trajectory, ...found },
      };
    }
    const wide = tooWide(wider, found.windows, automatic);
    if (wide) return { kind: "failed", failure: runaway(model.subsystems[wide.subsystem]!.name, wide) };
    for (const { subsystem, isAutomatic } of found.windows) {
      if (!isAutomatic) continue;
      const { first: low, last: high } = wider[subsystem]!;
      options.onProgress(`${model.subsystems[subsystem]!.name}: window ${low}..${high}`);
    }
    windows = wider;
  }
}

const failedStart = (reason: string): SettledTrajectoryOutcome => ({
  kind: "failed",
  failure: {
    kind: "not-finite",
    reason: `the initial state is none: ${reason}`,
    advice: "a state is positive, Hermitian and not zero within the windows",
  },
});

const tooWide = (
  wider: Windows,
  reports: readonly WindowReport[],
  automatic: readonly boolean[],
): WindowReport | undefined =>
  reports.find(
    ({ subsystem }) => automatic[subsystem] && wider[subsystem]!.last - wider[subsystem]!.first >= MAX_LEVELS,
  );

function startEdges(
  rho: ComplexSparse,
  basis: ProductBasis,
  equation: MasterEquation,
  automatic: readonly boolean[],
  shifts: readonly number[],
): WindowReport[] {
  const diagonal = diagonalOf(rho);
  return equation.space.flatMap((space, subsystem) => {
    if (space.kind === "finite") return [];
    const { first, last } = basis.windows[subsystem]!;
    const population = new Float64Array(last - first + 1);
    for (const [state, p] of diagonal.entries()) population[levelIn(basis, state, subsystem) - first]! += p;
    const edges = edgesOf(population, space, first, last, shifts[subsystem]!);
    return [{ subsystem, first, last, isAutomatic: automatic[subsystem]!, edges }];
  });
}

function edgesOf(
  population: Float64Array,
  space: Extract<MasterEquation["space"][number], { kind: "infinite" }>,
  first: number,
  last: number,
  depth: number,
): readonly [number | undefined, number | undefined] {
  const most = (levels: Float64Array) => levels.reduce((m, p) => Math.max(m, Math.abs(p)), 0);
  return [
    first > space.from ? most(population.slice(0, depth)) : undefined,
    last < space.to ? most(population.slice(-depth)) : undefined,
  ];
}

function edgesOnTheWay(
  { points }: Trajectory,
  basis: ProductBasis,
  equation: MasterEquation,
  automatic: readonly boolean[],
  shifts: readonly number[],
): Pick<SettledTrajectory, "windows" | "firstOverflow"> {
  const firstOverflow = new Map<number, { time: number; population: number }>();
  const windows = equation.space.flatMap((space, subsystem): WindowReport[] => {
    if (space.kind === "finite") return [];
    const { first, last } = basis.windows[subsystem]!;
    let [low, high]: (number | undefined)[] = [undefined, undefined];
    for (const { time, sector, rho } of points) {
      const population = populations({ basis, sector }, rho, subsystem);
      const [a, b] = edgesOf(population, space, first, last, shifts[subsystem]!);
      if (a !== undefined) low = Math.max(low ?? 0, a);
      if (b !== undefined) high = Math.max(high ?? 0, b);
      const held = Math.max(a ?? 0, b ?? 0);
      if (!automatic[subsystem] && held > WORRYING_EDGE && !firstOverflow.has(subsystem)) {
        firstOverflow.set(subsystem, { time, population: held });
      }
    }
    return [{ subsystem, first, last, isAutomatic: automatic[subsystem]!, edges: [low, high] }];
  });
  return { windows, firstOverflow };
}

/** Wider windows, or undefined where every automatic one is wide enough. */
function widened(windows: Windows, reports: readonly WindowReport[]): Windows | undefined {
  const next = [...windows];
  let grew = false;
  for (const { subsystem, first, last, isAutomatic, edges } of reports) {
    if (!isAutomatic) continue;
    const [low, high] = edges.map((p) => (p === undefined ? 0 : levelsToAdd(p, last - first + 1)));
    if (low || high) grew = true;
    next[subsystem] = { ...windows[subsystem]!, first: first - low!, last: last + high! };
  }
  return grew ? next : undefined;
}
