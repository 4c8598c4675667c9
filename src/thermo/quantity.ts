import type { QuantityOperandValue } from "../model/model.ts";
import type { QuantitySignature } from "../model/vocabulary.ts";
import type { SolvedPoint } from "./solved-point.ts";

/** The value of a quantity, or why it has none. */
export type QuantityValue =
  | { readonly kind: "value"; readonly value: number }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "undefined"; readonly reason: string };

export const value = (x: number): QuantityValue =>
  Number.isFinite(x) ? { kind: "value", value: x } : undefinedBecause(`its value is ${x}`);

export const undefinedBecause = (reason: string): QuantityValue => ({ kind: "undefined", reason });

/** A standard quantity: its word in the language and how it is computed. */
export interface StandardQuantity extends QuantitySignature {
  readonly evaluate: (
    point: SolvedPoint,
    operand: QuantityOperandValue,
    /** The same equation in a variant (its place in `Model.variants`), or why it has no solution there. */
    inVariant: (variant: number) => SolvedPoint | { readonly problem: string },
  ) => QuantityValue;
}

/** Why what holds `time` is undefined there. */
export const NO_TIME_AT_REST = "it depends on time, of which a steady state knows nothing";
