import type { HermitianBlock } from "../lower/hermitian-block.ts";
import type { Image } from "../lower/image.ts";
import { type LinearGenerator, patternOf } from "../lower/linear-generator.ts";
import { conditionEstimate } from "../numerics/condition.ts";
import { solveExtended } from "../numerics/extended-refinement.ts";
import { kernelDimension } from "../numerics/kernel-dimension.ts";
import { type FactoriseResult, factorise, type SparseLu } from "../numerics/sparse-lu.ts";
import { refactorise } from "../numerics/sparse-lu-refactorise.ts";
import { multiply, norm1, type SparseMatrix } from "../numerics/sparse-matrix.ts";
import { symbolicFill } from "../numerics/symbolic-fill.ts";
import { type DensityReader, densityReader } from "./density.ts";
import type { LinearResponse, ResponseOutcome } from "./linear-response.ts";
import { type RepeatedSolve, repeatedSolve, type SystemSolution } from "./repeated-solve.ts";
import { type SteadySystem, type SystemMatrices, steadySystem } from "./steady-system.ts";

/** A steady state with what vouches for it. */
export interface SteadyState {
  readonly unknowns: Float64Array;
  readonly blocks: readonly HermitianBlock[];
  /** Eigenvalues of ρ, in no order. */
  readonly eigenvalues: Float64Array;
  readonly certificate: Certificate;
  /** What each dissipator does to it, where the solver found that, too. */
  readonly images?: readonly Image[];
  /** How the state responds, prepared when asked for; absent of a state on its way. */
  readonly response?: () => LinearResponse;
  /** The state without what it was found with, which is larger by far. */
  readonly bare?: SteadyState;
}

export interface Certificate {
  /** max|Lρ| / (‖L‖₁ max|ρ|), of an iteration with ‖L‖∞ in the place of ‖L‖₁. */
  readonly residual: number;
  readonly traceError: number;
  readonly smallestEigenvalue: number;
  readonly kernelDimension: 1;
  /** Of the factorised system in the 1-norm; of an iteration the relative error of ρ that it may have, over ε. */
  readonly conditionEstimate: number;
  readonly solver: string;
}

/** Why there is no answer that can be vouched for, with what to do about it. */
export interface SolveFailure {
  readonly kind:
    | "not-unique"
    | "singular"
    | "inaccurate"
    | "not-positive"
    | "too-large"
    | "unbounded"
    | "not-finite"
    | "no-clusters"
    | "depends-on-time"
    | "zero-frequency"
    | "bad-rate";
  readonly reason: string;
  readonly advice: string;
  /** Of equations that never join some product states: those of each group. */
  readonly groups?: readonly Int32Array[];
}

export type SteadyOutcome =
  | { readonly kind: "solved"; readonly state: SteadyState }
  | { readonly kind: "failed"; readonly failure: SolveFailure };

/** Relative round-off times condition beyond which fewer than about six digits are certain. */
const MAX_UNCERTAINTY = 1e-6;

/** Eigenvalues of ρ below this are more than round-off. */
const MOST_NEGATIVE = -1e-9;

const MAX_RESIDUAL = 1e-12;

/** Entries of the factors, foreseen from the pattern, beyond which a factorisation takes minutes. */
export const MAX_FILL = 1e7;

export interface SolverOptions {
  /** For equations that do not keep states positive: the certificate says how negative, and that is no failure. */
  readonly mayBeNegative?: boolean;
  /** What `prepareSteady` made of the same generator. */
  readonly prepared?: PreparedSystem;
  /** The point whose pivots serve all points; the first that is solved where absent. */
  readonly reference?: ArrayLike<number> | undefined;
}

/** A linear system whose columns are ordered, and the entries that its factors will have. */
export interface PreparedSystem {
  readonly system: SteadySystem;
  readonly fill: number;
}

/** Solves for steady states of one generator; what does not depend on parameters is done once. */
export type SteadySolver = (parameters: ArrayLike<number>) => SteadyOutcome;

/**
 * A solver of L ρ = 0, Tr ρ = 1 over the reachable sector: sparse LU of the Liouvillian with one balance row replaced
 * by the trace, refined with extended residuals, and certified. Its outcome is a failure (with advice) where the state
 * is not unique, not finite, not positive or not certain. The order of elimination and, wherever they are stable, the
 * pivots of the reference serve all points, so that an answer does not depend on which points were solved before.
 */
