import type { IToken } from "chevrotain";
import { is } from "./token-list.ts";
import * as t from "./tokens.ts";

/** The tokens of one statement without the `End` that follows it: `[from, to)` in the list it was cut from. */
export interface StatementRange {
  readonly from: number;
  readonly to: number;
}

/** The statements that stand side by side in a list of tokens, or in the first braces of it. */
export function statementsIn(tokens: readonly IToken[], where: "list" | "braces"): StatementRange[] {
  const first = where === "list" ? 0 : tokens.findIndex((token) => is(token, t.LeftBrace)) + 1;
  const statements: StatementRange[] = [];
  if (where === "braces" && first === 0) return statements;
  let depth = 0;
  let from = first;
  for (let i = first; i < tokens.length && depth >= 0; i++) {
    const token = tokens[i];
    if (is(token, t.LeftBrace)) depth++;
    else if (is(token, t.RightBrace)) depth--;
    else if (depth === 0 && is(token, t.End)) {
      statements.push({ from, to: i });
      from = i + 1;
    }
  }
  return statements;
}
