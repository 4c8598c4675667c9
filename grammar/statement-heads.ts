import type { IToken } from "chevrotain";
import { is, isAny } from "./token-list.ts";
import * as t from "./tokens.ts";

const DECLARATIONS = Object.values(t.declarationKeyword);
const KEYWORDS = [...DECLARATIONS, ...Object.values(t.itemKeyword)];
const AFTER_KEYWORD = [t.Name, t.NumberToken, t.StringToken, t.LeftBrace];

/**
 * Whether a statement must begin with this token, which stands first in its line: a keyword and a name or number side
 * by side are never part of an expression. So an unclosed parenthesis need not swallow the rest of a file.
 */
export function beginsStatement(token: IToken | undefined, next: IToken | undefined): boolean {
  return isAny(token, KEYWORDS) && isAny(next, AFTER_KEYWORD) && !is(next, t.clauseKeyword.when);
}

const k = t.declarationKeyword;
const BLOCKS = [k.kind, k.hamiltonian, k.bath, k.equation, k.variant, k.state, k.experiment];

/** Whether the token begins a declaration that goes on in braces. */
export function beginsBlock(token: IToken | undefined): boolean {
  return isAny(token, BLOCKS);
}

/** Whether a declaration, which cannot stand inside braces, must begin with this token, first in its line. */
export function beginsDeclaration(token: IToken | undefined, next: IToken | undefined): boolean {
  return isAny(token, DECLARATIONS) && beginsStatement(token, next);
}
