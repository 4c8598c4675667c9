import type { DerivedModel } from "./equation/derive.ts";
import type { Job } from "./experiment/jobs.ts";
import type { KnownStates } from "./experiment/known-states.ts";
import { type JobSurroundings, runJobs } from "./experiment/run-jobs.ts";
import { type ExperimentWork, experimentWork, type JobResult } from "./experiment-work.ts";
import type { SweepDefinition } from "./model/model.ts";
import type { Compiled } from "./pipeline.ts";
import { reportedDiagnostics } from "./report/reported-diagnostics.ts";
import type { EquationResults, Results } from "./report/results.ts";
import { createReporter, type Diagnostic } from "./source/diagnostic.ts";
import { sameName } from "./source/name.ts";
import { RESULT_CODES } from "./thermo/codes.ts";
import { VERSION } from "./version.ts";

export interface SweepOptions {
  /** The experiment's name. */
  readonly experiment: string;
  readonly onProgress?: (message: string) => void;
}

export interface SweepOutcome {
  readonly results: Results;
  /** What the experiment records, in its order. */
  readonly recorded: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  readonly status: "good" | "model-error" | "unknown-experiment" | "not-vouched";
  /** Jobs of the experiment (points of its grid, searches) and how many of them were done before it was interrupted. */
  readonly jobs: number;
  readonly done: number;
}

/** Steady states over the grid of an experiment. A point without an answer is left out, and said. */
export function runSweep(compiled: Compiled, options: SweepOptions): SweepOutcome {
  const { experiment, onProgress = () => {} } = options;
  const prepared = prepareSweep(compiled, experiment);
  if (!prepared.work) return prepared.refused;
  const { jobs, run } = prepared.work;
  const results = jobs.map((job, k) => {
    onProgress(`${experiment}: ${k + 1} of ${jobs.length}`);
    return run(job);
  });
  return prepared.outcome(results);
}

/** What the surroundings of an experiment are: its own jobs and their results. */
export interface SweepSurroundings extends JobSurroundings<JobResult> {
  /** Steady states that experiments of the model share. */
  readonly known?: KnownStates;
}

/** `runSweep` with workers, a store of results, and a way to end it early; the results are the same, to the last bit. */
export async function runSweepJobs(
  compiled: Compiled,
  experiment: string,
  surroundings: SweepSurroundings,
): Promise<SweepOutcome> {
  const prepared = prepareSweep(compiled, experiment, surroundings.known);
  if (!prepared.work) return prepared.refused;
  return prepared.outcome(await runJobs(prepared.work.jobs, prepared.work.run, surroundings));
}

/** The jobs of an experiment in their order; none where it cannot be run. */
export const sweepJobs = (compiled: Compiled, experiment: string): readonly Job[] =>
  prepareSweep(compiled, experiment).work?.jobs ?? [];

/**
 * The results of jobs by their places: what a worker does that has compiled the same model. Throws on another model's.
 * `known` are steady states that experiments of the model share.
 */
export function sweepWorker(
  { derived, model }: Compiled,
  experiment: string,
  known?: KnownStates,
): (places: readonly number[]) => readonly JobResult[] {
  const definition = definitionOf(model, experiment);
  if (!derived || !definition) throw new Error(`no experiment '${experiment}' to work on`);
  const { jobs, run } = experimentWork(derived, definition, known);
  return (places) => places.map((place) => run(jobs[place]!));
}

const definitionOf = ({ sweeps }: Compiled["model"], experiment: string): SweepDefinition | undefined =>
  sweeps.find(({ name }) => sameName(name, experiment));

type Prepared =
  | { readonly work?: undefined; readonly refused: SweepOutcome }
  | {
      readonly work: ExperimentWork;
      /** Of the results of all jobs, undefined for those that were not done. */
      readonly outcome: (results: readonly (JobResult | undefined)[]) => SweepOutcome;
    };

function prepareSweep(compiled: Compiled, experiment: string, known?: KnownStates): Prepared {
  const { derived, model } = compiled;
  const definition = definitionOf(model, experiment);
  const refused = (status: SweepOutcome["status"], found: readonly Diagnostic[]): Prepared => ({
    refused: outcomeOf(compiled, definition, status, [], found, { jobs: 0, done: 0 }),
  });
  if (!derived) return refused("model-error", []);
  if (!definition) return refused("unknown-experiment", []);
  const contradiction = setAndSwept(definition, derived);
  if (contradiction.length > 0) return refused("model-error", contradiction);
  const work = experimentWork(derived, definition, known);
  return {
    work,
    outcome: (results) => {
      const found = results.flatMap((r) => r?.diagnostics ?? []);
      const status = found.some((d) => d.severity === "error") ? "not-vouched" : "good";
      const equations = definition.equations.map((place): EquationResults => {
        const own = results.filter((r, k) => r && work.jobs[k]!.equation === place) as JobResult[];
        return {
          equation: derived.equations[place]!.name,
          roles: own.find((r) => r.roles)?.roles ?? {},
          rows: own.flatMap((r) => r.rows),
        };
      });
      const count = { jobs: results.length, done: results.filter((r) => r).length };
      return outcomeOf(compiled, definition, status, equations, found, count);
    },
  };
}

function outcomeOf(
  { model, diagnostics, sources }: Compiled,
  definition: SweepDefinition | undefined,
  status: SweepOutcome["status"],
  results: readonly EquationResults[],
  found: readonly Diagnostic[],
  count: Pick<SweepOutcome, "jobs" | "done">,
): SweepOutcome {
  const all = [...diagnostics, ...found];
  const recorded = definition
    ? [...definition.searches.map((s) => s.text), ...definition.quantities.map((q) => q.name)]
    : [];
  return {
    status,
    diagnostics: all,
    recorded: [...new Set(recorded)],
    results: {
      format: "thermill-results/1",
      thermill: VERSION,
      language: 1,
      units: "hbar = k_B = 1",
      model: model.name,
      diagnostics: reportedDiagnostics(all, sources),
      results,
    },
    ...count,
  };
}

/** A parameter cannot be varied and be set on the command line. */
function setAndSwept({ axes, searches }: SweepDefinition, { model }: DerivedModel): Diagnostic[] {
  const { diagnostics, report } = createReporter(RESULT_CODES);
  for (const { isSet, parameter, span } of [...axes, ...searches.flatMap((s) => s.over)]) {
    if (!isSet) continue;
    report(
      "E505",
      span,
      `'${model.parameters[parameter]!.name}' is varied here and set on the command line`,
      {
        fix: "leave out --set",
      },
    );
  }
  return [...diagnostics];
}
