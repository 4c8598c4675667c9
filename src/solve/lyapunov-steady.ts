import type { DenseGenerator, DenseLiouvillian } from "../lower/dense-generator.ts";
import {
  type GmresOutcome,
  gmres,
  type KrylovSpace,
  krylovNumbers,
  krylovSpace,
  type LinearMap,
  norm,
} from "../numerics/gmres.ts";
import { createKernels } from "../numerics/kernels.ts";
import { randomVector } from "../numerics/random-vector.ts";
import { blockEigenvalues, densityBlocks } from "./density.ts";
import type { LinearResponse } from "./linear-response.ts";
import { lyapunovPreconditioner, type Preconditioner } from "./lyapunov-preconditioner.ts";
import type { SolveFailure, SteadyOutcome, SteadySolver } from "./steady-state.ts";

export interface LyapunovOptions {
  /** Told from time to time how far the iteration is. */
  readonly onProgress?: (message: string) => void;
  readonly populations?: Preconditioner["populations"];
}

/** Relative residuals of the preconditioned system: what is asked for, and what is good enough where it stalls. */
const TOLERANCE = 1e-14;
const ENOUGH = 1e-7;

/** Of the solve that judges uniqueness, far below the 1/√size that a random vector has in one direction. */
const CHECK_TOLERANCE = 1e-6;

const MAX_STEPS = 1500;

/** Numbers that the Krylov space may hold: 0.8 GB. */
const MAX_KRYLOV = 1e8;

const LARGEST_RESTART = 200;
const SMALLEST_RESTART = 30;

/** max|Lρ| / (‖L‖∞ max|ρ|) beyond which there is no answer. */
const MAX_RESIDUAL = 1e-12;

/** Eigenvalues of ρ below this are more than round-off. */
const MOST_NEGATIVE = -1e-9;

/** An estimated relative error beyond which fewer than about six digits are certain. */
const MAX_UNCERTAINTY = 1e-6;

/** A matrix on which the preconditioned system is smaller than this is in the kernel. */
const KERNEL = 1e-12;

/**
 * Steady states by iteration, where no factorisation is small: GMRES on S(Lρ) + (tr ρ/d)·1 = 1/d with S a solve of the
 * part of L that the eigenstates of H decouple (`lyapunovPreconditioner`). L is applied to dense blocks of ρ in the product
 * basis; the unknowns are the real ones of the sector, so that a symmetry counts as in `createSteadySolver`. A restarted
 * cycle starts from a residual of its own, and ends where round-off is reached.
 *
 * Uniqueness is judged by a second solve, for what round-off in Lρ would do to ρ: a system that is singular has no solution
 * for such a random right-hand side, and one that is nearly so a large one. Its size is the condition estimate: times ε,
 * about the relative error of ρ. Where it is too large a kernel is looked for.
 */
export function createLyapunovSolver(generator: DenseGenerator, options: LyapunovOptions = {}): SteadySolver {
  const { sector } = generator;
  if (sector.components.length > 1) throw new Error("one component of a sector is needed");
  return (parameters) => {
    const liouvillian = generator.at(parameters);
    if (!liouvillian.isFinite) return failed(NOT_FINITE);
    const first = iterate(generator, liouvillian, options.populations ?? "joint", options);
    const mayImprove = first.populations === "joint" && options.populations === undefined;
    const { outcome, populations } =
      mayImprove && isUndecided(first.outcome)
        ? // where coherences outrun their rate equation, to solve it first only amplifies round-off
          iterate(generator, liouvillian, "single", options)
        : first;
    if (outcome.kind === "failed") return outcome;
    const at = Float64Array.from(parameters);
    const stateError = outcome.state.certificate.conditionEstimate * Number.EPSILON;
    const response = (): LinearResponse => ({
      respond: iterativeResponse(generator, at, populations!, options),
      stateError,
    });
    return { kind: "solved", state: { ...outcome.state, response } };
  };
}

