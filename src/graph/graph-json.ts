import type { Formula } from "../formula/formula.ts";
import { formulaLatex } from "../formula/formula-latex.ts";
import { formulaText } from "../formula/formula-text.ts";
import type { ModelGraph } from "./model-graph.ts";

/** The graph as one JSON object, formulas as text of model files and as LaTeX; docs/graph.md describes the keys. */
export const graphJson = (graph: ModelGraph): string => `${JSON.stringify(graphData(graph), null, 2)}\n`;

function graphData({ name, description, subsystems, terms, baths, edges }: ModelGraph) {
  return {
    format: "thermill-graph/1",
    model: name,
    description: description ?? null,
    subsystems: subsystems.map((s) => ({
      id: s.id,
      name: s.name,
      kind: s.kind,
      terms: s.terms.map(written),
    })),
    terms: terms.map(({ id, labels, coefficient, summands }) => ({
      id,
      labels,
      coefficient: coefficient ? written(coefficient) : null,
      summands: summands.map(({ formula, plusAdjoint }) => ({ ...written(formula), plusAdjoint })),
    })),
    baths: baths.map(({ id, name: bath, kind, role, beta, warmth }) => ({
      id,
      name: bath,
      kind,
      role: role ?? null,
      beta: beta ? written(beta) : null,
      warmth,
    })),
    edges: edges.map(({ from, to, operators }) => ({ from, to, operators: operators.map(written) })),
  };
}

const written = (formula: Formula) => ({ text: formulaText(formula), latex: formulaLatex(formula) });
