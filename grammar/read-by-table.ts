import type { CstElement, CstNode, IToken, TokenType } from "chevrotain";
import { rules } from "./generated/rules.ts";
import type { Beginnings, Part, RuleTable } from "./rule-table.ts";

const RULES: RuleTable = rules;

/**
 * The tree of tokens that follow a rule to their end, the one that the parser would make; undefined where they do not, and
 * the parser can say why. It reads by the table that is generated from the parser, since making the parser itself takes
 * longer than reading most files.
 */
export function readByTable(rule: string, tokens: readonly IToken[]): CstNode | undefined {
  let next = 0;

  function node(name: string): CstNode | undefined {
    const first = tokens[next];
    const from = next;
    const children: Record<string, CstElement[]> = Object.create(null);
    if (!follows(RULES[name]!, children)) return undefined;
    const location =
      next > from
        ? { startOffset: first!.startOffset, endOffset: tokens[next - 1]!.endOffset! }
        : { startOffset: Number.NaN, endOffset: Number.NaN };
    return { name, children, location };
  }

  function follows(parts: readonly Part[], children: Record<string, CstElement[]>): boolean {
    for (const part of parts) if (!followsPart(part, children)) return false;
    return true;
  }

  function followsPart(part: Part, children: Record<string, CstElement[]>): boolean {
    switch (part.kind) {
      case "token":
        return take(part.type, children);
      case "rule": {
        const inner = node(part.name);
        if (inner !== undefined) add(inner, part.name, children);
        return inner !== undefined;
      }
      case "maybe":
        return !isAt(part.at) || follows(part.parts, children);
      case "many":
        while (isAt(part.at)) if (!follows(part.parts, children)) return false;
        return true;
      case "list":
        if (!isAt(part.at)) return part.mayBeEmpty;
        do {
          if (!follows(part.parts, children)) return false;
        } while (take(part.separator, children));
        return true;
      case "either": {
        const way = part.ways.find(({ at }) => isAt(at));
        return way !== undefined && follows(way.parts, children);
      }
    }
  }

  function take(type: string, children: Record<string, CstElement[]>): boolean {
    const token = tokens[next];
    if (!isOf(token, type)) return false;
    add(token!, type, children);
    next++;
    return true;
  }

  function isAt(beginnings: Beginnings): boolean {
    for (const [first, second] of beginnings) {
      if (isOf(tokens[next], first!) && (second === undefined || isOf(tokens[next + 1], second))) return true;
    }
    return false;
  }

  const tree = node(rule);
  return next === tokens.length ? tree : undefined;
}

/** Keys stand in the order in which they are first met. */
function add(element: CstElement, key: string, children: Record<string, CstElement[]>): void {
  const list = children[key];
  if (list === undefined) children[key] = [element];
  else list.push(element);
}

/** Whether the token is of the type of that name, or of one that belongs to the category. */
function isOf(token: IToken | undefined, name: string): boolean {
  return token !== undefined && (token.tokenType.name === name || belongsTo(token.tokenType, name));
}

function belongsTo({ CATEGORIES: categories }: TokenType, name: string): boolean {
  for (const category of categories ?? [])
    if (category.name === name || belongsTo(category, name)) return true;
  return false;
}
