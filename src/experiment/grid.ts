import type { Grid, SweepAxis } from "../model/model.ts";
import { parameterSlot } from "../model/parameter-values.ts";
import { randomSequence } from "../numerics/random-sequence.ts";
import { compileReal } from "../scalar/compile.ts";

/** Values of parameters, by their places in `Model.parameters`. */
export type Values = readonly (readonly [parameter: number, value: number])[];

/** The points of a grid, the first axis slowest; `parameters` are those that its ends are made of. */
export const pointsOf = (axes: readonly SweepAxis[], parameters: Float64Array): readonly Values[] =>
  axes
    .map(({ parameter, values }) => gridValues(values, parameters).map((v) => [parameter, v] as const))
    .reduce<readonly Values[]>((points, values) => points.flatMap((p) => values.map((v) => [...p, v])), [[]]);

/** The values of a grid in its own order; the last of them is exactly its end. */
export function gridValues(grid: Grid, parameters: Float64Array): number[] {
  const value = (node: Parameters<typeof compileReal>[0]): number =>
    compileReal(node, parameterSlot)(parameters);
  if (grid.kind === "list") return grid.values.map(value);
  const [from, to, last] = [value(grid.from), value(grid.to), grid.count - 1];
  if (grid.kind === "random") {
    const next = randomSequence(grid.seed);
    return Array.from({ length: grid.count }, () => from + (to - from) * next());
  }
  return Array.from({ length: grid.count }, (_, k) => {
    if (k === 0 || last === 0) return from;
    if (k === last) return to;
    return grid.kind === "linear" ? from + ((to - from) * k) / last : from * (to / from) ** (k / last);
  });
}
