import { compile } from "../../src/pipeline.ts";
import type { TrajectoryReport } from "../../src/report/evolution-results.ts";
import { type EvolveOptions, runEvolve } from "../../src/run-evolve.ts";

/** A trajectory as a test asks about it. */
export interface Evolved extends TrajectoryReport {
  /** A quantity's column by its key; throws where it is not recorded. */
  readonly of: (key: string) => number[];
  readonly codes: readonly string[];
  readonly messages: readonly string[];
}

export interface AskedEvolution extends EvolveOptions {
  readonly sets?: readonly string[];
  /** Take also what was left unfinished. */
  readonly isPartial?: boolean;
}

/** The first trajectory of a model's text; throws with the diagnostics where there is none that can be vouched for. */
export function evolve(
  text: string,
  { sets = [], isPartial = false, ...options }: AskedEvolution = {},
): Evolved {
  const compiled = compile({ name: "m", text }, { sets, quantities: [], readLibrary: () => undefined });
  const { results, status, diagnostics } = runEvolve(compiled, options);
  const [first] = results.trajectories;
  if (!(status === "good" || isPartial) || !first) {
    throw new Error(diagnostics.map((d) => `${d.code} ${d.message}`).join("\n"));
  }
  return {
    ...first,
    of: (key) => {
      const column = first.quantities[key];
      if (!column) throw new Error(`there is no ${key}, but ${Object.keys(first.quantities).join(", ")}`);
      return column.map((x) => x as number);
    },
    codes: diagnostics.map((d) => d.code),
    messages: diagnostics.map((d) => d.message),
  };
}

/** The largest difference between two columns. */
export const farthest = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((most, x, k) => Math.max(most, Math.abs(x - b[k]!)), 0);

/** The largest modulus in a column. */
export const largest = (a: readonly number[]): number =>
  a.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
