import type { Model } from "../model/model.ts";
import { compileParameters, parameterSlot } from "../model/parameter-values.ts";
import { compileReal } from "../scalar/compile.ts";
import type { BathWarmth } from "./model-graph.ts";

/**
 * By their roles where the model gives any; else the baths of the highest and of the lowest temperature at the values
 * that its parameters have are hot and cold. A list in the order of `Model.baths`.
 */
export function bathWarmths(model: Model): BathWarmth[] {
  if (model.baths.some(({ role }) => role)) return model.baths.map(({ role }) => role ?? "neutral");
  const betas = inverseTemperatures(model);
  const known = betas.filter((beta) => !Number.isNaN(beta));
  const [least, most] = [Math.min(...known), Math.max(...known)];
  return betas.map((beta) => (least === most ? "neutral" : warmthAt(beta, least, most)));
}

const warmthAt = (beta: number, least: number, most: number): BathWarmth =>
  beta === least ? "hot" : beta === most ? "cold" : "neutral";

/** β of each bath with a thermal coupling, NaN where there is none. */
function inverseTemperatures({ baths, parameters }: Model): number[] {
  const values = compileParameters(parameters).at([]);
  return baths.map(({ beta }) => (beta ? compileReal(beta, parameterSlot)(values) : Number.NaN));
}
