import type { DerivedModel } from "./equation/derive.ts";
import type { MasterEquation } from "./equation/master-equation.ts";
import type { ProductBasis } from "./lower/window.ts";
import type { EvolutionDefinition } from "./model/model.ts";
import { blockPropagators, type Propagators, rowNorm } from "./numerics/block-propagators.ts";
import type { ComplexSparse } from "./numerics/complex-sparse.ts";
import { randomStream } from "./numerics/random-stream.ts";
import {
  addNumber,
  emptyStatistics,
  type RunningStatistics,
  standardError,
} from "./numerics/running-statistics.ts";
import type {
  JumpAverage,
  JumpReport,
  SingleTrajectory,
  TrajectoryReport,
} from "./report/evolution-results.ts";
import { type JumpSystem, jumpSystem } from "./solve/jump-system.ts";
import { type Jump, jumpTrajectory, type Watch } from "./solve/jump-trajectory.ts";
import { type PureEnsemble, pureEnsemble, sampled } from "./solve/pure-ensemble.ts";
import type { SolveFailure } from "./solve/steady-state.ts";
import {
  type JumpQuantity,
  type JumpQuantityContext,
  type JumpQuantityResult,
  jumpQuantity,
  standardJumpQuantity,
} from "./thermo/jump-quantities.ts";

/** Which quantum-jump trajectories are asked for. */
export interface TrajectoryRequest {
  /** How many are averaged over; 0 for none. */
  readonly count: number;
  readonly seed: number;
  /** The number of the one that is shown by itself, from 1. */
  readonly single?: number;
}

/** What the trajectories are those of. */
export interface TrajectoryCase {
  readonly derived: DerivedModel;
  readonly equation: MasterEquation;
  readonly parameters: Float64Array;
  readonly definition: EvolutionDefinition;
  /** Windows that hold all of the evolution, and the initial state on them. */
  readonly basis: ProductBasis;
  readonly start: ComplexSparse;
  /** The evolution of ρ itself. */
  readonly evolved: Pick<TrajectoryReport, "times" | "quantities">;
  readonly onProgress: (message: string) => void;
}

/**
 * Quantum-jump trajectories beside the evolution of ρ; each is fixed by the seed and its own number. Yields before each of
 * them, and ends with those that are done where it is answered that no more are wanted.
 */
export function* runTrajectories(
  { count: asked, seed, single }: TrajectoryRequest,
  context: TrajectoryCase,
): Generator<"before a trajectory", JumpReport | SolveFailure, boolean | undefined> {
  const { derived, equation, parameters, basis, start, evolved, onProgress } = context;
  const system = jumpSystem(equation, derived, basis, parameters);
  if ("kind" in system) return system;
  const ensemble = pureEnsemble(system.inOwnBasis(start));
  if (!ensemble) return NO_STATES;
  const times = evolved.times.filter((t) => t !== null);
  const end = times.at(-1)!;
  const tick = tickFor(system, end);
  const made = blockPropagators(system.generator, tick, end);
  if (made.kind === "too-large") return tooLarge(made.entries);
  const plan: Plan = {
    system,
    ensemble,
    propagators: made.propagators,
    marks: times.map((t) => Math.round(t / tick)),
    seed,
  };
  const { quantities, leftOut } = recorded(context, { system, equation, derived, basis, parameters });
  const columns = [...quantities].map(([key, of]) => ({
    key,
    of,
    statistics: times.map(emptyStatistics),
  }));
  let [jumps, count] = [0, asked];
  for (let number = 1; number <= asked; number++) {
    if (yield "before a trajectory") {
      count = number - 1;
      break;
    }
    onProgress(`trajectory ${number} of ${asked}`);
    const made = follow(plan, number, {
      visit: (mark, state, counted) => {
        for (const { of, statistics } of columns) addNumber(statistics[mark]!, of(state, counted));
      },
    });
    jumps += made ?? Infinity;
    if ((jumps / number) * asked > MOST_JUMPS) return tooMany(number, jumps);
  }
  const alone =
    single === undefined || count < asked ? undefined : singleTrajectory(plan, single, quantities, context);
  if (alone && "reason" in alone) return alone;
  return {
    seed,
    count,
    ...(count < asked && { asked }),
    times,
    resolution: tick,
    meanJumps: count > 0 ? jumps / count : null,
    quantities:
      count > 0
        ? Object.fromEntries(
            columns.map(({ key, statistics }) => [key, averageOf(statistics, evolved.quantities[key])]),
          )
        : {},
    leftOut,
    ...(alone && { single: alone }),
  };
}

