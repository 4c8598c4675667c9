import type { CstNode, IRecognitionException, IToken } from "chevrotain";
import type { ModelParser } from "./model-parser.ts";
import { readByTable } from "./read-by-table.ts";
import { statementsIn } from "./statements.ts";
import { is } from "./token-list.ts";
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

/** A statement that cannot be read: its tokens, the rule it should follow and what the parser met. */
export interface BadStatement {
  readonly tokens: readonly IToken[];
  readonly rule: StatementRule;
  readonly failure: IRecognitionException;
  /** Whether the statement before it cannot be read either. */
  readonly afterBad: boolean;
}

/** What is done about a statement that cannot be read. */
export type OnBadStatement = (statement: BadStatement) => void;

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
  parser: () => ModelParser,
  tokens: readonly IToken[],
  rule: StatementRule,
  onBad: OnBadStatement,
  afterBad = false,
): Sound | undefined {
  const whole = attempt(parser, tokens, rule);
  if (whole.failure === undefined) return { tokens, tree: whole.tree };
  const inner = itemRule(tokens, rule);
  const kept = inner === undefined ? tokens : withoutBadStatements(parser, tokens, rule, inner, onBad);
  const rest = kept.length === tokens.length ? whole : attempt(parser, kept, rule);
  if (rest.failure === undefined) return { tokens: kept, tree: rest.tree };
  onBad({ tokens: kept, rule, failure: rest.failure, afterBad });
  return undefined;
}

/** The tree of the tokens; where they have none, the parser is asked for the reason. */
function attempt(
  parserOf: () => ModelParser,
  tokens: readonly IToken[],
  rule: StatementRule,
): { readonly tree: CstNode; readonly failure: IRecognitionException | undefined } {
  const tree = readByTable(rule, tokens);
  if (tree !== undefined) return { tree, failure: undefined };
  const parser = parserOf();
  parser.input = [...tokens];
  return { tree: parser[rule](), failure: parser.errors[0] };
}

function withoutBadStatements(
  parser: () => ModelParser,
  tokens: readonly IToken[],
  rule: StatementRule,
  inner: StatementRule,
  onBad: OnBadStatement,
): IToken[] {
  const kept: IToken[] = [];
  let next = 0;
  let afterBad = false;
  const keep = (some: readonly IToken[]) => {
    for (const token of some) kept.push(token);
  };
  for (const { from, to } of statementsIn(tokens, rule === "modelFile" ? "list" : "braces")) {
    keep(tokens.slice(next, from));
    const sound = soundPart(parser, tokens.slice(from, to), inner, onBad, afterBad);
    afterBad = sound === undefined;
    if (sound !== undefined) keep(sound.tokens);
    next = sound === undefined ? to + 1 : to;
  }
  keep(tokens.slice(next));
  return kept;
}

/** What the statements inside a statement are, if it may hold any. */
function itemRule(tokens: readonly IToken[], rule: StatementRule): StatementRule | undefined {
  if (rule === "modelFile") return "declaration";
  if (rule === "declaration") return ITEMS[tokens[0]?.tokenType.name ?? ""];
  const brace = tokens.findIndex((token) => is(token, t.LeftBrace));
  return is(tokens[brace - 1], t.itemKeyword.with) ? "setting" : undefined;
}
