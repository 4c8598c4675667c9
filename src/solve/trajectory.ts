import type { MasterEquation } from "../equation/master-equation.ts";
import type { Contributions } from "../lower/contributions.ts";
import { applyContributions } from "../lower/generator.ts";
import { weightedSum } from "../lower/linear-generator.ts";
import { matrixOfUnknowns, type ProductState } from "../lower/product-state.ts";
import type { Sector } from "../lower/sector.ts";
import type { ProductBasis } from "../lower/window.ts";
import type { Model } from "../model/model.ts";
import type { ComplexSparse } from "../numerics/complex-sparse.ts";
import { type EvolutionFailure, isFailure } from "../numerics/evolution.ts";
import type { EvolutionRoute } from "../numerics/evolution-route.ts";
import { evolveLinear } from "../numerics/linear-evolution.ts";
import { populations } from "./density.ts";
import type { EnergyFlow } from "./energy-flow.ts";
import { type EvolvingSystem, evolvingSystem, traceOfUnknowns } from "./evolving-system.ts";
import { type LaterPoint, restingPoint } from "./resting-point.ts";
import type { SolveFailure } from "./steady-state.ts";

/** A state on the way, over elements of ρ between product states. */
export interface TrajectoryPoint {
  readonly time: number;
  readonly basis: ProductBasis;
  readonly sector: Sector;
  /** ρ, dρ/dt, and the part of it that the baths make, Σ_b L_b ρ. */
  readonly rho: Float64Array;
  readonly change: Float64Array;
  readonly dissipative: Float64Array;
  /** Of each dissipator of the equation, in its order. */
  readonly flows: readonly EnergyFlow[];
  /** dU/dt, U = Tr[Hρ] or Tr[H_TD ρ] where a bath is unified. */
  readonly energyRate: number;
  /** By dissipator, ∫₀^t of Tr[H₀ L_b ρ] and of Tr[(H − H₀) L_b ρ]. */
  readonly accumulated: readonly { readonly free: number; readonly interaction: number }[];
  /** ∫₀^t Tr[ρ ∂H/∂t]; zero where nothing drives. */
  readonly accumulatedDrive: number;
}

/** Where an evolution begins, or was left and goes on from. */
export interface Waypoint {
  readonly time: number;
  /** On the product states of a basis. */
  readonly rho: ComplexSparse;
  /** By dissipator, what has come in of H₀ and of the rest since the time 0, then by a drive; none at the start. */
  readonly brought?: Float64Array;
}

export interface Trajectory {
  /** At as many of the times as were reached. */
  readonly points: readonly TrajectoryPoint[];
  /** Real unknowns that were evolved. */
  readonly size: number;
  /** The last state that was looked at and let pass. */
  readonly end: () => Required<Waypoint>;
  /** The state after the last one, by steps that grow; undefined where it does not come to rest in few of them. */
  readonly later: () => LaterPoint | undefined;
  readonly numerics: TrajectoryNumerics;
}

/** The routes taken, their steps, and the sum of the estimated errors. */
export interface TrajectoryNumerics {
  readonly routes: readonly string[];
  readonly steps: number;
  readonly error: number;
  readonly outcome: "evolved" | "cancelled" | "stopped";
}

export type TrajectoryOutcome =
  | { readonly kind: "evolved"; readonly trajectory: Trajectory }
  | {
      readonly kind: "failed";
      readonly failure: SolveFailure;
      /** What was come to before. */
      readonly points: readonly TrajectoryPoint[];
    };

export interface TrajectoryOptions {
  /** The error that an element of ρ may have. */
  readonly tolerance: number;
  /** The route to take in the place of the rule's. */
  readonly route?: EvolutionRoute;
  readonly onStep?: (time: number) => boolean | undefined;
  /** Looks at states on the way, those asked for and others: may go on, or stop before that state, or at it. */
  readonly watch?: (passing: PassingState) => Verdict;
}

export type Verdict = "on" | "stop before" | "stop here";

export interface PassingState {
  readonly time: number;
  /** Of the levels of a subsystem, from the first of its window. */
  readonly populations: (subsystem: number) => Float64Array;
}

/** Evolves a state of an equation in fixed windows, with the heat and work of each bath on the way. Times ascend from that of the start. */
export function trajectory(
  equation: MasterEquation,
  model: Model,
  basis: ProductBasis,
  parameters: ArrayLike<number>,
  start: Waypoint,
  times: readonly number[],
  options: TrajectoryOptions,
): TrajectoryOutcome {
  const system = evolvingSystem(equation, model, basis, parameters, start.rho);
  return "kind" in system ? failed(system) : evolved(system, basis, start, times, options);
}

