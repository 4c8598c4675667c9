import { readFileSync } from "node:fs";
import { UnreadableFile } from "./bounded-read.ts";
import type { WorkerSetting } from "./worker-protocol.ts";

/** All that a node must know to do a shard: the model as it was when it was asked for, and where results go. */
export interface ShardPlan {
  readonly format: "thermill-plan/1";
  /** The `run` of the provenance: a node with another program must not put results beside these. */
  readonly run: string;
  readonly setting: WorkerSetting;
  /** FILE as it was typed. */
  readonly file: string;
  readonly experiments: readonly string[];
  readonly shards: number;
  /** The output directory, an absolute path. */
  readonly directory: string;
}

/** Throws `UnreadableFile`. */
export function readPlan(path: string): ShardPlan {
  let plan: Partial<ShardPlan>;
  try {
    plan = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new UnreadableFile(path, `cannot be read: ${(error as Error).message}`);
  }
  if (plan?.format !== "thermill-plan/1") {
    throw new UnreadableFile(path, "is no plan of shards that this version knows");
  }
  return plan as ShardPlan;
}
