import type { KindSignature } from "../../model/vocabulary.ts";
import { call } from "../../scalar/scalar.ts";
import { band, level, operatorTable, own } from "./band.ts";

/** A bosonic mode: a|n⟩ = √n |n−1⟩, [a, a†] = 1 in the untruncated algebra. */
export const oscillator: KindSignature = {
  name: "oscillator",
  description: "a bosonic mode, levels 0, 1, 2, …; a lowers, N counts",
  parameters: [],
  takesLabels: false,
  instantiate: () => ({
    name: "oscillator",
    basis: { kind: "infinite", from: 0, to: Number.POSITIVE_INFINITY },
    operators: operatorTable([
      ["a", band(-1, call("sqrt", level))],
      ["a†", { kind: "adjoint", operand: own("a") }],
      ["N", band(0, level)],
    ]),
    angles: new Map(),
    reported: ["N"],
    firstWindow: [0, 7],
  }),
};
