import type { Compiled, Representation } from "../index.ts";
import { emptyResults } from "../report/empty-results.ts";
import { jsonReport } from "../report/json-report.ts";
import { reportedDiagnostics } from "../report/reported-diagnostics.ts";
import type { ReportedDiagnostic } from "../report/results.ts";
import { type Diagnostic, hasErrors } from "../source/diagnostic.ts";
import type { SourceFile } from "../source/span.ts";
import { UnreadableFile } from "./bounded-read.ts";
import { cliDiagnostic, countText, writeDiagnostics } from "./diagnostics-output.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import type { Host } from "./host.ts";
import { displayName, readModel } from "./model-input.ts";
import { writeRepresentation } from "./representation-output.ts";

/** The options of `thermill check` as typed. */
export interface CheckCommandOptions {
  readonly json?: true;
  readonly emit?: Representation;
}

/** `thermill check FILE…`: what is wrong with models, without solving them. It goes on after a file with errors. */
export function checkCommand(
  files: readonly string[],
  { json, emit }: CheckCommandOptions,
  host: Host,
): ExitCode {
  const checked = files.map((file) => {
    const result = checkFile(file, host);
    writeDiagnostics(result.diagnostics, result.sources, host);
    if (emit && result.compiled) writeRepresentation(result.compiled, emit, host);
    const summary = json || emit ? host.stderr : host.stdout;
    summary.write(`${displayName(file)}: ${countText(result.diagnostics)}\n`);
    return result;
  });
  if (json) host.stdout.write(jsonReport(checkResults(checked, host)));
  return Math.max(...checked.map((c) => c.exitCode)) as ExitCode;
}

interface Checked {
  readonly exitCode: ExitCode;
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly SourceFile[];
  /** Absent where the file could not be read. */
  readonly compiled?: Compiled;
}

function checkFile(file: string, { compiler }: Host): Checked {
  try {
    const { source, readLibrary } = readModel(file);
    const compiled = compiler.compile(source, { sets: [], quantities: [], readLibrary });
    const { diagnostics, sources } = compiled;
    const exitCode = hasErrors(diagnostics) ? EXIT.modelErrors : EXIT.good;
    return { exitCode, diagnostics, sources, compiled };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const diagnostic = cliDiagnostic("E001", error.message, displayName(file));
    return { exitCode: EXIT.usage, diagnostics: [diagnostic], sources: [] };
  }
}

/** One object for all files: the diagnostics say which file they are about. */
function checkResults(checked: readonly Checked[], { compiler }: Host) {
  const names = checked.flatMap(({ compiled }) => compiled?.model.name ?? []);
  const diagnostics = checked.flatMap((c): ReportedDiagnostic[] =>
    reportedDiagnostics(c.diagnostics, c.sources),
  );
  return emptyResults(compiler.version, names.join(", "), diagnostics);
}
