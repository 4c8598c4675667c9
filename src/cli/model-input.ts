import { realpathSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import type { SourceFile } from "../index.ts";
import { readText } from "./bounded-read.ts";

/** A model's text and the way to what it uses. */
export interface ModelInput {
  readonly source: SourceFile;
  readonly readLibrary: (path: string) => string | undefined;
}

/** How messages name what was given as FILE. */
export const displayName = (path: string): string => (path === "-" ? "<stdin>" : path);

/** The model file at `path`, or the standard input for `-`. Throws `UnreadableFile`. */
export function readModel(path: string): ModelInput {
  const directory = path === "-" ? "." : dirname(path);
  return {
    source: { name: displayName(path), text: readText(path) },
    readLibrary: (library) => readBelow(directory, library),
  };
}

/** Text of a `.thermill` file below `directory`, links followed; undefined where there is none that may be read. */
export function readBelow(directory: string, path: string): string | undefined {
  if (!path.endsWith(".thermill") || isAbsolute(path)) return undefined;
  try {
    const root = realpathSync(directory);
    const file = realpathSync(resolve(root, path));
    return isBelow(root, file) && file.endsWith(".thermill") ? readText(file) : undefined;
  } catch {
    return undefined;
  }
}

function isBelow(root: string, file: string): boolean {
  const way = relative(root, file);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
