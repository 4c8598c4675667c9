import { sameName } from "../source/name.ts";
import { cliDiagnostic, writeDiagnostics } from "./diagnostics-output.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { openOutput, provenanceOf } from "./experiment-output.ts";
import {
  type ExperimentRun,
  experimentRun,
  type OpenOutput,
  runExperiment,
  sweepSurroundings,
} from "./experiment-run.ts";
import type { Host } from "./host.ts";
import { resultKey, resultKeys, shardOfKeys } from "./result-keys.ts";
import { readPlan } from "./shard-plan.ts";

/** `thermill run-shard PLAN NUMBER`, what a node does: puts results of one shard into the store of the plan. Throws `UnreadableFile`. */
export async function shardCommand(
  path: string,
  number: number,
  { workers: cores = 1 }: { readonly workers?: number },
  host: Host,
): Promise<ExitCode> {
  const { setting, file, directory, experiments, shards, run } = readPlan(path);
  const readLibrary = (library: string) => setting.libraries[library] ?? undefined;
  const compiled = host.compiler.compile(setting.source, { sets: setting.sets, quantities: [], readLibrary });
  const provenance = provenanceOf(setting, file, compiled, host);
  if (provenance.run !== run) {
    const problem = cliDiagnostic("E007", "this node has another Thermill than the one that made the plan");
    writeDiagnostics([{ ...problem, fix: "install the same version everywhere" }], [], host);
    return EXIT.usage;
  }
  const output = openOutput(directory, provenance);
  const keys = experiments.flatMap((name) => resultKeys(name, run, compiled, host));
  const shardOf = shardOfKeys(keys, shards);
  const workers = cores > 1 ? host.startWorkers?.(cores, setting) : undefined;
  const part = { ...experimentRun(compiled, workers, host), output };
  try {
    for (const name of experiments) {
      await runPart(name, (key) => shardOf.get(key) === number, part);
    }
  } finally {
    workers?.end();
  }
  return EXIT.good;
}

interface PartRun extends ExperimentRun {
  readonly output: OpenOutput;
}

async function runPart(asked: string, isOurs: (key: string) => boolean, part: PartRun): Promise<void> {
  const { compiled, host, output } = part;
  const { run } = output.provenance;
  const evolution = compiled.model.evolutions.find((e) => sameName(e.name, asked));
  if (evolution) {
    if (isOurs(resultKey(run, evolution.name))) await runExperiment(asked, part);
    return;
  }
  const { name } = compiled.model.sweeps.find((s) => sameName(s.name, asked))!;
  await host.compiler.runSweepJobs(compiled, name, {
    ...sweepSurroundings(name, part),
    isOurs: (job) => isOurs(resultKey(run, name, job)),
  });
}
