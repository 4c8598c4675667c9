import { cliDiagnostic, writeDiagnostics } from "./diagnostics-output.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import type { Host } from "./host.ts";
import { writeContent } from "./write-content.ts";

/** Why a command does not do what it is asked for. */
export interface Refusal {
  readonly message: string;
  readonly fix?: string;
}

/** Says why, and gives the exit code back. */
export function refuse(
  code: Parameters<typeof cliDiagnostic>[0],
  exitCode: ExitCode,
  { message, fix }: Refusal,
  host: Host,
): ExitCode {
  writeDiagnostics([{ ...cliDiagnostic(code, message), ...(fix !== undefined && { fix }) }], [], host);
  return exitCode;
}

/** Of an output file whose name asks for nothing that a command can write. */
export const unknownFormat = (output: string, what: string, extensions: string): Refusal => ({
  message: `'${output}' is not named like anything that a ${what} is written as: ${extensions}`,
  fix: "say what it is to hold: --format svg",
});

/** Writes text to the standard output, or anything into a file; the exit code where that fails. */
export function writeTo(
  output: string | undefined,
  content: string | Uint8Array,
  host: Host,
): ExitCode | undefined {
  if (typeof content === "string" && (output === undefined || output === "-")) {
    host.stdout.write(content);
    return undefined;
  }
  const problem = writeContent(output!, content);
  return problem === undefined ? undefined : refuse("E004", EXIT.usage, { message: problem }, host);
}
