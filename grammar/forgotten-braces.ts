import type { IToken } from "chevrotain";
import type { Problem } from "./problem.ts";
import { beginsBlock, beginsDeclaration } from "./statement-heads.ts";
import { is, isAny, placeOf, tokenEnd, virtualToken } from "./token-list.ts";
import * as t from "./tokens.ts";

/** A declaration that goes on in braces, while none are open. */
interface Head {
  /** Where it begins in the list that is being made, and where its block does. */
  readonly start: number;
  readonly end?: number;
}

const LINE_ENDS = [t.Newline, t.Semicolon];

/**
 * The tokens with a `{` put in where one was forgotten: where a `}` closes nothing, and the declaration before it has
 * no braces. Its block is taken to begin at the end of its first line, or before the first setting there.
 */
export function openForgottenBraces(
  tokens: readonly IToken[],
  report: (problem: Problem) => void,
): readonly IToken[] {
  const opened: IToken[] = [];
  let depth = 0;
  let head: Head | undefined;
  for (const [i, token] of tokens.entries()) {
    const isFirst = i === 0 || isAny(tokens[i - 1], LINE_ENDS);
    if (is(token, t.LeftBrace)) {
      depth++;
      head = undefined;
    } else if (is(token, t.RightBrace)) {
      if (depth > 0) depth--;
      else if (head?.end !== undefined) {
        const last = opened[head.end - 1]!;
        report({ kind: "bracket", ...placeOf(last), message: `'{' is missing after '${last.image}'` });
        opened.splice(head.end, 0, virtualToken(t.LeftBrace, tokenEnd(last)));
      }
      head = undefined;
    } else if (depth === 0 && isFirst && (beginsDeclaration(token, tokens[i + 1]) || beginsBlock(token))) {
      head = beginsBlock(token) ? { start: opened.length } : undefined;
    } else if (head !== undefined && head.end === undefined) {
      if (isAny(token, LINE_ENDS)) head = { ...head, end: opened.length };
      else if (is(token, t.Equals)) head = settingBegins(head, opened.length - 1);
    }
    opened.push(token);
  }
  return opened;
}

/** The block begins with the name before `=`, unless that is the name of the declaration: `state s = …`. */
function settingBegins(head: Head, name: number): Head | undefined {
  return name === head.start + 1 ? undefined : { ...head, end: name };
}
