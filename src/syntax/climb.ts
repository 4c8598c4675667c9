import type { IToken } from "chevrotain";
import { infixBinding, prefixLevel } from "../../grammar/precedence.ts";

/** An operand with the operators before it. */
export interface Prefixed<Operand, Prefix> {
  readonly prefixes: readonly Prefix[];
  readonly operand: Operand;
}

/** How the nodes of a tree are made. */
export interface Make<Operand, Prefix, Tree> {
  readonly operand: (operand: Operand) => Tree;
  readonly prefixToken: (prefix: Prefix) => IToken;
  readonly prefix: (prefix: Prefix, operand: Tree) => Tree;
  readonly infix: (left: Tree, operator: IToken, right: Tree) => Tree;
  /** Told where operators are in a row that may not be, before the second is applied. */
  readonly onRow: (left: Tree, operator: IToken) => void;
}

/**
 * The tree of operands with operators between them, by precedence climbing. Rows that group to the left are built in
 * a loop, so that a long sum needs no stack; what nests to the right is bounded by the nesting limit of the reader.
 */
export function climb<Operand, Prefix, Tree>(
  operands: readonly Prefixed<Operand, Prefix>[],
  operators: readonly IToken[],
  make: Make<Operand, Prefix, Tree>,
): Tree {
  let at = 0;
  let prefixesRead = 0;

  /** The next operand with what remains of its prefixes. */
  function prefixed(): Tree {
    const { prefixes, operand } = operands[at]!;
    const prefix = prefixes[prefixesRead];
    if (prefix === undefined) return make.operand(operand);
    prefixesRead++;
    return make.prefix(prefix, upFrom(prefixLevel(make.prefixToken(prefix).tokenType)!));
  }

  /** What comes next, as far as its operators bind at least as tightly as `loosest`. */
  function upFrom(loosest: number): Tree {
    let tree = prefixed();
    let before: number | undefined;
    for (;;) {
      const operator = operators[at];
      const binding = operator && infixBinding(operator.tokenType);
      if (operator === undefined || binding === undefined || binding.level < loosest) return tree;
      if (binding.side === "none" && binding.level === before) make.onRow(tree, operator);
      at++;
      prefixesRead = 0;
      tree = make.infix(tree, operator, upFrom(binding.side === "right" ? binding.level : binding.level + 1));
      before = binding.level;
    }
  }

  return upFrom(0);
}
