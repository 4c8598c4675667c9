import { type DerivedModel, deriveEquations } from "../equation/derive.ts";
import type { Method } from "../equation/method.ts";
import type { Model } from "../model/model.ts";
import { parameterSlot } from "../model/parameter-values.ts";
import { compileReal } from "../scalar/compile.ts";
import { number } from "../scalar/scalar.ts";

/**
 * The same equation with all its thermal baths at one temperature and one chemical potential: that of its first bath of
 * jumps, where it has one with a temperature, else the highest. Undefined where there is none to take, or where jumps
 * without a temperature drive the system.
 */
export function atEqualTemperatures(
  { model, equations }: DerivedModel,
  parameters: ArrayLike<number>,
  methods: ReadonlyMap<string, Method>,
): DerivedModel | undefined {
  const present = new Set(equations[0]!.dissipators.map((d) => d.bath));
  const baths = model.baths.filter((_, place) => present.has(place));
  const jumps = baths.filter((b) => b.kind === "jumps");
  if (jumps.some((b) => !b.beta)) return undefined;
  const betas = (jumps.length > 0 ? jumps.slice(0, 1) : baths)
    .map(({ beta }) => compileReal(beta!, parameterSlot)(parameters))
    .filter(Number.isFinite);
  if (betas.length === 0) return undefined;
  const beta = number(Math.min(...betas));
  const potentials = baths.flatMap(({ mu }) => (mu ? [compileReal(mu, parameterSlot)(parameters)] : []));
  const mu = number(potentials[0] ?? 0);
  const equal: Model = {
    ...model,
    baths: model.baths.map((b, place) =>
      present.has(place) && b.kind !== "jumps" ? { ...b, beta, ...(b.mu && { mu }) } : b,
    ),
  };
  return deriveEquations(equal, methods).value;
}
