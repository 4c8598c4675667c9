import type { EdgeLabel, Figure } from "./figures.ts";
import type { GraphEdge } from "./model-graph.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A graph with a place for everything; y grows downwards. */
export interface Picture {
  readonly nodes: readonly (Point & { readonly figure: Figure })[];
  readonly edges: readonly PlacedEdge[];
}

export interface PlacedEdge {
  readonly edge: GraphEdge;
  /** From one body to another; the picture draws a smooth line through the points. */
  readonly points: readonly Point[];
  /** Whether the line leaves its points upwards and downwards instead of sideways. */
  readonly isUpright: boolean;
  readonly label: Point & EdgeLabel;
}
