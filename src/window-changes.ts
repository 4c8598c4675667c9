import type { WiderReport } from "./report/results.ts";
import type { QuantityValue } from "./thermo/quantity.ts";
import { type SolvedPoint, solvedPoint } from "./thermo/solved-point.ts";
import type { Verification } from "./truncate/settled-steady-state.ts";

/** What is reported of a state, by its key. */
type Values = Iterable<readonly [key: string, value: QuantityValue]>;

/** By how much each reported number is another in the wider windows of a verification, and which of them the most. */
export function windowChanges(
  point: SolvedPoint,
  values: Values,
  { change, levels, point: steady }: Verification,
  evaluate: (wider: SolvedPoint) => Values,
): WiderReport {
  const wider = solvedPoint(point.derived, point.equation, steady, point.parameters);
  const numbers = (found: Values): Map<string, number> =>
    new Map([...found].flatMap(([key, v]) => (v.kind === "value" ? [[key, v.value] as const] : [])));
  const [here, there] = [numbers(values), numbers(evaluate(wider))];
  // currents that cancel are measured against those that do not
  const flow = point.currents.reduce((most, c) => Math.max(most, Math.abs(c?.heat ?? 0)), 0);
  const quantities: Record<string, number> = {};
  let most: WiderReport["most"];
  for (const [key, x] of here) {
    const y = there.get(key);
    if (y === undefined) continue;
    const by = Math.abs(x - y);
    quantities[key] = by;
    const relative = by / (Math.max(Math.abs(x), flow) || 1);
    if (!most || relative > most.relative) most = { quantity: key, relative };
  }
  return { change, levels, quantities, ...(most && { most }) };
}