export function createSteadySolver(generator: LinearGenerator, options: SolverOptions = {}): SteadySolver {
  const { sector } = generator;
  if (sector.components.length > 1) return () => failed(severalComponents(sector.components));
  let { prepared } = options;
  let pivots: Pivots | undefined;
  const density = densityReader(sector);
  /** The factors of the last point; those on the pivots of the reference are overwritten by the next one. */
  let last: { readonly slots: Float64Array; readonly lu: SparseLu } | undefined;
  const factorsAt = (slots: Float64Array, { system }: PreparedSystem, matrix: SparseMatrix) => {
    const result = factorisedBy(pivots?.lu, matrix, system);
    last = result.kind === "factorised" ? { slots, lu: result.lu } : undefined;
    return result;
  };
  const responseAt = (slots: Float64Array, found: PreparedSystem, stateError: number): LinearResponse => {
    const matrices = found.system.at(slots);
    return {
      stateError,
      respond: (right) => {
        // other points may have been solved since, on the same pivots
        if (last?.slots !== slots) factorsAt(slots, found, matrices.system);
        if (!last) throw new Error("a system that was factorised before");
        return respondDirectly(matrices, found.system.traceRow, last.lu, right);
      },
    };
  };
  const solutionAt = (slots: Float64Array, found: PreparedSystem): SystemSolution | SolveFailure => {
    const { system } = found;
    const repeated = pivots?.repeated?.at(slots);
    if (repeated) {
      last = { slots, lu: pivots!.lu! };
      return repeated;
    }
    const matrices = system.at(slots);
    const result = factorsAt(slots, found, matrices.system);
    switch (result.kind) {
      case "too-large":
        return tooLarge(sector.size, result.needed);
      case "not-finite":
        return NOT_FINITE;
      case "singular":
        return notUnique(matrices.liouvillian);
      case "factorised":
        return solveSystem(matrices, system.traceRow, result.lu);
    }
  };
  return (parameters) => {
    const slots = generator.slotsAt(parameters);
    for (const slot of slots) if (!Number.isFinite(slot)) return failed(NOT_FINITE);
    prepared ??= prepareSteady(generator);
    if (prepared.fill > MAX_FILL) return failed(tooLarge(sector.size, prepared.fill));
    const found = prepared;
    pivots ??= pivotsOf(generator, found.system, options.reference, slots);
    const solution = solutionAt(slots, found);
    if ("reason" in solution) return failed(solution);
    const { condition, lastCorrection } = solution;
    const isCertain = condition * Number.EPSILON < MAX_UNCERTAINTY && lastCorrection < MAX_UNCERTAINTY;
    if (!isCertain) return failed(illConditioned(generator.matrixAt(slots).matrix, condition));
    // a correction leaves ε·condition of what it corrects
    const stateError = Math.max(lastCorrection, Number.EPSILON) * condition * Number.EPSILON;
    return certify(density, solution, options, () => responseAt(slots, found, stateError));
  };
}

/** What the points of a solver are factorised on, and the kernels that do it where it is for many points. */
interface Pivots {
  readonly lu: SparseLu | undefined;
  readonly repeated?: RepeatedSolve;
}

/** Orders the linear system of a generator and foresees its factors, as far as `MAX_FILL`. */
export function prepareSteady(generator: LinearGenerator): PreparedSystem {
  const system = steadySystem(generator);
  return { system, fill: symbolicFill(patternOf(generator), system.order, MAX_FILL) };
}

const factoriseAnew = (matrix: SparseMatrix, { order, traceRow }: SteadySystem): FactoriseResult =>
  factorise(matrix, order, { deferredRows: [traceRow] });

function pivotsOf(
  generator: LinearGenerator,
  system: SteadySystem,
  reference: ArrayLike<number> | undefined,
  slots: Float64Array,
): Pivots {
  const found = factoriseAnew(system.at(reference ? generator.slotsAt(reference) : slots).system, system);
  if (found.kind !== "factorised") return { lu: undefined };
  const { lu } = found;
  const repeated = reference && generator.sum && repeatedSolve(generator.sum, system, lu);
  return repeated ? { lu: repeated.lu, repeated } : { lu };
}

/** Factors on given pivots where these are stable, else with pivots of their own. */
function factorisedBy(
  pivots: SparseLu | undefined,
  matrix: SparseMatrix,
  system: SteadySystem,
): FactoriseResult {
  const again = pivots && refactorise(pivots, matrix);
  if (pivots && again?.kind === "factorised") return { kind: "factorised", lu: pivots, fill: 0 };
  return factoriseAnew(matrix, system);
}

function respondDirectly(
  { system, low }: SystemMatrices,
  traceRow: number,
  lu: SparseLu,
  right: Float64Array,
): ResponseOutcome {
  const withTrace = right.slice();
  withTrace[traceRow] = 0;
  const { x, lastCorrection } = solveExtended(system, low, lu, withTrace);
  return lastCorrection < MAX_UNCERTAINTY
    ? { kind: "found", x, relativeError: Math.max(lastCorrection, Number.EPSILON) }
    : { kind: "failed", reason: "its linear system is too nearly singular" };
}

