import { compile } from "../../src/pipeline.ts";
import type { TrajectoryReport } from "../../src/report/evolution-results.ts";
import { runEvolve } from "../../src/run-evolve.ts";

/** An evolution as a test asks about it. */
export interface Evolved extends TrajectoryReport {
  readonly of: (key: string) => number[];
  readonly codes: readonly string[];
}

/** The first trajectory of an experiment; throws with the diagnostics where there is none. */
export function evolved(
  text: string,
  set: Readonly<Record<string, number>> = {},
  experiment?: string,
): Evolved {
  const sets = Object.entries(set).map(([name, value]) => `${name}=${value}`);
  const compiled = compile({ name: "m", text }, { sets, quantities: [], readLibrary: () => undefined });
  const { results, status, diagnostics } = runEvolve(compiled, experiment ? { experiment } : {});
  const [first] = results.trajectories;
  if (status !== "good" || !first) {
    throw new Error(diagnostics.map((d) => `${d.code} ${d.message}`).join("\n"));
  }
  return {
    ...first,
    of: (key) => first.quantities[key]!.map((x) => x as number),
    codes: diagnostics.map((d) => d.code),
  };
}

/** The largest difference between two columns. */
export const farthest = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((most, x, k) => Math.max(most, Math.abs(x - b[k]!)), 0);

/** The largest modulus in a column. */
export const largest = (a: readonly number[]): number =>
  a.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
