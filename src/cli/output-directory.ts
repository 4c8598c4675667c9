import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { OutputFile } from "../report/experiment-files.ts";
import { makeDirectory } from "./make-directory.ts";
import { sha256 } from "./result-store.ts";

/** What the files of a directory are results of. */
export interface Provenance {
  /** The hash of everything that results depend on: the program, the model with what it uses, and what was set. */
  readonly run: string;
  readonly thermill: string;
  readonly language: number;
  readonly model: {
    readonly name: string;
    readonly file: string;
    readonly sha256: string;
    readonly libraries: Readonly<Record<string, string>>;
  };
  readonly set: readonly string[];
  /** Defaults with what was set; derived values included. */
  readonly parameters: Readonly<Record<string, number | null>>;
}

/** What a manifest says of an experiment besides its files. */
export interface ExperimentEntry {
  readonly name: string;
  readonly kind: "steady" | "evolution";
  readonly [detail: string]: unknown;
}

/**
 * Writes the files of a finished experiment, each whole or not at all, and the manifest of all experiments of the same
 * run that have been finished. Throws what the file system throws.
 */
export function writeExperiment(
  directory: string,
  provenance: Provenance,
  entry: ExperimentEntry,
  files: readonly OutputFile[],
): void {
  for (const { name, content } of files) writeWhole(join(directory, name), content);
  const written = files.map(({ name, content }) => ({ name, sha256: sha256(content) }));
  // every process writes its own entry before it reads those of others, so that the last manifest misses none
  const entries = join(directory, ".thermill", "entries");
  makeDirectory(entries);
  const own = { run: provenance.run, entry: { ...entry, files: written } };
  writeWhole(join(entries, `${entry.name}.json`), JSON.stringify(own));
  const all = readdirSync(entries)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(entries, name), "utf8")) as typeof own)
    .filter(({ run }) => run === provenance.run);
  const manifest = { format: "thermill-manifest/1", ...provenance, experiments: all.map((e) => e.entry) };
  writeWhole(join(directory, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Writes a file whole or not at all. Throws what the file system throws. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, path);
}
