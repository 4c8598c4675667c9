import { ADVICE_ON_MOVING } from "../equation/derive.ts";
import type { MasterEquation } from "../equation/master-equation.ts";
import type { Eigenbasis } from "../lower/eigenbasis.ts";
import { toProductState } from "../lower/product-state.ts";
import { describeBadRate, rateCheck } from "../lower/rate-check.ts";
import type { Sector } from "../lower/sector.ts";
import { spectralLowering } from "../lower/spectral-lowering.ts";
import type { Expansion } from "../lower/superoperator.ts";
import type { ClusterCertificate } from "../lower/unified.ts";
import type { ProductBasis } from "../lower/window.ts";
import { LARGEST_FREQUENCY, type Model } from "../model/model.ts";
import { symbolsOf } from "../scalar/scalar.ts";
import { type CollisionFacts, collisionSolver } from "./collision-point.ts";
import { productStatistics, spectralStatistics } from "./count-currents.ts";
import { type StatisticsOf, undefinedBecause, whyUncounted } from "./current-statistics.ts";
import { densityBlocks } from "./density.ts";
import { type EnergyFlow, productFlows, spectralFlows } from "./energy-flow.ts";
import { productSolverOf } from "./product-solver.ts";
import { createSteadySolver, type SolveFailure, type SteadyState } from "./steady-state.ts";

/** A steady state on the product basis, with the energy that each bath moves. */
export interface SteadyPoint {
  readonly basis: ProductBasis;
  readonly sector: Sector;
  readonly state: SteadyState;
  /** Number of unknowns of the system that was solved. */
  readonly size: number;
  /** Of each dissipator of the equation, in its order. */
  readonly flows: readonly EnergyFlow[];
  /** Of an equation between eigenstates of H: how its levels were told apart. */
  readonly levels?: LevelCertificate;
  /** What vouches for the clusters of an equation with unified baths. */
  readonly clusters?: ClusterCertificate;
  /** The energies of H_TD then, by eigenstate of H. */
  readonly referenceEnergies?: Float64Array;
  /** Of an equation with collisions that last. */
  readonly collision?: CollisionFacts;
  /** Full counting statistics of what each dissipator exchanges, each worked out when it is asked for. */
  readonly statistics?: StatisticsOf;
}

/** Which energies of the truncated Hamiltonian count as one level. */
export interface LevelCertificate {
  readonly count: number;
  /** Energies closer than this are one level; as a fraction of the spectral range, and in units of energy. */
  readonly relativeTolerance: number;
  readonly tolerance: number;
  /** The spectral range: the largest Bohr frequency. */
  readonly largestFrequency: number;
  /** Whether a spectral density holds `largest_frequency`, and so depends on the windows. */
  readonly isCutoff: boolean;
}

export type SteadyPointOutcome =
  | { readonly kind: "solved"; readonly point: SteadyPoint }
  | { readonly kind: "failed"; readonly failure: SolveFailure };

/** Solves an equation at points of its parameters in fixed windows; what does not depend on them is done once. */
export type SteadyPointSolver = (parameters: ArrayLike<number>) => SteadyPointOutcome;

/** Whether an equation has a bath that is treated between the eigenstates of H. */
export const isSpectral = (equation: MasterEquation): boolean =>
  equation.dissipators.some((d) => d.spectral !== undefined);

/** Whether an equation has baths of ancillas that meet the system for some time. */
export const hasCollisions = (equation: MasterEquation): boolean =>
  equation.dissipators.some((d) => d.collision !== undefined);

/**
 * `reference` is a point of the parameters from which factorisations take their pivots, so that an answer does not depend
 * on what was solved before; the first point where absent. `expand` is what other windows of the same equation share.
 */
export const steadyPointSolver = (
  equation: MasterEquation,
  model: Model,
  basis: ProductBasis,
  onProgress?: (message: string) => void,
  reference?: ArrayLike<number>,
  expand?: Expansion,
): SteadyPointSolver => {
  if (equation.dependsOnTime) return () => failed(MOVING);
  const badRate = rateCheck(equation, model, basis);
  const solve = solverOf(equation, model, basis, onProgress, reference, expand);
  return (parameters) => {
    const bad = badRate(parameters);
    return bad ? failed({ kind: "bad-rate", ...describeBadRate(bad) }) : solve(parameters);
  };
};

