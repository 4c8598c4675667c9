import type { Compiled } from "../index.ts";
import { evolutionText } from "../report/evolution-text.ts";
import { evolutionCsv, type FinishedExperiment } from "../report/experiment-files.ts";
import { evolutionJson, jsonReport } from "../report/json-report.ts";
import { reportedDiagnostics } from "../report/reported-diagnostics.ts";
import { sweepCsv, sweepText } from "../report/sweep-text.ts";
import type { Diagnostic } from "../source/diagnostic.ts";
import { nearestName, sameName } from "../source/name.ts";
import { clusterWork } from "./cluster-work.ts";
import { paletteFor } from "./colours.ts";
import { cliDiagnostic, countText, writeDiagnostics } from "./diagnostics-output.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { openOutput, provenanceOf, writeFigures, writeTables } from "./experiment-output.ts";
import { type ExperimentRun, experimentRun, type RanExperiment, runExperiment } from "./experiment-run.ts";
import { experimentSetting } from "./experiment-setting.ts";
import { experimentsOnCluster, showScript } from "./experiments-on-cluster.ts";
import type { Host } from "./host.ts";
import { displayName, type ModelInput } from "./model-input.ts";
import { reportColumns } from "./report-columns.ts";

/** What `thermill run` is asked for about experiments. */
export interface ExperimentOptions {
  readonly set?: readonly string[];
  readonly json?: true;
  readonly csv?: true;
  readonly out?: string;
  readonly workers?: number;
  /** Where points are computed, if not here. */
  readonly on?: "slurm";
  /** Shards that go to the cluster at once. */
  readonly jobs?: number;
  readonly dryRun?: true;
}

/** Runs experiments one after the other, to the terminal or into a directory. */
export async function runExperiments(
  file: string,
  input: ModelInput,
  names: readonly string[] | "all",
  options: ExperimentOptions,
  host: Host,
): Promise<ExitCode> {
  const { compiled, setting } = experimentSetting(input, options.set ?? [], host);
  const { model } = compiled;
  const chosen = names === "all" ? model.experiments : names;
  const unknown = chosen.find((name) => !model.experiments.some((e) => sameName(e, name)));
  const refused =
    unknown === undefined
      ? refusalOf(chosen, options, compiled)
      : unknownExperiment(unknown, model.experiments);
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
  const { out } = options;
  const workers = options.on ? undefined : host.startWorkers?.(options.workers, setting);
  const around = experimentRun(compiled, workers, host);
  try {
    if (out === undefined) return await runAll(chosen, around, options);
    const provenance = provenanceOf(setting, file, compiled, host);
    const work =
      options.on &&
      clusterWork(
        {
          setting,
          file,
          compiled,
          experiments: chosen,
          directory: out,
          run: provenance.run,
          shards: options.jobs ?? USUAL_SHARDS,
          coresPerTask: options.workers ?? 1,
        },
        host,
      );
    if (work && options.dryRun) return showScript(work, out, host);
    const output = openOutput(out, provenance);
    if (work) {
      const code = await experimentsOnCluster(work, output, host);
      if (code !== EXIT.good) return code;
    }
    return await runAll(chosen, { ...around, output }, options);
  } catch (error) {
    if (!isFileError(error)) throw error;
    writeDiagnostics([cliDiagnostic("E004", fileErrorText(error, options.out ?? ""))], [], host);
    return EXIT.usage;
  } finally {
    workers?.end();
  }
}

/** Shards of work for which no number is given. */
const USUAL_SHARDS = 16;

async function runAll(
  names: readonly string[],
  run: ExperimentRun,
  options: ExperimentOptions,
): Promise<ExitCode> {
  const done: RanExperiment[] = [];
  for (const name of names) {
    const one = await runExperiment(name, run);
    done.push(one);
    writeDiagnostics(one.diagnostics, run.compiled.sources, run.host);
    if (run.output && isWhole(one)) writeTables(one, run);
    if (one.exitCode === EXIT.interrupted) break;
  }
  const finished = done.map((one) => one.finished);
  if (!run.output) print(finished, options, run);
  else if (done.every(isWhole)) await writeFigures(done, run);
  return done.reduce<ExitCode>((code, one) => Math.max(code, one.exitCode) as ExitCode, EXIT.good);
}

const isWhole = ({ exitCode }: RanExperiment): boolean =>
  exitCode === EXIT.good || exitCode === EXIT.notVouched;

function print(
  finished: readonly FinishedExperiment[],
  options: ExperimentOptions,
  { host, compiled }: ExperimentRun,
): void {
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
function refusalOf(
  names: readonly string[],
  { csv, json, out }: ExperimentOptions,
  { model }: Compiled,
): Diagnostic | undefined {
  if (names.length === 0) return cliDiagnostic("E002", "the model has no experiments");
  if (csv && names.length > 1 && out === undefined) {
    return {
      ...cliDiagnostic("E002", "--csv prints one experiment, since each has columns of its own"),
      fix: "--out DIR writes a table for each",
    };
  }
  const evolves = model.evolutions.find(({ name }) => names.some((n) => sameName(n, name)));
  if (json && names.length > 1 && evolves && out === undefined) {
    return {
      ...cliDiagnostic(
        "E002",
        `--json prints one object, and '${evolves.name}' evolves, which has one of its own`,
      ),
      fix: "--out DIR writes a file for each",
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

const isFileError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && "code" in error && "syscall" in error;

const fileErrorText = ({ code, path }: NodeJS.ErrnoException, out: string): string =>
  code === "EACCES" || code === "EROFS" || code === "EPERM"
    ? `'${path ?? out}' may not be written`
    : code === "ENOTDIR" || code === "EEXIST"
      ? `'${out}' is not a directory`
      : `'${path ?? out}' cannot be written (${code})`;
