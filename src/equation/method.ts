import type { OperatorAlgebra } from "../algebra/graph-normal-form.ts";
import type { NormalForm } from "../algebra/normal-form.ts";
import type { Bath, EquationClause, Model } from "../model/model.ts";
import type { MethodSignature } from "../model/vocabulary.ts";
import type { Canonical } from "../scalar/canonical.ts";
import type { Reporter } from "../source/diagnostic.ts";
import type { EquationCode } from "./codes.ts";
import type { Dissipator } from "./master-equation.ts";

export type EquationReport = Reporter<EquationCode>["report"];

/** What a method has at hand to derive the dissipator of one bath. */
export interface Derivation {
  readonly model: Model;
  readonly algebra: OperatorAlgebra;
  readonly free: NormalForm;
  /** Parameter values at the point where the model is checked. */
  readonly values: ArrayLike<number>;
  /** A scalar with derived values replaced by their definitions, for comparison. */
  readonly expand: (value: Canonical) => Canonical;
  readonly report: EquationReport;
}

/** A way of treating a bath: its word in the language, and the derivation of its jumps or of what takes their place. */
export interface Method extends MethodSignature {
  readonly derive: (bath: Bath, derivation: Derivation, clause: EquationClause) => Treatment;
}

export type Treatment = Pick<Dissipator, "jumps" | "spectral" | "collision">;
