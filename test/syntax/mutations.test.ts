import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Span } from "../../src/source/span.ts";
import { parse } from "../../src/syntax/parse.ts";
import { nodesOf } from "./walk.ts";

const directory = new URL("./examples/", import.meta.url);
const examples = readdirSync(directory).map((name) => readFileSync(new URL(name, directory), "utf8"));

/** Words, numbers, signs and the spaces between them: coarse tokens, joined they are the text. */
const pieces = (text: string) => text.match(/[\p{L}\p{N}_]+|\s+|./gsu) ?? [];

const sign = fc.constantFrom(
  ...'(){}[]|<>;:,.=+-*/^†⟩⟨"#\n\r ²½×Β\u200B𝛽π∞',
  "..",
  "h.c.",
  "sum(",
  "with {",
  "let ",
);
const position = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const mutation = fc.oneof(
  fc.record({ kind: fc.constant("delete" as const), at: position, length: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constant("insert" as const), at: position, text: sign }),
  fc.record({ kind: fc.constant("replace" as const), at: position, text: sign }),
  fc.record({
    kind: fc.constant("duplicate" as const),
    at: position,
    length: fc.integer({ min: 1, max: 30 }),
  }),
  fc.record({ kind: fc.constant("swap" as const), at: position, with: position }),
);
type Mutation = typeof mutation extends fc.Arbitrary<infer M> ? M : never;

function mutate(parts: readonly string[], change: Mutation): string[] {
  const result = [...parts];
  const at = Math.floor(change.at * parts.length);
  if (change.kind === "delete") result.splice(at, change.length);
  if (change.kind === "insert") result.splice(at, 0, change.text);
  if (change.kind === "replace") result.splice(at, 1, change.text);
  if (change.kind === "duplicate") result.splice(at, 0, ...parts.slice(at, at + change.length));
  if (change.kind === "swap") {
    const other = Math.floor(change.with * parts.length);
    result[at] = parts[other] ?? "";
    result[other] = parts[at] ?? "";
  }
  return result;
}

/** What holds of every text, however wrong. */
function check(text: string): void {
  const { value, diagnostics } = parse({ name: "test", text });
  const spans: Span[] = [
    ...nodesOf(value).map((node) => node.span),
    ...diagnostics.flatMap((d) => [d.span, ...(d.related ?? []).map((r) => r.span)]),
  ];
  const wrong = spans.filter(({ start, end }) => !(0 <= start && start <= end && end <= text.length));
  expect(wrong).toEqual([]);
  const told = diagnostics.map((d) => `${d.span.start} ${d.span.end} ${d.message}`);
  expect(new Set(told).size).toBe(told.length);
  expect(diagnostics.filter((d) => /undefined|NaN|\[object/.test(d.message + (d.fix ?? "")))).toEqual([]);
}

describe("parse", () => {
  it("bears mutations of the examples", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...examples.map(pieces)),
        fc.array(mutation, { minLength: 1, maxLength: 6 }),
        (parts, mutations) => check(mutations.reduce<readonly string[]>(mutate, parts).join("")),
      ),
      { numRuns: 1000 },
    );
  });

  it("bears any text", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.string({ unit: sign, maxLength: 60 })),
        check,
      ),
      { numRuns: 1000 },
    );
  });

  it("bears the examples cut off anywhere", () => {
    fc.assert(
      fc.property(fc.constantFrom(...examples), position, (text, at) =>
        check(text.slice(0, at * text.length)),
      ),
      { numRuns: 200 },
    );
  });
});
