import type { Compiled, Representation, RunOutcome } from "../index.ts";
import { jsonReport } from "../report/json-report.ts";
import { reportedDiagnostics } from "../report/reported-diagnostics.ts";
import { terminalReport } from "../report/terminal-report.ts";
import { type Diagnostic, hasErrors } from "../source/diagnostic.ts";
import { paletteFor } from "./colours.ts";
import { cliDiagnostic, countText, writeDiagnostics } from "./diagnostics-output.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import type { Host } from "./host.ts";
import { displayName, readModel } from "./model-input.ts";
import { createProgress } from "./progress.ts";
import { refuseLine } from "./refused-line.ts";
import { reportColumns } from "./report-columns.ts";
import { writeRepresentation } from "./representation-output.ts";
import { type ExperimentOptions, runExperiments } from "./run-experiments.ts";
import { unknownEquation } from "./unknown-equation.ts";

/** The options of `thermill run` as typed. */
export interface RunCommandOptions extends ExperimentOptions {
  readonly equation?: string;
  readonly quantity?: readonly string[];
  readonly emit?: Representation;
  readonly all?: true;
  /** How many of the slowest modes, `true` for the usual number. */
  readonly spectrum?: number | true;
  readonly noise?: true;
}

/** Modes that `--spectrum` shows without a number. */
const USUAL_MODES = 6;

/** `thermill run FILE`: the steady state of one equation of a model, or experiments. Throws `UnreadableFile`. */
export function runCommand(
  file: string,
  experiments: readonly string[],
  options: RunCommandOptions,
  host: Host,
): ExitCode | Promise<ExitCode> {
  const refused = refusedOptions(options, experiments);
  if (refused) return refuseLine(refused, options, host);
  const input = readModel(file);
  if (options.all || experiments.length > 0) {
    return runExperiments(file, input, options.all ? "all" : experiments, options, host);
  }
  const { source, readLibrary } = input;
  const asked = { sets: options.set ?? [], quantities: options.quantity ?? [] };
  const compiled = host.compiler.compile(source, { ...asked, readLibrary });
  if (options.emit) {
    writeDiagnostics(compiled.diagnostics, compiled.sources, host);
    writeRepresentation(compiled, options.emit, host);
    return hasErrors(compiled.diagnostics) ? EXIT.modelErrors : EXIT.good;
  }
  const progress = createProgress(host.stderr);
  const outcome = host.compiler.runSteady(compiled, {
    ...(options.equation !== undefined && { equation: options.equation }),
    ...(options.spectrum !== undefined && {
      spectrum: options.spectrum === true ? USUAL_MODES : options.spectrum,
    }),
    ...(options.noise && { hasNoise: true }),
    onProgress: progress.show,
  });
  progress.clear();
  const told =
    outcome.status === "unknown-equation" ? withUnknownEquation(outcome, compiled, options) : outcome;
  writeDiagnostics(told.diagnostics, compiled.sources, host);
  if (told.status === "model-error")
    host.stderr.write(`${displayName(file)}: ${countText(told.diagnostics)}\n`);
  writeResults(told, options, host);
  return EXIT_BY_STATUS[told.status];
}

/** Options that an experiment has its own words for. */
const OF_ONE_POINT = {
  equation: "steady EQUATION in the experiment",
  quantity: "record the quantity in the experiment",
  emit: "leave the experiment out: the whole model is printed",
  noise: "record energy_noise(…) in the experiment",
  spectrum: "record gap in the experiment",
} as const satisfies Partial<Record<keyof RunCommandOptions, string>>;

const OF_EXPERIMENTS = ["out", "on", "csv", "workers"] as const satisfies (keyof RunCommandOptions)[];

/** What the command line asks for and would not get. */
function refusedOptions(options: RunCommandOptions, names: readonly string[]): Diagnostic | undefined {
  if (options.all && names.length > 0) {
    return cliDiagnostic("E002", "--all runs all experiments: leave out their names");
  }
  const misplaced = misplacedClusterOption(options);
  if (options.all || names.length > 0) {
    if (misplaced) return misplaced;
    for (const [option, fix] of Object.entries(OF_ONE_POINT)) {
      if (options[option as keyof typeof OF_ONE_POINT] === undefined) continue;
      const message = `--${option} belongs to the run of an equation, and an experiment says by itself what it does`;
      return { ...cliDiagnostic("E002", message), fix };
    }
    return options.out === undefined ? undefined : printedBesideFiles(options);
  }
  const first = OF_EXPERIMENTS.find((option) => options[option] !== undefined);
  if (first) return { ...cliDiagnostic("E002", `--${first} is for experiments`), fix: "name some, or --all" };
  if (options.emit && (options.spectrum !== undefined || options.noise)) {
    const option = options.noise ? "--noise" : "--spectrum";
    const message = `--emit solves nothing, and ${option} asks for what is solved`;
    return { ...cliDiagnostic("E002", message), fix: "leave out one of them" };
  }
  return misplaced;
}

function printedBesideFiles({ json, csv }: RunCommandOptions): Diagnostic | undefined {
  if (!json && !csv) return undefined;
  const message = `--out writes tables and results into files and prints none, --${json ? "json" : "csv"} prints them`;
  return { ...cliDiagnostic("E002", message), fix: "leave out one of them" };
}

function misplacedClusterOption({ on, jobs, dryRun, out }: RunCommandOptions): Diagnostic | undefined {
  if (on === undefined && (jobs !== undefined || dryRun)) {
    const option = dryRun ? "--dry-run" : "--jobs";
    return { ...cliDiagnostic("E002", `${option} is for a cluster`), fix: "--on slurm" };
  }
  if (on === undefined || out !== undefined) return undefined;
  const message = "results of a cluster meet in a directory that its nodes share, and none is named";
  return { ...cliDiagnostic("E002", message), fix: "--out DIR" };
}

const EXIT_BY_STATUS = {
  good: EXIT.good,
  "model-error": EXIT.modelErrors,
  "unknown-equation": EXIT.usage,
  "not-vouched": EXIT.notVouched,
} as const satisfies Record<RunOutcome["status"], ExitCode>;

function writeResults({ results }: RunOutcome, { json }: RunCommandOptions, host: Host): void {
  const { stdout } = host;
  if (json) stdout.write(jsonReport(results));
  else
    stdout.write(
      terminalReport(results, { palette: paletteFor(stdout, host), columns: reportColumns(host) }),
    );
}

function withUnknownEquation(
  outcome: RunOutcome,
  compiled: Compiled,
  { equation = "" }: RunCommandOptions,
): RunOutcome {
  const diagnostics = [...outcome.diagnostics, unknownEquation(equation, compiled)];
  const results = { ...outcome.results, diagnostics: reportedDiagnostics(diagnostics, compiled.sources) };
  return { ...outcome, diagnostics, results };
}
