import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Results that a directory keeps, by the hash of what they are results of. */
export interface ResultStore {
  /** Undefined where there is none that is whole. */
  readonly get: (key: string) => unknown;
  readonly put: (key: string, result: unknown) => void;
}

export const sha256 = (content: string | Uint8Array): string =>
  createHash("sha256").update(content).digest("hex");

const CHECKSUM_LENGTH = 16;

/**
 * The store in `directory`. Each process appends lines to a journal of its own, so that runs at the same time do not
 * disturb each other, and a line carries its checksum, so that one that a kill tore is taken for missing. Throws what
 * the file system throws.
 */
export function openStore(directory: string): ResultStore {
  mkdirSync(directory, { recursive: true });
  const known = new Map<string, string>();
  for (const name of readdirSync(directory)) {
    if (!name.endsWith(".journal")) continue;
    for (const line of readFileSync(join(directory, name), "utf8").split("\n")) {
      const [key, checksum] = line.split(" ", 2) as [string, string | undefined];
      const json = line.slice(key.length + CHECKSUM_LENGTH + 2);
      if (checksum === checksumOf(json)) known.set(key, json);
    }
  }
  const journal = join(directory, `${process.pid}-${Date.now().toString(36)}.journal`);
  return {
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

const checksumOf = (json: string): string => sha256(json).slice(0, CHECKSUM_LENGTH);
