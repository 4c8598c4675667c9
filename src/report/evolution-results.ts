import type { ReportedDiagnostic, WindowReport } from "./results.ts";

/** What `thermill evolve --json` prints (docs/evolution.schema.json). */
export interface EvolutionResults {
  readonly format: "thermill-evolution/1";
  /** Version of this program. */
  readonly thermill: string;
  readonly units: "hbar = k_B = 1";
  readonly model: string;
  readonly experiment: string;
  readonly diagnostics: readonly ReportedDiagnostic[];
  readonly trajectories: readonly TrajectoryReport[];
}

/** One equation's way from the initial state; columns are as long as `times`. */
export interface TrajectoryReport {
  readonly equation: string;
  /** The name of the initial state. */
  readonly state: string;
  readonly parameters: Readonly<Record<string, number | null>>;
  /** null stands for the limit of long times, the steady state. */
  readonly times: readonly (number | null)[];
  /** By the model's spelling without spaces; null where undefined. */
  readonly quantities: Readonly<Record<string, readonly (number | string | null)[]>>;
  /** Why a quantity is null, where it is first. */
  readonly undefined: Readonly<Record<string, string>>;
  /** The keys that the experiment asks for. */
  readonly recorded: readonly string[];
  readonly distributions: readonly DistributionReport[];
  /** By truncated subsystem, the levels kept at each of the times. */
  readonly windows: Readonly<Record<string, WindowsInTime>>;
  readonly certificate: EvolutionCertificate;
  /** Where they were asked for. */
  readonly jumps?: JumpReport;
}

/** Quantum-jump trajectories of the same evolution; columns are as long as their `times`. */
export interface JumpReport {
  readonly seed: number;
  /** How many trajectories are averaged over. */
  readonly count: number;
  /** How many were asked for, where the user interrupted them. */
  readonly asked?: number;
  readonly times: readonly number[];
  /** To how much the time of a jump is found. */
  readonly resolution: number;
  /** Jumps of a trajectory on average; null without averages. */
  readonly meanJumps: number | null;
  readonly quantities: Readonly<Record<string, JumpAverage>>;
  /** Recorded quantities that no average over trajectories gives, and why. */
  readonly leftOut: Readonly<Record<string, string>>;
  readonly single?: SingleTrajectory;
}

/** An average over trajectories beside the value that the equation itself gives. */
export interface JumpAverage {
  readonly average: readonly number[];
  readonly standardError: readonly (number | null)[];
  /** Average less the equation's value, in standard errors; null where nothing scatters. */
  readonly deviation: readonly (number | null)[];
}

/** One trajectory. */
export interface SingleTrajectory {
  /** Its number, from 1. */
  readonly number: number;
  readonly jumps: readonly JumpEvent[];
  readonly quantities: Readonly<Record<string, readonly number[]>>;
}

export interface JumpEvent {
  readonly time: number;
  readonly bath: string;
  /** Among the jumps of the bath, from 1. */
  readonly channel: number;
  /** What it hands over to the bath; null where that is no fixed number. */
  readonly energy: number | null;
}

/** The first and the last level kept, time by time. */
export interface WindowsInTime {
  readonly first: readonly number[];
  readonly last: readonly number[];
}

/** Populations of all levels of a subsystem, time by time. */
export interface DistributionReport {
  readonly subsystem: string;
  readonly levels: readonly string[];
  readonly populations: readonly (readonly number[])[];
}

/** What vouches for an evolution. */
export interface EvolutionCertificate {
  /** The error that was asked for, of an element of ρ, and the sum of the estimated errors of the steps. */
  readonly tolerance: number;
  readonly estimatedError: number;
  readonly route: string;
  /** Whether the route was asked for, and not chosen by rule. */
  readonly isRouteAsked: boolean;
  readonly steps: number;
  /** The largest |Tr ρ − 1|, and the smallest eigenvalue of ρ, at any of the times. */
  readonly traceError: number;
  readonly smallestEigenvalue: number;
  /** All levels that were kept at some time, with the most that ends held on the way. */
  readonly windows: Readonly<Record<string, WindowReport>>;
  /** How often windows were exchanged for others on the way, and the weight of ρ that was left behind then. */
  readonly moves: number;
  readonly leftBehind: number;
  readonly sectorSize: number;
  readonly fullSize: number;
  /** null where there is no steady state to compare with, or it is not come to in few steps. */
  readonly longTime: LongTimeReport | null;
  /** Whether the equation depends on time: then it has no steady state. */
  readonly dependsOnTime: boolean;
  /** G of the rotating frame e^{iGt} in which states and means are taken; null in the laboratory. */
  readonly frame: string | null;
}

/** The limit of long times by evolution against the state at rest that the solver finds. */
export interface LongTimeReport {
  /** When the state no longer changed. */
  readonly time: number;
  /** The largest difference of an element of ρ. */
  readonly distance: number;
}
