import { numberText } from "./number-text.ts";
import type { Row } from "./results.ts";

/** A quantity of one row with what a reader is told about it. */
export interface Entry {
  readonly key: string;
  readonly value: number | string | null;
  /** Why there is no value. */
  readonly reason?: string;
}

/** The quantities of a row in its order. */
export const entriesOf = ({ quantities, undefined: reasons }: Row): Entry[] =>
  Object.entries(quantities).map(([key, value]) => {
    const reason = reasons[key];
    return { key, value, ...(reason !== undefined && { reason }) };
  });

/** The value as a word or a number of seven digits; `undefined` where there is none. */
export const valueText = ({ value }: Entry): string =>
  typeof value === "number" ? numberText(value) : (value ?? "undefined");

/** `undefined: reason` of a quantity without a value. */
export const undefinedText = (reason: string | undefined): string =>
  reason === undefined ? "undefined" : `undefined: ${reason}`;

/** `x` of a key `name(x)` whose last parenthesis closes its first; undefined for all other keys. */
export function operandOf(key: string, name: string): string | undefined {
  if (!key.startsWith(`${name}(`) || !key.endsWith(")")) return undefined;
  const operand = key.slice(name.length + 1, -1);
  let depth = 0;
  for (const character of operand) {
    if (character === "(") depth++;
    if (character === ")") depth--;
    if (depth < 0) return undefined;
  }
  return operand;
}
