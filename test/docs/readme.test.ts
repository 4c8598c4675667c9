import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { terminalReport } from "../../src/report/terminal-report.ts";
import { runSteady } from "../../src/run-steady.ts";
import { compileClean } from "../model-text.ts";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

const block = (language: string): string =>
  new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(readme)![1]!;

describe("README", () => {
  it("shows a model of ten lines and what it really prints", () => {
    const model = block("thermill");
    expect(model.trim().split("\n")).toHaveLength(10);
    const { results } = runSteady(compileClean(model), {});
    expect(terminalReport(results).startsWith(block("text").trimEnd())).toBe(true);
  });
});
