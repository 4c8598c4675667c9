import type { Compiled } from "../index.ts";
import type { Host } from "./host.ts";
import type { ModelInput } from "./model-input.ts";
import type { WorkerSetting } from "./worker-protocol.ts";

/** A model compiled for experiments, with what workers need to compile the same. */
export interface ExperimentSetting {
  readonly compiled: Compiled;
  readonly setting: WorkerSetting;
}

/** Compiles a model and keeps the texts of the files that it uses. */
export function experimentSetting(
  { source, readLibrary }: ModelInput,
  sets: readonly string[],
  { compiler }: Host,
): ExperimentSetting {
  const libraries: Record<string, string | null> = {};
  const compiled = compiler.compile(source, {
    sets,
    quantities: [],
    readLibrary: (path) => {
      const text = readLibrary(path);
      libraries[path] = text ?? null;
      return text;
    },
  });
  return { compiled, setting: { source, libraries, sets } };
}
