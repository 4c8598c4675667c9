import { join } from "node:path";
import type { Compiled, EvolveOutcome, JobProgress, SweepOutcome } from "../index.ts";
import { compileParameters } from "../model/parameter-values.ts";
import { evolutionText } from "../report/evolution-text.ts";
import {
  type ExperimentWriter,
  evolutionCsv,
  type FinishedExperiment,
  tableFiles,
} from "../report/experiment-files.ts";
import { evolutionJson, jsonReport } from "../report/json-report.ts";
import { reportedDiagnostics } from "../report/reported-diagnostics.ts";
import { sweepCsv, sweepText } from "../report/sweep-text.ts";
import type { Diagnostic } from "../source/diagnostic.ts";
import { nearestName, sameName } from "../source/name.ts";
import { paletteFor } from "./colours.ts";
import { cliDiagnostic, countText, writeDiagnostics } from "./diagnostics-output.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { finishedEntry } from "./finished-entry.ts";
import type { Host } from "./host.ts";
import { displayName, type ModelInput } from "./model-input.ts";
import { type Provenance, writeExperiment } from "./output-directory.ts";
import { createProgress, timeLeftText } from "./progress.ts";
import { reportColumns } from "./report-columns.ts";
import { openStore, type ResultStore, sha256 } from "./result-store.ts";
import type { WorkerSetting } from "./worker-protocol.ts";
import type { Workers } from "./workers.ts";

/** What `thermill run` is asked for about experiments. */
export interface ExperimentOptions {
  readonly set?: readonly string[];
  readonly json?: true;
  readonly csv?: true;
  readonly out?: string;
  readonly workers?: number;
}

/** Everything that is written of a finished experiment. */
const WRITERS: readonly ExperimentWriter[] = [tableFiles];

/** Runs experiments one after the other, to the terminal or into a directory. */
export async function runExperiments(
  file: string,
  input: ModelInput,
  names: readonly string[] | "all",
  options: ExperimentOptions,
  host: Host,
): Promise<ExitCode> {
  const libraries: Record<string, string | null> = {};
  const readLibrary = (path: string): string | undefined => {
    const text = input.readLibrary(path);
    libraries[path] = text ?? null;
    return text;
  };
  const sets = options.set ?? [];
  const compiled = host.compiler.compile(input.source, { sets, quantities: [], readLibrary });
  const { model } = compiled;
  const chosen = names === "all" ? model.experiments : names;
  const unknown = chosen.find((name) => !model.experiments.some((e) => sameName(e, name)));
  const refused =
    unknown === undefined ? refusalOf(chosen, options) : unknownExperiment(unknown, model.experiments);
  const isBroken = compiled.derived === undefined;
  writeDiagnostics(
    [...compiled.diagnostics, ...(refused && !isBroken ? [refused] : [])],
    compiled.sources,
    host,
  );
  if (isBroken) {
    host.stderr.write(`${displayName(file)}: ${countText(compiled.diagnostics)}\n`);
    if (options.json) host.stdout.write(jsonReport(emptyOutcome(compiled, host)));
    return EXIT.modelErrors;
  }
  if (refused) {
    if (options.json) host.stdout.write(jsonReport(emptyOutcome(compiled, host, refused)));
    return EXIT.usage;
  }
  const setting: WorkerSetting = { source: input.source, libraries, sets };
  const workers = host.startWorkers?.(options.workers, setting);
  try {
    const output = openOutput(setting, file, compiled, options, host);
    return await runAll(chosen, { compiled, options, host, ...output }, workers);
  } catch (error) {
    if (!isFileError(error)) throw error;
    writeDiagnostics([cliDiagnostic("E004", fileErrorText(error, options.out ?? ""))], [], host);
    return EXIT.usage;
  } finally {
    workers?.end();
  }
}

