import type {
  Compiled,
  EvolveOutcome,
  Job,
  JobProgress,
  JobResult,
  KnownStates,
  SweepOutcome,
  SweepSurroundings,
} from "../index.ts";
import type { FinishedExperiment } from "../report/experiment-files.ts";
import type { Diagnostic } from "../source/diagnostic.ts";
import { sameName } from "../source/name.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import type { Host } from "./host.ts";
import type { Provenance } from "./output-directory.ts";
import { createProgress, timeLeftText } from "./progress.ts";
import { resultKey } from "./result-keys.ts";
import type { ResultStore } from "./result-store.ts";
import type { Workers } from "./workers.ts";

/** What experiments of one model are run with. */
export interface ExperimentRun {
  readonly compiled: Compiled;
  readonly host: Host;
  readonly workers: Workers | undefined;
  /** Steady states that experiments share. */
  readonly known?: KnownStates;
  /** Where results are kept, if anywhere. */
  readonly output?: OpenOutput;
}

/** A model's experiments without a place where results are kept. */
export function experimentRun(compiled: Compiled, workers: Workers | undefined, host: Host): ExperimentRun {
  const known = compiled.derived && host.compiler.knownStates(compiled.derived);
  return { compiled, host, workers, ...(known && { known }) };
}

export interface OpenOutput {
  readonly directory: string;
  readonly store: ResultStore;
  readonly provenance: Provenance;
}

/** An experiment that was run, to its end or until it was interrupted. */
export interface RanExperiment {
  readonly exitCode: ExitCode;
  /** Besides those of the compilation. */
  readonly diagnostics: readonly Diagnostic[];
  readonly finished: FinishedExperiment;
}

/** Runs an experiment of the model; what the store has is taken from there, and what is done is put there. */
export const runExperiment = (name: string, run: ExperimentRun): Promise<RanExperiment> | RanExperiment =>
  run.compiled.model.evolutions.some((e) => sameName(e.name, name))
    ? evolveOne(name, run)
    : sweepOne(name, run);

async function sweepOne(asked: string, run: ExperimentRun): Promise<RanExperiment> {
  const { compiled, host, output } = run;
  const { name } = compiled.model.sweeps.find((s) => sameName(s.name, asked))!;
  const progress = createProgress(host.stderr);
  const abort = new AbortController();
  const ignore = host.onInterrupt?.(() => abort.abort());
  const outcome: SweepOutcome = await host.compiler.runSweepJobs(compiled, name, {
    ...sweepSurroundings(name, run),
    signal: abort.signal,
    onProgress: throttled((p) => progress.show(progressText(name, p))),
  });
  ignore?.();
  progress.clear();
  const finished = { kind: "steady", name, results: outcome.results, recorded: outcome.recorded } as const;
  const diagnostics = outcome.diagnostics.slice(compiled.diagnostics.length);
  if (outcome.done === outcome.jobs) {
    return { exitCode: SWEEP_EXIT[outcome.status], diagnostics, finished };
  }
  host.stderr.write(interruptedText(name, outcome.done, outcome.jobs, output));
  return { exitCode: EXIT.interrupted, diagnostics, finished };
}

/** What an experiment with steady states has around it: clock, workers, store. */
export function sweepSurroundings(
  name: string,
  { workers, output, known }: ExperimentRun,
): SweepSurroundings {
  const keyOf = (job: Job): string => resultKey(output?.provenance.run, name, job);
  return {
    now: () => performance.now() / 1000,
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    ...(known && { known }),
    ...(workers && { startPool: () => workers.poolFor(name) }),
    ...(output && {
      store: {
        get: (job) => output.store.get(keyOf(job)) as JobResult | undefined,
        put: (job, result) => output.store.put(keyOf(job), result),
      },
    }),
  };
}

export function interruptedText(
  names: string,
  done: number,
  total: number,
  output: OpenOutput | undefined,
): string {
  const kept = output ? `, and kept in '${output.directory}': the same command goes on from there` : "";
  return `interrupted: ${done} of ${total} points of '${names}' are done${kept}\n`;
}

const SWEEP_EXIT = {
  good: EXIT.good,
  "model-error": EXIT.modelErrors,
  "unknown-experiment": EXIT.usage,
  "not-vouched": EXIT.notVouched,
} as const satisfies Record<SweepOutcome["status"], ExitCode>;

/** An evolution is one piece of work, and its result is kept as a whole. */
function evolveOne(asked: string, { compiled, host, output }: ExperimentRun): RanExperiment {
  const { name } = compiled.model.evolutions.find((e) => sameName(e.name, asked))!;
  const key = resultKey(output?.provenance.run, name);
  const stored = output?.store.get(key) as EvolveOutcome | undefined;
  const progress = createProgress(host.stderr);
  const outcome =
    stored ?? host.compiler.runEvolve(compiled, { experiment: name, onProgress: progress.show });
  progress.clear();
  if (!stored) output?.store.put(key, outcome);
  return {
    exitCode: outcome.status === "good" ? EXIT.good : EXIT.notVouched,
    diagnostics: outcome.diagnostics.slice(compiled.diagnostics.length),
    finished: { kind: "evolution", name, results: outcome.results },
  };
}

export const progressText = (name: string, { done, total, secondsLeft }: JobProgress): string =>
  `${name}: ${done} of ${total}${secondsLeft === undefined ? "" : timeLeftText(secondsLeft)}`;

/** Shows at most ten states a second: a terminal is slower than a point. */
function throttled(show: (progress: JobProgress) => void): (progress: JobProgress) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (progress) => {
    const now = performance.now();
    if (now - last < 100) return;
    last = now;
    show(progress);
  };
}
