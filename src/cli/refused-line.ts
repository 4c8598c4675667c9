import { emptyResults } from "../report/empty-results.ts";
import { jsonReport } from "../report/json-report.ts";
import { reportedDiagnostics } from "../report/reported-diagnostics.ts";
import type { Diagnostic } from "../source/diagnostic.ts";
import { writeDiagnostics } from "./diagnostics-output.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import type { Host } from "./host.ts";

/** Says what is wrong with a command line; where JSON is asked for stdout has its one object here too. */
export function refuseLine(diagnostic: Diagnostic, { json }: { readonly json?: true }, host: Host): ExitCode {
  writeDiagnostics([diagnostic], [], host);
  if (json) host.stdout.write(failureObject(diagnostic, host));
  return EXIT.usage;
}

/** What `--json` prints of a command that came to nothing. */
export const failureObject = (diagnostic: Diagnostic, { compiler }: Host): string =>
  jsonReport(emptyResults(compiler.version, "", reportedDiagnostics([diagnostic], [])));
