import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ModelParser } from "../../grammar/model-parser.ts";
import { infixBinding, prefixLevel } from "../../grammar/precedence.ts";
import * as t from "../../grammar/tokens.ts";
import { codeOfProblem, syntaxCodes } from "../../src/syntax/codes.ts";

const generated = (name: string) =>
  readFileSync(new URL(`../../grammar/generated/${name}`, import.meta.url), "utf8");

describe("the grammar", () => {
  it("is LL(2) without ambiguity", () => {
    expect(() => new ModelParser({ validate: true })).not.toThrow();
  });

  it("has a precedence for every operator", () => {
    const types = t.parserTokens.filter((type) => type.CATEGORIES?.includes(t.BinaryOperator));
    expect(types.length).toBe(14);
    expect(types.filter((type) => infixBinding(type) === undefined)).toEqual([]);
    const prefixes = t.parserTokens.filter((type) => type.CATEGORIES?.includes(t.PrefixOperator));
    expect(prefixes.filter((type) => prefixLevel(type) === undefined)).toEqual([]);
  });

  it("is what the generated files say", () => {
    const script = fileURLToPath(new URL("../../grammar/generate.ts", import.meta.url));
    execFileSync(process.execPath, ["--import", "tsx", script, "--check"], { stdio: "pipe" });
  });

  it("has diagrams that hold shapes and nothing that runs or is fetched", () => {
    expect(generated("railroad.html")).not.toMatch(/<(script|link)/);
    expect(generated("railroad.html").match(/<svg/g)!.length).toBeGreaterThan(30);
  });

  it("has EBNF in which every rule that is spoken of is there once", () => {
    const rules = generated("thermill.ebnf").replace(/\(\*[\s\S]*?\*\)/g, "");
    const defined = [...rules.matchAll(/^(\w+) =/gm)].map(([, name]) => name);
    const used = [...rules.replace(/"[^"]*"/g, "").matchAll(/\b[a-z]\w*/g)].map(([name]) => name);
    expect(new Set(defined).size).toBe(defined.length);
    expect(used.filter((name) => !defined.includes(name))).toEqual([]);
    expect(defined[0]).toBe("modelFile");
  });
});

describe("the codes", () => {
  it("are each given to one kind of problem", () => {
    const codes = Object.values(codeOfProblem);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => !(code in syntaxCodes))).toEqual([]);
    expect(Object.keys(syntaxCodes)).toEqual(Object.keys(syntaxCodes).sort());
  });
});
