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

/** A function from a text to its tokens; words are told apart into keywords, reserved words and names. */
export function createTokeniser(): (text: string) => Tokenised {
  const lexer = new Lexer([...lexerTokens], {
    ensureOptimizations: true,
    positionTracking: "full",
    skipValidations: true,
  });
  return (text) => {
    const { tokens, groups } = lexer.tokenize(text);
    const problems: Problem[] = [];
    const report = (problem: Problem) => problems.push(problem);
    return { tokens: tokens.map((token) => read(token, report)), comments: groups.comments ?? [], problems };
  };
}

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
