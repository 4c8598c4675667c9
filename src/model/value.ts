import { number, type Scalar } from "../scalar/scalar.ts";
import type { OperatorExpression } from "./operator-expression.ts";

/** What an expression of the language means. */
export type Value =
  | ScalarValue
  | { readonly kind: "truth"; readonly node: Scalar }
  | OperatorValue
  | AngleValue
  | { readonly kind: "subsystem"; readonly index: number }
  | { readonly kind: "bath"; readonly index: number }
  /** An array declared with an index; elements are made when they are asked for. */
  | {
      readonly kind: "array";
      readonly indices: readonly number[];
      readonly element: (index: number) => Value;
    }
  /** Text, e.g. the regime: it can be reported but not calculated with. */
  | { readonly kind: "text"; readonly node: Scalar }
  /** Already reported; whatever is made from it is silent. */
  | { readonly kind: "unknown" };

export interface ScalarValue {
  readonly kind: "scalar";
  readonly node: Scalar;
  readonly isComplex: boolean;
  /** The value, where it is a whole number that is known while the model is being read. */
  readonly integer?: number;
}

export interface OperatorValue {
  readonly kind: "operator";
  readonly expression: OperatorExpression;
}

/** Σ c_s φ_s + offset: what exp, cos and sin make operators of. */
export interface AngleValue {
  readonly kind: "angle";
  readonly terms: readonly { readonly subsystem: number; readonly coefficient: ScalarValue }[];
  readonly offset: ScalarValue;
}

export const UNKNOWN: Value = { kind: "unknown" };

export const realValue = (node: Scalar): ScalarValue => ({ kind: "scalar", node, isComplex: false });

export const integerValueOf = (integer: number): ScalarValue => ({
  kind: "scalar",
  node: number(integer),
  isComplex: false,
  integer,
});

/** What a value is, in a message. */
export function describeValue(value: Value): string {
  switch (value.kind) {
    case "scalar":
      return value.isComplex ? "a complex number" : "a number";
    case "truth":
      return "a truth value";
    case "operator":
      return "an operator";
    case "angle":
      return "an angle";
    case "subsystem":
      return "a subsystem";
    case "bath":
      return "a bath";
    case "array":
      return "an array";
    case "text":
      return "a text";
    case "unknown":
      return "an unknown value";
  }
}
