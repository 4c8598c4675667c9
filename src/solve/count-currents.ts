import type { MasterEquation } from "../equation/master-equation.ts";
import { counting, elementsLeft, type JumpPart } from "../lower/counting.ts";
import { operatorMatrix } from "../lower/operator-matrix.ts";
import type { Sector } from "../lower/sector.ts";
import type { ElementList } from "../lower/spectral-generator.ts";
import type { SpectralLowering, SpectralPoint } from "../lower/spectral-lowering.ts";
import type { ProductBasis } from "../lower/window.ts";
import { type ComplexSparse, complexSparse } from "../numerics/complex-sparse.ts";
import {
  type Counted,
  currentStatistics,
  type StatisticsOf,
  type StatisticsOutcome,
  undefinedBecause,
  whyUncounted,
} from "./current-statistics.ts";
import type { LinearResponse } from "./linear-response.ts";
import type { ProductSolver } from "./product-solver.ts";
import { createSteadySolver, type SteadyState } from "./steady-state.ts";

/** A state and its equation as far as they are counted. */
interface CountedState {
  readonly sector: Sector;
  readonly unknowns: Float64Array;
  readonly response: LinearResponse;
  readonly jumps: readonly JumpPart[];
}

/** K of a dissipator; undefined where it exchanges no particles that H conserves. */
type ObservableOf = (dissipator: number, counted: Counted) => ComplexSparse | undefined;

/** Counts what the dissipators of an equation between product states exchange; K of the energy is H₀. */
export function productStatistics(
  equation: MasterEquation,
  basis: ProductBasis,
  { sector, jumpsAt }: Pick<ProductSolver, "sector" | "jumpsAt">,
): (parameters: ArrayLike<number>, state: SteadyState) => StatisticsOf {
  return (parameters, state) => {
    const at = Float64Array.from(parameters);
    return lazily(equation, () => {
      const free = operatorMatrix(equation.free, basis)(at);
      const observableOf: ObservableOf = (dissipator, counted) => {
        if (counted === "energy") return free;
        const number = equation.dissipators[dissipator]!.particleNumber;
        return number && operatorMatrix(number, basis)(at);
      };
      const { unknowns, response } = state;
      const counted = { sector, unknowns, response: response!(), jumps: jumpsAt(at) };
      return (dissipator, what) => count(counted, observableOf(dissipator, what), dissipator);
    });
  };
}

/**
 * Counts what the dissipators of an equation between eigenstates exchange: K of the energy is H where a bath is treated
 * between them, or H_TD, and else H₀. Where H₀ leads out of the elements of ρ that were solved for, more are.
 */
export function spectralStatistics(
  equation: MasterEquation,
  lower: SpectralLowering,
  point: SpectralPoint,
  state: SteadyState,
  parameters: ArrayLike<number>,
): StatisticsOf {
  const at = Float64Array.from(parameters);
  return lazily(equation, () => {
    const countsFree = (place: number) => equation.dissipators[place]!.spectral === undefined;
    const closed = equation.dissipators.some((_, place) => countsFree(place))
      ? closedUnder(point.free, point, state, (seeds) => lower(at, () => seeds), at)
      : { kind: "closed" as const, point, state };
    if (closed.kind === "failed") return () => undefinedBecause(closed.reason);
    const { generator, free, eigenbasis, clusters, particleNumbers } = closed.point;
    const thermodynamic = diagonalMatrix(clusters?.energies ?? eigenbasis.energies);
    const slots = Float64Array.of(1);
    const counted: CountedState = {
      sector: generator.sector,
      unknowns: closed.state.unknowns,
      response: closed.state.response!(),
      jumps: generator.gains().map((entries) => ({ kind: "entries", entries, slots })),
    };
    const observableOf: ObservableOf = (dissipator, what) => {
      if (what === "particles") return particleNumbers[dissipator];
      return countsFree(dissipator) ? free : thermodynamic;
    };
    return (dissipator, what) => count(counted, observableOf(dissipator, what), dissipator);
  });
}

/** Each current is counted once, and what all of them need is prepared when the first is asked for. */
function lazily(equation: MasterEquation, prepare: () => StatisticsOf): StatisticsOf {
  let prepared: StatisticsOf | undefined;
  const known = new Map<string, StatisticsOutcome>();
  const why = whyUncounted(equation);
  return (dissipator, counted) => {
    if (why !== undefined) return undefinedBecause(why);
    const key = `${dissipator} ${counted}`;
    const present = known.get(key);
    if (present) return present;
    prepared ??= prepare();
    const outcome = prepared(dissipator, counted);
    known.set(key, outcome);
    return outcome;
  };
}

function count(
  { sector, unknowns, response, jumps }: CountedState,
  observable: ComplexSparse | undefined,
  dissipator: number,
): StatisticsOutcome {
  if (!observable)
    return undefinedBecause("the Hamiltonian conserves no number that the bath's couplings lower");
  if (elementsLeft(observable, sector).row.length > 0) return undefinedBecause(LEAVES_SECTOR);
  return currentStatistics(counting(jumps[dissipator]!, observable, sector), unknowns, sector, response);
}

const LEAVES_SECTOR =
  "what is counted joins elements of ρ to those that were solved for which the equation itself does not";

type Closed =
  | { readonly kind: "closed"; readonly point: SpectralPoint; readonly state: SteadyState }
  | { readonly kind: "failed"; readonly reason: string };

/** Times that a sector is widened: each time the equation may join further elements to those that K has joined. */
const MAX_ROUNDS = 20;

/** An equation over a sector that an operator K keeps, and its state there. */
function closedUnder(
  observable: ComplexSparse,
  point: SpectralPoint,
  state: SteadyState,
  lowerWith: (seeds: ElementList) => ReturnType<SpectralLowering>,
  parameters: ArrayLike<number>,
): Closed {
  let [wider, seeds] = [point, NO_SEEDS];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const left = elementsLeft(observable, wider.generator.sector);
    if (left.row.length === 0) {
      if (wider === point) return { kind: "closed", point, state };
      const solved = createSteadySolver(wider.generator)(parameters);
      return solved.kind === "solved"
        ? { kind: "closed", point: wider, state: solved.state }
        : { kind: "failed", reason: solved.failure.reason };
    }
    seeds = { row: [...seeds.row, ...left.row], column: [...seeds.column, ...left.column] };
    const lowered = lowerWith(seeds);
    if (lowered.kind !== "lowered") return { kind: "failed", reason: lowered.reason };
    wider = lowered.point;
  }
  return { kind: "failed", reason: LEAVES_SECTOR };
}

const NO_SEEDS: ElementList = { row: [], column: [] };

const diagonalMatrix = (values: Float64Array): ComplexSparse => {
  const places = Array.from(values.keys());
  return complexSparse(values.length, {
    row: places,
    column: places,
    re: [...values],
    im: places.map(() => 0),
  });
};
