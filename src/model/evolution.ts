import type { Scalar } from "../scalar/scalar.ts";
import type { Span } from "../source/span.ts";
import type { Quantity, Variant } from "./model.ts";

/** An evolution in time that an experiment asks for. */
export interface EvolutionDefinition {
  readonly name: string;
  readonly description?: string;
  readonly span: Span;
  /** Places in `Model.equations`. */
  readonly equations: readonly number[];
  /** The name of the state to start from. */
  readonly state: string;
  readonly times: TimeGrid;
  /** Parameters that the experiment replaces, all at once. */
  readonly settings: Variant["settings"];
  readonly quantities: readonly Quantity[];
  /** Subsystems whose populations are recorded level by level. */
  readonly distributions: readonly number[];
}

/** Points of time; `count` of them with both ends. */
export type TimeGrid =
  | { readonly kind: "list"; readonly values: readonly Scalar[] }
  | {
      readonly kind: "linear" | "logarithmic";
      readonly from: Scalar;
      readonly to: Scalar;
      readonly count: number;
    };
