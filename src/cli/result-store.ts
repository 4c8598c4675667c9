import { createHash, randomUUID } from "node:crypto";
import { appendFileSync, closeSync, fstatSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import { makeDirectory } from "./make-directory.ts";

/** Results that a directory keeps, by the hash of what they are results of. */
export interface ResultStore {
  /** Undefined where there is none that is whole. */
  readonly get: (key: string) => unknown;
  readonly put: (key: string, result: unknown) => void;
  readonly has: (key: string) => boolean;
  /** Learns what other processes have put there since. */
  readonly refresh: () => void;
}

export const sha256 = (content: string | Uint8Array): string =>
  createHash("sha256").update(content).digest("hex");

const CHECKSUM_LENGTH = 16;

/**
 * The store in `directory`. Each process appends lines to a journal of its own, so that runs at the same time, also on
 * several machines, do not disturb each other, and a line carries its checksum, so that one that a kill tore is taken
 * for missing. Throws what the file system throws.
 */
export function openStore(directory: string): ResultStore {
  makeDirectory(directory);
  const known = new Map<string, string>();
  /** Bytes of each journal that are known. */
  const read = new Map<string, number>();
  const refresh = (): void => {
    for (const name of readdirSync(directory)) {
      if (!name.endsWith(".journal")) continue;
      const from = read.get(name) ?? 0;
      const lines = wholeLines(join(directory, name), from);
      read.set(name, from + lines.length);
      for (const line of lines.toString("utf8").split("\n")) {
        const [key, checksum] = line.split(" ", 2) as [string, string | undefined];
        const json = line.slice(key.length + CHECKSUM_LENGTH + 2);
        if (checksum === checksumOf(json)) known.set(key, json);
      }
    }
  };
  refresh();
  // of all names in the world: process numbers are those of one machine
  const journal = join(directory, `${randomUUID()}.journal`);
  return {
    refresh,
    has: (key) => known.has(key),
    get: (key) => {
      const json = known.get(key);
      return json === undefined ? undefined : JSON.parse(json);
    },
    put: (key, result) => {
      const json = JSON.stringify(result);
      appendFileSync(journal, `${key} ${checksumOf(json)} ${json}\n`);
    },
  };
}

/** What a file has behind `from`, up to the end of its last line that is complete. */
function wholeLines(path: string, from: number): Buffer {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(file).size - from));
    const count = readSync(file, bytes, 0, bytes.length, from);
    return bytes.subarray(0, bytes.lastIndexOf(NEWLINE, count) + 1);
  } finally {
    closeSync(file);
  }
}

const NEWLINE = 10;

const checksumOf = (json: string): string => sha256(json).slice(0, CHECKSUM_LENGTH);
