import type { IToken } from "chevrotain";
import { nearestName } from "../src/source/name.ts";
import type { Problem } from "./problem.ts";
import type { StatementRule } from "./sound-part.ts";
import { homes, statementWords } from "./statement-words.ts";
import { is, isAny, placeOf } from "./token-list.ts";
import * as t from "./tokens.ts";

/** The problem of a statement whose first token begins no statement of its block. */
export function explainHead(statement: readonly IToken[], rule: StatementRule): Problem {
  const head = statement[0]!;
  const word = head.image;
  const problem = (message: string, fix: string): Problem => ({
    kind: "head",
    ...placeOf(head),
    message,
    fix,
  });
  if (isAny(head, Object.values(t.clauseKeyword)))
    return problem(
      `'${word}' goes on with a statement and begins none`,
      "put it at the end of the line above",
    );
  const home = homes.find((one) => statementWords[one.rule].heads.includes(word));
  if (home !== undefined)
    return { ...problem(`'${word}' does not belong here`, `it stands ${home.where}`), kind: "misplaced" };
  return problem(`expected ${statementWords[rule].what}, found '${word}'`, headFix(statement, rule));
}

function headFix([head, second]: readonly IToken[], rule: StatementRule): string {
  const { heads, example } = statementWords[rule];
  const word = head!.image;
  if (is(head, t.Name) && is(second, t.Equals)) {
    return rule === "declaration"
      ? `write parameter ${word} = … or let ${word} = …`
      : `it begins with ${oneOf(heads)}; settings stand in with { ${word} = … }`;
  }
  const near = is(head, t.Name) ? nearestName(word, heads) : undefined;
  if (near !== undefined) return `did you mean '${near}'?`;
  const ways = [
    ...(heads.length > 0 ? [`it begins with ${oneOf(heads)}`] : []),
    ...(example === undefined ? [] : [example]),
  ];
  return ways.join("; ");
}

function oneOf(words: readonly string[]): string {
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