/** Made anew from the parameters: what an iteration holds is too large to be kept for a question that may never come. */
function iterativeResponse(
  generator: DenseGenerator,
  parameters: Float64Array,
  populations: Preconditioner["populations"],
  { onProgress }: LyapunovOptions,
): LinearResponse["respond"] {
  const liouvillian = generator.at(parameters);
  const preconditioner = lyapunovPreconditioner(generator, liouvillian, populations);
  if (!preconditioner) return () => ({ kind: "failed", reason: NO_EIGENBASIS.reason });
  const { map } = preconditionedSystem(generator, liouvillian, preconditioner);
  const search = searchIn(generator.sector.size);
  return (right) => {
    const conditioned = new Float64Array(right.length);
    preconditioner.apply(right, conditioned);
    const found = gmres(map, conditioned, undefined, {
      ...search,
      tolerance: TOLERANCE,
      onStep: progressOf("response", onProgress),
    });
    return found.residual <= ENOUGH
      ? { kind: "found", x: found.x, relativeError: found.residual * spread(found) }
      : { kind: "failed", reason: tooSlow(found).reason };
  };
}

const isUndecided = (outcome: SteadyOutcome): boolean =>
  outcome.kind === "failed" && (outcome.failure.kind === "inaccurate" || outcome.failure.kind === "singular");

interface Attempt {
  readonly outcome: SteadyOutcome;
  readonly populations?: Preconditioner["populations"];
}

function iterate(
  generator: DenseGenerator,
  liouvillian: DenseLiouvillian,
  populations: Preconditioner["populations"],
  { onProgress }: LyapunovOptions,
): Attempt {
  const { sector } = generator;
  const preconditioner = lyapunovPreconditioner(generator, liouvillian, populations);
  if (!preconditioner) return { outcome: failed(NO_EIGENBASIS) };
  const end = (outcome: SteadyOutcome): Attempt => ({ outcome, populations: preconditioner.populations });
  const system = preconditionedSystem(generator, liouvillian, preconditioner);
  const search = searchIn(sector.size);
  const steps = (what: string) => progressOf(what, onProgress);
  const found = gmres(system.map, system.unit, undefined, {
    ...search,
    tolerance: TOLERANCE,
    onStep: steps("steady state"),
  });
  if (found.kind === "not-finite") return end(failed(NOT_FINITE));
  if (!(found.residual <= ENOUGH)) return end(failed(tooSlow(found)));
  const check = noiseSolve(system, liouvillian, preconditioner, found.x, search, steps("uniqueness"));
  const lost = found.residual * Math.max(spread(found), spread(check.outcome));
  const condition = Math.max(lost / Number.EPSILON, check.amplification);
  if (check.outcome.kind !== "converged" || !(condition * Number.EPSILON < MAX_UNCERTAINTY)) {
    onProgress?.("looking for a second steady state");
    const isSingular = hasKernel(system, sector.size, search);
    return end(failed(isSingular ? NOT_UNIQUE : illConditioned(condition)));
  }
  return end(certify(generator, liouvillian, found, { ...check, condition }, preconditioner));
}

const progressOf =
  (what: string, onProgress: LyapunovOptions["onProgress"]) => (count: number, residual: number) => {
    if (count % 10 === 0) onProgress?.(`${what}: step ${count}, residual ${residual.toExponential(1)}`);
    return true;
  };

/** The most numbers held at once, 8 bytes each. */
export function lyapunovMemory(size: number, squares: number): number {
  return (restartFor(size) + 8) * size + 24 * squares;
}

/** How far GMRES goes, and where: solves that follow each other share one Krylov space. */
interface Search {
  readonly restart: number;
  readonly maxSteps: number;
  readonly space: KrylovSpace;
}

function searchIn(size: number): Search {
  const restart = restartFor(size);
  const kernels = createKernels(krylovNumbers(size, restart));
  return { restart, maxSteps: MAX_STEPS, space: krylovSpace(kernels, size, restart) };
}

