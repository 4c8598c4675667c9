import type { IToken } from "chevrotain";
import { infixBinding, prefixLevel } from "./precedence.ts";
import type { Problem } from "./problem.ts";
import { isAny, placeOf } from "./token-list.ts";
import * as t from "./tokens.ts";

/** How deep a text may nest. */
export const NESTING_LIMIT = 200;

const OPENERS = [t.LeftParenthesis, t.LeftBracket, t.LeftBrace, t.KetOpen, t.BraOpen];
const CLOSERS = [t.RightParenthesis, t.RightBracket, t.RightBrace, t.KetClose, t.BraClose];
const POSTFIX = [t.Dot, t.Dagger];
const SEPARATORS = [t.End, t.Comma, t.Equals, t.Colon, t.operatorWord.in];
const OPERAND_ENDS = [t.Name, t.NumberToken, t.Constant, t.HermitianConjugate, t.Dagger, ...CLOSERS];

const BRACKET = -1;
const TIGHTEST = Number.POSITIVE_INFINITY;

/**
 * The first place where brackets, prefixes, powers and postfixes nest deeper than the limit, or undefined. It is looked
 * for in the tokens, so that neither the parser nor what walks its tree can run out of stack.
 */
export function findDeepNesting(tokens: readonly IToken[]): Problem | undefined {
  const nest = new Nest();
  for (const [i, token] of tokens.entries()) {
    nest.add(token, tokens[i - 1]);
    if (nest.depth > NESTING_LIMIT) {
      return {
        kind: "nesting",
        ...placeOf(token),
        message: `this is nested deeper than ${NESTING_LIMIT} levels`,
        fix: "name parts of it with let",
      };
    }
  }
  return undefined;
}

/** What encloses the current token: brackets, and operators whose right operand it may belong to, by their level. */
class Nest {
  private readonly levels: number[] = [];

  get depth(): number {
    return this.levels.length;
  }

  add(token: IToken, previous: IToken | undefined): void {
    const prefix = isAny(previous, OPERAND_ENDS) ? undefined : prefixLevel(token.tokenType);
    const infix = infixBinding(token.tokenType);
    if (prefix !== undefined) this.levels.push(prefix);
    else if (infix !== undefined) {
      this.leave(infix.level);
      if (infix.side === "right") this.levels.push(infix.level);
    } else if (isAny(token, OPENERS)) this.levels.push(BRACKET);
    else if (isAny(token, CLOSERS)) {
      this.leave(BRACKET);
      this.levels[this.levels.length - 1] = TIGHTEST;
    } else if (isAny(token, POSTFIX)) this.levels.push(TIGHTEST);
    else if (isAny(token, SEPARATORS)) this.leave(BRACKET);
  }

  /** Leaves what binds more tightly than `level`. */
  private leave(level: number): void {
    while (this.levels.length > 0 && this.levels.at(-1)! > level) this.levels.pop();
  }
}
