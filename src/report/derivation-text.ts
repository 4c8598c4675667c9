import type { Derivation } from "../derive/derivation.ts";
import type { FormulaEquation } from "../formula/formula.ts";
import { equationText } from "../formula/formula-text.ts";

/** Derivations in the spelling of model files, so that what they say of means can be pasted into one. */
export function derivationsText(
  heading: string,
  derivations: readonly Derivation[],
  definitions: readonly FormulaEquation[],
): string {
  const blocks = [heading];
  for (const { name, title, equations, notes } of derivations) {
    const lines = equations.map((e) => `  ${equationText(e)}`);
    blocks.push([`${name}  (${title})`, ...lines, ...notes.map((n) => `  # ${n}`)].join("\n"));
  }
  if (definitions.length > 0)
    blocks.push(["where", ...definitions.map((e) => `  ${equationText(e)}`)].join("\n"));
  return `${blocks.join("\n\n")}\n`;
}
