import type { MasterEquation } from "../equation/master-equation.ts";
import { parameterSlot } from "../model/parameter-values.ts";
import { type Canonical, canonicalSymbols } from "../scalar/canonical.ts";
import { compileComplex, compileReal, type Evaluator } from "../scalar/compile.ts";
import { type Scalar, symbolsOf } from "../scalar/scalar.ts";
import { scalarFromCanonical } from "../scalar/scalar-from-canonical.ts";
import {
  type CoefficientSlots,
  type ContributionBuilder,
  type Contributions,
  contributionBuilder,
} from "./contributions.ts";
import { type DenseGenerator, denseGenerator } from "./dense-generator.ts";
import { type ElementaryOperator, type ShiftMatrix, shiftMatrix } from "./elementary-operator.ts";
import type { Image } from "./image.ts";
import { type LinearGenerator, placedSum, summation } from "./linear-generator.ts";
import { complementOf, type Neighbours, reachableSector, type Sector, type SectorResult } from "./sector.ts";
import {
  type Expansion,
  expandEquation,
  isRateSymbol,
  ratePlace,
  type Superoperator,
} from "./superoperator.ts";
import { isOddState, type ProductBasis } from "./window.ts";

/**
 * A master equation lowered to real matrices over its reachable sector: L = Σ_k c_k(parameters)·L_k with fixed
 * patterns. Made once; a point of the parameters costs the evaluation of the c_k and a weighted sum.
 */
export interface Generator extends LinearGenerator {
  readonly basis: ProductBasis;
  /** −i[H, ·] */
  readonly hamiltonian: Contributions;
  /** L_b of each dissipator, in the order of the equation. */
  readonly dissipators: readonly Contributions[];
  /** Σ OρO† of each dissipator: what its jumps bring about. */
  readonly gains: () => readonly Contributions[];
  /** The slots that hold one of the given symbols. */
  readonly slotsHolding: (symbols: ReadonlySet<string>) => SlotSubset;
}

/** Some of the slots, to be evaluated without the others. */
export interface SlotSubset {
  /** By slot, whether it is one of them. */
  readonly isIn: readonly boolean[];
  /** Writes their values at given parameters into those of all slots. */
  readonly update: (parameters: ArrayLike<number>, slots: Float64Array) => void;
}

export type LoweringResult =
  | { readonly kind: "lowered"; readonly generator: Generator }
  | { readonly kind: "too-large"; readonly reason: string };

/** Product states beyond which even listing the levels is refused. */
const MAX_DIMENSION = 100_000;

/** Unknowns beyond which a sparse factorisation would need more than a few GiB. */
const MAX_UNKNOWNS = 400_000;

/** Lowers an equation to the windows of a product basis; `also` joins further elements of ρ to the diagonal. */
export function lowerEquation(
  equation: MasterEquation,
  basis: ProductBasis,
  parameterCount: number,
  also?: Neighbours,
): LoweringResult {
  const found = lowerToSector(equation, basis, parameterCount, also);
  return found.kind === "too-large" ? found : { kind: "lowered", generator: found.generator() };
}

/** An equation over its reachable sector, as a sum of sparse matrices or applied to dense blocks, whichever is asked for. */
export type SectorLowering =
  | {
      readonly kind: "found";
      readonly sector: Sector;
      readonly generator: () => Generator;
      readonly denseGenerator: () => DenseGenerator;
    }
  | { readonly kind: "too-large"; readonly reason: string };

/** Finds the reachable sector of an equation in the windows of a product basis; matrices are made when asked for. */
export function lowerToSector(
  equation: MasterEquation,
  basis: ProductBasis,
  parameterCount: number,
  also?: Neighbours,
  limit = MAX_UNKNOWNS,
  expand: Expansion = (windows) => expandEquation(equation, windows),
): SectorLowering {
  if (basis.dimension > MAX_DIMENSION) {
    return {
      kind: "too-large",
      reason: `the windows have ${basis.dimension} product states, more than the ${MAX_DIMENSION} that are tried`,
    };
  }
  const superoperator = expand(basis);
  const matrices = matrixCache(basis);
  const found = sectorOf(superoperator, matrices, basis, also, limit);
  if (found.kind === "too-large") {
    return {
      kind: "too-large",
      reason: `the equation joins more than ${found.limit} matrix elements of a density operator of dimension ${basis.dimension}`,
    };
  }
  const { sector } = found;
  return {
    kind: "found",
    sector,
    generator: () => assembleGenerator(superoperator, matrices, sector, basis, parameterCount),
    denseGenerator: () => denseGenerator(superoperator, matrices, sector, basis, parameterCount),
  };
}

/** The Liouvillian on the elements of ρ outside a sector of the equation, those between even and odd fermion numbers left out. */
export function generatorOutside(
  equation: MasterEquation,
  basis: ProductBasis,
  parameterCount: number,
  sector: Sector,
): Generator {
  const outside = complementOf(sector, (i, j) => isOddState(basis, i) === isOddState(basis, j));
  return assembleGenerator(
    expandEquation(equation, basis),
    matrixCache(basis),
    outside,
    basis,
    parameterCount,
  );
}

/** The matrix elements that an equation joins to the diagonal of ρ in the windows of a basis. */
export const reachableSectorOf = (equation: MasterEquation, basis: ProductBasis): SectorResult =>
  sectorOf(expandEquation(equation, basis), matrixCache(basis), basis);

