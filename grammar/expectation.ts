import type { IParserErrorMessageProvider, TokenType } from "chevrotain";

/** What the parser could have gone on with, by names of token types; the words are found in `explain.ts`. */
export interface Expectation {
  readonly rule: string;
  readonly tokens: readonly string[];
}

/** Chevrotain carries only text from a failure to its report, so what was expected travels as JSON. */
export const expectationProvider: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected, ruleName }) => encode(ruleName, [expected]),
  buildNotAllInputParsedMessage: ({ ruleName }) => encode(ruleName, []),
  buildNoViableAltMessage: ({ expectedPathsPerAlt, ruleName }) =>
    encode(ruleName, firstTokens(expectedPathsPerAlt.flat())),
  buildEarlyExitMessage: ({ expectedIterationPaths, ruleName }) =>
    encode(ruleName, firstTokens(expectedIterationPaths)),
};

function firstTokens(paths: readonly TokenType[][]): TokenType[] {
  return paths.flatMap((path) => path.slice(0, 1));
}

function encode(rule: string, types: readonly TokenType[]): string {
  const expectation: Expectation = { rule, tokens: [...new Set(types.map((type) => type.name))] };
  return JSON.stringify(expectation);
}

/** What a message of `expectationProvider` says. */
export function decodeExpectation(message: string): Expectation {
  return JSON.parse(message) as Expectation;
}
