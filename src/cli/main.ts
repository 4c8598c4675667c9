import * as library from "../index.ts";
import { bugText } from "./bug-report.ts";
import { EXIT } from "./exit-code.ts";
import type { Host, Output } from "./host.ts";
import { runCli } from "./run-cli.ts";

/**
 * The program's start. An interrupt (SIGINT) keeps its default action: the process ends at once, also in the middle
 * of a computation, and shells see 130.
 */
async function main(): Promise<void> {
  const host: Host = {
    compiler: { ...library, version: library.VERSION },
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    environment: process.env,
    figures: () => import("./figure-files.ts"),
  };
  process.on("uncaughtException", (error) => {
    host.stderr.write(bugText(error, host));
    process.exit(EXIT.bug);
  });
  process.exitCode = await runCli(process.argv.slice(2), host);
}

function outputOf(stream: NodeJS.WriteStream): Output {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough, such as `head`, is no reason for a message.
    if (error.code !== "EPIPE") process.stderr.write(`thermill: cannot write: ${error.message}\n`);
    process.exit(error.code === "EPIPE" ? process.exitCode : EXIT.usage);
  });
  return {
    write: (text) => void stream.write(text),
    isTerminal: stream.isTTY === true,
    columns: stream.isTTY ? stream.columns : undefined,
  };
}

void main();
