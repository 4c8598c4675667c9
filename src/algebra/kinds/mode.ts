import type { KindSignature } from "../../model/vocabulary.ts";
import { band, level, operatorTable, own } from "./band.ts";

/** A fermionic mode: c|full⟩ = |empty⟩, {c_i, c_j†} = δ_ij. In products with other modes it stands by its place. */
export const mode: KindSignature = {
  name: "mode",
  description: "a fermionic mode, empty or full; c empties it and anticommutes with other modes' c, n counts",
  parameters: [],
  takesLabels: false,
  instantiate: () => ({
    name: "mode",
    basis: { kind: "finite", labels: ["empty", "full"] },
    operators: operatorTable([
      ["c", band(-1)],
      ["c†", { kind: "adjoint", operand: own("c") }],
      ["n", band(0, level)],
    ]),
    angles: new Map(),
    reported: ["n"],
    isFermionic: true,
  }),
};
