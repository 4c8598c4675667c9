import type { BathWarmth, ModelGraph } from "./model-graph.ts";
import { bathLines, operatorsText, subsystemLines, termLines } from "./node-text.ts";
import { orientation } from "./orientation.ts";

const FILL: Readonly<Record<BathWarmth, string>> = {
  hot: "#fdebe1",
  cold: "#e6effb",
  load: "#eceef1",
  neutral: "#f5f2e8",
};

/** The graph in the language of Graphviz, from left to right, stacked baths in the column of their subsystem. */
export function graphDot(graph: ModelGraph): string {
  const { arrows, stacked } = orientation(graph);
  return [
    `graph ${quoted(graph.name)} {`,
    "  rankdir=LR;",
    '  node [shape=box, style="rounded,filled", fillcolor="#fbfcfe"];',
    ...graph.subsystems.map((s) => `  ${s.id} [label=${quoted(...subsystemLines(s))}];`),
    ...graph.terms.map(
      (t) =>
        `  ${t.id} [label=${quoted(...termLines(t))}, shape=ellipse, style=filled, fillcolor="#f2edfa"];`,
    ),
    ...graph.baths.map((b) => `  ${b.id} [label=${quoted(...bathLines(b))}, fillcolor="${FILL[b.warmth]}"];`),
    ...arrows.map(
      ({ left, right, edge }) => `  ${left} -- ${right} [label=${quoted(operatorsText(edge, graph))}];`,
    ),
    ...stacked.map(
      (edge) => `  { rank=same; ${edge.from} -- ${edge.to} [label=${quoted(operatorsText(edge, graph))}]; }`,
    ),
    "}\n",
  ].join("\n");
}

/** Lines as one string of DOT. Only quotes and backslashes mean something in it; lines end with `\n`. */
const quoted = (...lines: readonly string[]): string =>
  `"${lines.map((line) => printable(line).replace(/["\\]/g, "\\$&")).join("\\n")}"`;

const printable = (text: string): string => text.replace(/\p{Cc}/gu, " ");
