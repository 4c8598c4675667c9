import {
  type Canonical,
  canonicalSymbols,
  constant,
  ONE,
  substituteCanonical,
  symbolCanonical,
} from "../scalar/canonical.ts";
import {
  adjointOperator,
  areEqual,
  levelSymbol,
  multiplyOperators,
  type NormalForm,
  type Space,
  scalarOperator,
  scaleOperator,
  sumOperators,
  type Term,
  termKey,
} from "./normal-form.ts";

/**
 * A superoperator Σ A ρ B as a normal form over two copies of the space: A on the first, B on the second. The map from
 * superoperators to these forms is linear and one to one, so that two superoperators are equal when their forms are.
 */
export interface SuperoperatorForm {
  readonly form: NormalForm;
  /** Of the operators, not of the two copies. */
  readonly space: Space;
}

const IDENTITY = scalarOperator(ONE);
const MINUS_HALF = constant(-0.5);

const doubled = (space: Space): Space => [...space, ...space];

/** ρ ↦ AρB. */
export function sandwich(a: NormalForm, b: NormalForm, space: Space): SuperoperatorForm {
  return { form: multiplyOperators(a, secondCopy(b, space.length), doubled(space)), space };
}

/** The same operator on subsystems that stand `by` places later. */
export function secondCopy(operator: NormalForm, by: number): NormalForm {
  const moved = [...operator.values()].map(({ factors, coefficient }): Term => {
    const isLevel = [...canonicalSymbols(coefficient)].some((s) => /^n\d+$/.test(s));
    return {
      factors: new Map([...factors].map(([s, f]) => [s + by, f] as const)),
      coefficient: isLevel ? withMovedLevels(coefficient, by) : coefficient,
    };
  });
  return new Map(moved.map((term) => [termKey(term.factors), term]));
}

const withMovedLevels = (coefficient: Canonical, by: number): Canonical =>
  substituteCanonical(coefficient, (name) =>
    /^n\d+$/.test(name) ? symbolCanonical(levelSymbol(Number(name.slice(1)) + by)) : undefined,
  );

export function sumSuperoperators(terms: readonly SuperoperatorForm[], space: Space): SuperoperatorForm {
  return {
    form: sumOperators(
      terms.map((t) => t.form),
      doubled(space),
    ),
    space,
  };
}

export const scaleSuperoperator = ({ form, space }: SuperoperatorForm, by: Canonical): SuperoperatorForm => ({
  form: scaleOperator(form, by),
  space,
});

export const areEqualSuperoperators = (a: SuperoperatorForm, b: SuperoperatorForm): boolean =>
  areEqual(a.form, b.form, doubled(a.space));

/** ρ ↦ OρO† − ½(O†Oρ + ρO†O). */
export function dissipatorForm(jump: NormalForm, space: Space): SuperoperatorForm {
  const adjoint = adjointOperator(jump, space);
  const square = multiplyOperators(adjoint, jump, space);
  return sumSuperoperators(
    [
      sandwich(jump, adjoint, space),
      scaleSuperoperator(sandwich(square, IDENTITY, space), MINUS_HALF),
      scaleSuperoperator(sandwich(IDENTITY, square, space), MINUS_HALF),
    ],
    space,
  );
}
