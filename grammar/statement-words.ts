import type { TokenType } from "chevrotain";
import type { StatementRule } from "./sound-part.ts";
import * as t from "./tokens.ts";

/** How messages speak of the statements of a block. */
export interface StatementWords {
  /** What stands here, with an article. */
  readonly what: string;
  /** The words that begin it; none where a name does. */
  readonly heads: readonly string[];
  /** How it looks where no keyword begins it. */
  readonly example?: string;
}

const k = t.itemKeyword;
const spellings = (types: readonly TokenType[]) => types.map(({ LABEL }) => LABEL!);

/** How messages speak of each kind of statement. */
export const statementWords: Readonly<Record<StatementRule, StatementWords>> = {
  modelFile: { what: "a declaration", heads: Object.keys(t.declarationKeyword) },
  declaration: { what: "a declaration", heads: Object.keys(t.declarationKeyword) },
  kindItem: { what: "a line of a kind", heads: spellings([k.basis, k.operator]) },
  term: { what: "a term of the Hamiltonian", heads: spellings([k.free, k.interaction, k.drive, k.frame]) },
  bathItem: {
    what: "a line of a bath",
    heads: spellings([k.couples, k.jump]),
    example: "a setting is written β = 1",
  },
  equationClause: { what: "a method and its baths", heads: [], example: "it is written local cold, hot" },
  setting: { what: "a setting", heads: [], example: "it is written name = value" },
  assignment: { what: "the state of a subsystem", heads: [], example: "it is written q1 = thermal(β)" },
  experimentClause: {
    what: "a line of an experiment",
    heads: spellings([
      k.steady,
      k.evolve,
      k.with,
      k.sweep,
      k.record,
      k.plot,
      k.mark,
      k.maximise,
      k.minimise,
      k.find,
    ]),
  },
};

/** Where the statements stand that a keyword begins. */
export const homes: readonly { readonly rule: StatementRule; readonly where: string }[] = [
  { rule: "declaration", where: "outside of braces" },
  { rule: "kindItem", where: "in the braces of a kind" },
  { rule: "term", where: "in the braces of hamiltonian" },
  { rule: "bathItem", where: "in the braces of a bath" },
  { rule: "experimentClause", where: "in the braces of an experiment" },
];

/** The words that go on with a statement after a value, by the word that begins it. */
export const clauseWords: Readonly<Record<string, readonly string[]>> = {
  model: ["with"],
  quantity: ["when"],
  evolve: ["from", "over", "within", "by"],
  plot: ["against", "by"],
  mark: ["against", "on"],
  maximise: ["over"],
  minimise: ["over"],
  find: ["over"],
};
