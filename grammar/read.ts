import type { CstNode, IToken } from "chevrotain";
import { balanceBrackets } from "./brackets.ts";
import { explain } from "./explain.ts";
import { openForgottenBraces } from "./forgotten-braces.ts";
import { markKets } from "./kets.ts";
import { ModelParser } from "./model-parser.ts";
import { findDeepNesting } from "./nesting.ts";
import type { Problem } from "./problem.ts";
import { soundPart } from "./sound-part.ts";
import { markStatementEnds } from "./statement-ends.ts";
import { tokenEnd } from "./token-list.ts";
import { createTokeniser } from "./tokenise.ts";

/** Texts longer than this are refused, in UTF-16 units. */
export const TEXT_LIMIT = 2_000_000;

/** What a text holds: the tree of everything that could be read, its comments, and what was wrong with the rest. */
export interface Reading {
  readonly tree: CstNode | undefined;
  readonly comments: readonly IToken[];
  readonly problems: readonly Problem[];
}

/**
 * A function that reads texts: characters → tokens → kets → balanced brackets → statements → nesting within the limit
 * → tree. It keeps its lexer, and its parser, which is made for the first statement that cannot be read.
 */
export function createReader(): (text: string) => Reading {
  const tokenise = createTokeniser();
  let made: ModelParser | undefined;
  const parser = (): ModelParser => {
    made ??= new ModelParser();
    return made;
  };
  return (text) => {
    if (text.length > TEXT_LIMIT) return refused([tooLong(text)]);
    const { tokens, comments, problems: found } = tokenise(text);
    const problems = [...found];
    const report = (problem: Problem) => problems.push(problem);
    const opened = openForgottenBraces(markKets(tokens, report), report);
    const statements = markStatementEnds(balanceBrackets(text, opened, report));
    const tooDeep = findDeepNesting(statements);
    if (tooDeep !== undefined) return refused([tooDeep]);
    return { tree: readStatements(parser, statements, problems), comments, problems };
  };
}

/** The tree of the statements that can be read. Of the others, those are added to the problems that hold none yet. */
function readStatements(parser: () => ModelParser, statements: readonly IToken[], problems: Problem[]) {
  const known = problems.map(({ start }) => start).sort((a, b) => a - b);
  let last: Problem | undefined;
  return soundPart(parser, statements, "modelFile", (statement) => {
    if (holdsAny(statement.tokens, known)) return;
    const problem = explain(statement);
    // Of a block's lines in a row that have lost their braces, the first is enough.
    const isMore = problem.kind === "misplaced" && last?.kind === "misplaced" && statement.afterBad;
    if (!isMore) problems.push(problem);
    last = problem;
  })?.tree;
}

/** Whether one of the sorted offsets lies in the statement. */
function holdsAny(statement: readonly IToken[], offsets: readonly number[]): boolean {
  const [first, last] = [statement[0], statement.at(-1)];
  if (first === undefined || last === undefined) return false;
  let [low, high] = [0, offsets.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsets[middle]! < first.startOffset) low = middle + 1;
    else high = middle;
  }
  return low < offsets.length && offsets[low]! <= tokenEnd(last);
}

function refused(problems: readonly Problem[]): Reading {
  return { tree: undefined, comments: [], problems };
}

function tooLong(text: string): Problem {
  return {
    kind: "text-too-long",
    start: 0,
    end: Math.min(text.length, 1),
    message: `the file has ${text.length} characters; at most ${TEXT_LIMIT} are read`,
  };
}
