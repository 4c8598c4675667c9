import type { Compiled, Representation, RunOutcome, SweepOutcome } from "../index.ts";
import { jsonReport } from "../report/json-report.ts";
import { reportedDiagnostics } from "../report/reported-diagnostics.ts";
import { sweepCsv, sweepText } from "../report/sweep-text.ts";
import { terminalReport } from "../report/terminal-report.ts";
import { type Diagnostic, hasErrors } from "../source/diagnostic.ts";
import { nearestName, sameName } from "../source/name.ts";
import { paletteFor } from "./colours.ts";
import { cliDiagnostic, countText, writeDiagnostics } from "./diagnostics-output.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import type { Host } from "./host.ts";
import { displayName, readModel } from "./model-input.ts";
import { createProgress } from "./progress.ts";
import { reportColumns } from "./report-columns.ts";
import { writeRepresentation } from "./representation-output.ts";
import { unknownEquation } from "./unknown-equation.ts";

/** The options of `thermill run` as typed. */
export interface RunCommandOptions {
  readonly equation?: string;
  readonly set?: readonly string[];
  readonly quantity?: readonly string[];
  readonly json?: true;
  readonly emit?: Representation;
  readonly csv?: true;
  /** How many of the slowest modes, `true` for the usual number. */
  readonly spectrum?: number | true;
  readonly noise?: true;
}

/** Modes that `--spectrum` shows without a number. */
const USUAL_MODES = 6;

/** `thermill run FILE`: the steady state of one equation of a model, or an experiment. Throws `UnreadableFile`. */
export function runCommand(
  file: string,
  experiment: string | undefined,
  options: RunCommandOptions,
  host: Host,
): ExitCode {
  const { source, readLibrary } = readModel(file);
  const asked = { sets: options.set ?? [], quantities: options.quantity ?? [] };
  const compiled = host.compiler.compile(source, { ...asked, readLibrary });
  if (experiment !== undefined) return runExperiment(file, compiled, experiment, options, host);
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

/** Steady states over the grid of an experiment. */
function runExperiment(
  file: string,
  compiled: Compiled,
  experiment: string,
  options: RunCommandOptions,
  host: Host,
): ExitCode {
  if (options.noise) {
    const diagnostic = {
      ...cliDiagnostic(
        "E002",
        "--noise belongs to the run of an equation, and an experiment records what it names",
      ),
      fix: "record energy_noise(…) in the experiment",
    };
    writeDiagnostics([diagnostic], compiled.sources, host);
    return EXIT.usage;
  }
  const progress = createProgress(host.stderr);
  const outcome = host.compiler.runSweep(compiled, { experiment, onProgress: progress.show });
  progress.clear();
  const refused = outcome.status === "unknown-experiment" ? [unknownExperiment(experiment, compiled)] : [];
  const diagnostics = [...outcome.diagnostics, ...refused];
  writeDiagnostics(diagnostics, compiled.sources, host);
  if (outcome.status === "model-error") {
    host.stderr.write(`${displayName(file)}: ${countText(diagnostics)}\n`);
  }
  const { stdout } = host;
  const results = { ...outcome.results, diagnostics: reportedDiagnostics(diagnostics, compiled.sources) };
  if (options.json) stdout.write(jsonReport(results));
  else if (options.csv) stdout.write(sweepCsv(results, outcome.recorded));
  else {
    const style = { palette: paletteFor(stdout, host), columns: reportColumns(host) };
    stdout.write(sweepText(results, outcome.recorded, style));
  }
  return SWEEP_EXIT[outcome.status];
}

const SWEEP_EXIT = {
  good: EXIT.good,
  "model-error": EXIT.modelErrors,
  "unknown-experiment": EXIT.usage,
  "not-vouched": EXIT.notVouched,
} as const satisfies Record<SweepOutcome["status"], ExitCode>;

/** What to say of an experiment that is not there, or that `run` does not run. */
function unknownExperiment(experiment: string, { model }: Compiled): Diagnostic {
  const names = model.sweeps.map((s) => s.name);
  const evolves = model.evolutions.find((e) => sameName(e.name, experiment));
  const near = nearestName(experiment, names);
  const has =
    names.length > 0 ? `those with steady are ${names.join(", ")}` : "the model has none with steady";
  return evolves
    ? {
        ...cliDiagnostic("E002", `'${evolves.name}' evolves in time`),
        fix: `thermill evolve … ${evolves.name}`,
      }
    : {
        ...cliDiagnostic("E002", `there is no experiment '${experiment}' to run; ${has}`),
        ...(near !== undefined && { fix: near }),
      };
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
