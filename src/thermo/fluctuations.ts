import type { Counted, CurrentStatistics } from "../solve/current-statistics.ts";
import { type QuantityValue, type StandardQuantity, undefinedBecause, value } from "./quantity.ts";
import { entropyProduction } from "./second-law.ts";
import type { SolvedPoint } from "./solved-point.ts";

type Operand = Parameters<StandardQuantity["evaluate"]>[1];

/** Tr[K L_b ρ], K the operator that the heat is made of: the current whose noise `energy_noise` is. */
const energyCurrent: StandardQuantity = {
  name: "energy_current",
  description:
    "current of the energy that is counted, Tr[K L_b ρ] with K = H0 of a local bath and H of one between eigenstates: heat and chemical work",
  operand: "bath",
  isText: false,
  evaluate: ({ currents, equation, derived }, operand) => {
    if (operand.kind !== "bath") throw new Error("a bath is needed");
    const current = currents[operand.bath];
    const { name } = derived.model.baths[operand.bath]!;
    if (!current) return undefinedBecause(`the equation '${equation.name}' leaves out the bath '${name}'`);
    return value(current.heat + current.chemicalWork);
  },
};

const noise = (name: string, what: string, counted: Counted): StandardQuantity => ({
  name,
  description: `zero-frequency noise of the ${what} current from a bath: lim Var(t)/t of what it has brought in the time t`,
  operand: "bath",
  isText: false,
  evaluate: (point, operand) => {
    const found = statisticsOf(point, operand, counted);
    return "reason" in found ? undefinedBecause(found.reason) : value(found.noise);
  },
});

/** S Σ̇/J²: at least 2 of classical machines, Barato and Seifert, Phys. Rev. Lett. 114, 158101 (2015). */
const uncertaintyProduct = (name: string, what: string, counted: Counted): StandardQuantity => ({
  name,
  description: `noise of a bath's ${what} current times entropy production over the current squared; classical machines keep it at 2 or more`,
  operand: "bath",
  isText: false,
  evaluate: (point, operand): QuantityValue => {
    const production = entropyProduction(point);
    if (production.kind === "undefined") return undefinedBecause(production.reason);
    const found = statisticsOf(point, operand, counted);
    if ("reason" in found) return undefinedBecause(found.reason);
    const { mean, noise, traffic } = found;
    return Math.abs(mean) > NO_CURRENT * traffic
      ? value((noise * production.production) / mean ** 2)
      : undefinedBecause("no current flows, but for round-off");
  },
});

export const FLUCTUATIONS: readonly StandardQuantity[] = [
  energyCurrent,
  noise("energy_noise", "energy", "energy"),
  noise("particle_noise", "particle", "particles"),
  uncertaintyProduct("uncertainty_product", "energy", "energy"),
  uncertaintyProduct("particle_uncertainty_product", "particle", "particles"),
];

/** A current below this part of what goes back and forth is round-off. */
const NO_CURRENT = 1e-10;

function statisticsOf(
  { counted, equation, derived: { model }, motion }: SolvedPoint,
  operand: Operand,
  what: Counted,
): CurrentStatistics | { readonly reason: string } {
  if (operand.kind !== "bath") throw new Error("a bath is needed");
  const { name } = model.baths[operand.bath]!;
  const place = equation.dissipators.findIndex((d) => d.bath === operand.bath);
  if (place < 0) return { reason: `the equation '${equation.name}' leaves out the bath '${name}'` };
  if (motion || !counted) return { reason: "a noise at zero frequency belongs to a steady state" };
  const outcome = counted.of(place, what);
  return outcome.kind === "found" ? outcome : { reason: outcome.reason };
}
