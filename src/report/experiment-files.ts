import { csvText } from "./csv.ts";
import type { EvolutionResults } from "./evolution-results.ts";
import { evolutionJson, jsonReport } from "./json-report.ts";
import type { Results } from "./results.ts";
import { sweepCsv } from "./sweep-text.ts";

/** An experiment with its results. */
export type FinishedExperiment =
  | {
      readonly kind: "steady";
      readonly name: string;
      readonly results: Results;
      /** What it records, in its order. */
      readonly recorded: readonly string[];
    }
  | { readonly kind: "evolution"; readonly name: string; readonly results: EvolutionResults };

/** A file to be written beside the others of a run. */
export interface OutputFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** Makes files of a finished experiment. */
export type ExperimentWriter = (finished: FinishedExperiment) => readonly OutputFile[];

/** The table and the whole of an experiment's results. */
export const tableFiles: ExperimentWriter = (finished) => [
  {
    name: `${finished.name}.csv`,
    content:
      finished.kind === "steady"
        ? sweepCsv(finished.results, finished.recorded)
        : evolutionCsv(finished.results),
  },
  {
    name: `${finished.name}.json`,
    content: finished.kind === "steady" ? jsonReport(finished.results) : evolutionJson(finished.results),
  },
];

/** A line for each time of each equation: what was recorded, then the populations; the limit of long times is `inf`. */
export function evolutionCsv({ trajectories }: EvolutionResults): string {
  const recorded = [...new Set(trajectories.flatMap((t) => t.recorded))];
  const levels = [
    ...new Set(
      trajectories.flatMap((t) =>
        t.distributions.flatMap((d) => d.levels.map((l) => levelKey(d.subsystem, l))),
      ),
    ),
  ];
  const lines = trajectories.flatMap(({ equation, times, quantities, distributions }) =>
    times.map((time, k) => {
      const populations = new Map(
        distributions.flatMap((d) =>
          d.levels.map((l, n) => [levelKey(d.subsystem, l), d.populations[k]?.[n]]),
        ),
      );
      return [
        equation,
        time ?? "inf",
        ...recorded.map((key) => quantities[key]?.[k] ?? null),
        ...levels.map((key) => populations.get(key) ?? null),
      ];
    }),
  );
  return csvText([["equation", "time", ...recorded, ...levels], ...lines]);
}

const levelKey = (subsystem: string, level: string): string => `population(${subsystem})|${level}>`;