const MOVING: SolveFailure = {
  kind: "depends-on-time",
  reason: "it depends on time, and has no steady state",
  advice: ADVICE_ON_MOVING,
};

function solverOf(
  equation: MasterEquation,
  model: Model,
  basis: ProductBasis,
  onProgress: ((message: string) => void) | undefined,
  reference: ArrayLike<number> | undefined,
  expand: Expansion | undefined,
): SteadyPointSolver {
  if (hasCollisions(equation)) return fixedPointSolver(equation, model, basis);
  return isSpectral(equation)
    ? spectralSolver(equation, model, basis)
    : productSolver(equation, basis, model.parameters.length, onProgress, reference, expand);
}

/** Of collisions: the state that one of them leaves as it is. */
function fixedPointSolver(equation: MasterEquation, model: Model, basis: ProductBasis): SteadyPointSolver {
  const solve = collisionSolver(equation, model, basis);
  return (parameters) => {
    const outcome = solve(parameters);
    if (outcome.kind === "failed") return outcome;
    const statistics: StatisticsOf = () => undefinedBecause(whyUncounted(equation)!);
    const size = outcome.point.sector.size;
    return { kind: "solved", point: { ...outcome.point, basis, size, statistics } };
  };
}

const failed = (failure: SolveFailure): SteadyPointOutcome => ({ kind: "failed", failure });

/** Between product states: what does not depend on the parameters is made once. */
function productSolver(
  equation: MasterEquation,
  basis: ProductBasis,
  parameterCount: number,
  onProgress: ((message: string) => void) | undefined,
  reference: ArrayLike<number> | undefined,
  expand: Expansion | undefined,
): SteadyPointSolver {
  const solver = productSolverOf(equation, basis, parameterCount, onProgress, reference, expand);
  if (solver.kind === "failed") return () => solver;
  const { sector, solve } = solver;
  const flowsOf = productFlows(equation, basis, solver);
  const statisticsOf = productStatistics(equation, basis, solver);
  return (parameters) => {
    const outcome = solve(parameters);
    if (outcome.kind === "failed") return outcome;
    const { state } = outcome;
    return {
      kind: "solved",
      point: {
        basis,
        sector,
        state,
        size: sector.size,
        flows: flowsOf(parameters, state.unknowns, state.images),
        statistics: statisticsOf(parameters, state),
      },
    };
  };
}

/** Between eigenstates of H: made anew at each point. */
function spectralSolver(equation: MasterEquation, model: Model, basis: ProductBasis): SteadyPointSolver {
  const lower = spectralLowering(equation, model, basis);
  const isCutoff = equation.dissipators.some(
    ({ spectral, coupling }) => spectral && symbolsOf(coupling!.density).has(LARGEST_FREQUENCY),
  );
  const mayBeNegative = equation.dissipators.some((d) => d.spectral?.approximation === "redfield");
  return (parameters) => {
    const lowered = lower(parameters);
    if (lowered.kind !== "lowered") return failed(lowered);
    const { point } = lowered;
    const outcome = createSteadySolver(point.generator, { mayBeNegative })(parameters);
    if (outcome.kind === "failed") {
      // its groups are of eigenstates, which have no names
      const { groups: _, ...failure } = outcome.failure;
      return failed(failure);
    }
    const { sector } = point.generator;
    const product = toProductState(sector, outcome.state.unknowns, point.eigenbasis);
    const blocks = densityBlocks(product.sector, product.unknowns);
    // what it is kept as is between eigenstates
    const { bare: _, ...state } = outcome.state;
    return {
      kind: "solved",
      point: {
        basis,
        sector: product.sector,
        state: { ...state, unknowns: product.unknowns, blocks },
        size: sector.size,
        flows: spectralFlows(point, outcome.state.unknowns),
        statistics: spectralStatistics(equation, lower, point, outcome.state, parameters),
        levels: { ...levelCertificate(point.eigenbasis), isCutoff },
        ...(point.clusters && {
          clusters: point.clusters.certificate,
          referenceEnergies: point.clusters.energies,
        }),
      },
    };
  };
}

const levelCertificate = ({
  levelEnergies,
  tolerance,
  relativeTolerance,
}: Eigenbasis): Omit<LevelCertificate, "isCutoff"> => ({
  count: levelEnergies.length,
  relativeTolerance,
  tolerance,
  largestFrequency: levelEnergies.at(-1)! - levelEnergies[0]!,
});