const restartFor = (size: number): number =>
  Math.max(SMALLEST_RESTART, Math.min(LARGEST_RESTART, Math.floor(MAX_KRYLOV / size)));

interface System {
  /** X ↦ S(LX) + (tr X/d)·1 */
  readonly map: LinearMap;
  /** 1/d */
  readonly unit: Float64Array;
  /** The unknowns on the diagonal. */
  readonly diagonal: Int32Array;
}

function preconditionedSystem(
  { sector }: DenseGenerator,
  liouvillian: DenseLiouvillian,
  preconditioner: Preconditioner,
): System {
  const { size, dimension } = sector;
  const diagonal = Int32Array.from(
    Array.from(sector.row.keys()).filter((k) => sector.row[k] === sector.column[k]),
    (k) => sector.unknown[k]!,
  );
  const image = new Float64Array(size);
  const unit = new Float64Array(size);
  for (const u of diagonal) unit[u] = 1 / dimension;
  const map: LinearMap = (x, out) => {
    liouvillian.apply(x, image);
    preconditioner.apply(image, out);
    let trace = 0;
    for (const u of diagonal) trace += x[u]!;
    for (const u of diagonal) out[u]! += trace / dimension;
  };
  return { map, unit, diagonal };
}

/** About the condition of a system, from below. */
const spread = ({ range }: GmresOutcome): number =>
  range.smallest > 0 && range.largest > 0 ? range.largest / range.smallest : 1;

interface Check {
  /** How much larger than ε the relative error of ρ is that round-off in Lρ leads to. */
  readonly amplification: number;
  readonly outcome: GmresOutcome;
}

/**
 * Solves for what round-off in Lρ does to ρ: numbers of random sign and without trace, each as large as the sum of the
 * moduli that it comes from.
 */
function noiseSolve(
  { map, diagonal }: System,
  { grossOf }: DenseLiouvillian,
  { apply }: Preconditioner,
  x: Float64Array,
  search: Search,
  onStep: (count: number, residual: number) => boolean,
): Check {
  const gross = grossOf(x);
  const noise = randomVector(x.length).map((v, i) => v * gross[i]!);
  let trace = 0;
  for (const u of diagonal) trace += noise[u]!;
  for (const u of diagonal) noise[u]! -= trace / diagonal.length;
  const right = new Float64Array(x.length);
  apply(noise, right);
  const outcome = gmres(map, right, undefined, {
    ...search,
    tolerance: CHECK_TOLERANCE,
    onStep,
  });
  return { amplification: Math.max(1, norm(outcome.x) / norm(x)), outcome };
}

/**
 * Whether the system is singular: solves for a random X whose image is known. The error E that is left holds what the
 * system maps to nearly nothing; where it is large it is taken for X in its turn, as in inverse iteration.
 */
function hasKernel({ map }: System, size: number, search: Search): boolean {
  let x = randomVector(size);
  const image = new Float64Array(size);
  for (let round = 0; round < KERNEL_ROUNDS; round++) {
    map(x, image);
    const grown = norm(image);
    const found = gmres(map, image, undefined, { ...search, tolerance: CHECK_TOLERANCE });
    const error = x.map((v, i) => v - found.x[i]!);
    map(error, image);
    const share = norm(error) / norm(x);
    if (norm(image) <= KERNEL * Math.max(1, grown / norm(x)) * norm(error)) return true;
    // a kernel has about 1/√size of a random vector, and all of what is left of one
    if (share < SETTLED / Math.sqrt(size)) return false;
    x = error.map((v) => v / norm(error));
  }
  return false;
}

const KERNEL_ROUNDS = 4;

const SETTLED = 1e-2;

