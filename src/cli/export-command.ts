import type { Compiled, ExportFormat, ExportOutcome } from "../index.ts";
import type { Diagnostic } from "../source/diagnostic.ts";
import { cliDiagnostic, countText, writeDiagnostics } from "./diagnostics-output.ts";
import { unknownEvolution } from "./evolve-command.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import type { Host } from "./host.ts";
import { displayName, readModel } from "./model-input.ts";
import { createProgress } from "./progress.ts";
import { unknownEquation } from "./unknown-equation.ts";
import { writeContent } from "./write-content.ts";

/** The options of `thermill export` as typed. */
export interface ExportCommandOptions {
  readonly to: ExportFormat;
  readonly equation?: string;
  readonly set?: readonly string[];
  readonly output?: string;
}

/** `thermill export FILE --to FORMAT`: a script, data or arrays for other programs. Throws `UnreadableFile`. */
export function exportCommand(
  file: string,
  experiment: string | undefined,
  options: ExportCommandOptions,
  host: Host,
): ExitCode {
  const wrong = wrongLine(experiment, options);
  if (wrong) return refuse(wrong, host);
  const { source, readLibrary } = readModel(file);
  const compiled = host.compiler.compile(source, { sets: options.set ?? [], quantities: [], readLibrary });
  const progress = createProgress(host.stderr);
  const outcome = host.compiler.runExport(compiled, {
    to: options.to,
    ...(options.equation !== undefined && { equation: options.equation }),
    ...(experiment !== undefined && { experiment }),
    onProgress: progress.show,
  });
  progress.clear();
  const diagnostics = [...outcome.diagnostics, ...unknownNames(outcome, compiled, experiment, options)];
  writeDiagnostics(diagnostics, compiled.sources, host);
  if (outcome.status === "model-error") {
    host.stderr.write(`${displayName(file)}: ${countText(diagnostics)}\n`);
  }
  return writeOutcome(outcome, options.output, host);
}

/** What is wrong with the command line whatever the model is. */
function wrongLine(
  experiment: string | undefined,
  { to, output }: ExportCommandOptions,
): Diagnostic | undefined {
  if (to === "npz" && (output === undefined || output === "-")) {
    const fix = "--output state.npz";
    return { ...cliDiagnostic("E002", "arrays are bytes, which are not written to a terminal"), fix };
  }
  if (to !== "npz" && experiment !== undefined) {
    const fix = "--to npz, or leave the experiment out";
    return { ...cliDiagnostic("E002", `--to ${to} writes an equation, and takes no experiment`), fix };
  }
  return undefined;
}

function unknownNames(
  { status }: ExportOutcome,
  compiled: Compiled,
  experiment: string | undefined,
  options: ExportCommandOptions,
): readonly Diagnostic[] {
  if (status === "unknown-equation") return [unknownEquation(options.equation ?? "", compiled)];
  return status === "unknown-experiment" ? unknownEvolution({ status }, compiled, experiment, options) : [];
}

function writeOutcome({ status, content }: ExportOutcome, output: string | undefined, host: Host): ExitCode {
  if (content === undefined) return EXIT_BY_STATUS[status];
  if (typeof content === "string" && (output === undefined || output === "-")) {
    host.stdout.write(content);
    return EXIT.good;
  }
  const problem = writeContent(output!, content);
  return problem === undefined ? EXIT.good : refuse(cliDiagnostic("E004", problem), host);
}

function refuse(diagnostic: Diagnostic, host: Host): ExitCode {
  writeDiagnostics([diagnostic], [], host);
  return EXIT.usage;
}

const EXIT_BY_STATUS = {
  good: EXIT.good,
  "model-error": EXIT.modelErrors,
  "unknown-equation": EXIT.usage,
  "unknown-experiment": EXIT.usage,
  "not-vouched": EXIT.notVouched,
} as const satisfies Record<ExportOutcome["status"], ExitCode>;
