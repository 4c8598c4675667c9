import type { Expectation } from "./expectation.ts";
import * as t from "./tokens.ts";

const LABELS: ReadonlyMap<string, string> = new Map(
  t.parserTokens.map(({ name, LABEL }) => [name, LABEL ?? name]),
);
const CLASSES: Readonly<Record<string, string>> = {
  [t.Name.name]: "a name",
  [t.NumberToken.name]: "a number",
  [t.StringToken.name]: "text in quotes",
  [t.End.name]: "the end of the statement",
};

/** What was expected, as it stands in a sentence. */
export function describeExpected({ rule, tokens }: Expectation): string {
  if (rule === "member") return "a name";
  if (tokens.includes(t.NumberToken.name) && tokens.length > 1) return "a value";
  if (tokens.length === 0) return "the end of the statement";
  return tokens.map((name) => CLASSES[name] ?? `'${LABELS.get(name)}'`).join(" or ");
}