const sectorOf = (
  superoperator: Superoperator,
  matrices: MatrixCache,
  basis: ProductBasis,
  also?: Neighbours,
  limit = MAX_UNKNOWNS,
): SectorResult =>
  reachableSector(
    basis.dimension,
    superoperator.hamiltonian.map((w) => matrices(w.operator)),
    superoperator.dissipators.flat().map((t) => ({ left: matrices(t.left), right: matrices(t.right) })),
    limit,
    also,
  );

type MatrixCache = (operator: ElementaryOperator) => ShiftMatrix;

function matrixCache(basis: ProductBasis): MatrixCache {
  const cache = new Map<string, ShiftMatrix>();
  return (operator) => {
    const present = cache.get(operator.key);
    if (present) return present;
    const matrix = shiftMatrix(operator, basis);
    cache.set(operator.key, matrix);
    return matrix;
  };
}

function assembleGenerator(
  superoperator: Superoperator,
  matrices: MatrixCache,
  sector: Sector,
  basis: ProductBasis,
  parameterCount: number,
): Generator {
  const slots = slotTable(parameterCount, superoperator.rates);
  const hamiltonian = collect(sector, (builder) => {
    for (const { coefficient, operator } of superoperator.hamiltonian) {
      builder.commutator(matrices(operator), slots.of(coefficient));
    }
  });
  const placed = superoperator.dissipators.map((terms) =>
    terms.map(({ coefficient, left, right }) => ({
      left: matrices(left),
      right: matrices(right),
      slots: slots.of(coefficient),
    })),
  );
  const collectEach = (part: "dissipator" | "gain") =>
    placed.map((terms) =>
      collect(sector, (builder) => {
        for (const term of terms) builder[part](term.left, term.right, term.slots);
      }),
    );
  const dissipators = collectEach("dissipator");
  const sum = placedSum([hamiltonian, ...dissipators], sector.size);
  return {
    basis,
    sector,
    hamiltonian,
    dissipators,
    gains: () => collectEach("gain"),
    slotCount: slots.evaluators().length,
    slotsAt: slotEvaluation(superoperator, slots.evaluators(), parameterCount),
    slotsHolding: slots.holding,
    matrixAt: summation(sum),
    sum,
  };
}

function collect(sector: Sector, fill: (builder: ContributionBuilder) => void): Contributions {
  const builder = contributionBuilder(sector);
  fill(builder);
  return builder.finish();
}

/** Gives each coefficient its slots; coefficients read an array of the parameters followed by the rates. */
function slotTable(parameterCount: number, rates: readonly Scalar[]) {
  const list: Evaluator[] = [];
  // by slot, the symbols of its coefficient
  const symbols: ReadonlySet<string>[] = [];
  const place = (name: string): number =>
    isRateSymbol(name) ? parameterCount + ratePlace(name) : parameterSlot(name);
  return {
    of: (coefficient: Canonical): CoefficientSlots => {
      const { re, im } = compileComplex(scalarFromCanonical(coefficient), place);
      const held = canonicalSymbols(coefficient);
      const push = (evaluator: Evaluator): number => {
        symbols.push(held);
        return list.push(evaluator) - 1;
      };
      return im ? { re: push(re), im: push(im) } : { re: push(re) };
    },
    evaluators: (): readonly Evaluator[] => list,
    holding: (meant: ReadonlySet<string>): SlotSubset => {
      const holds = (names: ReadonlySet<string>) => [...names].some((name) => meant.has(name));
      const inRate = rates.map((rate) => holds(symbolsOf(rate)));
      const isIn = symbols.map(
        (names) => holds(names) || [...names].some((name) => isRateSymbol(name) && inRate[ratePlace(name)]),
      );
      const chosen = [...isIn.keys()].filter((slot) => isIn[slot]);
      const needed = [...new Set(chosen.flatMap((slot) => [...symbols[slot]!].filter(isRateSymbol)))]
        .map(ratePlace)
        .map((rate) => [parameterCount + rate, compileReal(rates[rate]!, parameterSlot)] as const);
      const known = new Float64Array(parameterCount + rates.length);
      return {
        isIn,
        update: (parameters, slots) => {
          for (let k = 0; k < parameterCount; k++) known[k] = parameters[k]!;
          for (const [at, rate] of needed) known[at] = rate(parameters);
          for (const slot of chosen) slots[slot] = list[slot]!(known);
        },
      };
    },
  };
}

function slotEvaluation(
  { rates }: Superoperator,
  evaluators: readonly Evaluator[],
  parameterCount: number,
): Generator["slotsAt"] {
  const rateEvaluators = rates.map((rate) => compileReal(rate, parameterSlot));
  return (parameters) => {
    const known = new Float64Array(parameterCount + rates.length);
    for (let k = 0; k < parameterCount; k++) known[k] = parameters[k]!;
    for (let k = 0; k < rates.length; k++) known[parameterCount + k] = rateEvaluators[k]!(parameters);
    const slots = new Float64Array(evaluators.length);
    for (let k = 0; k < slots.length; k++) slots[k] = evaluators[k]!(known);
    return slots;
  };
}

/** Applies one part of a generator: Tr and expectation values of L_b ρ need no matrix. */
export function applyContributions(
  { row, column, slot, weight }: Contributions,
  slots: Float64Array,
  x: Float64Array,
): Image {
  const change = new Float64Array(x.length);
  const gross = new Float64Array(x.length);
  for (let e = 0; e < row.length; e++) {
    const flow = slots[slot[e]!]! * weight[e]! * x[column[e]!]!;
    change[row[e]!]! += flow;
    gross[row[e]!]! += Math.abs(flow);
  }
  return { change, gross };
}
