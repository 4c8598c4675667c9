import type { NormalForm } from "../algebra/normal-form.ts";
import { generatingHamiltonian } from "../equation/generating-hamiltonian.ts";
import type { Dissipator, JumpTerm, MasterEquation } from "../equation/master-equation.ts";
import { add, type Canonical, conjugate, isZero, multiply, symbolCanonical } from "../scalar/canonical.ts";
import { number, type Scalar, substitute } from "../scalar/scalar.ts";
import {
  type ElementaryOperator,
  expandOperator,
  isExpandedAlike,
  leadsOutside,
  levelCombinations,
  substituteLevels,
  type WeightedElementary,
} from "./elementary-operator.ts";
import type { ProductBasis } from "./window.ts";

/** c·(AρB† − ½{B†A, ρ}), and where A ≠ B its counterpart c*·(BρA† − ½{A†B, ρ}). */
export interface DissipatorTerm {
  readonly coefficient: Canonical;
  readonly left: ElementaryOperator;
  readonly right: ElementaryOperator;
}

/** A master equation as parameters' expressions times fixed superoperators, cancellations already made. */
export interface Superoperator {
  /** −i[Σ c X, ρ], of H or, in a frame, H − G. */
  readonly hamiltonian: readonly WeightedElementary[];
  /** In the order of the equation's dissipators. */
  readonly dissipators: readonly (readonly DissipatorTerm[])[];
  /** Rates, which the coefficients hold as the symbols `r0`, `r1`, …. */
  readonly rates: readonly Scalar[];
}

/** The symbol of the rate at a place in `Superoperator.rates`. */
const rateSymbol = (place: number): string => `r${place}`;

export const isRateSymbol = (name: string): boolean => /^r\d+$/.test(name);

/** The place in `Superoperator.rates` of a rate by its symbol. */
export const ratePlace = (symbol: string): number => Number(symbol.slice(1));

/**
 * Expands an equation in elementary operators. The coefficients of a bath's jumps are summed exactly, as one
 * (Kossakowski) matrix, before any number is known: what cancels between jumps, as between the two of Eq. (17), is
 * gone and joins nothing.
 */
export function expandEquation(equation: MasterEquation, basis: ProductBasis): Superoperator {
  const rates: Scalar[] = [];
  return {
    hamiltonian: expandOperator(generatingHamiltonian(equation), basis),
    dissipators: equation.dissipators.map((d) => expandDissipator(d, basis, rates)),
    rates,
  };
}

/** Expands one equation in any windows. */
export type Expansion = (basis: ProductBasis) => Superoperator;

/** `expandEquation` for several windows; where nothing depends on them it is done once. */
export function expansionOf(equation: MasterEquation): Expansion {
  const jumps = equation.dissipators.flatMap((d) => d.jumps);
  const isAlike =
    jumps.every(({ levelwise }) => levelwise.length === 0) &&
    [generatingHamiltonian(equation), ...jumps.map((j) => j.operator)].every(isExpandedAlike);
  let alike: Superoperator | undefined;
  return (basis) => {
    if (!isAlike) return expandEquation(equation, basis);
    alike ??= expandEquation(equation, basis);
    return alike;
  };
}

function expandDissipator({ jumps }: Dissipator, basis: ProductBasis, rates: Scalar[]): DissipatorTerm[] {
  const matrix = new Map<string, DissipatorTerm>();
  for (const jump of jumps) for (const single of atEachFrequency(jump, basis)) addJump(single, rates, matrix);
  return [...matrix.values()].filter((term) => !isZero(term.coefficient));
}

interface SingleJump {
  readonly operators: readonly WeightedElementary[];
  readonly rate: Scalar;
}

/** A jump whose frequency depends on levels is one jump for each of them. */
function* atEachFrequency(jump: JumpTerm, basis: ProductBasis): Generator<SingleJump> {
  if (jump.levelwise.length === 0) {
    yield { operators: expandOperator(jump.operator, basis), rate: jump.evaluatedRate };
    return;
  }
  for (const levels of levelCombinations(jump.levelwise, basis)) {
    const operators = [...jump.operator.values()].flatMap((term) => {
      if (leadsOutside(term, levels, basis)) return [];
      const form: NormalForm = new Map([
        ["", { ...term, coefficient: substituteLevels(term.coefficient, levels) }],
      ]);
      return expandOperator(form, basis).map(({ coefficient, operator }) => ({
        coefficient,
        operator: { ...operator, only: levels, key: `${operator.key}@${[...levels.values()]}` },
      }));
    });
    const rate = substitute(jump.evaluatedRate, (name) => {
      const level = /^n\d+$/.test(name) ? levels.get(Number(name.slice(1))) : undefined;
      return level === undefined ? undefined : number(level);
    });
    if (operators.length > 0) yield { operators, rate };
  }
}

function addJump(
  { operators, rate }: SingleJump,
  rates: Scalar[],
  matrix: Map<string, DissipatorTerm>,
): void {
  const isUnit = rate.type === "ConstantNode" && rate.toString() === "1";
  if (!isUnit) rates.push(rate);
  const factor = isUnit ? undefined : symbolCanonical(rateSymbol(rates.length - 1));
  for (const a of operators) {
    for (const b of operators) {
      if (a.operator.key > b.operator.key) continue;
      const amplitude = multiply(a.coefficient, conjugate(b.coefficient));
      const coefficient = factor ? multiply(factor, amplitude) : amplitude;
      const key = `${a.operator.key}#${b.operator.key}`;
      const present = matrix.get(key);
      matrix.set(key, {
        coefficient: present ? add(present.coefficient, coefficient) : coefficient,
        left: a.operator,
        right: b.operator,
      });
    }
  }
}
