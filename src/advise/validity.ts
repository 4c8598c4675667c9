import { type NormalForm, sumOperators } from "../algebra/normal-form.ts";
import type { Dissipator, MasterEquation } from "../equation/master-equation.ts";
import { bathCouplings, type EigenCoupling } from "../lower/bath-couplings.ts";
import { type Eigenbasis, eigenbasisOf, toEigenbasis } from "../lower/eigenbasis.ts";
import { linewidthOf } from "../lower/linewidth.ts";
import { operatorMatrix } from "../lower/operator-matrix.ts";
import { matrixOfUnknowns } from "../lower/product-state.ts";
import { BadRateError } from "../lower/rate-check.ts";
import { DivergentRate } from "../lower/thermal-rates.ts";
import type { ProductBasis } from "../lower/window.ts";
import type { Model } from "../model/model.ts";
import { diagonalOf } from "../numerics/complex-sparse.ts";
import type { SteadyPoint } from "../solve/steady-point.ts";
import { decisiveFrequencies } from "./decisive.ts";
import { type FrequencyShift, frequencyShift } from "./frequency-shift.ts";
import { type SecularTerm, worstSecularTerm } from "./secular-term.ts";

/** The numbers by which the approximations for one bath are judged, at one point of the parameters. */
export interface BathValidity {
  /** Place in `Model.baths`. */
  readonly bath: number;
  readonly method: string;
  /** The width that the bath gives to levels, in units of energy. */
  readonly linewidth: number;
  /** The same in units of the temperature: Born and Markov ask for less than one. */
  readonly linewidthOverTemperature: number;
  /** Largest relative change of the bath's rates within a linewidth of the Bohr frequencies. */
  readonly rateVariation: number;
  /** The frequencies of H that are farthest, in the bath's rates, from those of H₀. */
  readonly shift?: FrequencyShift;
  /** The term of Redfield's equation that the full secular approximation leaves out and that matters most. */
  readonly secular?: SecularTerm;
}

export interface ValidityLimits {
  /** States of a block of H beyond which eigenstates are not looked for. */
  readonly largestBlock: number;
}

/**
 * Judges the thermal baths of an equation between the eigenstates of H, by whatever method they are treated; collisions are what they are and approximate nothing. Undefined where
 * H is driven or has blocks that are too large, or rates that have no value. What levels matter is decided by the steady state.
 */
export function validityOf(
  equation: MasterEquation,
  model: Model,
  { basis, sector, state, referenceEnergies }: SteadyPoint,
  parameters: ArrayLike<number>,
  { largestBlock }: ValidityLimits,
): readonly BathValidity[] | undefined {
  // of a driven H there are no eigenstates, and those in a frame are not at the frequencies that the baths see
  if (equation.frame || equation.dependsOnTime) return undefined;
  const thermal = equation.dissipators.filter((d) => d.coupling && !d.collision);
  const eigenbasisAt = (form: NormalForm): Eigenbasis | undefined => {
    const found = eigenbasisOf(operatorMatrix(form, basis)(parameters), undefined, largestBlock);
    return found.kind === "found" ? found.eigenbasis : undefined;
  };
  const eigenbasis = eigenbasisAt(sumOperators([equation.free, equation.interaction], equation.space));
  const freeBasis = thermal.some(isLocal) ? eigenbasisAt(equation.free) : undefined;
  if (!eigenbasis) return undefined;
  try {
    const rho = toEigenbasis(matrixOfUnknowns(sector, state.unknowns), eigenbasis);
    const found: Levels = {
      eigenbasis,
      freeBasis,
      populations: diagonalOf(rho),
      reference: referenceEnergies,
    };
    return thermal.map((d) => judged(d, model, basis, parameters, found));
  } catch (error) {
    if (error instanceof BadRateError || error instanceof DivergentRate) return undefined;
    throw error;
  }
}

/** The eigenstates of H and, for local baths, of H₀, with what the steady state holds of the former. */
interface Levels {
  readonly eigenbasis: Eigenbasis;
  readonly freeBasis: Eigenbasis | undefined;
  readonly populations: Float64Array;
  /** Energies of H_TD, by eigenstate, whose equal gaps a unified equation keeps together. */
  readonly reference: Float64Array | undefined;
}

const isLocal = ({ method }: Dissipator): boolean => method === "local";

function judged(
  dissipator: Dissipator,
  model: Model,
  basis: ProductBasis,
  parameters: ArrayLike<number>,
  { eigenbasis, freeBasis, populations, reference }: Levels,
): BathValidity {
  const at = bathCouplings(dissipator, model, basis, { hasLambShift: false });
  const couplings = at(parameters, eigenbasis);
  const freeCouplings = freeBasis && isLocal(dissipator) ? at(parameters, freeBasis) : [];
  const linewidth = couplings.reduce((widest, c) => Math.max(widest, linewidthOf(c, eigenbasis)), 0);
  const { beta } = couplings[0]!.bath;
  const shifts = freeCouplings.flatMap(
    (free, k) => frequencyShift(couplings[k]!, eigenbasis, free, freeBasis!) ?? [],
  );
  const terms = couplings.flatMap((c) => worstSecularTerm(c, eigenbasis, populations, reference) ?? []);
  const shift = largest(shifts, (s) => s.rateChange);
  const secular = largest(terms, (t) => t.rate / t.difference);
  return {
    bath: dissipator.bath,
    method: dissipator.method,
    linewidth,
    linewidthOverTemperature: linewidth === 0 ? 0 : linewidth * beta,
    rateVariation: couplings.reduce((most, c) => Math.max(most, rateVariation(c, eigenbasis, linewidth)), 0),
    ...(shift && { shift }),
    ...(secular && { secular }),
  };
}

const largest = <T>(list: readonly T[], by: (item: T) => number): T | undefined =>
  list.reduce<T | undefined>(
    (best, item) => (best === undefined || by(item) > by(best) ? item : best),
    undefined,
  );

function rateVariation(coupling: EigenCoupling, eigenbasis: Eigenbasis, linewidth: number): number {
  let most = 0;
  const total = (x: number): number => coupling.lowering.rate(x) + coupling.raising.rate(-x);
  for (const ω of decisiveFrequencies(coupling, eigenbasis)) {
    const here = total(ω);
    if (here === 0) continue;
    for (const side of [-0.5, 0.5]) {
      most = Math.max(most, Math.abs(total(ω + side * linewidth) / here - 1));
    }
  }
  return most;
}
