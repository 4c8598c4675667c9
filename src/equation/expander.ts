import type { Model } from "../model/model.ts";
import { orderParameters, parameterSlot } from "../model/parameter-values.ts";
import { type Canonical, substituteCanonical } from "../scalar/canonical.ts";
import { canonicalFromScalar, NoCanonicalForm } from "../scalar/canonical-from-scalar.ts";
import { ExpressionTooLarge } from "../scalar/polynomial.ts";

/** Replaces derived values by their definitions, down to parameters; `isMeant` may leave some of them as they are. */
export function expander(
  model: Model,
  isMeant: (symbol: string) => boolean = () => true,
): (value: Canonical) => Canonical {
  const definitions = new Map<string, Canonical>();
  const order = orderParameters(model.parameters.map((p) => p.value));
  for (const place of order.places) {
    const { role, symbol, value } = model.parameters[place]!;
    if (role !== "derived" || !isMeant(symbol)) continue;
    try {
      definitions.set(
        symbol,
        substituteCanonical(canonicalFromScalar(value), (s) => definitions.get(s)),
      );
    } catch (error) {
      if (!(error instanceof ExpressionTooLarge || error instanceof NoCanonicalForm)) throw error;
    }
  }
  return (value) =>
    substituteCanonical(value, (symbol) =>
      parameterSlot(symbol) >= 0 ? definitions.get(symbol) : undefined,
    );
}
