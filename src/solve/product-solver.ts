import type { MasterEquation } from "../equation/master-equation.ts";
import { blockSizes } from "../lower/block-layout.ts";
import type { JumpPart } from "../lower/counting.ts";
import { lowerToSector, type SectorLowering } from "../lower/generator.ts";
import type { Sector } from "../lower/sector.ts";
import type { Expansion } from "../lower/superoperator.ts";
import type { ProductBasis } from "../lower/window.ts";
import { type BathImages, imagesByMatrices } from "./energy-flow.ts";
import { createLyapunovSolver, lyapunovMemory } from "./lyapunov-steady.ts";
import {
  createSteadySolver,
  MAX_FILL,
  prepareSteady,
  type SolveFailure,
  type SteadyOutcome,
  type SteadySolver,
  severalComponents,
} from "./steady-state.ts";

/** How an equation between product states is solved, and what its baths do to a state. */
export interface ProductSolver extends BathImages {
  readonly solve: SteadySolver;
  /** What the jumps of each dissipator bring about. */
  readonly jumpsAt: (parameters: ArrayLike<number>) => readonly JumpPart[];
}

export type ProductSolverResult =
  | ({ readonly kind: "ready" } & ProductSolver)
  | { readonly kind: "failed"; readonly failure: SolveFailure };

/** Unknowns that are tried at all; a density operator of 1000 levels without any symmetry has as many. */
const MAX_UNKNOWNS = 1_050_000;

/** Unknowns beyond which a sparse factorisation would need more than a few GiB. */
const MAX_FACTORISED = 400_000;

/** Unknowns beyond which full blocks are not even ordered for a factorisation: their fill is far above what it may be. */
const MAX_ORDERED = 20_000;

/** Entries of the factors below which nothing is faster. */
const SMALL_FILL = 1e5;

/** Σ n³ over the blocks of ρ beyond which the iteration would take an hour. */
const MAX_CUBES = 3e9;

/** Numbers of 8 bytes that the iteration may hold: 2.8 GB. */
const MAX_MEMORY = 3.5e8;

/**
 * The seconds of both routes on one core with Node 20, as fits of what was measured. Factorisation, by entries of the
 * factors times entries in a column, which is right for bands and for blocks that fill up; with so many entries
 * 1.2·10⁵ (chain of 6 spins) took 0.2 s, 2.3·10⁵ (5 spins, tilted field) 0.7 s, 9.3·10⁵ (two driven Kerr oscillators
 * of 7 levels) 2.1 s, 1.7·10⁶ (chain of 7) 10 s, 3.7·10⁶ (6 spins, tilted field) 45 s. Iteration, by Σ n³: 3·10⁴ to
 * 3·10⁵ 0.03–0.08 s, 3·10⁶ (oscillators, d = 144) 0.28 s, 1.7·10⁷ (8 spins, tilted field) 0.8 s, 6.4·10⁷ (oscillators, d = 400)
 * 4.3 s, 1.3·10⁸ (9 spins) 5 s; two to three times that where H is not real.
 */
const secondsOf = {
  factorisation: (fill: number, size: number): number => (1.3e-8 * fill ** 2) / size,
  iteration: (cubes: number): number => 0.05 + 6e-8 * cubes,
};

/**
 * The solver of an equation between product states in given windows. Factors of at most 10⁵ entries are always made
 * (`createSteadySolver`: residuals in double-double precision, factors that later points reuse), larger ones where they
 * are expected to take less time than the iteration of `createLyapunovSolver` (see `secondsOf`) or where that is beyond its
 * limits. An iteration without an answer, or with one that has fewer than nine digits, is followed by a factorisation
 * if there is one of at most 10⁷ entries.
 */
