import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import type { Host } from "../../src/cli/host.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import * as library from "../../src/index.ts";
import { PAIR } from "./figures.ts";

const DIRECTORY = mkdtempSync(join(tmpdir(), "thermill-plot-"));
const MODEL = join(DIRECTORY, "pair.thermill");
writeFileSync(
  MODEL,
  `${PAIR}
experiment flows "heat & work" {
  steady weak
  sweep β2 in linear(0.1, 0.9, 5)
  record regime
  plot heat(hot), work against β2/β1
}
experiment table { steady weak; sweep β2 in [0.1, 0.2]; record work }
experiment decay { evolve weak from start over time in linear(0, 5, 6); plot heat(cold) against time }
`,
);

async function plot(...given: readonly (string | Partial<Host>)[]) {
  const args = given.filter((g) => typeof g === "string");
  const more = given.filter((g) => typeof g === "object");
  const written = { stdout: "", stderr: "" };
  const output = (name: keyof typeof written) => ({
    write: (text: string) => {
      written[name] += text;
    },
    isTerminal: false,
    columns: undefined,
  });
  const code = await runCli(["plot", ...args], {
    compiler: { ...library, version: "9.9.9" },
    stdout: output("stdout"),
    stderr: output("stderr"),
    environment: {},
    figures: () => import("../../src/cli/figure-files.ts"),
    ...more[0],
  });
  return { code, ...written };
}

describe("thermill plot", () => {
  it("has workers at hand as many as are asked for, for the same model, and ends them", async () => {
    const asked: unknown[] = [];
    let ended = 0;
    const startWorkers: Host["startWorkers"] = (count, { source, sets }) => {
      asked.push([count, source.name, sets]);
      // five points are not worth a pool
      return { poolFor: () => expect.fail("no pool is needed"), end: () => ended++ };
    };
    const given = ["flows", "--workers", "3", "--set", "B1=1.5", "--output", join(DIRECTORY, "w.svg")];
    expect(await plot({ startWorkers }, MODEL, ...given)).toMatchObject({ code: 0, stderr: "" });
    expect([asked, ended]).toEqual([[[3, MODEL, ["B1=1.5"]]], 1]);
  });

  it("writes what the output file is named like, or what is asked for, and nothing else", async () => {
    const file = (name: string): string => join(DIRECTORY, name);
    expect(await plot(MODEL, "flows", "--output", file("a.svg"))).toEqual({
      code: 0,
      stdout: "",
      stderr: "",
    });
    expect(readFileSync(file("a.svg"), "utf8")).toMatch(/^<svg .*<title>heat &amp; work<\/title>/);
    expect(await plot(MODEL, "decay", "--output", file("b.png"))).toMatchObject({ code: 0 });
    expect(readFileSync(file("b.png")).subarray(1, 4).toString()).toBe("PNG");
    expect((await plot(MODEL, "flows")).stdout).toBe(readFileSync(file("a.svg"), "utf8"));
    const spec = JSON.parse((await plot(MODEL, "flows", "--format", "vega-lite")).stdout);
    expect(spec.$schema).toMatch(/vega-lite\/v6/);
  });

  it("refuses what it cannot do, with a reason and a code", async () => {
    const missing = await plot(MODEL, "flow");
    expect(missing).toMatchObject({ code: 2, stdout: "" });
    expect(missing.stderr).toMatch(/those with plots are flows, decay[\s\S]*flows/);
    expect(await plot(MODEL, "table")).toMatchObject({ code: 2, stderr: expect.stringContaining("E006") });
    expect(await plot(MODEL, "flows", "--format", "png")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--output"),
    });
    expect(await plot(MODEL, "flows", "--output", "a.pdf")).toMatchObject({ code: 2, stdout: "" });
    expect(await plot(MODEL, "flows", "--set", "B1=x")).toMatchObject({ code: 1, stdout: "" });
    expect(await plot(MODEL, "flows", "--output", join(DIRECTORY, "none", "a.svg"))).toMatchObject({
      code: 2,
    });
    expect(await plot(join(DIRECTORY, "none.thermill"), "flows")).toMatchObject({ code: 2 });
  });
});

const CHROMIUM = "/usr/bin/chromium";
const hasChromium = spawnSync(CHROMIUM, ["--version"]).status === 0;

describe("the page of a figure", () => {
  it.skipIf(!hasChromium)(
    "draws itself in a browser, with its texts in their styles",
    async () => {
      const page = join(DIRECTORY, "page.html");
      expect((await plot(MODEL, "flows", "--output", page)).code).toBe(0);
      expect(readFileSync(page, "utf8")).not.toMatch(/<(script|link|img)[^>]* (src|href)=/);
      const quiet = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking";
      const options = [...quiet.split(" "), `--user-data-dir=${join(DIRECTORY, "profile")}`];
      const given = [...options, "--virtual-time-budget=5000", "--dump-dom", pathToFileURL(page).href];
      const { stdout } = spawnSync(CHROMIUM, given, { encoding: "utf8", timeout: 60_000 });
      const svg = /<svg[\s\S]*<\/svg>/.exec(stdout)?.[0] ?? "";
      expect(svg).toContain(">engine</text>");
      expect(svg).toMatch(
        /<tspan[^>]*font-style="italic"[^>]*>Q\u0307<\/tspan><tspan dy="[^"]*"[^>]*>hot<\/tspan>/,
      );
      expect(svg).not.toMatch(/[\ue001\ue002]/);
    },
    90_000,
  );
});
