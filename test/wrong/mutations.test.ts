import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile } from "../../src/pipeline.ts";
import { compileText } from "../model-text.ts";

const directory = new URL("../../models/", import.meta.url);
const models = readdirSync(directory)
  .filter((name) => name.endsWith(".thermill"))
  .map((name) => readFileSync(new URL(name, directory), "utf8"));

const TOKENS = [
  "{",
  "}",
  "(",
  ")",
  "|",
  ">",
  "<",
  "*",
  "^",
  "+",
  "-",
  "=",
  "..",
  ",",
  ";",
  "\n",
  "h.c.",
  "sum(j in 1..3)",
  "†",
  "0",
  "1e9",
  "q1",
  "σ⁻",
  "β",
  "free",
  "bath",
  "inf",
  "i",
];

/** Deletes, doubles, swaps or replaces a piece of a text. */
const mutation = fc.record({
  model: fc.nat(models.length - 1),
  kind: fc.constantFrom("delete", "double", "swap", "replace", "insert"),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  to: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 12 }),
  token: fc.constantFrom(...TOKENS),
});

function mutate(
  text: string,
  m: { kind: string; at: number; to: number; length: number; token: string },
): string {
  const at = Math.floor(m.at * text.length);
  const piece = text.slice(at, at + m.length);
  const rest = text.slice(at + m.length);
  const to = Math.floor(m.to * rest.length);
  switch (m.kind) {
    case "delete":
      return text.slice(0, at) + rest;
    case "double":
      return text.slice(0, at) + piece + piece + rest;
    case "swap":
      return text.slice(0, at) + rest.slice(0, to) + piece + rest.slice(to);
    case "replace":
      return text.slice(0, at) + m.token + rest;
    default:
      return text.slice(0, at) + m.token + text.slice(at);
  }
}

describe("the compiler", () => {
  it("bears a thousand random mutations of the models: no crash, no hang, places inside the text", () => {
    fc.assert(
      fc.property(mutation, (m) => {
        const text = mutate(models[m.model]!, m);
        const { diagnostics } = compileText(text);
        for (const { span } of diagnostics) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 1000, seed: 2024 },
    );
  }, 300_000);

  const hostile: Readonly<Record<string, string>> = {
    "an empty file": "",
    "only comments": "# nothing\n# here",
    "names of JavaScript's objects": `model __proto__\nparameter constructor = 1\nparameter toString = 2\nsubsystem hasOwnProperty : qubit\nhamiltonian { free constructor*toString*hasOwnProperty.σz }\nbath valueOf : bosonic { β = 1; couples hasOwnProperty.σ⁻ }\nequation e { local valueOf }\nquantity __defineGetter__ = work`,
    "a giant literal": `model m\nparameter x = 1e400\nparameter y = ${"9".repeat(400)}\nlet z = x - y`,
    "a long sum": `model m\nparameter x = ${"1 + ".repeat(100_000)}1`,
    "a sum of a sum of a sum": `model m\nsubsystem q : qubit\nhamiltonian { free sum(a in 1..4000) sum(b in 1..4000) sum(c in 1..4000) q.σz }`,
    "a power that blows up": `model m\nparameter a = 1\nparameter b = 2\nparameter c = 3\nparameter d = 4\nsubsystem q : qubit\nhamiltonian { free (a + b + c + d + a*b + c*d)^60*q.σz }\nbath h : bosonic { β = 1; couples q.σ⁻ }\nequation e { local h }`,
    "an operator that blows up": `model m\nsubsystem q[1..12] : qubit\nhamiltonian { free (sum(j in 1..12) (q[j].σx + q[j].σy + q[j].σz))^20 }\nbath h : bosonic { β = 1; couples q[1].σ⁻ }\nequation e { local h }`,
    "a byte order mark and carriage returns": `\uFEFFmodel m\r\nsubsystem q : qubit\r\n`,
    "characters that control": "model m\u0000\u0007\nsubsystem q : qubit",
  };
  for (const [name, text] of Object.entries(hostile)) {
    it(`bears ${name}`, () => {
      expect(() => compileText(text)).not.toThrow();
    }, 60_000);
  }

  it("finds names of JavaScript's objects like any other", () => {
    const { diagnostics, derived } = compileText(hostile["names of JavaScript's objects"]!);
    expect(diagnostics.filter((d) => d.severity === "error")).toEqual([]);
    expect(derived).toBeDefined();
  });

  it("reads used files once, also where they use each other", () => {
    const libraries: Readonly<Record<string, string>> = {
      "a.thermill": `use "b.thermill"\nlet twice(x) = 2*x\n`,
      "b.thermill": `use "a.thermill"\nspectrum s(ω, c) = c*ω\n`,
    };
    const text = `use "a.thermill"\nmodel m\nsubsystem q : qubit\nhamiltonian { free twice(1)*q.σz }\nbath h : bosonic { β = 1; couples q.σ⁻; spectrum = s(c = 0.1) }\nequation e { local h }`;
    const { diagnostics, derived } = compile(
      { name: "m.thermill", text },
      { sets: [], quantities: [], readLibrary: (path) => libraries[path] },
    );
    expect(diagnostics).toEqual([]);
    expect(derived).toBeDefined();
  });
});
