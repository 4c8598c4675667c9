import type { IToken } from "chevrotain";
import { beginsStatement } from "./statement-heads.ts";
import { is, isAny, retyped, tokenEnd, virtualToken } from "./token-list.ts";
import * as t from "./tokens.ts";

/** Infix signs: a line that ends or begins with one goes on. */
const INFIX = [t.BinaryOperator, t.operatorWord.in, t.Comma, t.Equals, t.Colon, t.Dot];
const OPENERS = [t.LeftParenthesis, t.LeftBracket];
const CLOSERS = [t.RightParenthesis, t.RightBracket];

/**
 * The tokens with one `End` after every statement: for the end of its line, for `;` and before `}`. A line goes on
 * inside `( )` and `[ ]`, and where it ends or the next begins with an infix sign; empty lines do not count.
 * Brackets must be balanced and kets marked, so that the `>` and `|` of a ket are no operators.
 */
export function markStatementEnds(tokens: readonly IToken[]): IToken[] {
  const marked: IToken[] = [];
  let depth = 0;
  const end = (token: IToken) => {
    const last = marked.at(-1);
    if (last !== undefined && !is(last, t.End) && !is(last, t.LeftBrace)) marked.push(token);
  };
  for (const [i, token] of tokens.entries()) {
    if (is(token, t.Newline)) {
      const isFirst = !is(tokens[i - 1], t.Newline);
      if (isFirst && depth === 0 && !goesOn(marked.at(-1), tokens, i)) end(retyped(token, t.End));
      continue;
    }
    if (is(token, t.Semicolon)) {
      end(retyped(token, t.End));
      continue;
    }
    if (isAny(token, OPENERS)) depth++;
    if (isAny(token, CLOSERS)) depth--;
    if (is(token, t.RightBrace)) end(virtualToken(t.End, token.startOffset));
    marked.push(token);
  }
  const last = tokens.at(-1);
  if (last !== undefined) end(virtualToken(t.End, tokenEnd(last)));
  return marked;
}

/** Whether the statement goes on past the end of line at `i`. No statement begins with an infix sign or a brace. */
function goesOn(last: IToken | undefined, tokens: readonly IToken[], i: number): boolean {
  const next = nextInText(tokens, i);
  if (isAny(tokens[next], INFIX) || is(tokens[next], t.LeftBrace)) return true;
  return isAny(last, [...INFIX, t.PrefixOperator]) && !beginsStatement(tokens[next], tokens[next + 1]);
}

function nextInText(tokens: readonly IToken[], i: number): number {
  let next = i + 1;
  while (is(tokens[next], t.Newline)) next++;
  return next;
}
