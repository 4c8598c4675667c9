import type { EvolutionResults } from "./evolution-results.ts";
import type { Results } from "./results.ts";

/** The results as one JSON object; numbers read back as they were. Throws where a number is not finite: a bug. */
export const jsonReport = (results: Results): string => `${JSON.stringify(results, finite, 2)}\n`;

/** An evolution as one JSON object. */
export const evolutionJson = (results: EvolutionResults): string => `${JSON.stringify(results, null, 2)}\n`;

function finite(key: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new Error(`'${key}' is ${value} in the results; undefined quantities must be null`);
  }
  return value;
}
