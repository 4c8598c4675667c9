import { type NormalForm, type Space, sumOperators } from "../algebra/normal-form.ts";
import type { Model } from "../model/model.ts";
import { holds, movingSymbols } from "../model/time-dependence.ts";
import {
  type Canonical,
  canonicalSymbols,
  constant,
  isZero,
  substituteCanonical,
} from "../scalar/canonical.ts";
import { NoCanonicalForm } from "../scalar/canonical-from-scalar.ts";
import { derivative } from "../scalar/derivative.ts";
import type { Scalar } from "../scalar/scalar.ts";
import { expander } from "./expander.ts";

/** How the operators and scalars of one model change in time. */
export interface TimeDependence {
  readonly isMoving: (form: NormalForm) => boolean;
  readonly isMovingScalar: (value: Scalar) => boolean;
  /** ∂O/∂t. Throws `NoCanonicalForm` where a coefficient makes jumps, and `ExpressionTooLarge`. */
  readonly derivative: (form: NormalForm) => NormalForm;
  /** ∂x/∂t, with what moves written out. Throws the same. */
  readonly scalarDerivative: (value: Canonical) => Canonical;
  /** The operator at the time 0. Throws `DivisionByZero` where a coefficient has no value there. */
  readonly atStart: (form: NormalForm) => NormalForm;
}

export function timeDependence(model: Model, space: Space): TimeDependence {
  const moving = movingSymbols(model.parameters);
  const clock = model.parameters.find((p) => p.role === "time")?.symbol;
  const writtenOut = expander(model, (symbol) => moving.has(symbol));
  const isMoving = (value: Canonical): boolean =>
    moving.size > 0 && [...canonicalSymbols(value)].some((s) => moving.has(s));
  const scalarDerivative = (value: Canonical): Canonical => {
    if (clock === undefined || !isMoving(value)) return constant(0);
    const whole = writtenOut(value);
    const opaque = [...canonicalSymbols(whole)].find((s) => moving.has(s) && s !== clock);
    if (opaque) {
      const { name } = model.parameters.find((p) => p.symbol === opaque)!;
      throw new NoCanonicalForm(`'${name}' has no derivative by time`);
    }
    return derivative(whole, clock);
  };
  const mapped = (form: NormalForm, map: (value: Canonical) => Canonical): NormalForm =>
    sumOperators(
      [...form].flatMap(([key, { factors, coefficient }]) => {
        const value = map(coefficient);
        return isZero(value) ? [] : [new Map([[key, { factors, coefficient: value }]])];
      }),
      space,
    );
  return {
    isMoving: (form) => [...form.values()].some(({ coefficient }) => isMoving(coefficient)),
    isMovingScalar: (value) => holds(value, moving),
    derivative: (form) => mapped(form, scalarDerivative),
    scalarDerivative,
    atStart: (form) =>
      mapped(form, (value) =>
        isMoving(value)
          ? substituteCanonical(writtenOut(value), (s) => (s === clock ? constant(0) : undefined))
          : value,
      ),
  };
}
