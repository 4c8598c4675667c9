import type { Scalar } from "../scalar/scalar.ts";
import type { Span } from "../source/span.ts";

/** An initial state: a product over groups of subsystems, or the steady state of an equation. */
export type StateDefinition = { readonly name: string; readonly span: Span } & (
  | { readonly kind: "product"; readonly parts: readonly StatePart[] }
  | { readonly kind: "steady"; readonly equation: number }
);

/** The state of some subsystems together; `subsystems` in the order in which their levels stand in kets. */
export interface StatePart {
  readonly subsystems: readonly number[];
  readonly state: StateValue;
  readonly span: Span;
}

/** Normalised when it is made into numbers. */
export type StateValue =
  | Matrix
  /** The Gibbs state of the free terms that act on these subsystems alone, at an inverse temperature. */
  | { readonly kind: "thermal"; readonly beta: Scalar }
  /** Of an oscillator, by its complex amplitude α. */
  | { readonly kind: "coherent"; readonly amplitude: Scalar };

/** Σ c|row⟩ (columns empty), or Σ c|row⟩⟨column|; levels are places in the bases of the kinds. */
export interface Matrix {
  readonly kind: "ket" | "density";
  readonly terms: readonly {
    readonly row: readonly number[];
    readonly column: readonly number[];
    readonly coefficient: Scalar;
  }[];
}
