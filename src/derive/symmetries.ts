import { adjointOperator } from "../algebra/normal-form.ts";
import {
  type SuperoperatorForm,
  sandwich,
  scaleSuperoperator,
  sumSuperoperators,
} from "../algebra/superoperator-form.ts";
import type { Dissipator, JumpTerm, MasterEquation } from "../equation/master-equation.ts";
import {
  displacements,
  type NumberOperator,
  numberAt,
  numberOperators,
} from "../equation/number-operators.ts";
import { reachableSectorOf } from "../lower/generator.ts";
import { spectralLowering } from "../lower/spectral-lowering.ts";
import { levelIn, type ProductBasis } from "../lower/window.ts";
import type { Model } from "../model/model.ts";
import { compileParameters } from "../model/parameter-values.ts";
import {
  type IntegerLattice,
  integerLattice,
  latticeClass,
  orthogonalVectors,
} from "../numerics/integer-lattice.ts";
import { canonicalFromScalar } from "../scalar/canonical-from-scalar.ts";
import { number } from "../scalar/scalar.ts";

/** Σ_k coefficients[k]·K_k with whole coefficients. */
export interface Charge {
  readonly coefficients: readonly number[];
  /** [H, C] = 0 and no jump changes C: its distribution never changes. */
  readonly isConserved: boolean;
}

/** exp(2πi/order · Σ coefficients[k]·K_k) */
export interface DiscreteSymmetry {
  readonly coefficients: readonly number[];
  readonly order: number;
}

/**
 * The weak symmetries of an equation among functions of number-like operators: [H, C] = 0 and each dissipator commutes
 * with [C, ·], decided after the jumps of each bath are summed as one superoperator, so that Eq. (17)'s cross terms are
 * gone. What H and the dissipators may change is a lattice of displacements; charges are orthogonal to it, and its gaps
 * are discrete symmetries.
 */
export interface Symmetries {
  readonly operators: readonly NumberOperator[];
  readonly charges: readonly Charge[];
  readonly discrete: readonly DiscreteSymmetry[];
  readonly lattice: IntegerLattice;
}

export function symmetriesOf(equation: MasterEquation, model: Model): Symmetries {
  const operators = numberOperators(model);
  const displacement = displacements(operators, model);
  const steps = new Map<string, readonly number[]>();
  const jumps = new Map<string, readonly number[]>();
  const add = (into: Map<string, readonly number[]>, v: readonly number[]): void => {
    if (v.some((x) => x !== 0)) into.set(v.join(), v);
  };
  for (const form of [equation.free, equation.interaction]) {
    for (const term of form.values()) add(steps, displacement(term.factors, 0));
  }
  for (const d of equation.dissipators) {
    for (const term of gainOf(jumpsOf(d), equation).form.values()) {
      const left = displacement(term.factors, 0);
      const right = displacement(term.factors, model.subsystems.length);
      add(jumps, left);
      // the right factor of AρB† shifts by −B's amount
      add(
        steps,
        left.map((x, k) => x + right[k]!),
      );
    }
  }
  const lattice = integerLattice(operators.length, steps.values());
  const charges = orthogonalVectors(lattice).map((coefficients) => ({
    coefficients,
    isConserved: [...jumps.values()].every((v) => dot(v, coefficients) === 0),
  }));
  const discrete = lattice.divisors.flatMap((order, i) =>
    order > 1 ? [{ order, coefficients: lattice.columns[i]!.map((c) => centred(c, order)) }] : [],
  );
  return { operators, charges, discrete, lattice };
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, k) => sum + x * b[k]!, 0);

/** c modulo the order, in −order/2 < c ≤ order/2. */
function centred(c: number, order: number): number {
  const rest = ((c % order) + order) % order;
  return rest > order / 2 ? rest - order : rest;
}

/** The jumps of a bath; between eigenstates of H its couplings, whose parts A(ω) change a charge that H keeps as A does. */
const jumpsOf = ({ jumps, spectral, coupling }: Dissipator): readonly JumpTerm[] =>
  spectral
    ? coupling!.operators.map(({ operator }) => ({
        operator,
        rate: number(1),
        evaluatedRate: number(1),
        levelwise: [],
      }))
    : jumps;

/** Σ rate·OρO† of a bath, as one superoperator. */
function gainOf(
  jumps: MasterEquation["dissipators"][number]["jumps"],
  { space }: MasterEquation,
): SuperoperatorForm {
  return sumSuperoperators(
    jumps.map(({ operator, rate, levelwise }) => {
      // jumps of single levels are a part of the whole one: its symmetries are theirs
      const factor = levelwise.length > 0 ? undefined : canonicalFromScalar(rate);
      const whole = sandwich(operator, adjointOperator(operator, space), space);
      return factor ? scaleSuperoperator(whole, factor) : whole;
    }),
    space,
  );
}

/** Numbers of matrix elements of ρ in given windows. */
export interface SectorSizes {
  /** d² */
  readonly all: number;
  /** Those that the symmetries allow in a steady state. */
  readonly charge: number;
  /**
   * Those that the equation joins to the diagonal: the unknowns of the solver, at the model's parameters where they are
   * elements between the eigenstates of H. Undefined where they are too many, "collisions" where they are those that the map
   * of a collision joins.
   */
  readonly reachable: number | "collisions" | undefined;
}

/** Product states up to which eigenstates are looked for only to count the unknowns. */
const MAX_DIAGONALISED = 500;

function spectralSector(equation: MasterEquation, basis: ProductBasis, model: Model): number | undefined {
  if (basis.dimension > MAX_DIAGONALISED) return undefined;
  const lowered = spectralLowering(equation, model, basis)(compileParameters(model.parameters).at([]));
  return lowered.kind === "lowered" ? lowered.point.generator.sector.size : undefined;
}

/** Counts the elements of ρ that the symmetries leave, and those that the solver keeps. */
export function sectorSizes(
  equation: MasterEquation,
  { operators, lattice }: Symmetries,
  basis: ProductBasis,
  model: Model,
): SectorSizes {
  const classes = new Map<string, number>();
  for (let state = 0; state < basis.dimension; state++) {
    const numbers = operators.map((o) => numberAt(levelIn(basis, state, o.subsystem), o, model));
    const key = latticeClass(numbers, lattice);
    classes.set(key, (classes.get(key) ?? 0) + 1);
  }
  let charge = 0;
  for (const size of classes.values()) charge += size * size;
  if (equation.dissipators.some((d) => d.spectral)) {
    const reachable = spectralSector(equation, basis, model);
    return { all: basis.dimension ** 2, charge, reachable };
  }
  if (equation.dissipators.some((d) => d.collision)) {
    return { all: basis.dimension ** 2, charge, reachable: "collisions" };
  }
  const found = reachableSectorOf(equation, basis);
  return {
    all: basis.dimension ** 2,
    charge,
    reachable: found.kind === "found" ? found.sector.size : undefined,
  };
}
