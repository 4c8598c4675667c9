import { forEachEntry } from "../numerics/complex-sparse.ts";
import type { EigenCoupling } from "./bath-couplings.ts";
import { UNPOPULATED } from "./bohr-frequencies.ts";
import type { Eigenbasis } from "./eigenbasis.ts";

/**
 * What a coupling contributes to the widths of levels: the mean of (γ↓ + γ↑)|A|² over its transitions, weighted by |A|² and
 * by the populations of their levels in the bath's thermal state.
 */
export function linewidthOf(
  { operator, population, lowering, raising }: EigenCoupling,
  { level, levelEnergies }: Eigenbasis,
): number {
  let [sum, weight] = [0, 0];
  forEachEntry(operator, (row, column, re, im) => {
    const ω = levelEnergies[level[column]!]! - levelEnergies[level[row]!]!;
    const strength = re * re + im * im;
    // empty levels that coincide must not ask for a rate at the frequency zero
    if (Math.max(population[column]!, population[row]!) < UNPOPULATED) return;
    const p = (population[column]! + population[row]!) * strength;
    sum += p * strength * (lowering.rate(ω) + raising.rate(-ω));
    weight += p;
  });
  return weight > 0 ? sum / weight : 0;
}
