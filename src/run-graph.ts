import { EQUATION_CODES } from "./equation/codes.ts";
import { graphOfModel } from "./graph/graph-of-model.ts";
import type { ModelGraph } from "./graph/model-graph.ts";
import type { Compiled } from "./pipeline.ts";
import { NoCanonicalForm } from "./scalar/canonical-from-scalar.ts";
import { ExpressionTooLarge } from "./scalar/polynomial.ts";
import { RESULT_CODES } from "./thermo/codes.ts";

/**
 * The graph of a compiled model; undefined where errors of its text or its names leave it incomplete, or where the
 * algebra cannot read one of its operators. A model of which only the equations have errors has a graph.
 */
export function modelGraph({ model, diagnostics }: Compiled): ModelGraph | undefined {
  const errors = diagnostics.filter((d) => d.severity === "error");
  const isWhole = errors.every(({ code }) => code in EQUATION_CODES || code in RESULT_CODES);
  if (!isWhole) return undefined;
  try {
    return graphOfModel(model);
  } catch (error) {
    const isKnown = error instanceof NoCanonicalForm || error instanceof ExpressionTooLarge;
    if (isKnown && errors.length > 0) return undefined;
    throw error;
  }
}
