import { closeSync, openSync, readSync } from "node:fs";

/** Model files beyond this many bytes are refused. */
export const MAX_BYTES = 2_000_000;

const CHUNK = 65_536;
const STDIN = 0;

/** A file that is not read; the message names it and says why. */
export class UnreadableFile extends Error {
  readonly path: string;

  constructor(path: string, reason: string) {
    super(path === "-" ? `the standard input ${reason}` : `'${path}' ${reason}`);
    this.path = path;
  }
}

/** The text of a file, or of the standard input for `-`. Throws `UnreadableFile`. */
export function readText(path: string): string {
  const bytes = readBytes(path);
  if (bytes.length > MAX_BYTES) throw new UnreadableFile(path, `is larger than ${MAX_BYTES / 1e6} MB`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableFile(path, "is not UTF-8 text");
  }
}

/** What a file holds, also one without a size, such as a pipe; what is too large is not read to its end. */
function readBytes(path: string): Uint8Array {
  try {
    const file = path === "-" ? STDIN : openSync(path, "r");
    try {
      return readDescriptor(file);
    } finally {
      if (file !== STDIN) closeSync(file);
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UnreadableFile(path, REASONS[code] ?? `cannot be read (${code})`);
  }
}

function readDescriptor(file: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  for (let size = 0; size <= MAX_BYTES; ) {
    const chunk = new Uint8Array(CHUNK);
    const count = readSync(file, chunk);
    if (count === 0) break;
    size += count;
    chunks.push(chunk.subarray(0, count));
  }
  return Buffer.concat(chunks);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  EISDIR: "is a directory",
  EACCES: "may not be read (permission denied)",
  ENOTDIR: "does not exist",
  ENAMETOOLONG: "does not exist",
  EAGAIN: "is not ready to be read",
};
