import type { AdviseOutcome, Compiled } from "../index.ts";
import { adviceReport } from "../report/advice-json.ts";
import { adviceText } from "../report/advice-text.ts";
import { reportedDiagnostics } from "../report/reported-diagnostics.ts";
import { type Diagnostic, hasErrors } from "../source/diagnostic.ts";
import { paletteFor } from "./colours.ts";
import { countText, writeDiagnostics } from "./diagnostics-output.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import type { Host } from "./host.ts";
import { displayName, readModel } from "./model-input.ts";
import { createProgress } from "./progress.ts";
import { reportColumns } from "./report-columns.ts";
import { unknownEquation } from "./unknown-equation.ts";

/** The options of `thermill advise` as typed. */
export interface AdviseCommandOptions {
  readonly equation?: string;
  readonly set?: readonly string[];
  readonly json?: true;
}

/** `thermill advise FILE`: which equation for its baths to trust, and why. Throws `UnreadableFile`. */
export function adviseCommand(file: string, options: AdviseCommandOptions, host: Host): ExitCode {
  const { source, readLibrary } = readModel(file);
  const compiled = host.compiler.compile(source, { sets: options.set ?? [], quantities: [], readLibrary });
  const progress = createProgress(host.stderr);
  const outcome = host.compiler.runAdvise(compiled, {
    ...(options.equation !== undefined && { equation: options.equation }),
    onProgress: progress.show,
  });
  progress.clear();
  const diagnostics = [...compiled.diagnostics, ...refusals(outcome, options, compiled)];
  writeDiagnostics(diagnostics, compiled.sources, host);
  if (hasErrors(compiled.diagnostics)) host.stderr.write(`${displayName(file)}: ${countText(diagnostics)}\n`);
  writeAdvice(outcome, compiled, diagnostics, options, host);
  if (outcome.status === "good" && outcome.advice.recommended === undefined) return EXIT.notVouched;
  return EXIT_BY_STATUS[outcome.status];
}

function refusals(
  outcome: AdviseOutcome,
  { equation = "" }: AdviseCommandOptions,
  compiled: Compiled,
): readonly Diagnostic[] {
  if (outcome.status === "driven") return outcome.diagnostics;
  return outcome.status === "unknown-equation" ? [unknownEquation(equation, compiled)] : [];
}

const EXIT_BY_STATUS = {
  good: EXIT.good,
  driven: EXIT.notVouched,
  "model-error": EXIT.modelErrors,
  "unknown-equation": EXIT.usage,
} as const satisfies Record<AdviseOutcome["status"], ExitCode>;

function writeAdvice(
  outcome: AdviseOutcome,
  { model, sources }: Compiled,
  diagnostics: readonly Diagnostic[],
  { json }: AdviseCommandOptions,
  host: Host,
): void {
  const { stdout, compiler } = host;
  const report = adviceReport(outcome.status === "good" ? outcome.advice : undefined, {
    thermill: compiler.version,
    model: model.name,
    diagnostics: reportedDiagnostics(diagnostics, sources),
  });
  if (json) stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else if (outcome.status === "good") {
    stdout.write(adviceText(report, { palette: paletteFor(stdout, host), columns: reportColumns(host) }));
  }
}
