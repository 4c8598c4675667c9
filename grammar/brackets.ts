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

  /** Closes what is open inside the innermost braces, or all that is open. */
  const closeMissing = (which: "parentheses" | "all", before: IToken | undefined) => {
    const last = balanced.at(-1);
    const braces: IToken[] = [];
    while (open.length > 0 && (which === "all" || !is(open.at(-1), t.LeftBrace))) {
      const opener = open.pop()!;
      if (is(opener, t.LeftBrace)) braces.push(opener);
      else report(missing(opener));
      balanced.push(virtualToken(closerOf(opener), tokenEnd(last!)));
    }
    if (braces.length > 0) report(missingBraces(braces, before ?? last!, before));
  };

  const close = (token: IToken) => {
    const [outer, inner] = [open.at(-2), open.at(-1)];
    if (inner === undefined || (is(inner, t.LeftBrace) && !is(token, t.RightBrace))) {
      report(superfluous(token));
      return;
    }
    if (closerOf(inner) !== token.tokenType) {
      if (outer !== undefined && closerOf(outer) === token.tokenType) {
        report(missing(inner));
        balanced.push(virtualToken(closerOf(inner), token.startOffset));
        open.pop();
      } else report(crossed(inner, token));
    }
    balanced.push(retyped(token, closerOf(open.pop()!)));
  };

  for (const [i, token] of tokens.entries()) {
    if (isAny(token, ENDS_PARENTHESES)) closeMissing("parentheses", token);
    if (is(token, t.Newline) && open.length > 0) {
      const [next, afterNext] = [tokens[i + 1], tokens[i + 2]];
      if (beginsStatement(next, afterNext)) closeMissing("parentheses", next);
      if (beginsDeclaration(next, afterNext) && !isIndentedMore(text, next!, open[0]))
        closeMissing("all", next);
    }
    if (CLOSER_OF.has(token.tokenType)) open.push(token);
    if (isAny(token, CLOSERS)) close(token);
    else balanced.push(token);
  }
  closeMissing("all", undefined);
  return balanced;
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

function missing(opener: IToken): Problem {
  return {
    kind: "bracket",
    ...placeOf(opener),
    message: `'${opener.image}' is never closed`,
    fix: `write '${closerOf(opener).LABEL}' where it ends`,
  };
}

function missingBraces(openers: readonly IToken[], where: IToken, before: IToken | undefined): Problem {
  const place = before === undefined ? "at the end of the file" : `before '${before.image}'`;
  return {
    kind: "bracket",
    ...placeOf(where),
    message: openers.length === 1 ? `'}' is missing ${place}` : `${openers.length} '}' are missing ${place}`,
    related: openers.map((opener) => ({ ...placeOf(opener), message: "the '{' that it closes" })),
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
