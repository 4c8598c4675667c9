import type { ModelGraph } from "./model-graph.ts";
import { bathLines, operatorsText, subsystemLines, termLines } from "./node-text.ts";
import { orientation } from "./orientation.ts";

const CLASSES = [
  "classDef subsystem fill:#fbfcfe,stroke:#3b465a,color:#1d2433",
  "classDef term fill:#f2edfa,stroke:#6d4fa3,color:#1d2433",
  "classDef hot fill:#fdebe1,stroke:#c2410c,color:#1d2433",
  "classDef cold fill:#e6effb,stroke:#1d5fb4,color:#1d2433",
  "classDef load fill:#eceef1,stroke:#667080,color:#1d2433",
  "classDef neutral fill:#f5f2e8,stroke:#857a5b,color:#1d2433",
];

/** The graph as a Mermaid flowchart, which GitHub and others draw inside Markdown. */
export function graphMermaid(graph: ModelGraph): string {
  const { arrows, stacked } = orientation(graph);
  const lines = [...arrows, ...stacked.map((edge) => ({ left: edge.from, right: edge.to, edge }))];
  return [
    "flowchart LR",
    ...graph.subsystems.map((s) => `  ${s.id}[${quoted(subsystemLines(s))}]:::subsystem`),
    ...graph.terms.map((t) => `  ${t.id}([${quoted(termLines(t))}]):::term`),
    ...graph.baths.map((b) => `  ${b.id}(${quoted(bathLines(b))}):::${b.warmth}`),
    ...lines.map(
      ({ left, right, edge }) => `  ${left} ---|${quoted([operatorsText(edge, graph)])}| ${right}`,
    ),
    ...CLASSES.map((line) => `  ${line}`),
    "",
  ].join("\n");
}

const quoted = (lines: readonly string[]): string => `"${lines.map(encoded).join("<br/>")}"`;

/**
 * Mermaid reads Markdown, HTML and its own signs inside quotes; all that is neither letter, digit nor harmless is
 * written by its number, `#42;`.
 */
const encoded = (text: string): string =>
  text.replace(/[^\p{L}\p{N} ,=^+()⁺⁻†]/gu, (character) => `#${character.codePointAt(0)};`);
