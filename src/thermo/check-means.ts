import { isHermitian } from "../algebra/normal-form.ts";
import { DivergentCoefficient } from "../algebra/term-product.ts";
import type { DerivedModel } from "../equation/derive.ts";
import { expander } from "../equation/expander.ts";
import type { Quantity } from "../model/model.ts";
import { NoCanonicalForm } from "../scalar/canonical-from-scalar.ts";
import { ExpressionTooLarge } from "../scalar/polynomial.ts";
import { createReporter, type Diagnostic } from "../source/diagnostic.ts";
import { RESULT_CODES } from "./codes.ts";

/** Mean values of operators that are not Hermitian are complex: they must say which part is meant. */
export function checkMeans({ algebra, model }: DerivedModel): Diagnostic[] {
  const { diagnostics, report } = createReporter(RESULT_CODES);
  const expand = expander(model);
  const visited = new Set<Quantity>();
  // one text may stand for several operators (of the elements of an array, say), but is reported on once
  const said = new Set<string>();
  const visit = (quantity: Quantity): void => {
    if (visited.has(quantity)) return;
    visited.add(quantity);
    for (const { target, text, span } of quantity.atoms) {
      if (target.kind === "defined") visit(target.quantity);
      if (target.kind !== "standard" || target.operand.kind !== "operator" || said.has(text)) continue;
      const { operator, part } = target.operand;
      try {
        if (isHermitian(algebra.normalForm(operator), algebra.space, expand) || part) continue;
      } catch (error) {
        if (!(error instanceof ExpressionTooLarge || error instanceof NoCanonicalForm)) throw error;
        said.add(text);
        const fix = error instanceof DivergentCoefficient ? error.fix : undefined;
        report("E503", span, `the operator of ${text} has no normal form: ${error.message}`, { fix });
        continue;
      }
      said.add(text);
      report("E502", span, `${text} is complex: its operator is not Hermitian`, {
        fix: `write re(${text}) or im(${text})`,
      });
    }
  };
  for (const quantity of model.quantities) visit(quantity);
  return diagnostics;
}
