import type { ComplexSparse } from "../numerics/complex-sparse.ts";
import { adjointSparse, largestEntry } from "../numerics/complex-sparse.ts";
import type { EigenCoupling } from "./bath-couplings.ts";
import type { Eigenbasis } from "./eigenbasis.ts";
import type { SpectralDissipator } from "./spectral-dissipator.ts";
import type { SpectralFunction } from "./thermal-rates.ts";

/** Entries of a coupling below this fraction of its largest one are round-off of the eigenvectors. */
export const SIGNIFICANT = 1e-8;

/** Levels with a smaller Boltzmann weight at the highest temperature of a bath hold nothing. */
export const UNPOPULATED = 1e-6;

/** The Bohr frequencies of an operator's entries in the eigenbasis, joined where they agree within the tolerance. */
interface BohrFrequencies {
  /** By entry: its frequency's number. */
  readonly group: Int32Array;
  /** By number, ascending: the energy that the entry takes from the system. */
  readonly frequencies: Float64Array;
}

/** ω = E_column − E_row of each entry, by levels, so that degenerate states have exactly one frequency. */
function bohrFrequencies(operator: ComplexSparse, eigenbasis: Eigenbasis): BohrFrequencies {
  const { level, levelEnergies, tolerance } = eigenbasis;
  const values = new Float64Array(operator.rows.length);
  for (let column = 0; column < operator.size; column++) {
    for (let e = operator.columnStarts[column]!; e < operator.columnStarts[column + 1]!; e++) {
      values[e] = levelEnergies[level[column]!]! - levelEnergies[level[operator.rows[e]!]!]!;
    }
  }
  const order = Int32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const group = new Int32Array(values.length);
  const frequencies: number[] = [];
  const members: number[] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const e of order) {
    const ω = values[e]!;
    if (ω - before > 2 * tolerance || frequencies.length === 0) {
      frequencies.push(0);
      members.push(0);
    }
    const last = frequencies.length - 1;
    group[e] = last;
    frequencies[last]! += (ω - frequencies[last]!) / ++members[last]!;
    before = ω;
  }
  return { group, frequencies: Float64Array.from(frequencies) };
}

/**
 * The full secular (global) dissipator: a Lindblad jump A(ω) = Σ Π(ε)AΠ(ε + ω) for each Bohr frequency, Eqs. (A5),
 * (A13)–(A15).
 */
export const secularDissipators = (coupling: EigenCoupling, eigenbasis: Eigenbasis): SpectralDissipator[] =>
  ratedDissipators(coupling, eigenbasis, false);

/** Redfield's dissipator, without the secular approximation. */
export const redfieldDissipators = (coupling: EigenCoupling, eigenbasis: Eigenbasis): SpectralDissipator[] =>
  ratedDissipators(coupling, eigenbasis, true);

function ratedDissipators(
  { operator, isHermitian, population, lowering, raising }: EigenCoupling,
  eigenbasis: Eigenbasis,
  isRedfield: boolean,
): SpectralDissipator[] {
  const rated = (a: ComplexSparse, { rate, shift }: SpectralFunction): SpectralDissipator => {
    const { group, frequencies } = bohrFrequencies(a, eigenbasis);
    const matters = new Uint8Array(frequencies.length);
    const least = SIGNIFICANT * largestEntry(a);
    for (let column = 0; column < a.size; column++) {
      for (let e = a.columnStarts[column]!; e < a.columnStarts[column + 1]!; e++) {
        if (Math.hypot(a.re[e]!, a.im[e]!) >= least && population[column]! >= UNPOPULATED)
          matters[group[e]!] = 1;
      }
    }
    // round-off, or empty levels that coincide, must not ask for a rate at the frequency zero
    const isNothing = (g: number): boolean =>
      Math.abs(frequencies[g]!) <= 4 * eigenbasis.tolerance && matters[g] === 0;
    const byEntry = (of: (ω: number) => number): Float64Array => {
      const values = frequencies.map((ω, g) => (isNothing(g) ? 0 : of(ω)));
      return Float64Array.from(group, (g) => values[g]!);
    };
    return { operator: a, group, rate: byEntry(rate), ...(shift && { shift: byEntry(shift) }), isRedfield };
  };
  return [rated(operator, lowering), ...(isHermitian ? [] : [rated(adjointSparse(operator), raising)])];
}

/** A jump that is no eigenoperator's: one group with one rate. */
export const plainDissipator = (operator: ComplexSparse, rate: number): SpectralDissipator => ({
  operator,
  group: new Int32Array(operator.rows.length),
  rate: new Float64Array(operator.rows.length).fill(rate),
  isRedfield: false,
});
