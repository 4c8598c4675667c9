import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { isMainThread } from "node:worker_threads";
import * as library from "../index.ts";
import { bugText } from "./bug-report.ts";
import { EXIT } from "./exit-code.ts";
import type { Host, Output } from "./host.ts";
import { sha256 } from "./result-store.ts";
import { runCli } from "./run-cli.ts";
import { serveJobs } from "./serve-jobs.ts";
import { createWorkers } from "./workers.ts";

/** The program is bundled as one file beside the one that starts it, and workers are started in the same way. */
const STARTED_FROM = join(dirname(__filename), "thermill.cjs");

/**
 * The program's start, and that of its workers. An interrupt (SIGINT) keeps its default action, the process ends at once,
 * also in the middle of a computation, and shells see 130; experiments in pieces say first what they have done.
 */
async function main(): Promise<void> {
  if (!isMainThread) return serveJobs();
  const stdout = outputOf(() => process.stdout);
  const stderr = outputOf(() => process.stderr);
  const host: Host = {
    compiler: { ...library, version: library.VERSION },
    stdout,
    stderr,
    environment: process.env,
    startWorkers: (count = availableParallelism(), setting) => createWorkers(STARTED_FROM, count, setting),
    onInterrupt: (interrupted) => {
      process.once("SIGINT", interrupted);
      return () => void process.removeListener("SIGINT", interrupted);
    },
    command: [process.execPath, STARTED_FROM],
    programHash: () => sha256(readFileSync(__filename)),
    figures: () => import("./figure-files.ts"),
  };
  process.on("uncaughtException", (error) => {
    host.stderr.write(bugText(error, host));
    process.exit(EXIT.bug);
  });
  process.exitCode = await runCli(process.argv.slice(2), host);
  // left to itself, Node waits for what its compiler has begun in other threads
  if (stdout.isWritten() && stderr.isWritten()) process.exit();
}

interface WatchedOutput extends Output {
  /** Whether all of the text has left the process. */
  readonly isWritten: () => boolean;
}

/** Opens a stream when it is first used, which takes a millisecond. */
function outputOf(open: () => NodeJS.WriteStream): WatchedOutput {
  let opened: NodeJS.WriteStream | undefined;
  const stream = (): NodeJS.WriteStream => {
    opened ??= open().on("error", (error: NodeJS.ErrnoException) => {
      // A reader that has seen enough, such as `head`, is no reason for a message.
      if (error.code !== "EPIPE") process.stderr.write(`thermill: cannot write: ${error.message}\n`);
      process.exit(error.code === "EPIPE" ? process.exitCode : EXIT.usage);
    });
    return opened;
  };
  return {
    write: (text) => void stream().write(text),
    isWritten: () => opened === undefined || opened.writableLength === 0,
    get isTerminal() {
      return stream().isTTY === true;
    },
    get columns() {
      // a terminal that was given no size says 0
      return (stream().isTTY && stream().columns) || undefined;
    },
  };
}

void main();
