import { isHermitian } from "../algebra/normal-form.ts";
import type { DerivedModel } from "../equation/derive.ts";
import type { Quantity } from "../model/model.ts";
import type { Diagnostic } from "../source/diagnostic.ts";

/** Mean values of operators that are not Hermitian are complex: they must say which part is meant. */
export function checkMeans({ algebra, model }: DerivedModel): Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  const visit = (quantity: Quantity): void => {
    for (const { target, text, span } of quantity.atoms) {
      if (target.kind === "defined") visit(target.quantity);
      if (target.kind !== "standard" || target.operand.kind !== "operator" || target.operand.part) continue;
      if (isHermitian(algebra.normalForm(target.operand.operator), algebra.space)) continue;
      found.set(text, {
        code: "E502",
        severity: "error",
        message: `${text} is complex: its operator is not Hermitian`,
        span,
        fix: `write re(${text}) or im(${text})`,
      });
    }
  };
  for (const quantity of model.quantities) visit(quantity);
  return [...found.values()];
}
