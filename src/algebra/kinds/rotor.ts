import type { KindSignature } from "../../model/vocabulary.ts";
import { band, level, operatorTable } from "./band.ts";

/** A planar rotor: levels are the angular momentum l = … −1, 0, 1, …; e^{iφ} takes l to l + 1 ([e^{iφ}, L] = −e^{iφ}). */
export const rotor: KindSignature = {
  name: "rotor",
  description: "a planar rotor with angular momentum L and angle φ; exp(i*φ) raises L by one",
  parameters: [],
  takesLabels: false,
  instantiate: () => ({
    name: "rotor",
    basis: { kind: "infinite", from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY },
    operators: operatorTable([["L", band(0, level)]]),
    angles: new Map([["phi", "φ"]]),
    reported: ["L"],
    firstWindow: [-10, 10],
  }),
};
