import type { ISerializedGast } from "chevrotain";

/** A part of a rule in Chevrotain's serialised grammar, with what its types leave open. */
export interface Production {
  readonly type: ISerializedGast["type"];
  readonly name: string;
  readonly label?: string;
  readonly definition?: readonly Production[];
  readonly separator?: Production;
}

/** The rules with each after the first that speaks of it, as a reader meets them. */
export function fromTheTop(rules: readonly Production[], start: string): readonly Production[] {
  const byName = new Map(rules.map((rule) => [rule.name, rule]));
  const met = new Set<Production>();
  const meet = (part: Production) => {
    const rule = part.type === "NonTerminal" ? byName.get(part.name)! : part;
    if (met.has(rule)) return;
    if (rule.type === "Rule") met.add(rule);
    for (const inner of rule.definition ?? []) meet(inner);
  };
  meet(byName.get(start)!);
  return [...met];
}
