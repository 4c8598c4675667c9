import { graphDot } from "./graph-dot.ts";
import { graphJson } from "./graph-json.ts";
import { graphMermaid } from "./graph-mermaid.ts";
import { graphSvg } from "./graph-svg.ts";
import type { ModelGraph } from "./model-graph.ts";

export const GRAPH_FORMATS = ["svg", "dot", "mermaid", "json"] as const;
export type GraphFormat = (typeof GRAPH_FORMATS)[number];

/** A written graph, or why it is not drawn and what to ask for instead. */
export type GraphOutcome =
  | { readonly kind: "written"; readonly text: string }
  | { readonly kind: "too-large"; readonly message: string; readonly fix: string };

/** A picture of more nodes, or of more edges, would be neither readable nor placed in a second. */
const MAX_DRAWN = { nodes: 400, edges: 1200 } as const;

const WRITERS: Readonly<Record<GraphFormat, (graph: ModelGraph) => string>> = {
  svg: graphSvg,
  dot: graphDot,
  mermaid: graphMermaid,
  json: graphJson,
};

/** The graph in a format. */
export function graphText(graph: ModelGraph, format: GraphFormat): GraphOutcome {
  const nodes = graph.subsystems.length + graph.terms.length + graph.baths.length;
  const edges = graph.edges.length;
  if (format === "svg" && (nodes > MAX_DRAWN.nodes || edges > MAX_DRAWN.edges)) {
    return {
      kind: "too-large",
      message: `a picture of ${nodes} nodes and ${edges} edges is too large to be drawn (at most ${MAX_DRAWN.nodes} and ${MAX_DRAWN.edges})`,
      fix: "write the graph for another program: --format dot, --format json",
    };
  }
  return { kind: "written", text: WRITERS[format](graph) };
}
