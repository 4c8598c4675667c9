import { codeFrame } from "../source/code-frame.ts";
import type { Diagnostic } from "../source/diagnostic.ts";
import type { SourceFile } from "../source/span.ts";
import { CLI_CODES, type CliCode } from "./codes.ts";
import { paletteFor } from "./colours.ts";
import type { Host } from "./host.ts";

/** Writes diagnostics as code frames to stderr, each followed by an empty line. */
export function writeDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: readonly SourceFile[],
  host: Host,
): void {
  const { stderr } = host;
  const palette = paletteFor(stderr, host);
  for (const diagnostic of diagnostics) {
    const style = { palette, ...(stderr.columns !== undefined && { columns: stderr.columns }) };
    stderr.write(`${codeFrame(diagnostic, sources, style)}\n\n`);
  }
}

/** A diagnostic about a file as a whole, or about the command line where `file` is empty. */
export const cliDiagnostic = (code: CliCode, message: string, file = ""): Diagnostic => ({
  code,
  severity: CLI_CODES[code].severity,
  message,
  span: { file, start: 0, end: 0 },
});

/** How many errors and warnings there are: `2 errors, 1 warning`, or `no problems`. */
export function countText(diagnostics: readonly Diagnostic[]): string {
  const counts = (["error", "warning"] as const).flatMap((severity) => {
    const count = diagnostics.filter((d) => d.severity === severity).length;
    return count === 0 ? [] : `${count} ${severity}${count === 1 ? "" : "s"}`;
  });
  return counts.join(", ") || "no problems";
}