function solveSystem(
  { liouvillian, system, low, traceWeight }: SystemMatrices,
  traceRow: number,
  lu: SparseLu,
): SystemSolution {
  const right = new Float64Array(system.rows);
  right[traceRow] = traceWeight;
  const { x, lastCorrection } = solveExtended(system, low, lu, right);
  return {
    unknowns: x,
    lastCorrection,
    condition: conditionEstimate(system, lu),
    residual: maxAbs(multiply(liouvillian, x)) / (norm1(liouvillian) * maxAbs(x)),
  };
}

const failed = (failure: SolveFailure): SteadyOutcome => ({ kind: "failed", failure });

const tooLarge = (size: number, fill: number): SolveFailure => ({
  kind: "too-large",
  reason: `its linear system of ${size} unknowns would take at least ${fill} numbers and many minutes to factorise`,
  advice: "use fewer subsystems, or smaller windows of levels",
});

const NOT_FINITE: SolveFailure = {
  kind: "not-finite",
  reason: "a rate or a coefficient of the equation is infinite or not a number at this point",
  advice: "look for a Bohr frequency of zero, a root of a negative number or an infinite temperature",
};

/** Of a sector that falls into several components. */
export const severalComponents = (groups: readonly Int32Array[]): SolveFailure => ({
  kind: "not-unique",
  reason: `the equation never joins ${groups.length} groups of levels: each keeps its population, and the steady state depends on where it started`,
  advice: "couple a bath to what is conserved, or ask for the evolution from an initial state",
  groups,
});

function notUnique(liouvillian: SparseMatrix): SolveFailure {
  const kernel = kernelDimension(liouvillian);
  const dimension = kernel && kernel.dimension > 1 ? `${kernel.dimension}` : "at least 2";
  return {
    kind: "not-unique",
    reason: `the steady state is not unique: the kernel of the Liouvillian has dimension ${dimension}`,
    advice:
      "look for a subsystem that no bath reaches (a coupling or a rate that is zero), or ask for the evolution from an initial state",
  };
}

function illConditioned(liouvillian: SparseMatrix, condition: number): SolveFailure {
  const kernel = kernelDimension(liouvillian);
  if (kernel && kernel.dimension > 1) return notUnique(liouvillian);
  return {
    kind: "singular",
    reason: `the linear system is too nearly singular (condition ${condition.toExponential(1)}): the slowest relaxation is slower than round-off can resolve`,
    advice: "bring the smallest rate nearer to the others, or leave out what it belongs to",
  };
}

function certify(
  density: DensityReader,
  { unknowns, condition, residual, images }: SystemSolution,
  { mayBeNegative = false }: SolverOptions,
  response: () => LinearResponse,
): SteadyOutcome {
  const eigenvalues = density.eigenvalues(unknowns);
  let trace = 0;
  let smallestEigenvalue = Number.POSITIVE_INFINITY;
  for (const p of eigenvalues) {
    trace += p;
    smallestEigenvalue = Math.min(smallestEigenvalue, p);
  }
  if (!(residual < MAX_RESIDUAL)) {
    return failed({
      kind: "inaccurate",
      reason: `the solution leaves a residual of ${residual.toExponential(1)}, relative to the Liouvillian`,
      advice: "check the orders of magnitude of the rates",
    });
  }
  if (smallestEigenvalue < MOST_NEGATIVE && !mayBeNegative) {
    return failed({
      kind: "not-positive",
      reason: `the solution is not a density operator: its smallest eigenvalue is ${smallestEigenvalue.toExponential(2)}`,
      advice: "check that no rate is negative at this point",
    });
  }
  const certificate: Certificate = {
    residual,
    traceError: Math.abs(trace - 1),
    smallestEigenvalue,
    kernelDimension: 1,
    conditionEstimate: condition,
    solver: "sparse LU, refined with residuals in double-double precision",
  };
  return { kind: "solved", state: stateOf(density, unknowns, images, eigenvalues, certificate, response) };
}

/** Few quantities need the blocks, so that they are made when the first one does. */
function stateOf(
  density: DensityReader,
  unknowns: Float64Array,
  images: readonly Image[] | undefined,
  eigenvalues: Float64Array,
  certificate: Certificate,
  response: () => LinearResponse,
): SteadyState {
  let blocks: readonly HermitianBlock[] | undefined;
  const bare: SteadyState = {
    unknowns,
    get blocks() {
      blocks ??= density.blocks(unknowns);
      return blocks;
    },
    eigenvalues,
    certificate,
  };
  return {
    unknowns,
    get blocks() {
      return bare.blocks;
    },
    eigenvalues,
    certificate,
    ...(images && { images }),
    response,
    bare,
  };
}

function maxAbs(x: Float64Array): number {
  let most = 0;
  for (let i = 0; i < x.length; i++) most = Math.max(most, Math.abs(x[i]!));
  return most;
}
