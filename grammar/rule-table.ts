import {
  Alternation,
  type Alternative,
  getLookaheadPaths,
  type IProduction,
  type LookaheadProductionType,
  NonTerminal,
  Option,
  Repetition,
  RepetitionMandatoryWithSeparator,
  RepetitionWithSeparator,
  type Rule,
  Terminal,
} from "chevrotain";
import { LOOKAHEAD } from "./expression-parser.ts";
import type { ModelParser } from "./model-parser.ts";

/** Beginnings of something, each by the names of its first token types. */
export type Beginnings = readonly (readonly string[])[];

/** A part of a rule as plain data. */
export type Part =
  | { readonly kind: "token"; readonly type: string }
  | { readonly kind: "rule"; readonly name: string }
  /** Is there where one of its beginnings is. */
  | { readonly kind: "maybe"; readonly at: Beginnings; readonly parts: readonly Part[] }
  /** Is there as often as one of its beginnings is. */
  | { readonly kind: "many"; readonly at: Beginnings; readonly parts: readonly Part[] }
  | {
      readonly kind: "list";
      readonly at: Beginnings;
      readonly parts: readonly Part[];
      readonly separator: string;
      readonly mayBeEmpty: boolean;
    }
  /** The first way of which a beginning is there. */
  | { readonly kind: "either"; readonly ways: readonly Way[] };

export interface Way {
  readonly at: Beginnings;
  readonly parts: readonly Part[];
}

export type RuleTable = Readonly<Record<string, readonly Part[]>>;

/** Every rule of the grammar, with the beginnings by which Chevrotain tells its ways apart. */
export function ruleTable(parser: ModelParser): RuleTable {
  return Object.fromEntries(
    Object.values(parser.getGAstProductions()).map((rule) => [rule.name, partsOf(rule, rule)]),
  );
}

const partsOf = (outer: { readonly definition: IProduction[] }, rule: Rule): Part[] =>
  outer.definition.map((production) => partOf(production, rule));

function partOf(production: IProduction, rule: Rule): Part {
  if (production instanceof Terminal) return { kind: "token", type: production.terminalType.name };
  if (production instanceof NonTerminal) return { kind: "rule", name: production.nonTerminalName };
  if (production instanceof Alternation) {
    const beginnings = beginningsOf("Alternation", production, rule);
    const ways = production.definition as Alternative[];
    return {
      kind: "either",
      ways: ways.map((way, k) => ({ at: beginnings[k]!, parts: partsOf(way, rule) })),
    };
  }
  if (production instanceof Option) {
    const [at = []] = beginningsOf("Option", production, rule);
    return { kind: "maybe", at, parts: partsOf(production, rule) };
  }
  if (production instanceof Repetition) {
    const [at = []] = beginningsOf("Repetition", production, rule);
    return { kind: "many", at, parts: partsOf(production, rule) };
  }
  const mayBeEmpty = production instanceof RepetitionWithSeparator;
  if (mayBeEmpty || production instanceof RepetitionMandatoryWithSeparator) {
    const type = mayBeEmpty ? "RepetitionWithSeparator" : "RepetitionMandatoryWithSeparator";
    const [at = []] = beginningsOf(type, production, rule);
    const separator = production.separator.name;
    return { kind: "list", at, parts: partsOf(production, rule), separator, mayBeEmpty };
  }
  throw new Error(`the table of rules has no place for a ${production.constructor.name}`);
}

/** The beginnings of each way; of what may be there or not, first those of its being there. */
const beginningsOf = (
  prodType: LookaheadProductionType,
  { idx }: { readonly idx: number },
  rule: Rule,
): readonly Beginnings[] =>
  getLookaheadPaths({ rule, prodType, occurrence: idx, maxLookahead: LOOKAHEAD }).map((paths) =>
    paths.map((path) => path.map(({ name }) => name)),
  );
