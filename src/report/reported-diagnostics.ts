import type { Diagnostic } from "../source/diagnostic.ts";
import { positionAt, type SourceFile } from "../source/span.ts";
import type { ReportedDiagnostic } from "./results.ts";

/** Diagnostics with their places as editors count. */
export const reportedDiagnostics = (
  diagnostics: readonly Diagnostic[],
  sources: readonly SourceFile[],
): ReportedDiagnostic[] =>
  diagnostics.map(({ code, severity, message, span, fix }) => {
    const text = sources.find((s) => s.name === span.file)?.text ?? "";
    const start = positionAt(text, span.start);
    const end = positionAt(text, span.end);
    return {
      code,
      severity,
      message,
      file: span.file,
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column,
      ...(fix !== undefined && { fix }),
    };
  });
