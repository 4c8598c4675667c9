import type { TokenType } from "chevrotain";
import * as t from "./tokens.ts";

/** How strongly an operator binds (more is tighter), and how several in a row group; `none`: they may not be in a row. */
export interface Binding {
  readonly level: number;
  readonly side: "left" | "right" | "none";
}

/** The operators of one level; a prefix takes everything to its right that binds at least as strongly. */
interface Level {
  readonly side: Binding["side"];
  readonly infix?: readonly TokenType[];
  readonly prefix?: TokenType;
}

/** From the loosest to the tightest. */
export const precedence: readonly Level[] = [
  { side: "none", infix: [t.Range] },
  { side: "left", infix: [t.operatorWord.or] },
  { side: "left", infix: [t.operatorWord.and] },
  { side: "none", prefix: t.operatorWord.not },
  { side: "none", infix: [t.EqualTo, t.NotEqualTo, t.Less, t.LessOrEqual, t.Greater, t.GreaterOrEqual] },
  { side: "left", infix: [t.Plus, t.Minus] },
  { side: "left", infix: [t.Times, t.Divide], prefix: t.operatorWord.sum },
  { side: "none", prefix: t.Minus },
  { side: "right", infix: [t.Power] },
];

const INFIX: ReadonlyMap<TokenType, Binding> = new Map(
  precedence.flatMap(({ side, infix = [] }, level) => infix.map((type) => [type, { level, side }] as const)),
);
const PREFIX: ReadonlyMap<TokenType, number> = new Map(
  precedence.flatMap(({ prefix }, level) => (prefix === undefined ? [] : [[prefix, level] as const])),
);

/** How an operator between two operands binds. */
export function infixBinding(operator: TokenType): Binding | undefined {
  return INFIX.get(operator);
}

/** The level of an operator before its operand: `-`, `not`, or `sum( … )`. */
export function prefixLevel(operator: TokenType): number | undefined {
  return PREFIX.get(operator);
}