async function runAll(
  names: readonly string[],
  run: ExperimentRun,
  workers: Workers | undefined,
): Promise<ExitCode> {
  const finished: FinishedExperiment[] = [];
  let exitCode: ExitCode = EXIT.good;
  for (const name of names) {
    const one = await runOne(name, run, workers);
    const isInterrupted = one.exitCode === EXIT.interrupted;
    writeDiagnostics(one.diagnostics, run.compiled.sources, run.host);
    exitCode = Math.max(exitCode, one.exitCode) as ExitCode;
    if (!run.output) finished.push(one.finished);
    else if (!isInterrupted && one.exitCode !== EXIT.modelErrors)
      writeFiles(one.finished, one.diagnostics, run);
    if (isInterrupted) break;
  }
  print(finished, run);
  return exitCode;
}

interface ExperimentRun {
  readonly compiled: Compiled;
  readonly options: ExperimentOptions;
  readonly host: Host;
  readonly output?: {
    readonly directory: string;
    readonly store: ResultStore;
    readonly provenance: Provenance;
  };
}

interface One {
  readonly exitCode: ExitCode;
  /** Besides those of the compilation. */
  readonly diagnostics: readonly Diagnostic[];
  readonly finished: FinishedExperiment;
}

const runOne = (name: string, run: ExperimentRun, workers: Workers | undefined): Promise<One> | One =>
  run.compiled.model.evolutions.some((e) => sameName(e.name, name))
    ? evolveOne(name, run)
    : sweepOne(name, run, workers);

async function sweepOne(asked: string, run: ExperimentRun, workers: Workers | undefined): Promise<One> {
  const { compiled, host, options, output } = run;
  const { name } = compiled.model.sweeps.find((s) => sameName(s.name, asked))!;
  const keyOf = (job: unknown): string => sha256(JSON.stringify([output?.provenance.run, name, job]));
  const progress = createProgress(host.stderr);
  const abort = new AbortController();
  const ignore = host.onInterrupt?.(() => abort.abort());
  const outcome: SweepOutcome = await host.compiler.runSweepJobs(compiled, name, {
    now: () => performance.now() / 1000,
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    signal: abort.signal,
    onProgress: throttled((p) => progress.show(progressText(name, p))),
    ...(workers && { startPool: () => workers.poolFor(name) }),
    ...(output && {
      store: {
        get: (job) => output.store.get(keyOf(job)) as SweepOutcome["results"] & undefined,
        put: (job, result) => output.store.put(keyOf(job), result),
      },
    }),
  });
  ignore?.();
  progress.clear();
  const finished = { kind: "steady", name, results: outcome.results, recorded: outcome.recorded } as const;
  const diagnostics = outcome.diagnostics.slice(compiled.diagnostics.length);
  if (outcome.done === outcome.jobs) {
    return { exitCode: SWEEP_EXIT[outcome.status], diagnostics, finished };
  }
  const kept = output ? `, and kept in '${options.out}': the same command goes on from there` : "";
  host.stderr.write(`interrupted: ${outcome.done} of ${outcome.jobs} points of '${name}' are done${kept}\n`);
  return { exitCode: EXIT.interrupted, diagnostics, finished };
}

const SWEEP_EXIT = {
  good: EXIT.good,
  "model-error": EXIT.modelErrors,
  "unknown-experiment": EXIT.usage,
  "not-vouched": EXIT.notVouched,
} as const satisfies Record<SweepOutcome["status"], ExitCode>;

