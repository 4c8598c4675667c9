#!/usr/bin/env node
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import { isMainThread } from "node:worker_threads";

/**
 * Starts the program (main.ts, bundled as program.cjs beside this file) from V8's compiled form of it, which the build
 * leaves in program.cache: that halves the time to the first line of output. V8 refuses a cache made by another version
 * of itself; then the program is compiled as usual.
 */
function start(): void {
  const file = beside("program.cjs");
  const cachedData = readIfThere(beside("program.cache"));
  const text = `(function (require, __filename) {${readFileSync(file, "utf8")}\n})`;
  const script = new Script(text, { filename: file, ...(cachedData && { cachedData }) });
  script.runInThisContext()(createRequire(file), file);
  if (process.env.THERMILL_WRITE_CACHE && isMainThread) {
    writeFileSync(beside("program.cache"), script.createCachedData());
  }
}

const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

start();
