import { readdirSync, readFileSync } from "node:fs";
import { Lexer } from "chevrotain";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { balanceBrackets } from "../../grammar/brackets.ts";
import { markKets } from "../../grammar/kets.ts";
import { ModelParser } from "../../grammar/model-parser.ts";
import { readByTable } from "../../grammar/read-by-table.ts";
import { markStatementEnds } from "../../grammar/statement-ends.ts";
import { createTokeniser } from "../../grammar/tokenise.ts";
import * as t from "../../grammar/tokens.ts";

const texts = ["./examples/", "../../models/", "./"].flatMap((path) => {
  const directory = new URL(path, import.meta.url);
  const names = readdirSync(directory).filter((name) => name.endsWith(".thermill"));
  return names.map((name) => readFileSync(new URL(name, directory), "utf8"));
});

/** A text with some pieces gone, doubled or put elsewhere. */
const changed = fc
  .record({
    text: fc.constantFrom(...texts),
    at: fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 4 }),
  })
  .map(({ text, at }) => {
    const pieces = text.match(/[\p{L}\p{N}_]+|\s+|./gsu) ?? [];
    for (const [from, to] of at) {
      const [piece] = pieces.splice(from % pieces.length, from % 3);
      if (piece !== undefined) pieces.splice(to % pieces.length, to % 2, piece);
    }
    return pieces.join("");
  });

const tokenise = createTokeniser();
const parser = new ModelParser();
const lexer = new Lexer([...t.lexerTokens], { skipValidations: true });

/** Types that the tokeniser reads as others, or whose spelling it mends. */
const READ_ANEW = [t.Name, t.InfinitySign, t.Foreign, t.MalformedNumber, t.UnterminatedString];

function sameTokens(text: string): void {
  const { tokens, comments } = tokenise(text);
  const { tokens: expected, groups } = lexer.tokenize(text);
  const place = ({ startOffset, endOffset }: (typeof expected)[number]) => `${startOffset}..${endOffset}`;
  expect(tokens.map(place)).toEqual(expected.map(place));
  expect(comments.map(place)).toEqual(groups.comments!.map(place));
  for (const [k, { tokenType, image }] of expected.entries()) {
    if (READ_ANEW.includes(tokenType)) continue;
    expect([tokens[k]!.tokenType.name, tokens[k]!.image]).toEqual([tokenType.name, image]);
  }
}

/** Whether the text follows the grammar. */
function sameTree(text: string): boolean {
  const { tokens } = tokenise(text);
  const ignore = (): void => undefined;
  const statements = markStatementEnds(balanceBrackets(text, markKets(tokens, ignore), ignore));
  parser.input = [...statements];
  const expected = parser.modelFile();
  const isSound = parser.errors.length === 0;
  expect(readByTable("modelFile", statements)).toEqual(isSound ? expected : undefined);
  return isSound;
}

describe("the tokeniser", () => {
  it("finds the tokens that Chevrotain's lexer finds", () => {
    for (const text of [...texts, ""]) sameTokens(text);
    fc.assert(fc.property(fc.oneof(changed, fc.string({ unit: "binary" })), sameTokens), { numRuns: 100 });
  });
});

describe("the table of rules", () => {
  it("gives the trees of the parser for what follows the grammar", () => {
    expect([...texts, ""].filter((text) => sameTree(text)).length).toBeGreaterThan(8);
  });

  it("gives none for what does not, and those of the parser for what does after changes", () => {
    const found = { sound: 0, wrong: 0 };
    fc.assert(
      fc.property(changed, (text) => {
        found[sameTree(text) ? "sound" : "wrong"]++;
      }),
      { numRuns: 200 },
    );
    expect(Math.min(found.sound, found.wrong)).toBeGreaterThan(10);
  });
});
