import { type IToken, Lexer, type TokenType } from "chevrotain";
import { characterProblem, letterProblem, plainName, signFor } from "./characters.ts";
import type { Problem } from "./problem.ts";
import { is, placeOf, retyped } from "./token-list.ts";
import {
  contextualKeywords,
  Foreign,
  InfinitySign,
  lexerTokens,
  MalformedNumber,
  Name,
  NumberToken,
  operatorWord,
  reservedWords,
  StringToken,
  UnterminatedString,
} from "./tokens.ts";

/** The tokens of a text, its comments apart, and what is wrong with its characters. */
export interface Tokenised {
  readonly tokens: readonly IToken[];
  readonly comments: readonly IToken[];
  readonly problems: readonly Problem[];
}

/**
 * A function from a text to its tokens; words are told apart into keywords, reserved words and names. All token types
 * with a pattern are one regular expression with a group for each, of which the first that fits matches: Chevrotain's
 * lexer does the same, but takes ten times as long to be made.
 */
export function createTokeniser(): (text: string) => Tokenised {
  const pattern = new RegExp(
    lexerTokens.map(({ PATTERN }) => `(${(PATTERN as RegExp).source})`).join("|"),
    "y",
  );
  return (text) => {
    const tokens: IToken[] = [];
    const comments: IToken[] = [];
    const problems: Problem[] = [];
    const report = (problem: Problem) => problems.push(problem);
    for (let offset = 0; offset < text.length; offset = pattern.lastIndex) {
      pattern.lastIndex = offset;
      const found = pattern.exec(text)!;
      const type = lexerTokens[found.indexOf(found[0], 1) - 1]!;
      if (type.GROUP === Lexer.SKIPPED) continue;
      const token = tokenAt(offset, found[0], type);
      if (type.GROUP === "comments") comments.push(token);
      else tokens.push(read(token, report));
    }
    return { tokens, comments, problems };
  };
}

const tokenAt = (offset: number, image: string, type: TokenType): IToken => ({
  image,
  startOffset: offset,
  endOffset: offset + image.length - 1,
  tokenType: type,
  tokenTypeIdx: type.tokenTypeIdx!,
});

/** The token as the parser shall see it; what is wrong with it is reported and mended. */
function read(token: IToken, report: (problem: Problem) => void): IToken {
  if (is(token, Name)) return readWord(token, report);
  if (is(token, InfinitySign)) return retyped(token, reservedWords["∞"]!);
  if (is(token, Foreign)) return readForeign(token, report);
  if (is(token, MalformedNumber)) return readMalformedNumber(token, report);
  if (is(token, UnterminatedString)) {
    report({
      kind: "string",
      ...placeOf(token),
      message: 'the text in quotes has no closing "',
      fix: 'end it with " on the same line',
    });
    return retyped(token, StringToken, token.image.trimEnd() + '"');
  }
  return token;
}

function readWord(token: IToken, report: (problem: Problem) => void): IToken {
  const type = wordType(token.image);
  if (type !== undefined) return retyped(token, type);
  const problem = letterProblem(token.image, token.startOffset);
  if (problem === undefined) return token;
  report(problem);
  return retyped(token, Name, plainName(token.image));
}

function wordType(word: string) {
  return Object.hasOwn(contextualKeywords, word)
    ? contextualKeywords[word]
    : Object.hasOwn(reservedWords, word)
      ? reservedWords[word]
      : undefined;
}

const TYPE_OF_SIGN: ReadonlyMap<string, TokenType> = new Map(
  [...lexerTokens, ...Object.values(operatorWord)].flatMap((type) =>
    type.LABEL === undefined ? [] : [[type.LABEL, type]],
  ),
);

function readForeign(token: IToken, report: (problem: Problem) => void): IToken {
  report(characterProblem(token.image, token.startOffset));
  const meant = TYPE_OF_SIGN.get(signFor(token.image) ?? "");
  return meant === undefined ? token : retyped(token, meant);
}

function readMalformedNumber(token: IToken, report: (problem: Problem) => void): IToken {
  const text = token.image.startsWith(".") ? `0${token.image}` : token.image.replace(".", ".0");
  report({
    kind: "number",
    ...placeOf(token),
    message: `'${token.image}': a number has a digit on both sides of its point`,
    fix: `write ${text} (a range is written with two points: 1..N)`,
  });
  return retyped(token, NumberToken, text);
}