export function productSolverOf(
  equation: MasterEquation,
  basis: ProductBasis,
  parameterCount: number,
  onProgress: (message: string) => void = () => {},
  reference?: ArrayLike<number>,
  expand?: Expansion,
): ProductSolverResult {
  const lowered = lowerToSector(equation, basis, parameterCount, undefined, MAX_UNKNOWNS, expand);
  if (lowered.kind === "too-large") {
    return {
      kind: "failed",
      failure: { ...lowered, advice: "use fewer subsystems, or smaller windows of levels" },
    };
  }
  const { sector } = lowered;
  if (sector.components.length > 1) return { kind: "failed", failure: severalComponents(sector.components) };
  const { squares, cubes } = blockSizes(sector);
  const direct = directRoute(lowered, squares, reference);
  const mayIterate = cubes <= MAX_CUBES && lyapunovMemory(sector.size, squares) <= MAX_MEMORY;
  if (direct && (!mayIterate || isQuick(direct.fill, sector.size, cubes)))
    return { kind: "ready", sector, ...direct };
  if (!mayIterate) return { kind: "failed", failure: tooLarge(sector) };
  const iteration = iterativeRoute(lowered, equation, onProgress);
  const solve: SteadySolver = (parameters) => {
    const outcome = iteration.solve(parameters);
    if (!direct || direct.fill > MAX_FILL || !isUndecided(outcome)) return outcome;
    onProgress("too few digits by iteration: factorising");
    const factorised = direct.solve(parameters);
    return factorised.kind === "failed" && outcome.kind === "solved" ? outcome : factorised;
  };
  return { kind: "ready", sector, ...iteration, solve };
}

const isQuick = (fill: number, size: number, cubes: number): boolean =>
  fill <= SMALL_FILL ||
  (fill <= MAX_FILL && secondsOf.factorisation(fill, size) <= secondsOf.iteration(cubes));

/** Whether residuals in double-double precision, where there are factors, find more than the iteration could. */
const isUndecided = (outcome: SteadyOutcome): boolean =>
  outcome.kind === "solved"
    ? outcome.state.certificate.conditionEstimate * Number.EPSILON > ENOUGH_DIGITS
    : outcome.failure.kind === "inaccurate" || outcome.failure.kind === "singular";

/** A relative error of ρ that the iteration may have where there is another way. */
const ENOUGH_DIGITS = 1e-9;

type Lowered = Extract<SectorLowering, { kind: "found" }>;
type Route = Pick<ProductSolver, "solve" | "imagesOf" | "jumpsAt">;

/** Undefined where there are too many unknowns for the entries to be listed; `squares` is what dense blocks hold. */
function directRoute(
  { sector, generator: make }: Lowered,
  squares: number,
  reference: ArrayLike<number> | undefined,
): (Route & { readonly fill: number }) | undefined {
  const isFull = 2 * sector.size >= squares;
  if (sector.size > (isFull ? MAX_ORDERED : MAX_FACTORISED)) return undefined;
  const generator = make();
  const prepared = prepareSteady(generator);
  return {
    fill: prepared.fill,
    solve: createSteadySolver(generator, { prepared, reference }),
    imagesOf: imagesByMatrices(generator).imagesOf,
    jumpsAt: (parameters) => {
      const slots = generator.slotsAt(parameters);
      return generator.gains().map((entries) => ({ kind: "entries", entries, slots }));
    },
  };
}

function iterativeRoute(
  { denseGenerator }: Lowered,
  { dissipators }: MasterEquation,
  onProgress: (message: string) => void,
): Route {
  const generator = denseGenerator();
  return {
    solve: createLyapunovSolver(generator, { onProgress }),
    imagesOf: (parameters, unknowns) => generator.at(parameters).imagesOf(unknowns),
    jumpsAt: (parameters) => {
      const liouvillian = generator.at(parameters);
      return dissipators.map((_, place) => ({
        kind: "map",
        apply: (x) => liouvillian.gainOf(place, x),
      }));
    },
  };
}

const tooLarge = ({ size, dimension }: Sector): SolveFailure => ({
  kind: "too-large",
  reason: `its ${size} unknowns of a density operator of dimension ${dimension} are too many both to be factorised and to be iterated`,
  advice: "use fewer subsystems, or smaller windows of levels",
});
