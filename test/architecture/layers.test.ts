import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { forbiddenCode } from "./forbidden-code.ts";
import { type AllowedCycle, layerBreaches } from "./layers.ts";
import { readSourceTree, type SourceTree } from "./source-tree.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const ALLOWED_CYCLES: readonly AllowedCycle[] = [];

describe("the layers of src and grammar", () => {
  const tree = readSourceTree(ROOT, ["src", "grammar"]);

  it("are read whole", () => {
    for (const path of ["src/pipeline.ts", "src/cli/main.ts", "grammar/read.ts"]) {
      expect([...tree.keys()]).toContain(path);
    }
  });

  it("import only what stands above them", () => {
    expect(layerBreaches(tree, ALLOWED_CYCLES)).toEqual([]);
  });

  it("neither make code from text nor keep mutable state in modules", () => {
    expect(forbiddenCode(tree)).toEqual([]);
  });
});

describe("the test of the layers", () => {
  const sound: Readonly<Record<string, string>> = {
    "src/source/span.ts": "export interface Span {}",
    "src/scalar/scalar.ts": `import "../source/span.ts"; import * as mathjs from "mathjs/number";`,
    "src/numerics/lu.ts": "export const lu = 1;",
    "grammar/read.ts": `import { x } from "chevrotain"; import "../src/source/span.ts";`,
    "grammar/generate.ts": `import { writeFileSync } from "node:fs";`,
    "src/syntax/parse.ts": `import { read } from "../../grammar/read.ts"; // import "../cli/main.ts"`,
    "src/model/model.ts": `import type { Ast } from "../syntax/parse.ts"; const text = 'import "../cli/main.ts"';`,
    "src/solve/steady.ts": `import "../numerics/lu.ts"; import "../model/model.ts";`,
    "src/report/table.ts": `import "../solve/steady.ts";`,
    "src/pipeline.ts": `export * from "./solve/steady.ts"; import "./report/table.ts";`,
    "src/cli/main.ts": `import "node:fs"; import { Command } from "commander"; import "../pipeline.ts";`,
  };

  /** What is found when `text` replaces, or adds, the file at `path` of a sound tree. */
  const breaches = (path: string, text: string): string[] =>
    layerBreaches(treeOf({ ...sound, [path]: text }), []);

  const treeOf = (files: Readonly<Record<string, string>>): SourceTree => new Map(Object.entries(files));

  it("finds nothing in a sound tree", () => {
    expect(layerBreaches(treeOf(sound), [])).toEqual([]);
  });

  it.each([
    ["a phase below", "src/model/a.ts", `import "../solve/steady.ts";`, "src/solve/steady.ts"],
    [
      "a type from below",
      "src/model/a.ts",
      `import type { S } from "../solve/steady.ts";`,
      "src/solve/steady.ts",
    ],
    ["a re-export", "src/model/a.ts", `export { s } from "../solve/steady.ts";`, "src/solve/steady.ts"],
    ["a dynamic import", "src/model/a.ts", `await import("../solve/steady.ts");`, "src/solve/steady.ts"],
    [
      "a phase from the ground floor",
      "src/numerics/a.ts",
      `import "../model/model.ts";`,
      "src/model/model.ts",
    ],
    [
      "one ground floor from another",
      "src/numerics/a.ts",
      `import "../source/span.ts";`,
      "src/source/span.ts",
    ],
    ["anything from source", "src/source/a.ts", `import "../numerics/lu.ts";`, "src/numerics/lu.ts"],
    [
      "more than source from the grammar",
      "grammar/a.ts",
      `import "../src/scalar/scalar.ts";`,
      "src/scalar/scalar.ts",
    ],
    ["the pipeline from a phase", "src/report/a.ts", `import "../pipeline.ts";`, "src/pipeline.ts"],
    ["the cli from the pipeline", "src/recipe.ts", `import "./cli/main.ts";`, "src/cli/main.ts"],
  ])("finds %s", (_, path, text, imported) => {
    expect(breaches(path, text)).toContain(`${path} may not import ${imported}`);
  });

  it("finds packages and Node's modules where they do not belong", () => {
    expect(breaches("src/solve/a.ts", `import fs from "node:fs";`)).toEqual([
      "src/solve/a.ts may not import the package 'node:fs'",
    ]);
    expect(breaches("src/solve/a.ts", `import fs from "fs";`)).toHaveLength(1);
    expect(breaches("src/syntax/a.ts", `import m from "mathjs";`)).toHaveLength(1);
    expect(breaches("grammar/a.ts", `import fs from "node:fs";`)).toHaveLength(1);
  });

  it("finds folders that are no phase and imports of nothing", () => {
    expect(breaches("src/utils/a.ts", "")).toEqual(["src/utils/a.ts: no phase of this name"]);
    expect(breaches("src/model/a.ts", `import "../syntax/none.ts";`)).toHaveLength(1);
  });

  it("finds cycles of files and of folders, and allowed cycles that are gone", () => {
    const circle = treeOf({
      ...sound,
      "src/model/a.ts": `import type { B } from "./b.ts";`,
      "src/model/b.ts": `import type { C } from "./c.ts";`,
      "src/model/c.ts": `import type { A } from "./a.ts";`,
    });
    const files = ["src/model/c.ts", "src/model/a.ts", "src/model/b.ts"];
    expect(layerBreaches(circle, [])).toEqual([
      "files import each other: src/model/a.ts src/model/b.ts src/model/c.ts",
    ]);
    expect(layerBreaches(circle, [{ files, reason: "" }])).toEqual([]);
    expect(layerBreaches(treeOf(sound), [{ files, reason: "" }])).toHaveLength(1);
    const folders = treeOf({
      ...sound,
      "src/algebra/a.ts": `import "./kinds/a.ts";`,
      "src/algebra/b.ts": "",
      "src/algebra/kinds/a.ts": "",
      "src/algebra/kinds/b.ts": `import "../b.ts";`,
    });
    expect(layerBreaches(folders, [])).toEqual(["folders import each other: src/algebra src/algebra/kinds"]);
  });

  it("finds code from text and mutable state of modules", () => {
    const found = (text: string): number => forbiddenCode(treeOf({ "src/a.ts": text })).length;
    for (const text of [
      "let x = 1;",
      "export let x = 1;",
      "const cache = new Map();",
      "const cache: Map<string, number> = new Map();",
      "export const list: string[] = [];",
      "const seen = {};",
      `const f = () => new Function("return 1");`,
      `const f = () => eval("1");`,
    ]) {
      expect([text, found(text)]).toEqual([text, 1]);
    }
    for (const text of [
      "const f = () => { let x = 1; const m = new Map(); };",
      "const ZERO: NormalForm = new Map();",
      "const none: readonly string[] = [];",
      "const table = { a: 1 };",
      "// let x = new Function()",
    ]) {
      expect([text, found(text)]).toEqual([text, 0]);
    }
  });
});
