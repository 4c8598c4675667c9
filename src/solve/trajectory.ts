import { sumOperators } from "../algebra/normal-form.ts";
import type { MasterEquation } from "../equation/master-equation.ts";
import type { Contributions } from "../lower/contributions.ts";
import { toEigenbasis } from "../lower/eigenbasis.ts";
import { applyContributions, lowerEquation } from "../lower/generator.ts";
import { type LiouvillianMatrix, weightedSum } from "../lower/linear-generator.ts";
import { observable } from "../lower/observable.ts";
import { toProductState, traceFunctional, traceWith, unknownsOfMatrix } from "../lower/product-state.ts";
import { describeBadRate, rateCheck } from "../lower/rate-check.ts";
import type { Neighbours, Sector } from "../lower/sector.ts";
import { type SpectralPoint, spectralLowering } from "../lower/spectral-lowering.ts";
import type { ProductBasis } from "../lower/window.ts";
import type { Model } from "../model/model.ts";
import { type ComplexSparse, complexSparse, forEachEntry, newEntries } from "../numerics/complex-sparse.ts";
import { evolveLinear } from "../numerics/linear-evolution.ts";
import { evolveShiftInvert } from "../numerics/shift-invert-evolution.ts";
import {
  diagonalTrace,
  type EnergyFlow,
  imagesByMatrices,
  productFlows,
  spectralFlows,
} from "./energy-flow.ts";
import { hasCollisions, isSpectral } from "./steady-point.ts";
import type { SolveFailure } from "./steady-state.ts";

