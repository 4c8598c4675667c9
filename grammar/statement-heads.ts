import type { IToken } from "chevrotain";
import { is, isAny } from "./token-list.ts";
import * as t from "./tokens.ts";

const k = t.declarationKeyword;
const DECLARATIONS = Object.values(k);
const BLOCKS = [k.kind, k.hamiltonian, k.bath, k.equation, k.variant, k.state, k.experiment];
const KEYWORDS = [...DECLARATIONS, ...Object.values(t.itemKeyword)];
const CLAUSES = [...Object.values(t.clauseKeyword), t.itemKeyword.with];

/**
 * Whether a statement must begin with this token, which stands first in its line: a keyword and a name or number side
 * by side are never part of an expression. So an unclosed parenthesis need not swallow the rest of a file.
 */
export function beginsStatement(token: IToken | undefined, next: IToken | undefined): boolean {
  if (isAny(next, [t.Name, t.NumberToken])) return isAny(token, KEYWORDS) && !isAny(next, CLAUSES);
  return is(next, t.StringToken)
    ? is(token, k.use)
    : is(next, t.LeftBrace) && isAny(token, [k.hamiltonian, t.itemKeyword.with]);
}

/** Whether a declaration, which cannot stand inside braces, must begin with this token, first in its line. */
export function beginsDeclaration(token: IToken | undefined, next: IToken | undefined): boolean {
  return isAny(token, DECLARATIONS) && beginsStatement(token, next);
}

/** Whether the token begins a declaration that goes on in braces. */
export function beginsBlock(token: IToken | undefined): boolean {
  return isAny(token, BLOCKS);
}
