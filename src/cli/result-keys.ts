import type { Compiled, Job } from "../index.ts";
import { sameName } from "../source/name.ts";
import type { Host } from "./host.ts";
import { sha256 } from "./result-store.ts";

/** The key of a job's result in a store, or of an evolution as a whole; `run` is that of the provenance. */
export const resultKey = (run: string | undefined, experiment: string, job?: Job): string =>
  sha256(JSON.stringify(job ? [run, experiment, job] : [run, experiment]));

/** The keys of all results that an experiment is made of; none where it cannot be run. */
export function resultKeys(asked: string, run: string, compiled: Compiled, host: Host): readonly string[] {
  const evolution = compiled.model.evolutions.find((e) => sameName(e.name, asked));
  if (evolution) return [resultKey(run, evolution.name)];
  const { name } = compiled.model.sweeps.find((s) => sameName(s.name, asked))!;
  return host.compiler.sweepJobs(compiled, name).map((job) => resultKey(run, name, job));
}

/** Deals keys to `count` shards, by their order: hashes mix what is slow and what is fast, and no shard has two more than another. */
export const shardOfKeys = (keys: Iterable<string>, count: number): ReadonlyMap<string, number> =>
  new Map([...new Set(keys)].sort().map((key, rank) => [key, rank % count]));
