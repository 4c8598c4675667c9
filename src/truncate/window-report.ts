import type { Space } from "../algebra/normal-form.ts";
import type { Windows } from "../lower/window.ts";

/** What the windows of truncated subsystems keep, and how much of ρ sits at their ends. */
export interface WindowReport {
  readonly subsystem: number;
  readonly first: number;
  readonly last: number;
  readonly isAutomatic: boolean;
  /**
   * The largest population of the first and of the last level, or, where a term moves it by k levels, of the first and
   * the last k; undefined at an end of the basis itself.
   */
  readonly edges: readonly [number | undefined, number | undefined];
}

/** An automatic window that must be wider than this is taken to run away. */
export const MAX_LEVELS = 1500;

/** What decides how the ends of windows are looked at. */
export interface Truncation {
  readonly space: Space;
  readonly automatic: readonly boolean[];
  /** See `largestShifts`. */
  readonly shifts: readonly number[];
}

/** Populations of the levels of a subsystem, from the first of its window. */
export type PopulationsOf = (subsystem: number) => Float64Array;

/** What the ends of the windows of truncated subsystems hold. */
export function endsOf(
  windows: Windows,
  { space, automatic, shifts }: Truncation,
  populationsOf: PopulationsOf,
): WindowReport[] {
  return space.flatMap((basis, subsystem): WindowReport[] => {
    if (basis.kind === "finite") return [];
    const { first, last } = windows[subsystem]!;
    const population = populationsOf(subsystem);
    const depth = shifts[subsystem]!;
    const most = (levels: Float64Array) => levels.reduce((m, p) => Math.max(m, Math.abs(p)), 0);
    const edges = [
      first > basis.from ? most(population.subarray(0, depth)) : undefined,
      last < basis.to ? most(population.subarray(-depth)) : undefined,
    ] as const;
    return [{ subsystem, first, last, isAutomatic: automatic[subsystem]!, edges }];
  });
}
