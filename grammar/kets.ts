import type { IToken } from "chevrotain";
import type { Problem } from "./problem.ts";
import { isAny, placeOf, retyped } from "./token-list.ts";
import * as t from "./tokens.ts";

const BRACKETS_OPEN = [t.LeftParenthesis, t.LeftBracket];
const BRACKETS_CLOSE = [t.RightParenthesis, t.RightBracket];
const LINE_ENDS = [t.Newline, t.Semicolon, t.LeftBrace, t.RightBrace];
const ANGLE_OPENS = [t.Less, t.LeftAngle];
const ANGLE_CLOSES = [t.Greater, t.RightAngle];

/** Labels that have begun: those of `|row>` or those of `<column|`. */
interface Labels {
  readonly of: "row" | "column";
  readonly opener: IToken;
  /** Parentheses and brackets open among them. */
  depth: number;
}

/**
 * The tokens with `|`, `<`, `>` (also `⟨`, `⟩`) told apart into the parts of kets and matrix units; what remains of
 * `<` and `>` compares. A ket closes on its own line.
 */
export function markKets(tokens: readonly IToken[], report: (problem: Problem) => void): IToken[] {
  const marked: IToken[] = [];
  let labels: Labels | undefined;
  for (const [i, token] of tokens.entries()) {
    if (labels !== undefined && isBroken(labels, token)) {
      report(unclosed(labels, token));
      labels = undefined;
      marked.push(token);
    } else if (labels === undefined) {
      const opens = isAny(token, [t.Bar]);
      if (opens) labels = { of: "row", opener: token, depth: 0 };
      marked.push(opens ? retyped(token, t.KetOpen) : token);
    } else if (labels.depth === 0 && labels.of === "row" && isAny(token, ANGLE_CLOSES)) {
      const next = tokens[i + 1];
      labels = isAny(next, ANGLE_OPENS) ? { of: "column", opener: next!, depth: 0 } : undefined;
      marked.push(retyped(token, t.KetClose));
    } else if (labels.depth === 0 && labels.of === "column" && isAny(token, [t.Bar])) {
      labels = undefined;
      marked.push(retyped(token, t.BraClose));
    } else if (token === labels.opener) {
      marked.push(retyped(token, t.BraOpen));
    } else {
      if (isAny(token, BRACKETS_OPEN)) labels.depth++;
      if (isAny(token, BRACKETS_CLOSE)) labels.depth--;
      marked.push(token);
    }
  }
  if (labels !== undefined) report(unclosed(labels, undefined));
  return marked;
}

/** Whether the labels cannot go on with this token: their line or their parenthesis ends, or `|x|` was meant. */
function isBroken(labels: Labels, token: IToken): boolean {
  if (isAny(token, LINE_ENDS)) return true;
  if (labels.depth > 0) return false;
  return isAny(token, BRACKETS_CLOSE) || (labels.of === "row" && isAny(token, [t.Bar]));
}

function unclosed(labels: Labels, at: IToken | undefined): Problem {
  const isBar = isAny(at, [t.Bar]);
  return {
    kind: "ket",
    start: labels.opener.startOffset,
    end: isBar ? placeOf(at!).end : placeOf(labels.opener).end,
    message:
      labels.of === "row"
        ? "'|' begins a ket |…>, and no '>' closes it on this line"
        : "'<' begins the column of a matrix unit |…><…|, and no '|' closes it on this line",
    ...(isBar ? { fix: "write abs(x) for an absolute value, and 'or' between conditions" } : {}),
  };
}
