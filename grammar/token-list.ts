import type { IToken, TokenType } from "chevrotain";
import type { Place } from "./problem.ts";

/** A token read as another type, perhaps with another image; its place in the text stays. */
export function retyped(token: IToken, type: TokenType, image = token.image): IToken {
  return { ...token, image, tokenType: type, tokenTypeIdx: type.tokenTypeIdx! };
}

/** A token that stands in no text, between what is before and after `offset`. */
export function virtualToken(type: TokenType, offset: number): IToken {
  return {
    image: "",
    startOffset: offset,
    endOffset: offset - 1,
    tokenType: type,
    tokenTypeIdx: type.tokenTypeIdx!,
  };
}

/** Whether the token is of the type, or of one that belongs to that category. */
export function is(token: IToken | undefined, type: TokenType): boolean {
  if (token === undefined) return false;
  return token.tokenType === type || type.categoryMatchesMap?.[token.tokenTypeIdx] === true;
}

/** Whether the token is of one of the types or categories. */
export function isAny(token: IToken | undefined, types: readonly TokenType[]): boolean {
  return types.some((type) => is(token, type));
}

/** Where the token stands. */
export function placeOf(token: IToken): Place {
  return { start: token.startOffset, end: tokenEnd(token) };
}

/** The offset just after the token. */
export function tokenEnd(token: IToken): number {
  return token.endOffset! + 1;
}
