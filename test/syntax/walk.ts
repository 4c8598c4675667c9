import type { Span } from "../../src/source/span.ts";
import type { Identifier, ModelFile, NumberLiteral } from "../../src/syntax/ast.ts";

/** Everything with a span in a tree: its nodes, names and texts, parents first. */
export function nodesOf(tree: ModelFile): { readonly span: Span }[] {
  const nodes: { readonly span: Span }[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null) {
      if ("span" in value) nodes.push(value as { readonly span: Span });
      for (const [key, part] of Object.entries(value)) if (key !== "span") visit(part);
    }
  };
  visit(tree);
  return nodes;
}

export function isIdentifier(node: object): node is Identifier {
  return "ascii" in node;
}

export function isNumber(node: object): node is NumberLiteral {
  return "kind" in node && node.kind === "number";
}
