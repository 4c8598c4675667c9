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
  const balance = new Balance(report);
  for (const [i, token] of tokens.entries()) {
    if (is(token, t.Newline)) balance.endLine(text, tokens[i + 1], tokens[i + 2]);
    balance.add(token, tokens[i - 1]);
  }
  return balance.end();
}

class Balance {
  private readonly balanced: IToken[] = [];
  private readonly open: IToken[] = [];
  private superfluous: IToken | undefined;

  constructor(private readonly report: (problem: Problem) => void) {}

  /** A line ends; the next may begin with a statement that what is open cannot hold. */
  endLine(text: string, next: IToken | undefined, afterNext: IToken | undefined): void {
    const outermost = this.open[0];
    if (outermost === undefined || next === undefined) return;
    if (beginsDeclaration(next, afterNext) && indentation(text, next) <= indentation(text, outermost))
      this.closeUnless(() => false, next);
    // Braces in braces hold settings, which no keyword begins.
    else if (beginsStatement(next, afterNext))
      this.closeUnless((opener) => isBrace(opener) && opener === outermost, next);
  }

  add(token: IToken, previous: IToken | undefined): void {
    if (isAny(token, ENDS_PARENTHESES)) this.closeUnless(isBrace, token);
    if (CLOSER_OF.has(token.tokenType)) this.open.push(token);
    if (isAny(token, CLOSERS)) this.close(token, previous);
    else this.balanced.push(token);
  }

  end(): IToken[] {
    this.closeUnless(() => false, undefined);
    return this.balanced;
  }

  /** Closes the innermost of what is open until one may stay open before a token, or the end. */
  private closeUnless(mayStay: (opener: IToken) => boolean, before: IToken | undefined): void {
    const last = this.balanced.at(-1)!;
    const missing: IToken[] = [];
    while (this.open.length > 0 && !mayStay(this.open.at(-1)!)) {
      const opener = this.open.pop()!;
      missing.push(opener);
      this.balanced.push(virtualToken(closerOf(opener), tokenEnd(last)));
    }
    missing.reverse();
    const braces = missing.filter(isBrace);
    const others = missing.filter((opener) => !isBrace(opener));
    if (braces.length > 0) this.report(missingBraces(braces, before ?? last, before));
    if (others.length > 0) this.report(unclosed(others));
  }

  /** Closes what the token closes; of closers in a row that close nothing, the first is told. */
  private close(token: IToken, previous: IToken | undefined): void {
    const [outer, inner] = [this.open.at(-2), this.open.at(-1)];
    if (inner === undefined || (isBrace(inner) && !is(token, t.RightBrace))) {
      if (previous === undefined || previous !== this.superfluous) this.report(superfluous(token));
      this.superfluous = token;
      return;
    }
    this.open.pop();
    if (closerOf(inner) === token.tokenType) this.balanced.push(token);
    else if (outer !== undefined && closerOf(outer) === token.tokenType) {
      this.report(unclosed([inner]));
      this.open.pop();
      this.balanced.push(virtualToken(closerOf(inner), token.startOffset), token);
    } else {
      this.report(crossed(inner, token));
      this.balanced.push(retyped(token, closerOf(inner)));
    }
  }
}

function isBrace(token: IToken): boolean {
  return is(token, t.LeftBrace);
}

function closerOf(opener: IToken): TokenType {
  return CLOSER_OF.get(opener.tokenType)!;
}

/** How far the line of a token is indented. */
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
