import { existsSync } from "node:fs";
import { type ClusterWork, unsafePath } from "./cluster-work.ts";
import { cliDiagnostic, writeDiagnostics } from "./diagnostics-output.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { storePath } from "./experiment-output.ts";
import type { OpenOutput } from "./experiment-run.ts";
import type { Host } from "./host.ts";
import { openStore } from "./result-store.ts";
import { runOnSlurm } from "./run-on-slurm.ts";

/** Fills the store with all results of the work; `good` where it has them. Throws what the file system throws. */
export async function experimentsOnCluster(
  work: ClusterWork,
  output: OpenOutput,
  host: Host,
): Promise<ExitCode> {
  const refused = refusedPath(work, host);
  if (refused !== undefined) return refused;
  const outcome = await runOnSlurm(work, output, host);
  if (outcome.kind === "whole") return EXIT.good;
  if (outcome.kind === "interrupted") return EXIT.interrupted;
  const { problem, fix } = outcome;
  writeDiagnostics([{ ...cliDiagnostic("E007", problem), ...(fix !== undefined && { fix }) }], [], host);
  return EXIT.usage;
}

/** Prints the batch script that would be submitted, and touches nothing. */
export function showScript(work: ClusterWork, directory: string, host: Host): ExitCode {
  const refused = refusedPath(work, host);
  if (refused !== undefined) return refused;
  const path = storePath(directory);
  const store = existsSync(path) ? openStore(path) : undefined;
  const left = work.shards.flatMap((keys, k) => (keys.every((key) => store?.has(key)) ? [] : [k]));
  if (left.length > 0) host.stdout.write(work.script(left));
  else host.stderr.write(`nothing to submit: all points are in '${directory}'\n`);
  return EXIT.good;
}

function refusedPath(work: ClusterWork, host: Host): ExitCode | undefined {
  const unsafe = unsafePath(work, host);
  if (unsafe === undefined) return undefined;
  const message = `${JSON.stringify(unsafe)} has a control character, which a batch script cannot name`;
  writeDiagnostics([cliDiagnostic("E002", message)], [], host);
  return EXIT.usage;
}
