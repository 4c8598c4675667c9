import type { JobResult } from "../index.ts";

/** What a worker is started with: enough to compile the same model. */
export interface WorkerSetting {
  readonly source: { readonly name: string; readonly text: string };
  /** Texts of the used files, by path; null for those that could not be read. */
  readonly libraries: Readonly<Record<string, string | null>>;
  readonly sets: readonly string[];
}

/** Jobs of an experiment, by their places in the list of all. */
export interface WorkerRequest {
  readonly id: number;
  readonly experiment: string;
  readonly places: readonly number[];
}

export type WorkerAnswer =
  | { readonly id: number; readonly results: readonly JobResult[] }
  /** What went wrong is a bug: failures of the physics are results. */
  | { readonly id: number; readonly bug: string };
