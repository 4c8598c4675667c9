import type { Counted, CurrentStatistics, StatisticsOutcome } from "./current-statistics.ts";

/** The statistics of a current, with what wider windows change of them where there are automatic ones. */
export type SettledStatistics = CurrentStatistics & { readonly verified?: NoiseVerification };

export interface NoiseVerification {
  /** The relative change of the noise. */
  readonly change: number;
  /** By how many levels the windows were wider than those of the state. */
  readonly levels: number;
}

export type SettledStatisticsOutcome =
  | ({ readonly kind: "found" } & SettledStatistics)
  | Extract<StatisticsOutcome, { kind: "undefined" }>;

export interface CountedCurrents {
  /** The statistics of what a dissipator (its place in the equation) exchanges. */
  readonly of: (dissipator: number, counted: Counted) => SettledStatisticsOutcome;
  /** All that have been asked for and found. */
  readonly found: () => readonly {
    readonly dissipator: number;
    readonly counted: Counted;
    readonly statistics: SettledStatistics;
  }[];
}