/** A state on the way, over elements of ρ between product states. */
export interface TrajectoryPoint {
  readonly time: number;
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

export interface Trajectory {
  readonly points: readonly TrajectoryPoint[];
  /** Real unknowns that were evolved. */
  readonly size: number;
  /** The state after the last one, by steps that grow; undefined where it does not come to rest in few of them. */
  readonly later: () => LaterPoint | undefined;
  /** The routes taken, their steps, and the sum of the estimated errors. */
  readonly numerics: {
    readonly route: string;
    readonly steps: number;
    readonly error: number;
    readonly outcome: "evolved" | "cancelled";
  };
}

/** Where an evolution has come to rest. */
export interface LaterPoint {
  readonly time: number;
  readonly sector: Sector;
  readonly rho: Float64Array;
}

export type TrajectoryOutcome =
  | { readonly kind: "evolved"; readonly trajectory: Trajectory }
  | { readonly kind: "failed"; readonly failure: SolveFailure };

export interface TrajectoryOptions {
  /** The error that an element of ρ may have. */
  readonly tolerance: number;
  readonly onStep?: (time: number) => boolean | undefined;
}

/** Evolves states of an equation in fixed windows, with the heat and work of each bath on the way. Times ascend from 0. */
export function trajectory(
  equation: MasterEquation,
  model: Model,
  basis: ProductBasis,
  parameters: ArrayLike<number>,
  rho: ComplexSparse,
  times: readonly number[],
  options: TrajectoryOptions,
): TrajectoryOutcome {
  const bad = rateCheck(equation, model, basis)(parameters);
  if (bad) return failed({ kind: "bad-rate", ...describeBadRate(bad) });
  if (hasCollisions(equation)) return failed(STEPWISE);
  const system = isSpectral(equation)
    ? spectralSystem(equation, model, basis, parameters, rho)
    : productSystem(equation, model, basis, parameters, rho);
  return "kind" in system ? failed(system) : evolved(system, times, options);
}

const failed = (failure: SolveFailure): TrajectoryOutcome => ({ kind: "failed", failure });

const STEPWISE: SolveFailure = {
  kind: "too-large",
  reason: "collisions of finite duration make steps and no flow in time",
  advice: "evolve the local equation of the same baths, their limit of short collisions",
};

/** What the two kinds of equations have in common: a linear system over unknowns, and how to read its states. */
interface LinearSystem {
  readonly sector: Sector;
  readonly slots: Float64Array;
  readonly hamiltonian: Contributions;
  readonly dissipators: readonly Contributions[];
  readonly start: Float64Array;
  /** By dissipator: the functionals of Tr[H₀ ·] and Tr[(H − H₀) ·] over the unknowns. */
  readonly free: Float64Array;
  readonly interaction: Float64Array;
  /** The functional of the drive's power, where there is a drive. */
  readonly power?: Float64Array;
  readonly energyOf: (unknowns: Float64Array) => number;
  readonly flowsOf: (unknowns: Float64Array) => readonly EnergyFlow[];
  /** The same matrix over elements between product states. */
  readonly toProduct: (unknowns: Float64Array) => {
    readonly sector: Sector;
    readonly unknowns: Float64Array;
  };
}

function productSystem(
  equation: MasterEquation,
  model: Model,
  basis: ProductBasis,
  parameters: ArrayLike<number>,
  rho: ComplexSparse,
): LinearSystem | SolveFailure {
  const lowered = lowerEquation(equation, basis, model.parameters.length, joining(rho));
  if (lowered.kind === "too-large") {
    return { ...lowered, advice: "use fewer subsystems, or smaller windows of levels" };
  }
  const { generator } = lowered;
  const { sector } = generator;
  const flows = productFlows(equation, generator.basis, imagesByMatrices(generator));
  const whole = observable(
    sumOperators([equation.free, equation.interaction], equation.space),
    sector,
    basis,
  );
  return {
    sector,
    slots: generator.slotsAt(parameters),
    hamiltonian: generator.hamiltonian,
    dissipators: generator.dissipators,
    start: unknownsOfMatrix(rho, sector),
    free: observable(equation.free, sector, basis).functional(parameters),
    interaction: observable(equation.interaction, sector, basis).functional(parameters),
    ...(equation.power && { power: observable(equation.power, sector, basis).functional(parameters) }),
    energyOf: (x) => whole.trace(parameters, x).re,
    flowsOf: (x) => flows(parameters, x),
    toProduct: (unknowns) => ({ sector, unknowns }),
  };
}

/** Joins the elements of a state off the diagonal to it, so that the sector holds them. */
export function joining(rho: ComplexSparse): Neighbours | undefined {
  const others = new Map<number, number[]>();
  forEachEntry(rho, (row, column) => {
    if (row >= column) return;
    const list = others.get(row) ?? [];
    list.push(column);
    others.set(row, list);
  });
  if (others.size === 0) return undefined;
  return (i, j, visit) => {
    if (i !== j) return;
    for (const k of others.get(i) ?? []) visit(i, k);
  };
}

function spectralSystem(
  equation: MasterEquation,
  model: Model,
  basis: ProductBasis,
  parameters: ArrayLike<number>,
  rho: ComplexSparse,
): LinearSystem | SolveFailure {
  let between: ComplexSparse | undefined;
  const lowered = spectralLowering(
    equation,
    model,
    basis,
  )(parameters, (eigenbasis) => {
    between = toEigenbasis(rho, eigenbasis);
    const seeds = newEntries();
    forEachEntry(between, (row, column) => {
      if (row >= column) return;
      seeds.row.push(row);
      seeds.column.push(column);
    });
    return seeds;
  });
  if (lowered.kind !== "lowered") return lowered;
  const { point } = lowered;
  const { generator, free, interaction, clusters, eigenbasis } = point;
  const { sector } = generator;
  return {
    sector,
    slots: Float64Array.of(1),
    hamiltonian: generator.hamiltonian,
    dissipators: generator.dissipators,
    start: unknownsOfMatrix(between!, sector),
    free: traceFunctional(free, sector),
    interaction: clusters ? shifted(point, sector) : traceFunctional(interaction, sector),
    energyOf: (x) =>
      clusters
        ? diagonalTrace(clusters.energies, sector, x)
        : traceWith(free, sector, x).value + traceWith(interaction, sector, x).value,
    flowsOf: (x) => spectralFlows(point, x),
    toProduct: (x) => toProductState(sector, x, eigenbasis),
  };
}

/** Of H_TD − H₀, which is what moves energy beside H₀ where a bath is unified. */
function shifted({ free, clusters }: SpectralPoint, sector: Sector): Float64Array {
  const entries = newEntries();
  for (const [state, E] of clusters!.energies.entries()) {
    entries.row.push(state);
    entries.column.push(state);
    entries.re.push(E);
    entries.im.push(0);
  }
  const reference = traceFunctional(complexSparse(clusters!.energies.length, entries), sector);
  const own = traceFunctional(free, sector);
  return reference.map((x, k) => x - own[k]!);
}

/** Times that follow each other within this factor are one stretch: what the baths bring is measured anew on each. */
const STRETCH = 10;

function evolved(
  system: LinearSystem,
  times: readonly number[],
  options: TrajectoryOptions,
): TrajectoryOutcome {
  const { sector, slots, hamiltonian, dissipators, start } = system;
  const plain = weightedSum([hamiltonian, ...dissipators], sector.size)(slots);
  if (!plain.matrix.values.every(Number.isFinite)) return failed(NOT_FINITE);
  const points: TrajectoryPoint[] = [];
  const routes = new Set<string>();
  let [steps, error, time, next] = [0, 0, 0, 0];
  let isCancelled = false;
  let state = start;
  let brought: Float64Array = new Float64Array(2 * dissipators.length + (system.power ? 1 : 0));
  while (next < times.length && !isCancelled) {
    const count = stretchFrom(times, next);
    const chosen = times.slice(next, next + count);
    const begin = time;
    const relative = chosen.map((t) => t - begin);
    const result = evolvedStretch(system, state, relative, options, begin);
    if (result.outcome !== "evolved" && result.outcome !== "cancelled") {
      return failed(gaveUp(result.outcome, begin + result.time));
    }
    const before = brought;
    for (const [k, x] of result.states.entries()) {
      brought = before.map((value, m) => value + result.scale[m]! * x[sector.size + m]!);
      points.push(pointOf(system, x, brought, chosen[k]!));
    }
    state = (result.states.at(-1) ?? state).slice(0, sector.size);
    time = chosen.at(-1)!;
    next += count;
    isCancelled = result.outcome === "cancelled";
    routes.add(result.route);
    steps += result.steps;
    error += result.error;
  }
  return {
    kind: "evolved",
    trajectory: {
      size: sector.size,
      numerics: {
        route: [...routes].join(", "),
        steps,
        error,
        outcome: isCancelled ? "cancelled" : "evolved",
      },
      points,
      later: () => restingPoint(system, plain, state, time, options),
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
  system: LinearSystem,
  state: Float64Array,
  times: readonly number[],
  { tolerance, onStep }: TrajectoryOptions,
  begin: number,
) {
  const { sector, slots, hamiltonian, dissipators } = system;
  const rates = [
    ...dissipators.flatMap((d) => broughtRates(system, d)),
    ...(system.power ? [system.power] : []),
  ];
  const size = sector.size + rates.length;
  const meters = rates.map((rate, m) => meter(rate, sector.size + m, slots.length, times.at(-1)!));
  // the meters' weights hold the slots already: one more slot of 1
  const { matrix, low } = weightedSum(
    [hamiltonian, ...dissipators, ...meters.map((m) => m.contributions)],
    size,
  )(Float64Array.from([...slots, 1]));
  const start = new Float64Array(size);
  start.set(state);
  const result = evolveLinear(matrix, low, start, times, {
    tolerance,
    conserved: traceOfUnknowns(sector, size),
    ...(onStep && { onStep: (t: number) => onStep(begin + t) }),
  });
  return { ...result, scale: meters.map((m) => m.scale) };
}

/** Times a state is evolved on, each four times as long as before; and the steps of one of them. */
const LATER = { times: 16, maxSteps: 60 };

/** A state that changes by less than this from one time to one four times as late has come to rest. */
const AT_REST = 1e-12;

/** Follows the state until it no longer changes. */
function restingPoint(
  system: LinearSystem,
  { matrix, low }: LiouvillianMatrix,
  last: Float64Array,
  end: number,
  { tolerance }: TrajectoryOptions,
): LaterPoint | undefined {
  if (end === 0) return undefined;
  const { sector } = system;
  const conserved = traceOfUnknowns(sector, sector.size);
  let state = last;
  let time = end;
  for (let k = 0; k < LATER.times; k++) {
    const { outcome, states } = evolveShiftInvert(matrix, low, state, [3 * time], {
      tolerance,
      conserved,
      maxSteps: LATER.maxSteps,
    });
    const next = states[0];
    if (outcome !== "evolved" || !next) return undefined;
    time *= 4;
    let change = 0;
    for (let i = 0; i < sector.size; i++) change = Math.max(change, Math.abs(next[i]! - state[i]!));
    state = next;
    if (change > AT_REST) continue;
    const product = system.toProduct(state);
    return { time, sector: product.sector, rho: product.unknowns };
  }
  return undefined;
}

/** The functionals of what a dissipator brings in of H₀ and of the rest. */
function broughtRates(
  { sector, slots, free, interaction }: LinearSystem,
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

function traceOfUnknowns(sector: Sector, size: number): Float64Array {
  const w = new Float64Array(size);
  for (let k = 0; k < sector.row.length; k++) {
    if (sector.row[k] === sector.column[k]) w[sector.unknown[k]!] = 1;
  }
  return w;
}

function pointOf(
  system: LinearSystem,
  state: Float64Array,
  brought: Float64Array,
  time: number,
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
function alike(
  matrix: { readonly sector: Sector; readonly unknowns: Float64Array },
  sector: Sector,
): Float64Array {
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

export const gaveUp = (outcome: string, time: number): SolveFailure => ({
  kind: "inaccurate",
  reason: `the evolution did not get beyond the time ${time} (${outcome})`,
  advice: "ask for a shorter time, or for smaller windows",
});
