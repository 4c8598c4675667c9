import type { Contributions } from "../lower/contributions.ts";
import type { EvolvingSystem } from "./evolving-system.ts";

/** The functionals of what a dissipator brings in of H₀ and of the rest. */
export function broughtRates(
  { sector, slots, free, interaction }: EvolvingSystem,
  { row, column, slot, weight }: Contributions,
): readonly [Float64Array, Float64Array] {
  const rates = [new Float64Array(sector.size), new Float64Array(sector.size)] as const;
  for (let e = 0; e < row.length; e++) {
    const flow = slots[slot[e]!]! * weight[e]!;
    rates[0][column[e]!]! += free[row[e]!]! * flow;
    rates[1][column[e]!]! += interaction[row[e]!]! * flow;
  }
  return rates;
}

/** One unknown more, the integral of a functional of ρ divided by its scale; `slot` is that of 1. */
export function meter(
  rate: Float64Array,
  row: number,
  slot: number,
  length: number,
): { readonly contributions: Contributions; readonly scale: number } {
  // no element of ρ is larger than 1
  const scale = length * rate.reduce((most, x) => Math.max(most, Math.abs(x)), 0) || 1;
  const columns = Array.from(rate.keys()).filter((c) => rate[c] !== 0);
  return {
    scale,
    contributions: {
      row: Int32Array.from(columns, () => row),
      column: Int32Array.from(columns),
      slot: Int32Array.from(columns, () => slot),
      weight: Float64Array.from(columns, (c) => rate[c]! / scale),
    },
  };
}
