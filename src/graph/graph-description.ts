import { formulaText } from "../formula/formula-text.ts";
import type { ModelGraph } from "./model-graph.ts";
import { operatorsText } from "./node-text.ts";

/** More edges than this are not told one by one. */
const MAX_TOLD = 40;

/** The graph in words, for those who cannot see it. */
export function graphDescription(graph: ModelGraph): string {
  const { subsystems, terms, baths, edges } = graph;
  const counts = [
    counted(subsystems.length, "subsystem"),
    counted(terms.length, "interaction"),
    counted(baths.length, "bath"),
  ].join(", ");
  if (edges.length > MAX_TOLD) return `${counts}.`;
  const names = new Map(subsystems.map(({ id, name }) => [id, name]));
  const reached = (id: string): string =>
    edges
      .filter(({ from }) => from === id)
      .map((edge) => `${names.get(edge.to)} by ${operatorsText(edge, graph)}`)
      .join(", ");
  const sentences = [
    `${counts}: ${subsystems.map(({ name, kind }) => `${name} (${kind})`).join(", ")}.`,
    ...terms.map(({ id, coefficient }) => {
      const by = coefficient ? ` of strength ${formulaText(coefficient)}` : "";
      return `An interaction${by} joins ${reached(id)}.`;
    }),
    ...baths.map(({ id, name }) => `The bath ${name} touches ${reached(id) || "nothing"}.`),
  ];
  return sentences.join(" ");
}

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;
