import type { IToken, TokenType } from "chevrotain";
import type { Problem } from "./problem.ts";
import { beginsDeclaration, beginsStatement } from "./statement-heads.ts";
import { is, isAny, placeOf, retyped, tokenEnd, virtualToken } from "./token-list.ts";
import * as t from "./tokens.ts";

const CLOSER_OF: ReadonlyMap<TokenType, TokenType> = new Map([
  [t.LeftParenthesis, t.RightParenthesis],
  [t.LeftBracket, t.RightBracket],
  [t.LeftBrace, t.RightBrace],
]);
const CLOSERS = [...CLOSER_OF.values()];
/** How many of the brackets that share a message are shown. */
const RELATED = 5;
const ENDS_PARENTHESES = [t.Semicolon, t.LeftBrace, t.RightBrace];

/**
 * The tokens with every `(`, `[` and `{` closed by its own kind: what is missing is put in, what is too much is left
 * out, and each is reported once. So the parser never sees one mistake as many.
 */
export function balanceBrackets(
  text: string,
  tokens: readonly IToken[],
  report: (problem: Problem) => void,
): IToken[] {
  const balanced: IToken[] = [];
  const open: IToken[] = [];
  let superfluousBefore: number | undefined;

  /** Closes the innermost of what is open, as long as it may not stay open before a token, or the end. */
  const closeMissing = (mayStay: (opener: IToken) => boolean, before: IToken | undefined) => {
    const last = balanced.at(-1);
    const missing: IToken[] = [];
    while (open.length > 0 && !mayStay(open.at(-1)!)) {
      const opener = open.pop()!;
      missing.push(opener);
      balanced.push(virtualToken(closerOf(opener), tokenEnd(last!)));
    }
    missing.reverse();
    const braces = missing.filter(isBrace);
    const others = missing.filter((opener) => !isBrace(opener));
    if (braces.length > 0) report(missingBraces(braces, before ?? last!, before));
    if (others.length > 0) report(unclosed(others));
  };

  /** Closes what the token closes; of closers in a row that close nothing, the first is told. */
  const close = (token: IToken, i: number) => {
    const [outer, inner] = [open.at(-2), open.at(-1)];
    if (inner === undefined || (is(inner, t.LeftBrace) && !is(token, t.RightBrace))) {
      if (superfluousBefore !== i - 1) report(superfluous(token));
      superfluousBefore = i;
      return;
    }
    if (closerOf(inner) !== token.tokenType) {
      if (outer !== undefined && closerOf(outer) === token.tokenType) {
        report(unclosed([inner]));
        balanced.push(virtualToken(closerOf(inner), token.startOffset));
        open.pop();
      } else report(crossed(inner, token));
    }
    balanced.push(retyped(token, closerOf(open.pop()!)));
  };

  for (const [i, token] of tokens.entries()) {
    if (isAny(token, ENDS_PARENTHESES)) closeMissing(isBrace, token);
    if (is(token, t.Newline) && open.length > 0) {
      const [next, afterNext] = [tokens[i + 1], tokens[i + 2]];
      if (beginsDeclaration(next, afterNext) && !isIndentedMore(text, next!, open[0]))
        closeMissing(() => false, next);
      // Braces in braces hold settings, and no keyword begins one.
      else if (beginsStatement(next, afterNext))
        closeMissing((opener) => isBrace(opener) && opener === open[0], next);
    }
    if (CLOSER_OF.has(token.tokenType)) open.push(token);
    if (isAny(token, CLOSERS)) close(token, i);
    else balanced.push(token);
  }
  closeMissing(() => false, undefined);
  return balanced;
}

function isBrace(token: IToken): boolean {
  return is(token, t.LeftBrace);
}

function closerOf(opener: IToken): TokenType {
  return CLOSER_OF.get(opener.tokenType)!;
}

function isIndentedMore(text: string, token: IToken, than: IToken | undefined): boolean {
  return than !== undefined && indentation(text, token) > indentation(text, than);
}

function indentation(text: string, token: IToken): number {
  const lineStart = text.lastIndexOf("\n", token.startOffset - 1) + 1;
  return text.slice(lineStart, token.startOffset).search(/\S|$/);
}

/** Parentheses and brackets without an end, the outermost first. */
function unclosed(openers: readonly IToken[]): Problem {
  const [first, ...others] = openers as [IToken, ...IToken[]];
  return {
    kind: "bracket",
    ...placeOf(first),
    message: `'${first.image}' is never closed`,
    fix: `write '${closerOf(first).LABEL}' where it ends`,
    related: others.slice(0, RELATED).map((opener) => ({ ...placeOf(opener), message: "nor is this" })),
  };
}

function missingBraces(openers: readonly IToken[], where: IToken, before: IToken | undefined): Problem {
  const place = before === undefined ? "at the end of the file" : `before '${before.image}'`;
  return {
    kind: "bracket",
    ...placeOf(where),
    message: openers.length === 1 ? `'}' is missing ${place}` : `${openers.length} '}' are missing ${place}`,
    related: openers
      .slice(0, RELATED)
      .map((opener) => ({ ...placeOf(opener), message: "the '{' that it closes" })),
  };
}

function superfluous(closer: IToken): Problem {
  return {
    kind: "bracket",
    ...placeOf(closer),
    message: `'${closer.image}' closes nothing`,
    fix: "delete it, or open it before",
  };
}

function crossed(opener: IToken, closer: IToken): Problem {
  return {
    kind: "bracket",
    ...placeOf(closer),
    message: `'${opener.image}' is closed by '${closer.image}'`,
    fix: `write '${closerOf(opener).LABEL}'`,
    related: [{ ...placeOf(opener), message: `the '${opener.image}' that it closes` }],
  };
}
