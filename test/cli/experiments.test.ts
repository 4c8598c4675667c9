import { spawn } from "node:child_process";
import { appendFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { compile } from "../../src/pipeline.ts";
import { jsonReport } from "../../src/report/json-report.ts";
import { runSweep } from "../../src/run-sweep.ts";
import { resultsOf, useCli } from "./cli-process.ts";
import { keptBytes, PAIR, pause } from "./pair-model.ts";

const cli = useCli();

const TEXT = `${PAIR}experiment fading { evolve weak from start over time in linear(0, 10, 5); record mean(a.σz), heat(hot); plot population(a) by time }
experiment best { steady weak; sweep T in [2, 3]; minimise work over x in 0.3..1 }
`;

let model = "";
let directory = "";
beforeAll(() => {
  model = cli.write("pair.thermill", TEXT);
  directory = join(model, "..");
});

const expected = (experiment: string): string => {
  const source = { name: model, text: TEXT };
  const compiled = compile(source, { sets: [], quantities: [], readLibrary: () => undefined });
  return jsonReport(runSweep(compiled, { experiment }).results);
};

/** The program in a process that goes on while the test does other things. */
const start = (args: readonly string[]) =>
  spawn(process.execPath, [cli.program, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
const ended = (child: ReturnType<typeof spawn>): Promise<number | null> =>
  new Promise((resolve) => child.on("exit", (code) => resolve(code)));

describe("thermill run FILE EXPERIMENT…", () => {
  it("prints several experiments, evolutions among them", () => {
    const { code, stdout } = cli.run(["run", model, "few", "fading"]);
    expect(code).toBe(0);
    expect(stdout).toContain("x = 0.75");
    expect(stdout).toContain("mean(a.σz)");
    const results = resultsOf(cli.run(["run", model, "few", "best", "--json"]));
    const rows = results.results.flatMap((r) => r.rows);
    const optima = rows.filter((r) => r.optimum && !r.optimum.isLocal);
    expect(rows.slice(0, 5).map((r) => r.experiment)).toEqual(Array(5).fill("few"));
    expect(optima.map((r) => [r.experiment, r.sweep!.T])).toEqual([2, 3].map((T) => ["best", T]));
    expect(optima[0]!.optimum).toMatchObject({ kind: "minimise", of: "work" });
  });

  it("refuses what it cannot do, and says what there is", () => {
    expect(cli.run(["run", model, "fev"]).stderr).toContain("fix: few");
    expect(cli.run(["run", model, "few", "many", "--csv"]).code).toBe(2);
    expect(cli.run(["run", model, "few", "fading", "--json"]).code).toBe(2);
    expect(cli.run(["run", model, "--all", "few"]).code).toBe(2);
    expect(cli.run(["run", model, "--out", directory]).code).toBe(2);
    // a file, one above, and a directory that takes no entries
    for (const path of [model, join(model, "below"), "/proc/nowhere/deep"]) {
      const { code, stderr } = cli.run(["run", model, "few", "--out", path]);
      expect([code, stderr]).toEqual([2, expect.stringContaining("E004")]);
    }
  });
});

describe("--out", () => {
  it("writes a table and the results of each experiment, and a manifest", () => {
    const out = join(directory, "all");
    const { code, stdout } = cli.run(["run", model, "--all", "--out", out]);
    expect(code).toBe(0);
    // a line for the tables of each, and one for the only figure
    expect(stdout.trim().split("\n")).toHaveLength(5);
    expect(readFileSync(join(out, "fading.svg"), "utf8")).toContain("<svg");
    expect(readFileSync(join(out, "fading.png")).subarray(1, 4).toString()).toBe("PNG");
    expect(readFileSync(join(out, "few.json"), "utf8")).toBe(expected("few"));
    const table = readFileSync(join(out, "fading.csv"), "utf8").trim().split("\n");
    expect(table[0]).toBe("equation,time,mean(a.σz),heat(hot),population(a)|up>,population(a)|down>");
    expect(table[1]).toMatch(/^weak,0,1,.*,1,0$/);
    const manifest = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"));
    expect(manifest.experiments.map((e: { name: string }) => e.name).sort()).toEqual([
      "best",
      "fading",
      "few",
      "many",
    ]);
    const fading = manifest.experiments.find((e: { name: string }) => e.name === "fading");
    expect(fading.files.map((f: { name: string }) => f.name)).toEqual(
      ["csv", "json", "svg", "png"].map((extension) => `fading.${extension}`),
    );
    expect(manifest.parameters).toEqual({ x: 1, T: 2 });
  });

  it("keeps results of a changed model apart", () => {
    const out = join(directory, "changed");
    cli.run(["run", model, "few", "--out", out]);
    const before = readFileSync(join(out, "few.json"), "utf8");
    const other = cli.write("other.thermill", TEXT.replace("0.3*a", "0.2*a"));
    cli.run(["run", other, "few", "--out", out]);
    expect(readFileSync(join(out, "few.json"), "utf8")).not.toBe(before);
    const set = cli.run(["run", model, "few", "--set", "T=3", "--out", out]);
    expect(set.code).toBe(0);
    expect(readFileSync(join(out, "few.json"), "utf8")).not.toBe(before);
    cli.run(["run", model, "few", "--out", out]);
    expect(readFileSync(join(out, "few.json"), "utf8")).toBe(before);
  });

  it("goes on after kills in the middle, and takes torn records for missing", async () => {
    const out = join(directory, "killed");
    for (let kill = 0, size = 0; kill < 3; kill++) {
      const child = start(["run", model, "many", "--out", out]);
      const end = ended(child);
      while (child.exitCode === null && keptBytes(out) < size + 20_000) await pause(2);
      child.kill("SIGKILL");
      await end;
      size = keptBytes(out);
    }
    const [journal] = readdirSync(join(out, ".thermill")).filter((n) => n.endsWith(".journal"));
    appendFileSync(join(out, ".thermill", journal!), '0123 torn {"rows":[');
    const { code } = cli.run(["run", model, "many", "--out", out]);
    expect(code).toBe(0);
    expect(readFileSync(join(out, "many.json"), "utf8")).toBe(expected("many"));
  });

  it("bears two runs at once", async () => {
    const out = join(directory, "twice");
    const both = [
      start(["run", model, "many", "--out", out]),
      start(["run", model, "many", "best", "--out", out]),
    ];
    expect(await Promise.all(both.map(ended))).toEqual([0, 0]);
    expect(readFileSync(join(out, "many.json"), "utf8")).toBe(expected("many"));
    const manifest = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"));
    expect(manifest.experiments).toHaveLength(2);
  });
});

describe("workers", () => {
  const LONG = TEXT.replace("subsystem a, b : qubit", "subsystem a, b : oscillator(n in 0..7)")
    .replaceAll("σz", "N")
    .replaceAll("σ⁺", "a†")
    .replaceAll("σ⁻", "a")
    .replace("40); sweep T in linear(1, 3, 50)", "4); sweep T in linear(1, 3, 40)")
    .replace(/state start.*\n/, "")
    .replace(/experiment fading.*\n/, "");

  it("make no difference to the results, however many they are", () => {
    const long = cli.write("long.thermill", LONG);
    const outputs = ["1", "3"].map((n) => cli.run(["run", long, "many", "--json", "--workers", n]));
    const compiled = compile(
      { name: long, text: LONG },
      { sets: [], quantities: [], readLibrary: () => undefined },
    );
    const alone = jsonReport(runSweep(compiled, { experiment: "many" }).results);
    expect(outputs.map((o) => o.code)).toEqual([0, 0]);
    expect(outputs.map((o) => o.stdout === alone)).toEqual([true, true]);
  });

  it("end on Ctrl-C, which says how much is done and keeps it", async () => {
    const long = cli.write("longer.thermill", LONG.replace("linear(0.5, 1.5, 4)", "linear(0.5, 1.5, 400)"));
    const out = join(directory, "interrupted");
    const child = start(["run", long, "many", "--out", out, "--workers", "2"]);
    let said = "";
    child.stderr!.on("data", (text) => {
      said += text;
    });
    while (child.exitCode === null && keptBytes(out) < 20_000) await pause(5);
    child.kill("SIGINT");
    expect(await ended(child)).toBe(130);
    expect(said).toMatch(/interrupted: \d+ of 16000 points of 'many' are done, and kept in/);
    expect(existsSync(join(out, "many.json"))).toBe(false);
  });
});
