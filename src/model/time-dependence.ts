import { type Scalar, symbolsOf } from "../scalar/scalar.ts";
import type { Parameter } from "./model.ts";

/** The symbols whose values change in time: that of `time`, and of the derived values that are made of it. */
export function movingSymbols(parameters: readonly Parameter[]): ReadonlySet<string> {
  const moving = new Set(parameters.filter((p) => p.role === "time").map((p) => p.symbol));
  if (moving.size === 0) return moving;
  for (let grew = true; grew; ) {
    grew = false;
    for (const { symbol, value } of parameters) {
      if (moving.has(symbol) || !holds(value, moving)) continue;
      moving.add(symbol);
      grew = true;
    }
  }
  return moving;
}

/** Whether a scalar holds one of the symbols. */
export const holds = (value: Scalar, symbols: ReadonlySet<string>): boolean =>
  symbols.size > 0 && [...symbolsOf(value)].some((s) => symbols.has(s));
