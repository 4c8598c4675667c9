import type { Formula } from "../formula/formula.ts";
import type { Role } from "../model/model.ts";
import type { BathKind } from "../model/vocabulary.ts";

/**
 * Who touches whom in a machine, as plain data: subsystems, terms of the Hamiltonian that join them, baths, and edges
 * from terms and baths to subsystems with the operators by which they act. Every list is in the order of the model.
 */
export interface ModelGraph {
  readonly name: string;
  readonly description?: string;
  readonly subsystems: readonly SubsystemNode[];
  readonly terms: readonly TermNode[];
  readonly baths: readonly BathNode[];
  readonly edges: readonly GraphEdge[];
}

export interface SubsystemNode {
  readonly id: string;
  readonly name: string;
  /** The name of its kind: `qubit`. */
  readonly kind: string;
  readonly levels: LevelPicture;
  /** The terms of the Hamiltonian that act on it alone, free ones first as written. */
  readonly terms: readonly Formula[];
}

/** How the levels of a kind lie: so many of them, from one upwards without end, or both ways around a circle. */
export type LevelPicture =
  | { readonly kind: "finite"; readonly count: number }
  | { readonly kind: "ladder" }
  | { readonly kind: "circle" };

/** What joins one set of two or more subsystems in the Hamiltonian: coefficient*(summands). */
export interface TermNode {
  readonly id: string;
  /** The labels that the model gives to the statements it comes from. */
  readonly labels: readonly string[];
  /** The scalar factors that all summands share; absent where they share none. */
  readonly coefficient?: Formula;
  readonly summands: readonly TermSummand[];
}

export interface TermSummand {
  readonly formula: Formula;
  /** Whether the adjoint of this summand, which is not listed by itself, belongs to the term. */
  readonly plusAdjoint: boolean;
}

export interface BathNode {
  readonly id: string;
  readonly name: string;
  readonly kind: BathKind;
  readonly role?: Role;
  readonly beta?: Formula;
  readonly warmth: BathWarmth;
}

export interface GraphEdge {
  /** A term or a bath. */
  readonly from: string;
  /** A subsystem. */
  readonly to: string;
  /** The operators on that subsystem, each once, none for its own adjoint's partner. */
  readonly operators: readonly Formula[];
}

/** What a bath looks like in a picture. */
export type BathWarmth = "hot" | "cold" | "load" | "neutral";

/** The name of a node by its place in its list: s1 for the first subsystem. */
export const nodeId = (kind: "subsystem" | "term" | "bath", place: number): string =>
  `${kind[0]}${place + 1}`;
