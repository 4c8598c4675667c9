import {
  type ConstantNode,
  ConstantNodeDependencies,
  create,
  type FunctionNode,
  FunctionNodeDependencies,
  type MathNode,
  type OperatorNode,
  OperatorNodeDependencies,
  type SymbolNode,
  SymbolNodeDependencies,
} from "mathjs/number";

/**
 * A scalar expression: a mathjs node built only from numbers, symbols, the operators below and the functions of
 * `SCALAR_FUNCTIONS`. Symbols are never a user's names: `p0`, `p1`, … are parameters and derived values, `n0`, `n1`,
 * … the levels of subsystems, and `i`, `pi`, `inf` what they say. Names in model files can thus never meet the
 * constants, units and functions that mathjs knows, and nothing of mathjs evaluates them.
 */
export type Scalar = MathNode;

// Only node classes are created: no parser, no units, no functions with side effects.
const math = create({
  ConstantNodeDependencies: ConstantNodeDependencies!,
  FunctionNodeDependencies: FunctionNodeDependencies!,
  OperatorNodeDependencies: OperatorNodeDependencies!,
  SymbolNodeDependencies: SymbolNodeDependencies!,
});

const OPERATOR_NAMES = {
  "+": "add",
  "-": "subtract",
  "*": "multiply",
  "/": "divide",
  "^": "pow",
  "==": "equal",
  "!=": "unequal",
  "<": "smaller",
  "<=": "smallerEq",
  ">": "larger",
  ">=": "largerEq",
  and: "and",
  or: "or",
} as const;

export type ScalarOperator = keyof typeof OPERATOR_NAMES;

export const number = (value: number): Scalar => new math.ConstantNode(value) as Scalar;

export const symbol = (name: string): Scalar => new math.SymbolNode(name) as Scalar;

/** A binary operation; comparisons and `and`, `or` give 1 or 0 when evaluated. */
export const binary = (operator: ScalarOperator, left: Scalar, right: Scalar): Scalar =>
  new math.OperatorNode(operator as "+", OPERATOR_NAMES[operator] as "add", [left, right]) as Scalar;

export const negative = (operand: Scalar): Scalar =>
  new math.OperatorNode("-", "unaryMinus", [operand]) as Scalar;

export const not = (operand: Scalar): Scalar => new math.OperatorNode("not", "not", [operand]) as Scalar;

export const call = (name: string, ...operands: Scalar[]): Scalar =>
  new math.FunctionNode(symbol(name) as SymbolNode, operands) as Scalar;

/** A scalar expression taken apart, so that readers need no mathjs type. */
export type ScalarView =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "symbol"; readonly name: string }
  | { readonly kind: "negative" | "not"; readonly operand: Scalar }
  | {
      readonly kind: "binary";
      readonly operator: ScalarOperator;
      readonly left: Scalar;
      readonly right: Scalar;
    }
  | { readonly kind: "call"; readonly name: string; readonly operands: readonly Scalar[] };

/** The outermost construction of an expression. Throws on a node that this module does not build. */
export function view(node: Scalar): ScalarView {
  switch (node.type) {
    case "ConstantNode":
      return { kind: "number", value: (node as ConstantNode).value as number };
    case "SymbolNode":
      return { kind: "symbol", name: (node as SymbolNode).name };
    case "OperatorNode": {
      const { op, args } = node as OperatorNode;
      if (args.length === 1) return { kind: op === "not" ? "not" : "negative", operand: args[0]! };
      return { kind: "binary", operator: op as ScalarOperator, left: args[0]!, right: args[1]! };
    }
    case "FunctionNode": {
      const { fn, args } = node as FunctionNode;
      return { kind: "call", name: (fn as unknown as SymbolNode).name, operands: args };
    }
    default:
      throw new Error(`a scalar expression holds no ${node.type}`);
  }
}

/** The names of all symbols in an expression, `i`, `pi` and `inf` included. */
export function symbolsOf(node: Scalar, found: Set<string> = new Set()): Set<string> {
  const v = view(node);
  if (v.kind === "symbol") found.add(v.name);
  else if (v.kind === "negative" || v.kind === "not") symbolsOf(v.operand, found);
  else if (v.kind === "binary") {
    symbolsOf(v.left, found);
    symbolsOf(v.right, found);
  } else if (v.kind === "call") for (const operand of v.operands) symbolsOf(operand, found);
  return found;
}

/** The expression with symbols replaced at once; a symbol that `replacement` does not know stays. */
export function substitute(node: Scalar, replacement: (name: string) => Scalar | undefined): Scalar {
  const v = view(node);
  switch (v.kind) {
    case "number":
      return node;
    case "symbol":
      return replacement(v.name) ?? node;
    case "negative":
      return negative(substitute(v.operand, replacement));
    case "not":
      return not(substitute(v.operand, replacement));
    case "binary":
      return binary(v.operator, substitute(v.left, replacement), substitute(v.right, replacement));
    case "call":
      return call(v.name, ...v.operands.map((o) => substitute(o, replacement)));
  }
}

/** The expression as text with `spell` naming the symbols: `2*B1`, as a model file writes it. */
export function scalarText(node: Scalar, spell: (symbol: string) => string): string {
  const text = node.toString({
    parenthesis: "auto",
    handler: (n: MathNode) => (n.type === "SymbolNode" ? spell((n as SymbolNode).name) : undefined),
  });
  return text.replace(/ ([*/^]) /g, "$1");
}
