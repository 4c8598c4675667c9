import type { MasterEquation } from "../equation/master-equation.ts";
import { applyContributions } from "../lower/generator.ts";
import { weightedSum } from "../lower/linear-generator.ts";
import { matrixOfUnknowns, type ProductState } from "../lower/product-state.ts";
import type { Sector } from "../lower/sector.ts";
import type { ProductBasis } from "../lower/window.ts";
import type { Model } from "../model/model.ts";
import { type EvolutionEnd, isFailure } from "../numerics/evolution.ts";
import { evolveLinear } from "../numerics/linear-evolution.ts";
import { broughtRate, integral, type Meter, readMeters } from "./brought-energy.ts";
import { populations } from "./density.ts";
import { type EvolvingSystem, evolvingSystem, traceOfUnknowns } from "./evolving-system.ts";
import { restingPoint } from "./resting-point.ts";
import type { SolveFailure } from "./steady-state.ts";
import {
  failed,
  gaveUp,
  type PassingState,
  shareOf,
  type TrajectoryOptions,
  type TrajectoryOutcome,
  type TrajectoryPoint,
  type Waypoint,
} from "./trajectory-outcome.ts";

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
  const system = evolvingSystem({ equation, model, basis, parameters, rho: start.rho });
  return "kind" in system ? failed(system) : evolved(system, basis, start, times, options);
}

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
  let outcome: EvolutionEnd = "evolved";
  let last: Passed = {
    time: start.time,
    state: system.start,
    brought: start.brought ?? new Float64Array(system.meters.length),
  };
  while (points.length < times.length && outcome === "evolved") {
    const chosen = times.slice(points.length, points.length + stretchFrom(times, points.length));
    const result = evolvedStretch(system, basis, last, chosen, {
      ...options,
      tolerance: shareOf(options.tolerance, error),
    });
    for (const passed of result.reached) points.push(pointOf(system, basis, passed));
    routes.add(result.route);
    steps += result.steps;
    error += result.error;
    if (isFailure(result.outcome)) {
      const numerics = { routes: [...routes], steps, error };
      const failure = gaveUp(result.outcome, last.time + result.time, options.route);
      return failed(failure, { points, size: sector.size, numerics });
    }
    last = result.last;
    outcome = result.outcome;
  }
  const { state, time, brought } = last;
  return {
    kind: "evolved",
    trajectory: {
      size: sector.size,
      numerics: { routes: [...routes], steps, error },
      outcome,
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
  const size = sector.size + system.meters.length;
  const length = times.at(-1)! - begin.time;
  const meters = system.meters.map((meter, m) =>
    integral(rateOf(meter, system), sector.size + m, slots.length, length),
  );
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

/** The functional of ρ that a meter integrates; temperatures are the same at all times here. */
function rateOf(
  meter: Meter,
  { slots, dissipators, power, chemical, ...system }: EvolvingSystem,
): Float64Array {
  if (meter.kind === "drive") return power!;
  const w =
    meter.kind === "chemical" ? chemical[meter.dissipator] : system[meter.kind as "free" | "interaction"];
  return broughtRate(dissipators[meter.dissipator]!, slots, w!);
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
    ...readMeters(system.meters, brought, dissipators.length),
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
