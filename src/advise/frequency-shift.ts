import type { EigenCoupling } from "../lower/bath-couplings.ts";
import type { Eigenbasis } from "../lower/eigenbasis.ts";
import { decisiveFrequencies } from "./decisive.ts";

/** A Bohr frequency of H beside the nearest one of H₀, which a local equation takes in its place. */
export interface FrequencyShift {
  readonly frequency: number;
  readonly free: number;
  /** The larger relative change of the rates down and up between the two. */
  readonly rateChange: number;
}

/** The Bohr frequency of H whose rates differ most from those at the nearest one of H₀. */
export function frequencyShift(
  coupling: EigenCoupling,
  eigenbasis: Eigenbasis,
  freeCoupling: EigenCoupling,
  freeBasis: Eigenbasis,
): FrequencyShift | undefined {
  const free = decisiveFrequencies(freeCoupling, freeBasis);
  if (free.length === 0) return undefined;
  const { lowering, raising } = coupling;
  let worst: FrequencyShift | undefined;
  for (const frequency of decisiveFrequencies(coupling, eigenbasis)) {
    const nearest = free.reduce((a, b) => (Math.abs(b - frequency) < Math.abs(a - frequency) ? b : a));
    const rateChange = Math.max(
      relativeChange(lowering.rate(nearest), lowering.rate(frequency)),
      relativeChange(raising.rate(-nearest), raising.rate(-frequency)),
    );
    if (!worst || rateChange > worst.rateChange) worst = { frequency, free: nearest, rateChange };
  }
  return worst;
}

const relativeChange = (from: number, to: number): number => (from === to ? 0 : Math.abs(to / from - 1));
