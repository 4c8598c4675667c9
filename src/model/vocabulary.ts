import type { Scalar } from "../scalar/scalar.ts";
import type { SubsystemKind } from "./subsystem-kind.ts";

/** A word that a model file may use, with the line that documentation and completion show. */
export interface Signature {
  readonly name: string;
  readonly description: string;
}

/** An argument that a model gives to a kind: a number such as j = 3/2, or the labels of `levels(g, x, e)`. */
export interface KindArguments {
  readonly numbers: ReadonlyMap<string, number>;
  readonly labels: readonly string[];
}

/** A built-in kind of subsystem. */
export interface KindSignature extends Signature {
  /** Names of its numeric arguments, in order. */
  readonly parameters: readonly string[];
  /** Whether its arguments are labels of levels. */
  readonly takesLabels: boolean;
  /** The kind for the given arguments, or why there is none. */
  readonly instantiate: (given: KindArguments) => SubsystemKind | { readonly problem: string };
}

/** A method by which an equation treats a bath. */
export interface MethodSignature extends Signature {
  /** The kinds of baths it is for. */
  readonly baths: readonly BathKind[];
  /** The settings that `with { … }` may give it. */
  readonly settings: readonly string[];
  /** Those of them that must be given. */
  readonly neededSettings?: readonly string[];
}

export const BATH_KINDS = ["bosonic", "fermionic", "jumps"] as const;
export type BathKind = (typeof BATH_KINDS)[number];

/** A spectral density J(ω, parameters…). */
export interface SpectrumSignature extends Signature {
  /** Parameters after the frequency. */
  readonly parameters: readonly string[];
  readonly density: (frequency: Scalar, parameters: readonly Scalar[]) => Scalar;
}

/** What stands in the parentheses of a standard quantity. */
export type QuantityOperand =
  | "none"
  | "bath"
  /** Nothing or a bath. */
  | "optional bath"
  | "operator"
  /** A variant of the model, such as one with two temperatures exchanged. */
  | "variant"
  /** `all` or a list of subsystems. */
  | "part";

/** A standard quantity, e.g. `heat(bath)`. */
export interface QuantitySignature extends Signature {
  readonly operand: QuantityOperand;
  /** Text (the regime) cannot be calculated with. */
  readonly isText: boolean;
}

/** Every word with a meaning beyond the grammar, by ASCII name: what `src/model` knows of the floors below it. */
export interface Vocabulary {
  readonly kinds: ReadonlyMap<string, KindSignature>;
  readonly methods: ReadonlyMap<string, MethodSignature>;
  readonly spectra: ReadonlyMap<string, SpectrumSignature>;
  readonly quantities: ReadonlyMap<string, QuantitySignature>;
}
