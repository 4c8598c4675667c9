import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { GRAPH_HELP } from "../../src/cli/help.ts";
import type { Host } from "../../src/cli/host.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import * as library from "../../src/index.ts";
import { longChain } from "./graph-cases.ts";

const directory = mkdtempSync(join(tmpdir(), "thermill-graph-"));
afterAll(() => rmSync(directory, { recursive: true }));

const ROTOR = "models/rotor-qubit.thermill";

/** A file of this test's own. */
function file(name: string, text?: string): string {
  const path = join(directory, name);
  if (text !== undefined) writeFileSync(path, text);
  return path;
}

async function run(...args: readonly string[]) {
  const written = { stdout: "", stderr: "" };
  const output = (name: keyof typeof written): Host["stdout"] => ({
    write: (text) => {
      written[name] += text;
    },
    isTerminal: false,
    columns: undefined,
  });
  const code = await runCli(["graph", ...args], {
    compiler: { ...library, version: "9.9.9" },
    stdout: output("stdout"),
    stderr: output("stderr"),
    environment: {},
    figures: () => Promise.reject(new Error("no figure is asked for")),
  });
  return { code, ...written };
}

describe("thermill graph", () => {
  it("prints a picture, or the format that is asked for, and nothing else", async () => {
    expect(await run(ROTOR)).toMatchObject({ code: 0, stderr: "", stdout: expect.stringMatching(/^<svg /) });
    expect((await run(ROTOR, "--format", "dot")).stdout).toMatch(/^graph "rotor_qubit" \{/);
    expect((await run(ROTOR, "--format", "mermaid")).stdout).toMatch(/^flowchart LR\n/);
    expect(JSON.parse((await run(ROTOR, "--format", "json")).stdout)).toMatchObject({ model: "rotor_qubit" });
  });

  it("shows only examples that work", async () => {
    const examples = [...GRAPH_HELP.matchAll(/^ {2}thermill graph (.*)$/gm)].map(([, rest]) => rest!);
    expect(examples.length).toBeGreaterThan(2);
    for (const example of examples) {
      const args = example
        .replace(/ > .*$/, "")
        .replace("/tmp", directory)
        .split(" ");
      expect([example, (await run(...args)).code]).toEqual([example, 0]);
    }
  });

  it("writes a file in the format that its name asks for", async () => {
    for (const [name, start] of [
      ["a.svg", "<svg "],
      ["a.dot", "graph "],
      ["a.gv", "graph "],
      ["a.mmd", "flowchart "],
      ["a.json", "{\n"],
      ["plain", "<svg "],
    ] as const) {
      expect(await run(ROTOR, "--output", file(name))).toEqual({ code: 0, stdout: "", stderr: "" });
      expect(readFileSync(file(name), "utf8").startsWith(start)).toBe(true);
    }
    await run(ROTOR, "--output", file("b.txt"), "--format", "dot");
    expect(readFileSync(file("b.txt"), "utf8")).toMatch(/^graph /);
    expect((await run(ROTOR, "--output", "-")).stdout).toMatch(/^<svg /);
  });

  it("refuses files of formats that it does not write, models, and places where there is nothing to write to", async () => {
    const model = file("model.thermill", "model m\n");
    for (const [args, message] of [
      [["--output", file("a.png")], "E002"],
      [["--output", model, "--format", "svg"], "is not written over"],
      [["--output", join(directory, "none", "a.svg")], "its directory does not exist"],
      [["--output", directory, "--format", "svg"], "is a directory"],
    ] as const) {
      const { code, stdout, stderr } = await run(ROTOR, ...args);
      expect([args, code, stdout]).toEqual([args, 2, ""]);
      expect(stderr).toContain(message);
    }
    expect(readFileSync(model, "utf8")).toBe("model m\n");
  });

  it("takes the values of parameters", async () => {
    const chain = await run("models/spin-chain.thermill", "--set", "N=10", "--format", "json");
    expect(JSON.parse(chain.stdout).subsystems).toHaveLength(10);
  });

  it("prints nothing but diagnostics where the model has errors", async () => {
    for (const text of ["model m\nsubsystem q : qbit\n", "model m\nhamiltonian { free (q }\n"]) {
      const wrong = file("wrong.thermill", text);
      const { code, stdout, stderr } = await run(wrong, "--output", file("never.svg"));
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).toContain("error[E");
      expect(() => readFileSync(file("never.svg"))).toThrow();
    }
    expect(await run("nowhere.thermill")).toMatchObject({ code: 2, stdout: "" });
    expect(await run(ROTOR, "--set", "nothing=1")).toMatchObject({ code: 1, stdout: "" });
  });

  it("draws a model of which only an equation cannot be derived, and says what is wrong", async () => {
    const text = readFileSync("test/wrong/no-eigenoperator.thermill", "utf8");
    const { code, stdout, stderr } = await run(file("underived.thermill", text));
    expect([code, stdout.slice(0, 5)]).toEqual([1, "<svg "]);
    expect(stderr).toContain("error[E4");
  });

  it("ends with 3 where a picture would be too large", async () => {
    const { code, stdout, stderr } = await run(file("long.thermill", longChain(150)));
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toContain("--format dot");
    expect((await run(file("long.thermill"), "--format", "dot")).code).toBe(0);
  });
});
