import type { Generator } from "../lower/generator.ts";
import type { HermitianBlock } from "../lower/hermitian-block.ts";
import { conditionEstimate } from "../numerics/condition.ts";
import { kernelDimension } from "../numerics/kernel-dimension.ts";
import { minimumDegree } from "../numerics/minimum-degree.ts";
import { solveRefined } from "../numerics/refine.ts";
import { factorise } from "../numerics/sparse-lu.ts";
import { fromTriplets, multiply, norm1, type SparseMatrix } from "../numerics/sparse-matrix.ts";
import { blockEigenvalues, densityBlocks } from "./density.ts";

/** A steady state with what vouches for it. */
export interface SteadyState {
  readonly unknowns: Float64Array;
  readonly blocks: readonly HermitianBlock[];
  /** Eigenvalues of ρ, in no order. */
  readonly eigenvalues: Float64Array;
  readonly certificate: Certificate;
}

export interface Certificate {
  /** max|Lρ| / (‖L‖₁ max|ρ|) */
  readonly residual: number;
  readonly traceError: number;
  readonly smallestEigenvalue: number;
  readonly kernelDimension: 1;
  readonly conditionEstimate: number;
  readonly solver: string;
}

/** Why there is no answer that can be vouched for, with what to do about it. */
export interface SolveFailure {
  readonly kind: "not-unique" | "singular" | "inaccurate" | "not-positive" | "too-large" | "not-finite";
  readonly reason: string;
  readonly advice: string;
}

export type SteadyOutcome =
  | { readonly kind: "solved"; readonly state: SteadyState }
  | { readonly kind: "failed"; readonly failure: SolveFailure };

/** Relative round-off times condition beyond which fewer than about six digits are certain. */
const MAX_UNCERTAINTY = 1e-6;

/** Eigenvalues of ρ below this are more than round-off. */
const MOST_NEGATIVE = -1e-9;

const MAX_RESIDUAL = 1e-12;

/**
 * The steady state L ρ = 0, Tr ρ = 1 over the reachable sector: sparse LU of the Liouvillian with one balance row
 * replaced by the trace, refined, and certified. Fails (with advice) where it is not unique, not finite, not positive
 * or not certain.
 */
export function steadyState(generator: Generator, parameters: ArrayLike<number>): SteadyOutcome {
  const { sector } = generator;
  if (sector.components.length > 1) return failed(severalComponents(sector.components.length));
  const slots = generator.slotsAt(parameters);
  if (!slots.every(Number.isFinite)) return failed(NOT_FINITE);
  const liouvillian = generator.matrixAt(slots);
  const traceRow = rowToReplace(generator);
  const system = withTraceRow(liouvillian, generator, traceRow);
  const factorised = factorise(system, minimumDegree(system, [traceRow]), { deferredRows: [traceRow] });
  switch (factorised.kind) {
    case "too-large":
      return failed({
        kind: "too-large",
        reason: `the factors of the linear system would hold more than ${factorised.needed} numbers`,
        advice: "make windows smaller, or use fewer subsystems",
      });
    case "not-finite":
      return failed(NOT_FINITE);
    case "singular":
      return failed(notUnique(liouvillian));
    case "factorised":
      break;
  }
  const rightHandSide = new Float64Array(sector.size);
  rightHandSide[traceRow] = 1;
  const { lu } = factorised;
  const solution = solveRefined(system, lu, rightHandSide, 3);
  const condition = conditionEstimate(system, lu);
  if (!(condition * Number.EPSILON < MAX_UNCERTAINTY)) return failed(illConditioned(liouvillian, condition));
  return certify(generator, liouvillian, solution.x, condition);
}

const failed = (failure: SolveFailure): SteadyOutcome => ({ kind: "failed", failure });

const NOT_FINITE: SolveFailure = {
  kind: "not-finite",
  reason: "a rate or a coefficient of the equation is infinite or not a number at this point",
  advice: "look for a Bohr frequency of zero, a root of a negative number or an infinite temperature",
};

const severalComponents = (count: number): SolveFailure => ({
  kind: "not-unique",
  reason: `the equation never joins ${count} groups of levels: each keeps its population, and the steady state depends on where it started`,
  advice:
    "couple a bath to the part that conserves something, or ask for the evolution from an initial state",
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

/** The balance row that the trace replaces: any row of a diagonal element may go, since over those columns sum to zero. */
function rowToReplace({ sector }: Generator): number {
  for (let k = sector.row.length - 1; k >= 0; k--)
    if (sector.row[k] === sector.column[k]) return sector.unknown[k]!;
  throw new Error("a sector holds a diagonal element");
}

function withTraceRow(liouvillian: SparseMatrix, { sector }: Generator, traceRow: number): SparseMatrix {
  const { columnStarts, rowIndices, values } = liouvillian;
  const rows: number[] = [];
  const columns: number[] = [];
  const entries: number[] = [];
  for (let column = 0; column < liouvillian.columns; column++) {
    for (let e = columnStarts[column]!; e < columnStarts[column + 1]!; e++) {
      if (rowIndices[e] === traceRow) continue;
      rows.push(rowIndices[e]!);
      columns.push(column);
      entries.push(values[e]!);
    }
  }
  for (let k = 0; k < sector.row.length; k++) {
    if (sector.row[k] !== sector.column[k]) continue;
    rows.push(traceRow);
    columns.push(sector.unknown[k]!);
    entries.push(1);
  }
  return fromTriplets(liouvillian.rows, liouvillian.columns, rows, columns, entries);
}

function certify(
  generator: Generator,
  liouvillian: SparseMatrix,
  unknowns: Float64Array,
  condition: number,
): SteadyOutcome {
  const image = multiply(liouvillian, unknowns);
  const largest = maxAbs(unknowns);
  const residual = maxAbs(image) / (norm1(liouvillian) * largest);
  const blocks = densityBlocks(generator.sector, unknowns);
  const eigenvalues = blockEigenvalues(blocks);
  const trace = eigenvalues.reduce((sum, p) => sum + p, 0);
  const smallestEigenvalue = eigenvalues.reduce((least, p) => Math.min(least, p), Number.POSITIVE_INFINITY);
  if (!(residual < MAX_RESIDUAL)) {
    return failed({
      kind: "inaccurate",
      reason: `the solution leaves a residual of ${residual.toExponential(1)}, relative to the Liouvillian`,
      advice: "check the orders of magnitude of the rates",
    });
  }
  if (smallestEigenvalue < MOST_NEGATIVE) {
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
    solver: "sparse LU, refined",
  };
  return { kind: "solved", state: { unknowns, blocks, eigenvalues, certificate } };
}

const maxAbs = (x: Float64Array): number => x.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
