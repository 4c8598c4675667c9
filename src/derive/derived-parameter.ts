import { type Parameter, parameterSymbol } from "../model/model.ts";
import type { Scalar } from "../scalar/scalar.ts";

/** A further derived parameter at a place after those of the model. */
export const derivedParameter = (
  place: number,
  name: string,
  value: Scalar,
  span: Parameter["span"],
): Parameter => ({ symbol: parameterSymbol(place), name, role: "derived", type: "real", value, span });