const NO_STATES: SolveFailure = {
  kind: "not-finite",
  reason: "the initial state has no eigenvectors: its elements are not finite",
  advice: "look at the parameters that it is made of",
};

const tooLarge = (entries: number): SolveFailure => ({
  kind: "too-large",
  reason: `the Hamiltonian and the losses join so many states that the propagators of a trajectory have ${entries} entries`,
  advice: "use smaller windows of levels, or fewer subsystems",
});

/** Jumps of all trajectories together beyond which they are not made: hours of work. */
const MOST_JUMPS = 5e7;

const tooMany = (number: number, jumps: number): SolveFailure => ({
  kind: "too-large",
  reason:
    jumps < Infinity
      ? `a trajectory makes about ${Math.round(jumps / number)} jumps, and all of them together more than the ${MOST_JUMPS} that are tried`
      : `a trajectory makes more than the ${MOST_JUMPS} jumps that are tried`,
  advice: "ask for fewer trajectories, or for a shorter time",
});

/** A jump is found to this part of the shortest time in which anything happens, and no tick is shorter than 2⁻⁵² of the whole. */
const FINE = 2 ** -40;

function tickFor({ generator }: JumpSystem, end: number): number {
  if (end === 0) return 1;
  return Math.max(end * 2 ** -52, FINE / Math.max(rowNorm(generator), 1 / end));
}

interface Plan {
  readonly system: JumpSystem;
  readonly ensemble: PureEnsemble;
  readonly propagators: Propagators;
  /** The times in ticks. */
  readonly marks: readonly number[];
  readonly seed: number;
}

const follow = (
  { system, ensemble, propagators, marks, seed }: Plan,
  number: number,
  watch: Watch,
): number | undefined => {
  const random = randomStream(seed, number);
  const start = sampled(ensemble, random());
  return jumpTrajectory(system, propagators, start, marks, random, MOST_JUMPS, watch);
};

/** What the experiment records of trajectories, by key, and what it does not. */
function recorded(
  { definition, evolved }: TrajectoryCase,
  context: JumpQuantityContext,
): { readonly quantities: ReadonlyMap<string, JumpQuantity>; readonly leftOut: Record<string, string> } {
  const { equation, derived } = context;
  const quantities = new Map<string, JumpQuantity>();
  const leftOut: Record<string, string> = {};
  const add = (key: string, result: JumpQuantityResult): void => {
    if (quantities.has(key) || !(key in evolved.quantities)) return;
    if (typeof result === "function") quantities.set(key, result);
    else leftOut[key] = result.reason;
  };
  for (const quantity of definition.quantities) add(quantity.name, jumpQuantity(quantity, context));
  for (const name of ["heat", "work", "accumulated_heat"]) {
    for (const { bath } of equation.dissipators) {
      const key = `${name}(${derived.model.baths[bath]!.name})`;
      add(key, standardJumpQuantity(name, { kind: "bath", bath }, context));
    }
  }
  for (const name of ["work", "energy"]) add(name, standardJumpQuantity(name, { kind: "none" }, context));
  return { quantities, leftOut };
}

/** Averages that differ by less than this part of their size do not scatter: it is round-off. */
const ROUND_OFF = 1e-12;

function averageOf(
  statistics: readonly RunningStatistics[],
  exact: readonly (number | string | null)[] | undefined,
): JumpAverage {
  const errors = statistics.map(standardError);
  return {
    average: statistics.map((s) => s.mean),
    standardError: errors.map((e) => (Number.isNaN(e) ? null : e)),
    deviation: statistics.map(({ mean }, k) => {
      const expected = exact?.[k];
      const error = errors[k]!;
      return typeof expected === "number" && error > ROUND_OFF * Math.abs(mean)
        ? (mean - expected) / error
        : null;
    }),
  };
}

function singleTrajectory(
  plan: Plan,
  number: number,
  quantities: ReadonlyMap<string, JumpQuantity>,
  { derived, equation }: TrajectoryCase,
): SingleTrajectory | SolveFailure {
  const columns = new Map([...quantities.keys()].map((key) => [key, [] as number[]]));
  const jumps: Jump[] = [];
  const count = follow(plan, number, {
    visit: (_, state, counted) => {
      for (const [key, of] of quantities) columns.get(key)!.push(of(state, counted));
    },
    onJump: (jump) => void jumps.push(jump),
  });
  if (count === undefined) return tooMany(1, Infinity);
  return {
    number,
    jumps: jumps.map(({ time, channel }) => ({
      time,
      bath: derived.model.baths[equation.dissipators[channel.dissipator]!.bath]!.name,
      channel: channel.number,
      energy: channel.energy ?? null,
    })),
    quantities: Object.fromEntries(columns),
  };
}
