import type { Scalar } from "../scalar/scalar.ts";

/**
 * An operator as the model states it, with names resolved and sums unrolled, before any algebra. Subsystems are
 * numbers (their place in `Model.subsystems`); levels are places in the kind's basis.
 */
export type OperatorExpression =
  | { readonly kind: "scalar"; readonly value: Scalar }
  /** An operator that the subsystem's kind defines, by its ASCII name. */
  | { readonly kind: "named"; readonly subsystem: number; readonly name: string }
  /** e^{ikφ}: takes level n to n + k. */
  | { readonly kind: "phase"; readonly subsystem: number; readonly multiple: number }
  | TrigonometricExpression
  /** |row⟩⟨column| */
  | { readonly kind: "unit"; readonly subsystem: number; readonly row: number; readonly column: number }
  /** Σ_n f(n)|n+k⟩⟨n|, f an expression in the symbol `n`; kets outside the basis vanish. */
  | {
      readonly kind: "band";
      readonly subsystem: number;
      readonly shift: number;
      readonly coefficient: Scalar;
    }
  | { readonly kind: "sum"; readonly terms: readonly OperatorExpression[] }
  | { readonly kind: "product"; readonly factors: readonly OperatorExpression[] }
  | { readonly kind: "adjoint"; readonly operand: OperatorExpression }
  | { readonly kind: "power"; readonly base: OperatorExpression; readonly exponent: number };

/** cos or sin of Σ k_s φ_s + offset: kept as it is written; the algebra takes it as two phases. */
export interface TrigonometricExpression {
  readonly kind: "trigonometric";
  readonly function: "cos" | "sin";
  /** The whole numbers k_s, none of them zero. */
  readonly multiples: readonly (readonly [subsystem: number, multiple: number])[];
  readonly offset: Scalar;
}

/** The symbol for the level in band coefficients of a kind, before a subsystem is known. */
export const LEVEL = "n";

/** The same operator on another subsystem: how an operator of a kind becomes one of a subsystem. */
export function onSubsystem(expression: OperatorExpression, subsystem: number): OperatorExpression {
  switch (expression.kind) {
    case "scalar":
      return expression;
    case "named":
    case "phase":
    case "unit":
    case "band":
      return { ...expression, subsystem };
    case "trigonometric":
      return { ...expression, multiples: expression.multiples.map(([, k]) => [subsystem, k] as const) };
    case "sum":
      return { kind: "sum", terms: expression.terms.map((t) => onSubsystem(t, subsystem)) };
    case "product":
      return { kind: "product", factors: expression.factors.map((f) => onSubsystem(f, subsystem)) };
    case "adjoint":
      return { kind: "adjoint", operand: onSubsystem(expression.operand, subsystem) };
    case "power":
      return { ...expression, base: onSubsystem(expression.base, subsystem) };
  }
}
