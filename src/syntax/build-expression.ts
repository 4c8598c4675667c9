import type { IToken } from "chevrotain";
import type {
  ArgumentCstNode,
  AtomCstNode,
  BraCstNode,
  DesignatorCstNode,
  ExpressionCstNode,
  KetCstNode,
  MemberCstNode,
  OperandCstNode,
  PostfixCstNode,
  PrefixCstNode,
} from "../../grammar/generated/cst.ts";
import { joinSpans } from "../source/span.ts";
import type {
  Argument,
  BinaryOperator,
  ConstantExpression,
  Expression,
  MatrixUnitExpression,
  RangeExpression,
} from "./ast.ts";
import { type Building, buildIdentifier, buildNumber, optional, spanOf } from "./building.ts";
import { climb } from "./climb.ts";
import { reportCallOfValue, reportRow } from "./report-expression.ts";

/** The tree of an expression, from the flat list of operands and operators that the parser reads. */
export function buildExpression(node: ExpressionCstNode, building: Building): Expression {
  const operands = node.children.operand.map((operand) => ({
    prefixes: operand.children.prefix ?? [],
    operand,
  }));
  return climb<OperandCstNode, PrefixCstNode, Expression>(operands, node.children.BinaryOperator ?? [], {
    operand: (operand) => buildOperand(operand, building),
    prefixToken,
    prefix: (prefix, operand) => buildPrefix(prefix, operand, building),
    infix: buildInfix,
    onRow: (left, operator) => reportRow(left, operator, building),
  });
}

/** Expressions, each as `buildExpression` gives it. */
export function buildExpressions(nodes: readonly ExpressionCstNode[], building: Building): Expression[] {
  return nodes.map((node) => buildExpression(node, building));
}

/** A name that is declared elsewhere, perhaps with an index. */
export function buildDesignator(node: DesignatorCstNode, building: Building): Expression {
  const name = buildIdentifier(node.children.Name[0]!, building);
  const object: Expression = { kind: "name", name, span: name.span };
  const subscript = node.children.subscript?.[0];
  if (subscript === undefined) return object;
  const index = buildExpression(subscript.children.expression[0]!, building);
  return { kind: "index", object, index, span: spanOf(node, building) };
}

/** An argument of a call, perhaps with its name. */
export function buildArgument(node: ArgumentCstNode, building: Building): Argument {
  return {
    ...optional("name", node.children.Name?.[0], (name) => buildIdentifier(name, building)),
    value: buildExpression(node.children.expression[0]!, building),
    span: spanOf(node, building),
  };
}

function buildInfix(left: Expression, operator: IToken, right: Expression): Expression {
  const span = joinSpans(left.span, right.span);
  const spelling = operator.tokenType.LABEL as BinaryOperator | "..";
  return spelling === ".."
    ? ({ kind: "range", from: left, to: right, span } satisfies RangeExpression)
    : { kind: "binary", operator: spelling, left, right, span };
}

function prefixToken({ children }: PrefixCstNode): IToken {
  return (children.Sum ?? children.PrefixOperator)![0]!;
}

function buildPrefix(node: PrefixCstNode, operand: Expression, building: Building): Expression {
  const { Sum, Name, expression, PrefixOperator } = node.children;
  const span = joinSpans(spanOf(node, building), operand.span);
  if (Sum === undefined) {
    const operator = PrefixOperator![0]!.image === "not" ? "not" : "-";
    return { kind: "unary", operator, operand, span };
  }
  return {
    kind: "sum",
    variable: buildIdentifier(Name![0]!, building),
    ...optional("domain", expression?.[0], (domain) => buildExpression(domain, building)),
    body: operand,
    span,
  };
}

function buildOperand(node: OperandCstNode, building: Building): Expression {
  let operand = buildAtom(node.children.atom[0]!, building);
  for (const postfix of node.children.postfix ?? []) operand = buildPostfix(operand, postfix, building);
  return operand;
}

function buildAtom(node: AtomCstNode, building: Building): Expression {
  const { children } = node;
  const span = spanOf(node, building);
  if (children.Number) return buildNumber(children.Number[0]!, building);
  if (children.Name) return { kind: "name", name: buildIdentifier(children.Name[0]!, building), span };
  if (children.Constant) {
    const name = children.Constant[0]!.tokenType.LABEL as ConstantExpression["name"];
    return { kind: "constant", name, span };
  }
  if (children.HermitianConjugate) return { kind: "hc", span };
  if (children.group) {
    const inner = buildExpression(children.group[0]!.children.expression[0]!, building);
    return { kind: "group", inner, span };
  }
  if (children.list) {
    const items = buildExpressions(children.list[0]!.children.expression ?? [], building);
    return { kind: "list", items, span };
  }
  const row = buildLabels(children.ket![0]!, building);
  if (children.bra === undefined) return { kind: "ket", labels: row, span };
  return { kind: "matrixUnit", row, column: buildLabels(children.bra[0]!, building), span };
}

function buildLabels(node: KetCstNode | BraCstNode, building: Building): Expression[] {
  return buildExpressions(node.children.expressions[0]!.children.expression, building);
}

function buildPostfix(object: Expression, node: PostfixCstNode, building: Building): Expression {
  const { member, subscript, call } = node.children;
  const span = joinSpans(object.span, spanOf(node, building));
  if (member) return buildMember(object, member[0]!, building);
  if (subscript) {
    const index = buildExpression(subscript[0]!.children.expression[0]!, building);
    return { kind: "index", object, index, span };
  }
  if (call) {
    reportCallOfValue(object, call[0]!, building);
    const list = (call[0]!.children.argument ?? []).map((argument) => buildArgument(argument, building));
    return { kind: "call", callee: object, arguments: list, span };
  }
  return { kind: "dagger", operand: object, span };
}

function buildMember(object: Expression, node: MemberCstNode, building: Building): Expression {
  const { Name, ket, bra } = node.children;
  const span = joinSpans(object.span, spanOf(node, building));
  if (Name) return { kind: "member", object, member: buildIdentifier(Name[0]!, building), span };
  return {
    kind: "matrixUnit",
    object,
    row: buildLabels(ket![0]!, building),
    column: buildLabels(bra![0]!, building),
    span,
  } satisfies MatrixUnitExpression;
}
