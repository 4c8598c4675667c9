import type { Compiled, DeriveOutcome } from "../index.ts";
import type { DerivationReport } from "../report/derivation-json.ts";
import { reportedDerivations, reportedEquation } from "../report/derivation-json.ts";
import { derivationsLatex } from "../report/derivation-latex.ts";
import { derivationsText } from "../report/derivation-text.ts";
import { reportedDiagnostics } from "../report/reported-diagnostics.ts";
import { type Diagnostic, hasErrors } from "../source/diagnostic.ts";
import type { SourceFile } from "../source/span.ts";
import { UnreadableFile } from "./bounded-read.ts";
import { cliDiagnostic, countText, writeDiagnostics } from "./diagnostics-output.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import type { Host } from "./host.ts";
import { displayName, type ModelInput, readModel } from "./model-input.ts";
import { unknownEquation } from "./unknown-equation.ts";

export const DERIVE_FORMATS = ["text", "latex", "json"] as const;

/** The options of `thermill derive` as typed. */
export interface DeriveCommandOptions {
  readonly equation?: string;
  readonly of?: readonly string[];
  readonly close?: true | number;
  readonly set?: readonly string[];
  readonly format?: (typeof DERIVE_FORMATS)[number];
  readonly document?: true;
}

/** `thermill derive FILE`: formulas instead of numbers. Throws `UnreadableFile`. */
export function deriveCommand(file: string, options: DeriveCommandOptions, host: Host): ExitCode {
  const { source, readLibrary } = readInput(file, options, host);
  const of = options.of ?? [];
  const { compiler } = host;
  const compiled = compiler.compile(source, {
    sets: options.set ?? [],
    quantities: [],
    operators: compiler.operatorsIn(of),
    readLibrary,
  });
  if (options.document) return writeDocument(file, compiled, options, host);
  const outcome = compiler.deriveFormulas(compiled, {
    of,
    closure: closureOf(options.close),
    ...(options.equation !== undefined && { equation: options.equation }),
  });
  const diagnostics = [...compiled.diagnostics, ...refusals(outcome, compiled, options)];
  writeDiagnostics(diagnostics, compiled.sources, host);
  if (hasErrors(compiled.diagnostics)) host.stderr.write(`${displayName(file)}: ${countText(diagnostics)}\n`);
  writeOutcome(outcome, { ...compiled, diagnostics }, options, host);
  return EXIT_BY_STATUS[outcome.status];
}

/** The model's text; with JSON asked for, the object is printed also where there is none. */
function readInput(file: string, { format }: DeriveCommandOptions, host: Host): ModelInput {
  try {
    return readModel(file);
  } catch (error) {
    if (error instanceof UnreadableFile && format === "json") {
      const diagnostic = cliDiagnostic("E001", error.message, displayName(file));
      writeReport(emptyReport("", [diagnostic], [], host), host);
    }
    throw error;
  }
}

const EXIT_BY_STATUS = {
  good: EXIT.good,
  "model-error": EXIT.modelErrors,
  "unknown-equation": EXIT.usage,
  "unknown-target": EXIT.usage,
} as const satisfies Record<DeriveOutcome["status"], ExitCode>;

const closureOf = (close: DeriveCommandOptions["close"]) =>
  close === undefined
    ? ({ kind: "none" } as const)
    : ({ kind: "hierarchy", ...(close !== true && { order: close }) } as const);

/** What the command line asks for and the model does not have. */
function refusals(outcome: DeriveOutcome, compiled: Compiled, { equation = "" }: DeriveCommandOptions) {
  if (outcome.status === "unknown-target") {
    const { message, fix } = outcome;
    return [{ ...cliDiagnostic("E002", message), ...(fix !== undefined && { fix }) }];
  }
  if (outcome.status !== "unknown-equation") return [];
  return [unknownEquation(equation, compiled)];
}

function writeOutcome(
  outcome: DeriveOutcome,
  { model, sources, diagnostics }: Compiled,
  { format = "text" }: DeriveCommandOptions,
  host: Host,
): void {
  if (format === "json") {
    const empty = emptyReport(model.name, diagnostics, sources, host);
    const report = outcome.status === "good" ? { ...empty, ...reported(outcome) } : empty;
    writeReport(report, host);
  } else if (outcome.status === "good") {
    const { derivations, definitions, equation } = outcome;
    const heading = `${model.name}, equation ${equation}`;
    host.stdout.write(
      format === "latex"
        ? derivationsLatex(derivations, definitions)
        : derivationsText(heading, derivations, definitions),
    );
  }
}

const reported = ({ equation, derivations, definitions }: Extract<DeriveOutcome, { status: "good" }>) => ({
  equation,
  derivations: reportedDerivations(derivations),
  definitions: definitions.map(reportedEquation),
});

const writeReport = (report: DerivationReport, { stdout }: Host): void =>
  stdout.write(`${JSON.stringify(report, null, 2)}\n`);

/** A report of nothing but diagnostics. */
const emptyReport = (
  model: string,
  diagnostics: readonly Diagnostic[],
  sources: readonly SourceFile[],
  { compiler }: Host,
): DerivationReport => ({
  format: "thermill-derivation/1",
  thermill: compiler.version,
  language: 1,
  model,
  equation: null,
  diagnostics: reportedDiagnostics(diagnostics, sources),
  derivations: [],
  definitions: [],
});

function writeDocument(
  file: string,
  compiled: Compiled,
  options: DeriveCommandOptions,
  host: Host,
): ExitCode {
  const document = host.compiler.deriveDocument(compiled, options.equation);
  const diagnostics =
    document.status === "unknown-equation"
      ? [...compiled.diagnostics, ...refusals({ status: "unknown-equation" }, compiled, options)]
      : compiled.diagnostics;
  writeDiagnostics(diagnostics, compiled.sources, host);
  if (document.status === "model-error") {
    host.stderr.write(`${displayName(file)}: ${countText(diagnostics)}\n`);
    return EXIT.modelErrors;
  }
  if (document.status === "unknown-equation") return EXIT.usage;
  host.stdout.write(document.latex);
  return EXIT.good;
}
