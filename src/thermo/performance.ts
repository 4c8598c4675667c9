import { thermalPower } from "./energy.ts";
import { type QuantityValue, type StandardQuantity, undefinedBecause, value } from "./quantity.ts";
import type { SolvedPoint } from "./solved-point.ts";

/** Signs of (heat from cold, heat from hot, work) in each regime, Table I; the heater completes it. */
const REGIMES: readonly (readonly [name: string, cold: number, hot: number, work: number])[] = [
  ["engine", -1, 1, -1],
  ["refrigerator", 1, -1, 1],
  ["accelerator", -1, 1, 1],
  ["heater", -1, -1, 1],
];

/** A current this small against the sum of all heats counts as zero. */
const ZERO_CURRENT = 1e-10;

/** The part of a current that may be round-off where a quotient by it is still told. */
const KNOWN = 1e-6;

interface Currents {
  readonly cold: number;
  readonly hot: number;
  readonly work: number;
  readonly coldBeta: number;
  readonly hotBeta: number;
  /** What the heats may be wrong by. */
  readonly roundOff: number;
  /** Signs after what is zero within `ZERO_CURRENT` has been set to zero. */
  readonly signs: readonly [number, number, number];
}

function currentsByRole(point: SolvedPoint): Currents | { readonly problem: string } {
  const { currents, roles } = point;
  if (roles.cold === undefined || roles.hot === undefined) return { problem: roles.problem ?? "no roles" };
  const [cold, hot] = [currents[roles.cold]!, currents[roles.hot]!];
  const work = thermalPower(point);
  const roundOff = currents.reduce((sum, c) => sum + (c?.roundOff ?? 0), 0);
  const scale = currents.reduce((sum, c) => sum + ZERO_CURRENT * Math.abs(c?.heat ?? 0), roundOff);
  const sign = (x: number) => (Math.abs(x) <= scale ? 0 : Math.sign(x));
  return {
    cold: cold.heat,
    hot: hot.heat,
    work,
    coldBeta: cold.beta ?? Number.NaN,
    hotBeta: hot.beta ?? Number.NaN,
    roundOff,
    signs: [sign(cold.heat), sign(hot.heat), sign(work)],
  };
}

/** The regime by Table I; on an edge the two regimes that meet there; `equilibrium` where nothing flows. */
function regimeOf([cold, hot, work]: readonly [number, number, number]): string {
  if (cold === 0 && hot === 0 && work === 0) return "equilibrium";
  const agrees = (a: number, b: number) => a === 0 || a === b;
  const fitting = REGIMES.filter(([, c, h, w]) => agrees(cold, c) && agrees(hot, h) && agrees(work, w));
  const isEdge = cold === 0 || hot === 0 || work === 0;
  if (isEdge) return fitting.length === 2 ? fitting.map(([name]) => name).join("/") : "other";
  return fitting[0]?.[0] ?? "other";
}

const byRole =
  (evaluate: (c: Currents) => QuantityValue) =>
  (point: SolvedPoint): QuantityValue => {
    const currents = currentsByRole(point);
    return "problem" in currents ? undefinedBecause(currents.problem) : evaluate(currents);
  };

const performance = (
  name: string,
  description: string,
  evaluate: (c: Currents) => QuantityValue,
): StandardQuantity => ({
  name,
  description,
  operand: "none",
  isText: false,
  evaluate: byRole(evaluate),
});

/** The quotient of two currents in a regime, where the denominator is more than what it may be wrong by. */
const onlyIn = (
  regime: string,
  { signs, roundOff }: Currents,
  numerator: number,
  denominator: number,
): QuantityValue => {
  const current = regimeOf(signs);
  if (current !== regime) return undefinedBecause(`the regime is ${current}, not ${regime}`);
  return roundOff <= KNOWN * Math.abs(denominator)
    ? value(numerator / denominator)
    : undefinedBecause("round-off may be more than 10⁻⁶ of the currents");
};

const regime: StandardQuantity = {
  name: "regime",
  description:
    "engine, refrigerator, accelerator, heater (Table I), an edge between two, equilibrium, or other",
  operand: "none",
  isText: true,
  evaluate: byRole(({ signs }) => ({ kind: "text", text: regimeOf(signs) })),
};

export const PERFORMANCE: readonly StandardQuantity[] = [
  regime,
  performance(
    "efficiency",
    "−work/heat(hot) of an engine, Eq. (36); the work includes the chemical work and the power of the drives",
    (c) => onlyIn("engine", c, -c.work, c.hot),
  ),
  performance("carnot_efficiency", "1 − β_hot/β_cold", ({ coldBeta, hotBeta }) =>
    hotBeta <= coldBeta
      ? value(1 - hotBeta / coldBeta)
      : undefinedBecause("the bath with the role hot is the colder one"),
  ),
  performance("COP", "heat(cold)/work of a refrigerator, Eq. (37)", (c) =>
    onlyIn("refrigerator", c, c.cold, c.work),
  ),
  performance("carnot_COP", "β_hot/(β_cold − β_hot)", ({ coldBeta, hotBeta }) =>
    hotBeta < coldBeta
      ? value(coldBeta === Number.POSITIVE_INFINITY ? 0 : hotBeta / (coldBeta - hotBeta))
      : undefinedBecause("the bath with the role hot is not the hotter one"),
  ),
];