/** An evolution is one piece of work, and its result is kept as a whole. */
function evolveOne(asked: string, { compiled, host, output }: ExperimentRun): One {
  const { name } = compiled.model.evolutions.find((e) => sameName(e.name, asked))!;
  const key = sha256(JSON.stringify([output?.provenance.run, name]));
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

function openOutput(
  { source, libraries, sets }: WorkerSetting,
  file: string,
  { model }: Compiled,
  { out }: ExperimentOptions,
  host: Host,
): Pick<ExperimentRun, "output"> {
  if (out === undefined) return {};
  const hashes = Object.entries(libraries).map(([path, text]) => [path, sha256(text ?? "")] as const);
  const text = sha256(source.text);
  const run = sha256(JSON.stringify([host.compiler.version, host.programHash?.() ?? "", text, hashes, sets]));
  const values = compileParameters(model.parameters).at([]);
  const provenance: Provenance = {
    run,
    thermill: host.compiler.version,
    language: 1,
    model: { name: model.name, file: displayName(file), sha256: text, libraries: Object.fromEntries(hashes) },
    set: sets,
    parameters: Object.fromEntries(
      model.parameters.map(({ name }, k) => [name, Number.isFinite(values[k]) ? values[k]! : null]),
    ),
  };
  return { output: { directory: out, store: openStore(join(out, ".thermill")), provenance } };
}

function writeFiles(
  finished: FinishedExperiment,
  diagnostics: readonly Diagnostic[],
  { output, host, compiled }: ExperimentRun,
): void {
  const { directory, provenance } = output!;
  const files = WRITERS.flatMap((write) => write(finished));
  writeExperiment(directory, provenance, finishedEntry(finished, diagnostics), files);
  const names = files.map(({ name }) => join(directory, name)).join(", ");
  host.stdout.write(`${compiled.model.name}, ${finished.name}: ${names}\n`);
}

/** Nothing where the results went into a directory. */
function print(finished: readonly FinishedExperiment[], { options, host, compiled }: ExperimentRun): void {
  const { stdout } = host;
  const style = { palette: paletteFor(stdout, host), columns: reportColumns(host) };
  if (options.json && finished.length > 1) {
    const all = finished.flatMap((f) => (f.kind === "steady" ? [f.results] : []));
    const [first] = all;
    if (first) {
      const known = reportedDiagnostics(compiled.diagnostics, compiled.sources).length;
      const more = all.flatMap((r) => r.diagnostics.slice(known));
      const diagnostics = [...first.diagnostics.slice(0, known), ...more];
      stdout.write(jsonReport({ ...first, diagnostics, results: all.flatMap((r) => r.results) }));
    }
    return;
  }
  const texts = finished.map((f) => {
    if (options.json) return f.kind === "steady" ? jsonReport(f.results) : evolutionJson(f.results);
    if (options.csv) return f.kind === "steady" ? sweepCsv(f.results, f.recorded) : evolutionCsv(f.results);
    return f.kind === "steady" ? sweepText(f.results, f.recorded, style) : evolutionText(f.results, style);
  });
  stdout.write(texts.join("\n"));
}

/** Why experiments cannot be printed as asked. */
function refusalOf(names: readonly string[], { csv, out }: ExperimentOptions): Diagnostic | undefined {
  if (names.length === 0) return cliDiagnostic("E002", "the model has no experiments");
  if (csv && names.length > 1 && out === undefined) {
    return {
      ...cliDiagnostic("E002", "--csv prints one experiment, since each has columns of its own"),
      fix: "--out DIR writes a table for each",
    };
  }
  return undefined;
}

function unknownExperiment(asked: string, names: readonly string[]): Diagnostic {
  const near = nearestName(asked, names);
  const has = names.length > 0 ? `the model has ${names.join(", ")}` : "the model has none";
  return {
    ...cliDiagnostic("E002", `there is no experiment '${asked}' to run; ${has}`),
    ...(near !== undefined && { fix: near }),
  };
}

const emptyOutcome = ({ model, sources, diagnostics }: Compiled, { compiler }: Host, more?: Diagnostic) => ({
  format: "thermill-results/1" as const,
  thermill: compiler.version,
  language: 1 as const,
  units: "hbar = k_B = 1" as const,
  model: model.name,
  diagnostics: reportedDiagnostics([...diagnostics, ...(more ? [more] : [])], sources),
  results: [],
});

const progressText = (name: string, { done, total, secondsLeft }: JobProgress): string =>
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

const isFileError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && "code" in error && "syscall" in error;

const fileErrorText = ({ code, path }: NodeJS.ErrnoException, out: string): string =>
  code === "EACCES" || code === "EROFS" || code === "EPERM"
    ? `'${path ?? out}' may not be written`
    : code === "ENOTDIR" || code === "EEXIST"
      ? `'${out}' is not a directory`
      : `'${path ?? out}' cannot be written (${code})`;