const failed = (failure: SolveFailure, points: readonly TrajectoryPoint[] = []): TrajectoryOutcome => ({
  kind: "failed",
  failure,
  points,
});

/** Times that follow each other within this factor are one stretch: what the baths bring is measured anew on each. */
const STRETCH = 10;

/** A state that was come to, by the unknowns of a system, and what had been brought in by then. */
interface Passed {
  readonly time: number;
  readonly state: Float64Array;
  readonly brought: Float64Array;
}

function evolved(
  system: EvolvingSystem,
  basis: ProductBasis,
  start: Waypoint,
  times: readonly number[],
  options: TrajectoryOptions,
): TrajectoryOutcome {
  const { sector, slots, hamiltonian, dissipators } = system;
  const plain = weightedSum([hamiltonian, ...dissipators], sector.size)(slots);
  if (!plain.matrix.values.every(Number.isFinite)) return failed(NOT_FINITE);
  const points: TrajectoryPoint[] = [];
  const routes = new Set<string>();
  let [steps, error] = [0, 0];
  let outcome: TrajectoryNumerics["outcome"] = "evolved";
  let last: Passed = {
    time: start.time,
    state: system.start,
    brought: start.brought ?? new Float64Array(2 * dissipators.length + (system.power ? 1 : 0)),
  };
  while (points.length < times.length && outcome === "evolved") {
    const chosen = times.slice(points.length, points.length + stretchFrom(times, points.length));
    const result = evolvedStretch(system, basis, last, chosen, options);
    for (const passed of result.reached) points.push(pointOf(system, basis, passed));
    if (isFailure(result.outcome)) {
      return failed(gaveUp(result.outcome, last.time + result.time, options.route), points);
    }
    last = result.last;
    outcome = result.outcome;
    routes.add(result.route);
    steps += result.steps;
    error += result.error;
  }
  const { state, time, brought } = last;
  return {
    kind: "evolved",
    trajectory: {
      size: sector.size,
      numerics: { routes: [...routes], steps, error, outcome },
      points,
      end: () => {
        const product = system.toProduct(state);
        return { time, brought, rho: matrixOfUnknowns(product.sector, product.unknowns) };
      },
      later: () => restingPoint(system, plain, state, time, options.tolerance),
    },
  };
}

/** How many of the times from a place on are one stretch. */
function stretchFrom(times: readonly number[], from: number): number {
  const limit = STRETCH * times[from]!;
  let count = 1;
  while (from + count < times.length && times[from + count]! <= limit) count++;
  return count;
}

/** Evolves a state together with what the dissipators bring in, in units that keep this below 1. */
function evolvedStretch(
  system: EvolvingSystem,
  basis: ProductBasis,
  begin: Passed,
  times: readonly number[],
  { tolerance, route, onStep, watch }: TrajectoryOptions,
) {
  const { sector, slots, hamiltonian, dissipators } = system;
  const rates = [
    ...dissipators.flatMap((d) => broughtRates(system, d)),
    ...(system.power ? [system.power] : []),
  ];
  const size = sector.size + rates.length;
  const length = times.at(-1)! - begin.time;
  const meters = rates.map((rate, m) => meter(rate, sector.size + m, slots.length, length));
  const scale = meters.map((m) => m.scale);
  // the meters' weights hold the slots already: one more slot of 1
  const { matrix, low } = weightedSum(
    [hamiltonian, ...dissipators, ...meters.map((m) => m.contributions)],
    size,
  )(Float64Array.from([...slots, 1]));
  const start = new Float64Array(size);
  start.set(begin.state);
  const passedAt = (x: Float64Array, time: number): Passed => ({
    time,
    state: x.slice(0, sector.size),
    brought: begin.brought.map((value, m) => value + scale[m]! * x[sector.size + m]!),
  });
  let last = begin;
  const result = evolveLinear(
    matrix,
    low,
    start,
    times.map((t) => t - begin.time),
    {
      tolerance,
      conserved: traceOfUnknowns(sector, size),
      ...(route && { route }),
      ...(onStep && { onStep: (t: number) => onStep(begin.time + t) }),
      ...(watch && {
        onState: (t: number, x: Float64Array) => {
          const time = begin.time + t;
          // a route that another one took over from begins again
          if (time < last.time) last = begin;
          const verdict = watch(passing(system, basis, x, time));
          if (verdict !== "stop before") last = passedAt(x, time);
          return verdict === "on";
        },
      }),
    },
  );
  const reached = result.states.map((x, k) => passedAt(x, times[k]!));
  // what is not watched has come to the last of its times, and so has what was let pass there but for rounding
  if (result.outcome === "evolved") last = reached.at(-1)!;
  return { ...result, last, reached };
}

