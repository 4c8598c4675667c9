import { describe, expect, it } from "vitest";
import type { Compiler, Host } from "../../src/cli/host.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import * as library from "../../src/index.ts";
import { SMALL } from "./cli-process.ts";

interface Setting {
  readonly terminals?: readonly ("stdout" | "stderr")[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly compiler?: Partial<Compiler>;
  readonly onInterrupt?: Host["onInterrupt"];
}

/** Runs a command line against streams that remember. */
async function run(
  args: readonly string[],
  { terminals = [], environment = {}, compiler = {}, onInterrupt }: Setting = {},
) {
  const written = { stdout: "", stderr: "" };
  const output = (name: keyof typeof written): Host["stdout"] => ({
    write: (text) => {
      written[name] += text;
    },
    isTerminal: terminals.includes(name),
    columns: terminals.includes(name) ? 80 : undefined,
  });
  const code = await runCli(args, {
    compiler: { ...library, version: "9.9.9", ...compiler },
    stdout: output("stdout"),
    stderr: output("stderr"),
    environment,
    ...(onInterrupt && { onInterrupt }),
    figures: () => Promise.reject(new Error("no figure is asked for")),
  });
  return { code, ...written };
}

const RED = "\u001b[31m";
const ESCAPE = "\u001b";

describe("colours", () => {
  it("are decided for stdout and stderr apart", async () => {
    const wrong = ["run", SMALL, "--set", "nothing=1"];
    expect((await run(wrong, { terminals: ["stderr"] })).stderr).toContain(RED);
    expect((await run(wrong, { terminals: ["stdout"] })).stderr).not.toContain(ESCAPE);
    expect((await run(["run", SMALL], { terminals: ["stdout"] })).stdout).toContain(ESCAPE);
    expect((await run(["run", SMALL], { terminals: ["stderr"] })).stdout).not.toContain(ESCAPE);
    expect((await run(["run", SMALL, "--json"], { terminals: ["stdout"] })).stdout).not.toContain(ESCAPE);
  });

  it("stay away where NO_COLOR says so, or the terminal has none", async () => {
    for (const environment of [{ NO_COLOR: "1" }, { TERM: "dumb" }]) {
      const { stdout } = await run(["run", SMALL], { terminals: ["stdout"], environment });
      expect(stdout).not.toContain(ESCAPE);
    }
    expect(
      (await run(["run", SMALL], { terminals: ["stdout"], environment: { NO_COLOR: "" } })).stdout,
    ).toContain(ESCAPE);
  });
});

describe("progress", () => {
  const compiler: Partial<Compiler> = {
    runSteady: (compiled, options) => {
      options.onProgress?.("window 0..7");
      return library.runSteady(compiled, options);
    },
  };

  it("is shown on a terminal only, and taken away again", async () => {
    const weak = ["--set", "g=0.02", "--set", "ω2=2.02"];
    const { stderr } = await run(["run", SMALL, ...weak], { terminals: ["stderr"], compiler });
    expect(stderr).toContain("window 0..7");
    expect(stderr.endsWith("\r\u001b[K")).toBe(true);
    expect((await run(["run", SMALL, ...weak], { compiler })).stderr).toBe("");
  });
});

describe("a bug", () => {
  const compiler: Partial<Compiler> = {
    compile: () => {
      throw new TypeError("the wheel came off");
    },
  };

  it("ends with 70, a short message and how to report it", async () => {
    const { code, stdout, stderr } = await run(["run", SMALL], { compiler });
    expect([code, stdout]).toEqual([70, ""]);
    expect(stderr).toContain("the wheel came off");
    expect(stderr).toContain("thermill 9.9.9");
    expect(stderr).not.toContain("    at ");
  });

  it("shows where it happened when asked", async () => {
    for (const name of ["DEBUG", "THERMILL_DEBUG"]) {
      expect((await run(["check", SMALL], { compiler, environment: { [name]: "1" } })).stderr).toContain(
        "    at ",
      );
    }
  });

  it("leaves the JSON object on stdout", async () => {
    const { code, stdout } = await run(["run", SMALL, "--json"], { compiler });
    expect(code).toBe(70);
    expect(JSON.parse(stdout)).toMatchObject({ results: [], diagnostics: [{ code: "E003" }] });
  });
});

describe("an interrupt", () => {
  const evolve = [
    "evolve",
    "models/driven-maser.thermill",
    "ignition",
    "--trajectories",
    "1000000",
    "--json",
  ];

  it("ends trajectories with the average over those that are done", async () => {
    let listening = 0;
    const onInterrupt: Host["onInterrupt"] = (interrupted) => {
      listening++;
      setImmediate(interrupted);
      return () => void listening--;
    };
    const { code, stdout, stderr } = await run(evolve, { onInterrupt });
    const { count, asked, seed, quantities } = JSON.parse(stdout).trajectories[0].jumps;
    expect([code, asked, listening]).toEqual([130, 1000000, 0]);
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(asked);
    expect(stderr).toBe(`interrupted: ${count} of 1000000 trajectories are done\n`);
    const fewer = await run([...evolve.slice(0, 4), String(count), "--seed", String(seed), "--json"]);
    expect(JSON.parse(fewer.stdout).trajectories[0].jumps.quantities).toEqual(quantities);
  });
});
