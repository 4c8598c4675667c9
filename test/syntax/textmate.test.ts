import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { beforeAll, describe, expect, it } from "vitest";
import { createOnigScanner, createOnigString, loadWASM } from "vscode-oniguruma";
import { type IGrammar, INITIAL, parseRawGrammar, Registry } from "vscode-textmate";
import * as t from "../../grammar/tokens.ts";

const path = new URL("../../grammar/thermill.tmLanguage.json", import.meta.url);
const source = readFileSync(path, "utf8");
const directories = [new URL("./examples/", import.meta.url), new URL("../../models/", import.meta.url)];

let grammar: IGrammar;

beforeAll(async () => {
  const wasm = readFileSync(createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm"));
  await loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const registry = new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: async () => parseRawGrammar(source, path.pathname),
  });
  grammar = (await registry.loadGrammar("source.thermill"))!;
});

/** Each stretch of the text that is not blank, with its innermost scope (without the language). */
function scopes(text: string): [string, string][] {
  let state = INITIAL;
  return text.split("\n").flatMap((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens
      .map((token): [string, string] => [
        line.slice(token.startIndex, token.endIndex).trim(),
        token.scopes.at(-1)!.replace(/\.thermill$/, ""),
      ])
      .filter(([part]) => part !== "");
  });
}

