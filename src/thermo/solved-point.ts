import type { NormalForm } from "../algebra/normal-form.ts";
import type { DerivedModel } from "../equation/derive.ts";
import type { MasterEquation } from "../equation/master-equation.ts";
import { applyContributions, type Generator } from "../lower/generator.ts";
import { type Observable, observable } from "../lower/observable.ts";
import { parameterSlot } from "../model/parameter-values.ts";
import { compileReal } from "../scalar/compile.ts";
import type { SteadyState } from "../solve/steady-state.ts";
import type { BathCurrents } from "./bath-currents.ts";
import { type BathRoles, bathRoles } from "./bath-roles.ts";

/** A steady state of one equation at one point of the parameters, with the energy currents of its baths. */
export interface SolvedPoint {
  readonly derived: DerivedModel;
  readonly equation: MasterEquation;
  readonly generator: Generator;
  readonly parameters: Float64Array;
  readonly state: SteadyState;
  /** By place in `Model.baths`; undefined for baths that the equation leaves out. */
  readonly currents: readonly (BathCurrents | undefined)[];
  readonly roles: BathRoles;
  /** Tr[O ρ]. */
  readonly mean: (form: NormalForm) => { readonly re: number; readonly im: number };
}

/** A few rounding errors of the largest terms; sums of hundreds of terms of either sign stay well below it. */
const ROUND_OFF = 8 * Number.EPSILON;

/** The functionals of an equation's energies on a sector; made once for a generator. */
interface EnergyObservables {
  readonly free: Observable;
  readonly interaction: Observable;
}

const energyObservables = (equation: MasterEquation, { basis, sector }: Generator): EnergyObservables => ({
  free: observable(equation.free, sector, basis),
  interaction: observable(equation.interaction, sector, basis),
});

/** Works out the currents of a steady state. */
export function solvedPoint(
  derived: DerivedModel,
  equation: MasterEquation,
  generator: Generator,
  parameters: Float64Array,
  state: SteadyState,
): SolvedPoint {
  const energies = energyObservables(equation, generator);
  const slots = generator.slotsAt(parameters);
  const currents: (BathCurrents | undefined)[] = derived.model.baths.map(() => undefined);
  for (const [place, { bath }] of equation.dissipators.entries()) {
    const { change, gross } = applyContributions(generator.dissipators[place]!, slots, state.unknowns);
    const { beta } = derived.model.baths[bath]!;
    currents[bath] = {
      heat: energies.free.trace(parameters, change).re,
      work: energies.interaction.trace(parameters, change).re,
      roundOff: ROUND_OFF * energies.free.bound(parameters, gross),
      beta: beta && compileReal(beta, parameterSlot)(parameters),
    };
  }
  return {
    derived,
    equation,
    generator,
    parameters,
    state,
    currents,
    roles: bathRoles(derived.model, currents),
    mean: (form) => observable(form, generator.sector, generator.basis).trace(parameters, state.unknowns),
  };
}
