import type { EigenCoupling } from "../lower/bath-couplings.ts";
import { SIGNIFICANT } from "../lower/bohr-frequencies.ts";
import type { Eigenbasis } from "../lower/eigenbasis.ts";
import { forEachEntry, largestEntry } from "../numerics/complex-sparse.ts";

/** Levels and transitions with less than this part of the largest weight decide nothing. */
export const DECISIVE = 1e-2;

/** The Bohr frequencies through which a bath exchanges most of its energy quanta, in no order. */
export function decisiveFrequencies(
  { operator, population }: EigenCoupling,
  { level, levelEnergies }: Eigenbasis,
): readonly number[] {
  const least = SIGNIFICANT * largestEntry(operator);
  const weightOf = (row: number, column: number, size: number): number =>
    size < least ? 0 : (population[row]! + population[column]!) * size * size;
  let heaviest = 0;
  forEachEntry(operator, (row, column, re, im) => {
    heaviest = Math.max(heaviest, weightOf(row, column, Math.hypot(re, im)));
  });
  const found: number[] = [];
  forEachEntry(operator, (row, column, re, im) => {
    const weight = weightOf(row, column, Math.hypot(re, im));
    if (weight === 0 || weight < DECISIVE * heaviest) return;
    found.push(levelEnergies[level[column]!]! - levelEnergies[level[row]!]!);
  });
  return found;
}
