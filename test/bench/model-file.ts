import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const directory = mkdtempSync(join(tmpdir(), "thermill-bench-"));

/** Writes a model where a process can read it; returns its path. */
export function modelFile(name: string, text: string): string {
  const path = join(directory, `${name}.thermill`);
  writeFileSync(path, text);
  return path;
}
