import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CLI_CODES } from "../../src/cli/codes.ts";
import { EQUATION_CODES } from "../../src/equation/codes.ts";
import { MODEL_CODES } from "../../src/model/codes.ts";
import { runSteady } from "../../src/run-steady.ts";
import { syntaxCodes } from "../../src/syntax/codes.ts";
import { RESULT_CODES } from "../../src/thermo/codes.ts";
import { compileClean } from "../model-text.ts";

const page = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

describe("docs/language.md", () => {
  const blocks = [...page("docs/language.md").matchAll(/```thermill\n([\s\S]*?)```/g)].map((m) => m[1]!);
  for (const text of blocks) {
    it(`has a model ${/model (\w+)/.exec(text)![1]} that checks clean and runs`, () => {
      expect(runSteady(compileClean(text), {}).status).toBe("good");
    });
  }
});

describe("generated docs", () => {
  it("are current", () => {
    const run = () => execFileSync("npx", ["tsx", "docs/generate.ts", "--check"], { stdio: "pipe" });
    expect(run).not.toThrow();
    // the figures are computed anew
  }, 300_000);

  it("list every code once", () => {
    const tables = [CLI_CODES, syntaxCodes, MODEL_CODES, EQUATION_CODES, RESULT_CODES];
    const codes = tables.flatMap((t) => Object.keys(t));
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(page("docs/diagnostics.md")).toContain(`| ${code} |`);
  });
});

it("every link between documents leads somewhere", () => {
  for (const path of [
    "README.md",
    "docs/derive.md",
    "docs/language.md",
    "docs/architecture.md",
    "docs/paper.md",
  ]) {
    for (const [, target] of page(path).matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
      const base = path.includes("/") ? "docs/" : "";
      expect(() => page(`${base}${target}`), `${path} → ${target}`).not.toThrow();
    }
  }
});
