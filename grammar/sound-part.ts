import type { CstNode, IRecognitionException, IToken } from "chevrotain";
import type { ModelParser } from "./model-parser.ts";
import { statementsIn } from "./statements.ts";
import * as t from "./tokens.ts";

/** A rule by which a statement can be read on its own. */
export type StatementRule =
  | "modelFile"
  | "declaration"
  | "kindItem"
  | "term"
  | "bathItem"
  | "equationClause"
  | "setting"
  | "assignment"
  | "experimentClause";

/** What the statements in the braces of a declaration are, by its first word. */
const ITEMS: Readonly<Record<string, StatementRule>> = {
  [t.declarationKeyword.model.name]: "setting",
  [t.declarationKeyword.kind.name]: "kindItem",
  [t.declarationKeyword.hamiltonian.name]: "term",
  [t.declarationKeyword.bath.name]: "bathItem",
  [t.declarationKeyword.equation.name]: "equationClause",
  [t.declarationKeyword.variant.name]: "setting",
  [t.declarationKeyword.state.name]: "assignment",
  [t.declarationKeyword.experiment.name]: "experimentClause",
};

/** Told of each statement that cannot be read: its tokens, the rule it should follow and what the parser met. */
export type OnFailure = (
  statement: readonly IToken[],
  rule: StatementRule,
  failure: IRecognitionException,
) => void;

/** What could be read: the tokens without the bad statements among them, and their tree. */
export interface Sound {
  readonly tokens: readonly IToken[];
  readonly tree: CstNode;
}

/**
 * The tokens without the statements that cannot be read, innermost ones first: a bath with one bad line keeps the
 * others. Each bad statement is told once, by its first failure. Undefined where nothing is left.
 */
export function soundPart(
  parser: ModelParser,
  tokens: readonly IToken[],
  rule: StatementRule,
  onFailure: OnFailure,
): Sound | undefined {
  const whole = attempt(parser, tokens, rule);
  if (whole.failure === undefined) return { tokens, tree: whole.tree };
  const inner = itemRule(tokens, rule);
  const kept = inner === undefined ? tokens : withoutBadStatements(parser, tokens, rule, inner, onFailure);
  const rest = kept.length === tokens.length ? whole : attempt(parser, kept, rule);
  if (rest.failure === undefined) return { tokens: kept, tree: rest.tree };
  onFailure(kept, rule, rest.failure);
  return undefined;
}

function attempt(parser: ModelParser, tokens: readonly IToken[], rule: StatementRule) {
  parser.input = [...tokens];
  const tree = parser[rule]();
  return { tree, failure: parser.errors[0] };
}

function withoutBadStatements(
  parser: ModelParser,
  tokens: readonly IToken[],
  rule: StatementRule,
  inner: StatementRule,
  onFailure: OnFailure,
): IToken[] {
  const kept: IToken[] = [];
  let next = 0;
  const keep = (some: readonly IToken[]) => {
    for (const token of some) kept.push(token);
  };
  for (const { from, to } of statementsIn(tokens, rule === "modelFile" ? "list" : "braces")) {
    keep(tokens.slice(next, from));
    const sound = soundPart(parser, tokens.slice(from, to), inner, onFailure);
    if (sound !== undefined) keep(sound.tokens);
    next = sound === undefined ? to + 1 : to;
  }
  keep(tokens.slice(next));
  return kept;
}

/** What the statements inside a statement are, if it may hold any. */
function itemRule(tokens: readonly IToken[], rule: StatementRule): StatementRule | undefined {
  if (rule === "modelFile") return "declaration";
  if (rule === "equationClause" || rule === "experimentClause") return "setting";
  const head = tokens[0];
  return rule === "declaration" && head !== undefined ? ITEMS[head.tokenType.name] : undefined;
}
