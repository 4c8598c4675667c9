import type { NormalForm } from "../algebra/normal-form.ts";
import type { DerivedModel } from "../equation/derive.ts";
import type { MasterEquation } from "../equation/master-equation.ts";
import { type Observable, observable } from "../lower/observable.ts";
import type { Sector } from "../lower/sector.ts";
import { parameterSlot } from "../model/parameter-values.ts";
import { compileReal, type Evaluator } from "../scalar/compile.ts";
import type { CountedCurrents } from "../solve/counted-currents.ts";
import type { EnergyFlow } from "../solve/energy-flow.ts";
import type { SteadyPoint } from "../solve/steady-point.ts";
import type { SteadyState } from "../solve/steady-state.ts";
import type { BathCurrents } from "./bath-currents.ts";
import { type BathRoles, bathRoles } from "./bath-roles.ts";
import type { Motion } from "./motion.ts";

/** A state of one equation, at rest or on its way, at one point of the parameters, with the energy currents of its baths. */
export interface SolvedPoint {
  readonly derived: DerivedModel;
  readonly equation: MasterEquation;
  readonly steady: SteadyPoint;
  readonly parameters: Float64Array;
  readonly state: SteadyState;
  /** By place in `Model.baths`; undefined for baths that the equation leaves out. */
  readonly currents: readonly (BathCurrents | undefined)[];
  /** The work of ancillas of several baths that collide at once, Tr[(H + H_B)Δρ]/τ: it is not the sum of parts. */
  readonly sharedWork: number;
  readonly roles: BathRoles;
  /** The counting statistics of the currents of a steady state, found when they are asked for. */
  readonly counted?: CountedCurrents;
  /** Of a state on its way; absent at rest. */
  readonly motion?: Motion;
  /** Tr[O ρ]. */
  readonly mean: (form: NormalForm) => { readonly re: number; readonly im: number };
}

/** A few rounding errors of the largest terms; sums of hundreds of terms of either sign stay well below it. */
const ROUND_OFF = 8 * Number.EPSILON;

/** Works out the currents of states of one equation; expressions and observables are compiled once. */
export type PointThermodynamics = (
  steady: SteadyPoint,
  parameters: Float64Array,
  counted?: CountedCurrents,
) => SolvedPoint;

/**
 * Works out the currents of a steady state. A bath between the eigenstates of H exchanges heat only, Tr[H L_b ρ]
 * (Eq. 29), or with H_TD in the place of H where it is unified; a local bath or one of jumps Tr[H₀ L_b ρ], and the rest
 * of the energy that it moves is work. Ancillas that collide for some time give the energy that they lose as heat; the
 * work is that of the whole collision.
 */
export function pointThermodynamics(derived: DerivedModel, equation: MasterEquation): PointThermodynamics {
  const baths = derived.model.baths.map(({ beta, mu }) => ({
    beta: beta && compileReal(beta, parameterSlot),
    mu: mu && compileReal(mu, parameterSlot),
  }));
  const observableOn = observables();
  return (steady, parameters, counted) => ({
    ...currentsOf(derived, equation, steady, parameters, baths),
    ...(counted && { counted }),
    mean: (form) => observableOn(form, steady.sector, steady.basis).trace(parameters, steady.state.unknowns),
  });
}

/** One state of an equation; `pointThermodynamics` for many. */
export const solvedPoint = (
  derived: DerivedModel,
  equation: MasterEquation,
  steady: SteadyPoint,
  parameters: Float64Array,
  counted?: CountedCurrents,
): SolvedPoint => pointThermodynamics(derived, equation)(steady, parameters, counted);

/** Observables by the sectors and the operators that they were compiled for. */
function observables(): typeof observable {
  const known = new WeakMap<Sector, Map<NormalForm, Observable>>();
  return (form, sector, basis) => {
    const onSector = known.get(sector) ?? new Map<NormalForm, Observable>();
    known.set(sector, onSector);
    const made = onSector.get(form) ?? observable(form, sector, basis);
    onSector.set(form, made);
    return made;
  };
}

interface BathEvaluators {
  readonly beta: Evaluator | undefined;
  readonly mu: Evaluator | undefined;
}

function currentsOf(
  derived: DerivedModel,
  equation: MasterEquation,
  steady: SteadyPoint,
  parameters: Float64Array,
  baths: readonly BathEvaluators[],
): Omit<SolvedPoint, "mean"> {
  const currents: (BathCurrents | undefined)[] = derived.model.baths.map(() => undefined);
  const colliding = equation.dissipators.filter((d) => d.collision).length;
  const collisionWork = steady.collision?.work ?? 0;
  const ownCollisionWork = colliding === 1 ? collisionWork : undefined;
  for (const [place, { bath, spectral, collision }] of equation.dissipators.entries()) {
    const flow = steady.flows[place]!;
    const { free, interaction, thermodynamic, particles, bound } = flow;
    // where a bath is unified, U is Tr[H_TD ρ]
    const energy = thermodynamic ?? free + interaction;
    const { beta, mu } = baths[bath]!;
    const chemicalWork = mu && particles !== undefined ? mu(parameters) * particles : 0;
    currents[bath] = {
      heat: (spectral ? energy : free) - chemicalWork,
      work: collision ? ownCollisionWork : workOf(flow, spectral !== undefined),
      chemicalWork,
      particles,
      roundOff: ROUND_OFF * bound,
      beta: beta?.(parameters),
    };
  }
  return {
    derived,
    equation,
    steady,
    parameters,
    state: steady.state,
    currents,
    sharedWork: colliding > 1 ? collisionWork : 0,
    roles: bathRoles(derived.model, currents),
  };
}

/** The energy that a bath moves and that is no heat. */
function workOf({ free, interaction, thermodynamic }: EnergyFlow, isSpectral: boolean): number {
  if (isSpectral) return 0;
  return thermodynamic === undefined ? interaction : thermodynamic - free;
}
