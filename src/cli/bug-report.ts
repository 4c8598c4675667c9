import { release } from "node:os";
import type { Host } from "./host.ts";

/** What is said of an exception that nobody foresaw; with THERMILL_DEBUG or DEBUG set, where it came from. */
export function bugText(error: unknown, { compiler, environment }: Host): string {
  const isDebug = Boolean(environment.THERMILL_DEBUG || environment.DEBUG);
  const stack = error instanceof Error && error.stack ? error.stack : String(error);
  return [
    `thermill: internal error: ${error instanceof Error ? error.message : String(error)}`,
    "This is a bug in Thermill and not in your model. Please report it with the command line, the model file,",
    `and this line: thermill ${compiler.version}, node ${process.version}, ${process.platform} ${release()}.`,
    isDebug ? stack : "Set THERMILL_DEBUG=1 to see where it happened.",
    "",
  ].join("\n");
}