describe("the TextMate grammar", () => {
  it.each(
    directories.flatMap((directory) =>
      readdirSync(directory).map((name) => [name, new URL(name, directory)] as const),
    ),
  )("has a scope for every character of %s", (_, url) => {
    const found = scopes(readFileSync(url, "utf8"));
    expect(found.filter(([, scope]) => scope.startsWith("invalid") || scope === "source")).toEqual([]);
  });

  it("knows declarations", () => {
    expect(scopes('parameter χ  = 0 in -1..1   "asymmetry" # text')).toEqual([
      ["parameter", "keyword.declaration"],
      ["χ", "entity.name.declared"],
      ["=", "keyword.operator.assignment"],
      ["0", "constant.numeric"],
      ["in", "keyword.operator.word"],
      ["-", "keyword.operator.arithmetic"],
      ["1", "constant.numeric"],
      ["..", "keyword.operator.range"],
      ["1", "constant.numeric"],
      ['"asymmetry"', "string.quoted.double"],
      ["# text", "comment.line.number-sign"],
    ]);
  });

  it("knows baths, their kinds and the words at the head of their lines", () => {
    expect(scopes("bath hot  : bosonic { β = inf; role = hot;  couples g*q2.σ⁻ }")).toEqual([
      ["bath", "keyword.declaration"],
      ["hot", "entity.name.declared"],
      [":", "punctuation.separator.colon"],
      ["bosonic", "entity.name.type"],
      ["{", "punctuation.section.braces"],
      ["β", "variable.other.setting"],
      ["=", "keyword.operator.assignment"],
      ["inf", "constant.language"],
      [";", "punctuation.terminator"],
      ["role", "variable.other.setting"],
      ["=", "keyword.operator.assignment"],
      ["hot", "variable.other"],
      [";", "punctuation.terminator"],
      ["couples", "keyword.control.item"],
      ["g", "variable.other"],
      ["*", "keyword.operator.arithmetic"],
      ["q2", "variable.other"],
      [".", "punctuation.accessor"],
      ["σ⁻", "variable.other.member"],
      ["}", "punctuation.section.braces"],
    ]);
  });

  it("knows labels, sums, matrix units and h.c.", () => {
    expect(scopes("  interaction mill : sum(n) |n-1><n|*exp(i*r.φ) + h.c.")).toEqual([
      ["interaction", "keyword.control.item"],
      ["mill", "entity.name.label"],
      [":", "punctuation.separator.colon"],
      ["sum", "keyword.operator.word"],
      ["(", "punctuation.section.parentheses"],
      ["n", "variable.other"],
      [")", "punctuation.section.parentheses"],
      ["|", "punctuation.definition.ket.begin"],
      ["n", "constant.other.label"],
      ["-", "keyword.operator.arithmetic"],
      ["1", "constant.numeric"],
      [">", "punctuation.definition.ket.end"],
      ["<", "punctuation.definition.bra.begin"],
      ["n", "constant.other.label"],
      ["|", "punctuation.definition.bra.end"],
      ["*", "keyword.operator.arithmetic"],
      ["exp", "entity.name.function"],
      ["(", "punctuation.section.parentheses"],
      ["i", "constant.language"],
      ["*", "keyword.operator.arithmetic"],
      ["r", "variable.other"],
      [".", "punctuation.accessor"],
      ["φ", "variable.other.member"],
      [")", "punctuation.section.parentheses"],
      ["+", "keyword.operator.arithmetic"],
      ["h.c.", "constant.language.hermitian-conjugate"],
    ]);
  });

  it("knows methods and with", () => {
    expect(
      scopes("equation e { global cold, hot with { spectrum = ohmic(cutoff = c) }; jumps load }"),
    ).toEqual([
      ["equation", "keyword.declaration"],
      ["e", "entity.name.declared"],
      ["{", "punctuation.section.braces"],
      ["global", "support.function.method"],
      ["cold", "variable.other"],
      [",", "punctuation.separator.comma"],
      ["hot", "variable.other"],
      ["with", "keyword.control.clause"],
      ["{", "punctuation.section.braces"],
      ["spectrum", "variable.other.setting"],
      ["=", "keyword.operator.assignment"],
      ["ohmic", "entity.name.function"],
      ["(", "punctuation.section.parentheses"],
      ["cutoff", "variable.other"],
      ["=", "keyword.operator.assignment"],
      ["c", "variable.other"],
      [")", "punctuation.section.parentheses"],
      ["}", "punctuation.section.braces"],
      [";", "punctuation.terminator"],
      ["jumps", "support.function.method"],
      ["load", "variable.other"],
      ["}", "punctuation.section.braces"],
    ]);
  });

  it("knows experiments", () => {
    expect(scopes("  evolve e from start over time in [0, inf]; plot a > b against c by d")).toEqual([
      ["evolve", "keyword.control.item"],
      ["e", "variable.other"],
      ["from", "keyword.control.clause"],
      ["start", "variable.other"],
      ["over", "keyword.control.clause"],
      ["time", "constant.language"],
      ["in", "keyword.operator.word"],
      ["[", "punctuation.section.brackets"],
      ["0", "constant.numeric"],
      [",", "punctuation.separator.comma"],
      ["inf", "constant.language"],
      ["]", "punctuation.section.brackets"],
      [";", "punctuation.terminator"],
      ["plot", "keyword.control.item"],
      ["a", "variable.other"],
      [">", "keyword.operator.comparison"],
      ["b", "variable.other"],
      ["against", "keyword.control.clause"],
      ["c", "variable.other"],
      ["by", "keyword.control.clause"],
      ["d", "variable.other"],
    ]);
  });

  it("marks what the language does not use", () => {
    expect(scopes("let x = a×b").at(-2)).toEqual(["×", "invalid.illegal.character"]);
  });

  it("takes keywords away from the head of a statement as names", () => {
    expect(scopes("let x = jump + free").map(([, scope]) => scope)).toEqual([
      "keyword.declaration",
      "entity.name.declared",
      "keyword.operator.assignment",
      "variable.other",
      "keyword.operator.arithmetic",
      "variable.other",
    ]);
  });

  it("has the words of the grammar", () => {
    const { repository } = JSON.parse(source) as { repository: Record<string, { match: string }> };
    const words = (rule: string) =>
      /\(((?:[\p{L}∞]+\|)+[\p{L}∞]+)\)/u.exec(repository[rule]!.match)![1]!.split("|");
    expect(words("declaration")).toEqual(Object.keys(t.declarationKeyword));
    expect(words("item")).toEqual(Object.keys(t.itemKeyword));
    expect(words("clause")).toEqual([...Object.keys(t.clauseKeyword), "with"]);
    expect([...words("constant"), ...words("word-operator")].sort()).toEqual(
      Object.keys(t.reservedWords).sort(),
    );
  });
});
