import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runSteady } from "../../src/run-steady.ts";
import { compileText } from "../model-text.ts";

const directory = new URL("./", import.meta.url);
const files = readdirSync(directory).filter((name) => name.endsWith(".thermill"));

/** The lines `# expect CODE line:column message` of a file. */
const expectations = (text: string): string[] => [...text.matchAll(/^# expect (.*)$/gm)].map((m) => m[1]!);

describe("wrong models", () => {
  for (const file of files) {
    it(`${file} gets the messages that stand in it, and no other`, () => {
      const text = readFileSync(new URL(file, directory), "utf8");
      const { results } = runSteady(compileText(text), {});
      const found = results.diagnostics.map((d) => `${d.code} ${d.line}:${d.column} ${d.message}`);
      expect(found).toEqual(expectations(text));
      const isRefused = results.diagnostics.some((d) => d.severity === "error");
      expect(results.results.flatMap((r) => r.rows)).toHaveLength(isRefused ? 0 : 1);
    });
  }
});
