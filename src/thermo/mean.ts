import { timeDependence } from "../equation/time-derivative.ts";
import { NO_TIME_AT_REST, type StandardQuantity, undefinedBecause, value } from "./quantity.ts";

/** ⟨O⟩ = Tr[ρ O]; `re(mean(O))` and `im(mean(O))` for operators that are not Hermitian. */
const mean: StandardQuantity = {
  name: "mean",
  description: "the mean value of an operator, Tr[ρ O]",
  operand: "operator",
  isText: false,
  evaluate: ({ derived, mean: trace, motion }, operand) => {
    if (operand.kind !== "operator") throw new Error("an operator is needed");
    const form = derived.algebra.normalForm(operand.operator);
    if (!motion && timeDependence(derived.model, derived.algebra.space).isMoving(form)) {
      return undefinedBecause(NO_TIME_AT_REST);
    }
    const result = trace(form);
    return value(operand.part === "im" ? result.im : result.re);
  },
};

export const MEAN: readonly StandardQuantity[] = [mean];