function passing(
  { sector, toProduct }: EvolvingSystem,
  basis: ProductBasis,
  x: Float64Array,
  time: number,
): PassingState {
  let product: ProductState | undefined;
  return {
    time,
    populations: (subsystem) => {
      product ??= toProduct(x.subarray(0, sector.size));
      return populations({ basis, sector: product.sector }, product.unknowns, subsystem);
    },
  };
}

/** The functionals of what a dissipator brings in of H₀ and of the rest. */
function broughtRates(
  { sector, slots, free, interaction }: EvolvingSystem,
  { row, column, slot, weight }: Contributions,
): readonly [Float64Array, Float64Array] {
  const rates = [new Float64Array(sector.size), new Float64Array(sector.size)] as const;
  for (let e = 0; e < row.length; e++) {
    const flow = slots[slot[e]!]! * weight[e]!;
    rates[0][column[e]!]! += free[row[e]!]! * flow;
    rates[1][column[e]!]! += interaction[row[e]!]! * flow;
  }
  return rates;
}

/** One unknown more, the integral of a functional of ρ divided by its scale; `slot` is that of 1. */
function meter(
  rate: Float64Array,
  row: number,
  slot: number,
  length: number,
): { readonly contributions: Contributions; readonly scale: number } {
  // no element of ρ is larger than 1
  const scale = length * rate.reduce((most, x) => Math.max(most, Math.abs(x)), 0) || 1;
  const columns = Array.from(rate.keys()).filter((c) => rate[c] !== 0);
  return {
    scale,
    contributions: {
      row: Int32Array.from(columns, () => row),
      column: Int32Array.from(columns),
      slot: Int32Array.from(columns, () => slot),
      weight: Float64Array.from(columns, (c) => rate[c]! / scale),
    },
  };
}

function pointOf(
  system: EvolvingSystem,
  basis: ProductBasis,
  { state, brought, time }: Passed,
): TrajectoryPoint {
  const { sector, slots, hamiltonian, dissipators, toProduct } = system;
  const x = state.subarray(0, sector.size);
  const dissipative = new Float64Array(sector.size);
  for (const d of dissipators) {
    const { change } = applyContributions(d, slots, x);
    for (let k = 0; k < change.length; k++) dissipative[k]! += change[k]!;
  }
  const change = applyContributions(hamiltonian, slots, x).change.map((y, k) => y + dissipative[k]!);
  const product = toProduct(x);
  const onProduct = (unknowns: Float64Array): Float64Array => alike(toProduct(unknowns), product.sector);
  return {
    time,
    basis,
    sector: product.sector,
    rho: product.unknowns,
    change: onProduct(change),
    dissipative: onProduct(dissipative),
    flows: system.flowsOf(x),
    energyRate: system.energyOf(change),
    accumulated: dissipators.map((_, b) => ({
      free: brought[2 * b]!,
      interaction: brought[2 * b + 1]!,
    })),
    accumulatedDrive: brought[2 * dissipators.length] ?? 0,
  };
}

/** The unknowns of a matrix over another sector, which holds all its elements that are not round-off. */
function alike(matrix: ProductState, sector: Sector): Float64Array {
  if (matrix.sector === sector) return matrix.unknowns;
  const x = new Float64Array(sector.size);
  const { row, column, unknown } = matrix.sector;
  for (let k = 0; k < row.length; k++) {
    const pair = sector.pairOf(row[k]!, column[k]!);
    if (pair < 0) continue;
    const [to, from] = [sector.unknown[pair]!, unknown[k]!];
    x[to] = matrix.unknowns[from]!;
    if (row[k] !== column[k]) x[to + 1] = matrix.unknowns[from + 1]!;
  }
  return x;
}

const NOT_FINITE: SolveFailure = {
  kind: "not-finite",
  reason: "a rate or a coefficient of the equation is infinite or not a number at this point",
  advice:
    "look for a root of a negative number, an infinite temperature or a spectral density without a value",
};

const WHY: Readonly<Record<EvolutionFailure, string>> = {
  "too-many-steps": "it takes too many steps",
  "step-too-small": "its steps became too small for double precision",
  "not-finite": "its state is not finite",
  "too-large": "its matrices would be too large",
  singular: "a matrix of its is singular",
};

export const gaveUp = (
  outcome: EvolutionFailure,
  time: number,
  route: EvolutionRoute | undefined,
): SolveFailure => ({
  kind: "inaccurate",
  reason: `the evolution did not get beyond the time ${Number(time.toPrecision(4))}${route ? ` by the route ${route}` : ""}: ${WHY[outcome]}`,
  advice: route
    ? "leave the route out: the one that suits is found by rule"
    : "ask for a shorter time, for smaller windows, or for less accuracy",
});
