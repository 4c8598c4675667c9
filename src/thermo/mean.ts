import { type StandardQuantity, value } from "./quantity.ts";

/** ⟨O⟩ = Tr[ρ O]; `re(mean(O))` and `im(mean(O))` for operators that are not Hermitian. */
const mean: StandardQuantity = {
  name: "mean",
  description: "the mean value of an operator, Tr[ρ O]",
  operand: "operator",
  isText: false,
  evaluate: ({ derived, mean: trace }, operand) => {
    if (operand.kind !== "operator") throw new Error("an operator is needed");
    const result = trace(derived.algebra.normalForm(operand.operator));
    return value(operand.part === "im" ? result.im : result.re);
  },
};

export const MEAN: readonly StandardQuantity[] = [mean];
