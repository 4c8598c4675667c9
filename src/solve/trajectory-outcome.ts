import type { Sector } from "../lower/sector.ts";
import type { ProductBasis } from "../lower/window.ts";
import type { ComplexSparse } from "../numerics/complex-sparse.ts";
import type { EvolutionEnd, EvolutionFailure } from "../numerics/evolution.ts";
import type { EvolutionRoute } from "../numerics/evolution-route.ts";
import type { Brought } from "./brought-energy.ts";
import type { EnergyFlow } from "./energy-flow.ts";
import type { LaterPoint } from "./resting-point.ts";
import type { SolveFailure } from "./steady-state.ts";

/** A state on the way, over elements of ρ between product states. */
export interface TrajectoryPoint {
  readonly time: number;
  readonly basis: ProductBasis;
  readonly sector: Sector;
  /** ρ, dρ/dt, and the part of it that the baths make, Σ_b L_b ρ. */
  readonly rho: Float64Array;
  readonly change: Float64Array;
  readonly dissipative: Float64Array;
  /** Of each dissipator of the equation, in its order. */
  readonly flows: readonly EnergyFlow[];
  /** dU/dt, U = Tr[Hρ] or Tr[H_TD ρ] where a bath is unified. */
  readonly energyRate: number;
  /** By dissipator, what it has brought in since the time 0. */
  readonly accumulated: readonly Brought[];
  /** ∫₀^t Tr[ρ ∂H/∂t]; zero where nothing drives. */
  readonly accumulatedDrive: number;
}

/** Where an evolution begins, or was left and goes on from. */
export interface Waypoint {
  readonly time: number;
  /** On the product states of a basis. */
  readonly rho: ComplexSparse;
  /** What the meters of the equation (`metersOf`) show since the time 0; nothing at the start. */
  readonly brought?: Float64Array;
}

/** How far an evolution came. */
export interface Reached {
  /** At as many of the times as were reached. */
  readonly points: readonly TrajectoryPoint[];
  /** Real unknowns that were evolved. */
  readonly size: number;
  /** The routes taken, their steps, and the sum of the estimated errors. */
  readonly numerics: { readonly routes: readonly string[]; readonly steps: number; readonly error: number };
}

export interface Trajectory extends Reached {
  /** The last state that was looked at and let pass. */
  readonly end: () => Required<Waypoint>;
  /** The state after the last one, by steps that grow; undefined where it does not come to rest in few of them. */
  readonly later: () => LaterPoint | undefined;
  readonly outcome: EvolutionEnd;
}

export type TrajectoryOutcome =
  | { readonly kind: "evolved"; readonly trajectory: Trajectory }
  | {
      readonly kind: "failed";
      readonly failure: SolveFailure;
      /** What was come to before, if anything was. */
      readonly reached?: Reached;
    };

export interface TrajectoryOptions {
  /** The error that an element of ρ may have. */
  readonly tolerance: number;
  /** The route to take in the place of the rule's. */
  readonly route?: EvolutionRoute;
  readonly onStep?: (time: number) => boolean | undefined;
  /** Looks at states on the way, those asked for and others: may go on, or stop before that state, or at it. */
  readonly watch?: (passing: PassingState) => Verdict;
}

export type Verdict = "on" | "stop before" | "stop here";

export interface PassingState {
  readonly time: number;
  /** Of the levels of a subsystem, from the first of its window. */
  readonly populations: (subsystem: number) => Float64Array;
}

/** Errors below this are not asked for of a part: double precision has no more. */
const LEAST_SHARE = 1e-14;

/**
 * What the next part of an evolution may have of a tolerance when errors of `spent` have been made already: half of what
 * is left, so that all of them together stay below it, but no less than can be kept.
 */
export const shareOf = (tolerance: number, spent: number): number =>
  Math.max((tolerance - spent) / 2, tolerance / 100, Math.min(tolerance, LEAST_SHARE));

/** An outcome without all that was asked for. */
export const failed = (failure: SolveFailure, reached?: Reached): TrajectoryOutcome => ({
  kind: "failed",
  failure,
  ...(reached && { reached }),
});

const WHY: Readonly<Record<EvolutionFailure, string>> = {
  "too-many-steps": "it takes too many steps",
  "step-too-small": "its steps became too small for double precision",
  "not-finite": "its state is not finite",
  "too-large": "its matrices would be too large",
  singular: "a matrix of its is singular",
};

export const gaveUp = (
  outcome: EvolutionFailure,
  time: number,
  route: EvolutionRoute | undefined,
): SolveFailure => ({
  kind: "inaccurate",
  reason: `the evolution did not get beyond the time ${Number(time.toPrecision(4))}${route ? ` by the route ${route}` : ""}: ${WHY[outcome]}`,
  advice: route
    ? "leave the route out: the one that suits is found by rule"
    : "ask for a shorter time, for smaller windows, or for less accuracy; what changes ever faster has no end",
});
