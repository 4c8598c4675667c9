import { writeFileSync } from "node:fs";

/** Writes a file of text or bytes; the reason, as a message, where that fails. Model files are not written over. */
export function writeContent(path: string, content: string | Uint8Array): string | undefined {
  if (path.endsWith(".thermill")) return `'${path}' is named like a model file and is not written over`;
  try {
    writeFileSync(path, content);
    return undefined;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return `'${path}' ${REASONS[code] ?? `cannot be written (${code})`}`;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "cannot be written: its directory does not exist",
  ENOTDIR: "cannot be written: its directory does not exist",
  EISDIR: "is a directory",
  EACCES: "may not be written (permission denied)",
  EROFS: "may not be written (read-only file system)",
  ENOSPC: "cannot be written: no space is left",
  ENAMETOOLONG: "cannot be written: its name is too long",
};