function certify(
  { sector, layout }: DenseGenerator,
  { apply, grossOf }: DenseLiouvillian,
  { x, residual: preconditioned, steps }: GmresOutcome,
  check: Check & { readonly condition: number },
  { populations, isReal }: Preconditioner,
): SteadyOutcome {
  const trace = traceOf(sector, x);
  const unknowns = x.map((v) => v / trace);
  const image = new Float64Array(unknowns.length);
  apply(unknowns, image);
  const rowSum = maxAbs(grossOf(new Float64Array(unknowns.length).fill(1)));
  const residual = maxAbs(image) / (rowSum * maxAbs(unknowns));
  const blocks = densityBlocks(sector, unknowns);
  const eigenvalues = blockEigenvalues(blocks);
  const sum = eigenvalues.reduce((s, p) => s + p, 0);
  const smallestEigenvalue = eigenvalues.reduce((least, p) => Math.min(least, p), Number.POSITIVE_INFINITY);
  if (!(residual < MAX_RESIDUAL)) return failed(inaccurate(residual));
  if (smallestEigenvalue < MOST_NEGATIVE) return failed(notPositive(smallestEigenvalue));
  const largest = layout.blocks.reduce((most, b) => Math.max(most, b.states.length), 0);
  const solver = [
    `GMRES, ${steps} steps to ${preconditioned.toExponential(1)}`,
    `preconditioned by the ${isReal ? "real " : ""}eigenstates of H (blocks of up to ${largest} states, ${populations === "joint" ? "all populations at once" : "each population by itself"})`,
    `uniqueness judged by a second solve, ${check.outcome.steps} steps`,
  ].join(", ");
  return {
    kind: "solved",
    state: {
      unknowns,
      blocks,
      eigenvalues,
      certificate: {
        residual,
        traceError: Math.abs(sum - 1),
        smallestEigenvalue,
        kernelDimension: 1,
        conditionEstimate: check.condition,
        solver,
      },
    },
  };
}

function traceOf({ row, column, unknown }: DenseGenerator["sector"], x: Float64Array): number {
  let trace = 0;
  for (let k = 0; k < row.length; k++) if (row[k] === column[k]) trace += x[unknown[k]!]!;
  return trace;
}

const maxAbs = (x: Float64Array): number => x.reduce((most, v) => Math.max(most, Math.abs(v)), 0);

const failed = (failure: SolveFailure): SteadyOutcome => ({ kind: "failed", failure });

const NOT_FINITE: SolveFailure = {
  kind: "not-finite",
  reason: "a rate or a coefficient of the equation is infinite or not a number at this point",
  advice: "look for a Bohr frequency of zero, a root of a negative number or an infinite temperature",
};

const NO_EIGENBASIS: SolveFailure = {
  kind: "inaccurate",
  reason: "the eigenstates of the Hamiltonian, which the iteration needs, were not found",
  advice: "check the orders of magnitude of the energies",
};

const NOT_UNIQUE: SolveFailure = {
  kind: "not-unique",
  reason: "the steady state is not unique: the kernel of the Liouvillian has dimension at least 2",
  advice:
    "look for a subsystem that no bath reaches (a coupling or a rate that is zero), or ask for the evolution from an initial state",
};

const tooSlow = ({ kind, steps, residual }: GmresOutcome): SolveFailure => ({
  kind: "inaccurate",
  reason: `the iteration ${kind === "stalled" ? "stalls" : "ends"} after ${steps} steps with a residual of ${residual.toExponential(1)}`,
  advice: "use fewer subsystems or smaller windows of levels, so that the equations can be factorised",
});

const illConditioned = (condition: number): SolveFailure => ({
  kind: "singular",
  reason: `the linear system is too nearly singular (condition ${condition.toExponential(1)}): the slowest relaxation is slower than round-off can resolve`,
  advice: "bring the smallest rate nearer to the others, or leave out what it belongs to",
});

const inaccurate = (residual: number): SolveFailure => ({
  kind: "inaccurate",
  reason: `the solution leaves a residual of ${residual.toExponential(1)}, relative to the Liouvillian`,
  advice: "check the orders of magnitude of the rates",
});

const notPositive = (smallest: number): SolveFailure => ({
  kind: "not-positive",
  reason: `the solution is not a density operator: its smallest eigenvalue is ${smallest.toExponential(2)}`,
  advice: "check that no rate is negative at this point",
});
