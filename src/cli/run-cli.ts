import { CommanderError } from "commander";
import type { Diagnostic } from "../source/diagnostic.ts";
import { UnreadableFile } from "./bounded-read.ts";
import { bugText } from "./bug-report.ts";
import { cliDiagnostic, writeDiagnostics } from "./diagnostics-output.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import type { Host } from "./host.ts";
import { displayName } from "./model-input.ts";
import { createProgram } from "./program.ts";
import { failureObject } from "./refused-line.ts";

/** Runs the command line `argv` (without node and script) to its end; gives the exit code. Throws nothing. */
export async function runCli(argv: readonly string[], host: Host): Promise<ExitCode> {
  let exitCode: ExitCode | Promise<ExitCode> = EXIT.good;
  const program = createProgram(host, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv, { from: "user" });
    return await exitCode;
  } catch (error) {
    return failed(error, argv, host);
  }
}

/** Says what went wrong; with `--json` stdout has its one object here too. */
function failed(error: unknown, argv: readonly string[], host: Host): ExitCode {
  const fail = (diagnostic: Diagnostic, code: ExitCode): ExitCode => {
    if (argv.includes("--json")) host.stdout.write(failureObject(diagnostic, host));
    return code;
  };
  if (error instanceof CommanderError) {
    // Commander has written its message, or the help that was asked for, by itself.
    if (error.code === "commander.unknownCommand" && argv[0]?.endsWith(".thermill")) {
      host.stderr.write(`To solve the model: thermill run ${argv[0]}\n`);
    }
    return error.exitCode === 0
      ? EXIT.good
      : fail(cliDiagnostic("E002", error.message.replace(/^error: /, "")), EXIT.usage);
  }
  if (error instanceof UnreadableFile) {
    const diagnostic = cliDiagnostic("E001", error.message, displayName(error.path));
    writeDiagnostics([diagnostic], [], host);
    return fail(diagnostic, EXIT.usage);
  }
  host.stderr.write(bugText(error, host));
  return fail(cliDiagnostic("E003", String(error)), EXIT.bug);
}
