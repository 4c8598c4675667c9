import { join, resolve } from "node:path";
import type { Compiled } from "../index.ts";
import { batchScript } from "./batch-script.ts";
import type { Host } from "./host.ts";
import { resultKeys, shardOfKeys } from "./result-keys.ts";
import { sha256 } from "./result-store.ts";
import type { ShardPlan } from "./shard-plan.ts";
import type { WorkerSetting } from "./worker-protocol.ts";

/** What is asked of a cluster. */
export interface ClusterRequest {
  readonly setting: WorkerSetting;
  readonly file: string;
  readonly compiled: Compiled;
  readonly experiments: readonly string[];
  readonly directory: string;
  /** The `run` of the provenance. */
  readonly run: string;
  /** Shards, at most. */
  readonly shards: number;
  readonly coresPerTask: number;
}

/** Experiments as shards, before anything is submitted. */
export interface ClusterWork {
  /** Name of the jobs in the queue, which tells this work from any other. */
  readonly name: string;
  readonly plan: ShardPlan;
  /** Absolute paths: of the directory of this work, with its logs, and of the plan in it. */
  readonly home: string;
  readonly planPath: string;
  /** Keys of the results of each shard. */
  readonly shards: readonly (readonly string[])[];
  /** The batch script for some shards. */
  readonly script: (shards: readonly number[]) => string;
}

/** Deals experiments, and those whose marks their figures show, to shards. The same request gives the same work. */
export function clusterWork(request: ClusterRequest, host: Host): ClusterWork {
  const { setting, file, compiled, directory, run, coresPerTask } = request;
  const { experimentsOfFigure } = host.compiler;
  const drawn = request.experiments.flatMap((name) => experimentsOfFigure(compiled.model, name));
  const experiments = [...new Set([...request.experiments, ...drawn])];
  const keys = experiments.flatMap((name) => resultKeys(name, run, compiled, host));
  const count = Math.min(request.shards, keys.length);
  const shards: string[][] = Array.from({ length: count }, () => []);
  for (const [key, shard] of shardOfKeys(keys, count)) shards[shard]!.push(key);
  const format = "thermill-plan/1";
  const plan = {
    format,
    run,
    setting,
    file,
    experiments,
    shards: count,
    directory: resolve(directory),
  } as const;
  const hash = sha256(JSON.stringify(plan)).slice(0, 12);
  const home = join(plan.directory, ".thermill", `slurm-${hash}`);
  const planPath = join(home, "plan.json");
  const name = `thermill-${hash}`;
  const command = host.command ?? [];
  return {
    name,
    plan,
    home,
    planPath,
    shards,
    script: (numbers) =>
      batchScript({ name, shards: numbers, coresPerTask, command, plan: planPath, logs: home }),
  };
}

/** A path of the batch script that no quotes make safe for Slurm, which reads it by lines. */
export const unsafePath = ({ home }: ClusterWork, { command = [] }: Host): string | undefined =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  [home, ...command].find((path) => /[\u0000-\u001f\u007f]/.test(path));
