import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll } from "vitest";
import { bundleProgram } from "../../build.ts";
import type { Results } from "../../src/report/results.ts";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What a run of the program left behind. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** The program as users have it: bundled, and run by Node in a process of its own. */
export interface Cli {
  /** The file that Node is given, in a directory of this test's own. */
  readonly program: string;
  readonly run: (args: readonly string[], surroundings?: Surroundings) => Finished;
  /** A shell command in which `$THERMILL` runs the program; it runs, and writes, beside `models` in a directory of this test's own. */
  readonly shell: (command: string) => Finished;
  /** Writes a file into a directory of this test's own; returns its path. */
  readonly write: (name: string, text: string | Uint8Array) => string;
}

/** Bundles the program before the tests of a file. */
export function useCli(): Cli {
  const directory = mkdtempSync(join(tmpdir(), "thermill-cli-"));
  const program = join(directory, "program", "thermill.cjs");
  beforeAll(async () => {
    symlinkSync(join(ROOT, "models"), join(directory, "models"));
    // pictures are made by a package that is not bundled
    symlinkSync(join(ROOT, "node_modules"), join(directory, "node_modules"));
    await bundleProgram(join(directory, "program"));
  }, 60_000);
  afterAll(() => rmSync(directory, { recursive: true }));

  const spawn = (
    command: string,
    args: readonly string[],
    { input = "", env = {}, cwd = ROOT }: Surroundings,
  ): Finished => {
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd,
      input,
      encoding: "utf8",
      maxBuffer: 2 ** 27,
      env: { PATH: process.env.PATH, ...env },
    });
    return { code: status, stdout, stderr };
  };
  return {
    program,
    run: (args, surroundings = {}) => spawn(process.execPath, [program, ...args], surroundings),
    shell: (command) =>
      spawn("bash", ["--norc", "-c", command], {
        env: { THERMILL: `${process.execPath} ${program}` },
        cwd: directory,
      }),
    write: (name, text) => {
      const path = join(directory, name);
      writeFileSync(path, text);
      return path;
    },
  };
}

/** The results in an output that must be one JSON object and nothing else. */
export const resultsOf = ({ stdout }: Finished): Results => JSON.parse(stdout) as Results;

export const ROTOR = "models/rotor-qubit.thermill";
export const SMALL = "models/coupled-qubits.thermill";
