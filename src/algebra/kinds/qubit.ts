import type { KindSignature } from "../../model/vocabulary.ts";
import { binary, negative, number, symbol } from "../../scalar/scalar.ts";
import { band, level, operatorTable, own, scaled, sum } from "./band.ts";

const i = symbol("i");

/** Two levels, up = (1, 0) and down = (0, 1); σ⁻ lowers the energy of +Bσz. */
export const qubit: KindSignature = {
  name: "qubit",
  description: "two levels, up and down; σ⁻ takes up to down and lowers the energy of +B*σz",
  parameters: [],
  takesLabels: false,
  instantiate: () => ({
    name: "qubit",
    basis: { kind: "finite", labels: ["up", "down"] },
    operators: operatorTable([
      ["σx", sum(band(-1), band(1))],
      ["σy", sum(scaled(negative(i), band(-1)), scaled(i, band(1)))],
      ["σz", band(0, binary("-", number(1), binary("*", number(2), level)))],
      ["σ⁺", band(-1)],
      ["σ⁻", { kind: "adjoint", operand: own("σ⁺") }],
    ]),
    angles: new Map(),
    reported: ["sigmaz"],
  }),
};
