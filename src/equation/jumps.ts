import { number } from "../scalar/scalar.ts";
import type { Method } from "./method.ts";

/** Explicit jump operators, amplitude included: Σ D[O]. Eq. (17) is of this kind. */
export const jumps: Method = {
  name: "jumps",
  description: "the jump operators as they are written, each as D[O]",
  baths: ["jumps"],
  settings: [],
  derive: (bath, { algebra }) => ({
    jumps: bath.jumps.map(({ operator }) => ({
      operator: algebra.normalForm(operator),
      rate: number(1),
      evaluatedRate: number(1),
      levelwise: [],
    })),
  }),
};
