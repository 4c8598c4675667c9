import type { OperatorExpression } from "./operator-expression.ts";

/**
 * The levels of a subsystem. A finite basis lists its labels (level n is the n-th); an infinite one holds the whole
 * numbers from `from` (−∞ for rotors) to `to` and is cut to a window when matrices are made.
 */
export type Basis =
  | { readonly kind: "finite"; readonly labels: readonly string[] }
  | { readonly kind: "infinite"; readonly from: number; readonly to: number };

/** An operator of a kind: `definition` is on subsystem 0 and holds bands, phases, units and earlier operators. */
export interface KindOperator {
  /** As reports and messages print it: `σ⁺`. */
  readonly name: string;
  readonly definition: OperatorExpression;
}

/** A kind of subsystem with its arguments given: what a subsystem is made of. */
export interface SubsystemKind {
  readonly name: string;
  readonly basis: Basis;
  /** By ASCII name. */
  readonly operators: ReadonlyMap<string, KindOperator>;
  /** The names (ASCII) of angles, whose exp, cos and sin are operators: `phi` of a rotor. */
  readonly angles: ReadonlyMap<string, string>;
  /** ASCII names of the operators whose mean values a report shows unasked. */
  readonly reported: readonly string[];
  /** Whether it is a fermionic mode (levels empty and full), whose c anticommutes with those of other modes. */
  readonly isFermionic?: true;
  /** Where the automatic window starts; only for infinite bases. */
  readonly firstWindow?: readonly [number, number];
}
