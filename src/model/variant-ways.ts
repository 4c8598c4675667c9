import { MAX_VARIANT_WAYS } from "./elaboration.ts";
import type { Model, PathStep, Quantity } from "./model.ts";
import type { ModelReport } from "./model-report.ts";

/**
 * The variants of a model, each alone, and each inside others as its quantities ask for them (`hotter.mirrored.work`),
 * as places in `Model.variants`. Every one of them is a model that is solved, so their number is limited.
 */
export function variantWays(model: Model, report: ModelReport): readonly (readonly number[])[] {
  const ways = new Map<string, readonly number[]>();
  const visited = new Map<Quantity, Set<string>>();
  let isTooMany = false;
  const add = (way: readonly number[]): string => {
    const key = way.join(".");
    if (way.length > 0) ways.set(key, way);
    return key;
  };
  const visit = (quantity: Quantity, outer: readonly number[]): void => {
    const key = add(outer);
    const seen = visited.get(quantity) ?? new Set();
    visited.set(quantity, seen);
    if (seen.has(key) || isTooMany) return;
    seen.add(key);
    for (const { path, target, span } of quantity.atoms) {
      const way = [...outer, ...path.flatMap(variantOf)];
      add(way);
      if (ways.size > MAX_VARIANT_WAYS && !isTooMany) {
        isTooMany = true;
        const message = `the quantities ask for more than ${MAX_VARIANT_WAYS} variants of variants`;
        report("E220", span, message);
      }
      if (target.kind === "defined") visit(target.quantity, way);
    }
  };
  for (const place of model.variants.keys()) add([place]);
  for (const quantity of model.quantities) visit(quantity, []);
  return isTooMany ? [] : [...ways.values()];
}

const variantOf = (step: PathStep): number[] => (step.kind === "variant" ? [step.variant] : []);
