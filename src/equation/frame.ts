import {
  adjointOperator,
  areEqual,
  commutator,
  type NormalForm,
  type Space,
  scaleOperator,
  sumOperators,
} from "../algebra/normal-form.ts";
import {
  areEqualSuperoperators,
  sandwich,
  scaleSuperoperator,
  sumSuperoperators,
} from "../algebra/superoperator-form.ts";
import { type Canonical, constant, IMAGINARY_UNIT } from "../scalar/canonical.ts";
import { canonicalFromScalar } from "../scalar/canonical-from-scalar.ts";
import type { JumpTerm } from "./master-equation.ts";
import type { TimeDependence } from "./time-derivative.ts";

const NOTHING: NormalForm = new Map();

/**
 * What is left of the change of an operator in the frame e^{iGt}, ∂O/∂t + i[G, O]: e^{iGt} O e^{−iGt} is constant where
 * this is zero at all times.
 */
export const changeInFrame = (
  operator: NormalForm,
  frame: NormalForm,
  time: TimeDependence,
  space: Space,
): NormalForm =>
  sumOperators(
    [time.derivative(operator), scaleOperator(commutator(frame, operator, space), IMAGINARY_UNIT)],
    space,
  );

/** Whether an operator is zero; `expand` as in `areEqual`. */
export const isNothing = (form: NormalForm, space: Space, expand: (value: Canonical) => Canonical): boolean =>
  areEqual(form, NOTHING, space, expand);

/** The terms of an operator that are not zero, whatever they look like. */
export const withoutZeros = (
  form: NormalForm,
  space: Space,
  expand: (value: Canonical) => Canonical,
): NormalForm =>
  new Map([...form].filter(([key, term]) => !isNothing(new Map([[key, term]]), space, expand)));

/**
 * Whether e^{iGt} leaves the dissipator of a bath as it is: Σ rate·([G, O]ρO† + Oρ[G, O†]) = 0, decided after its jumps are
 * summed. The rest, {O†O, ρ}, follows since it is the dual of this map applied to 1.
 */
export function isFrameWeakSymmetry(jumps: readonly JumpTerm[], frame: NormalForm, space: Space): boolean {
  const changes = jumps.flatMap(({ operator, rate, levelwise }) => {
    const adjoint = adjointOperator(operator, space);
    // jumps of single levels are a part of the whole one: its symmetries are theirs
    const factor = levelwise.length > 0 ? constant(1) : canonicalFromScalar(rate);
    return [
      sandwich(commutator(frame, operator, space), adjoint, space),
      sandwich(operator, commutator(frame, adjoint, space), space),
    ].map((part) => scaleSuperoperator(part, factor));
  });
  return areEqualSuperoperators(sumSuperoperators(changes, space), { form: NOTHING, space });
}
