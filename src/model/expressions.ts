import { not, number, symbol } from "../scalar/scalar.ts";
import type { Span } from "../source/span.ts";
import type { BinaryExpression, Expression, SumExpression, UnaryExpression } from "../syntax/ast.ts";
import {
  addValues,
  asOperator,
  compareValues,
  divideValues,
  multiplyValues,
  negateValue,
  powerValues,
} from "./arithmetic.ts";
import { evaluateCall } from "./calls.ts";
import {
  type Elaboration,
  MAX_CHAIN,
  MAX_ELEMENTS,
  MAX_UNROLLED,
  type Scope,
  withLocals,
} from "./elaboration.ts";
import { isTooLarge } from "./extent.ts";
import { evaluateBandSum, evaluateMatrixUnit } from "./matrix-units.ts";
import { timeSymbol } from "./parameters.ts";
import { evaluateIndex, evaluateMember, evaluateName } from "./references.ts";
import { indexRange } from "./typed-values.ts";
import { describeValue, integerValueOf, realValue, UNKNOWN, type Value } from "./value.ts";

/** The meaning of an expression in a scope; what is wrong with it is reported once and gives an unknown value. */
export function evaluateExpression(expression: Expression, scope: Scope, elaboration: Elaboration): Value {
  elaboration.depth++;
  const value = isTooDeep(expression, elaboration) ? UNKNOWN : meaningOf(expression, scope, elaboration);
  elaboration.depth--;
  return isTooLarge(value, expression.span, elaboration) ? UNKNOWN : value;
}

/** Whether values rest on each other in too long a chain to be made one inside the other. */
function isTooDeep({ span }: Expression, { depth, report }: Elaboration): boolean {
  if (depth <= MAX_CHAIN) return false;
  if (depth === MAX_CHAIN + 1) {
    const message = `this rests on values that rest on others, through more than ${MAX_CHAIN} expressions`;
    report("E220", span, message, {
      fix: "declare each value after those that it is made of: then they are made one by one",
    });
  }
  return true;
}

function meaningOf(expression: Expression, scope: Scope, elaboration: Elaboration): Value {
  switch (expression.kind) {
    case "number":
      return evaluateNumber(expression.text);
    case "constant":
      return evaluateConstant(expression.name, expression.span, elaboration);
    case "name":
      return evaluateName(expression.name, scope, elaboration);
    case "member":
      return evaluateMember(expression, scope, elaboration);
    case "index":
      return evaluateIndex(expression, scope, elaboration);
    case "call":
      return evaluateCall(expression, scope, elaboration);
    case "matrixUnit":
      return evaluateMatrixUnit(expression, scope, elaboration);
    case "dagger":
      return evaluateDagger(expression.operand, expression.span, scope, elaboration);
    case "unary":
      return evaluateUnary(expression, scope, elaboration);
    case "binary":
      return evaluateBinary(expression, scope, elaboration);
    case "group":
      return elaboration.evaluate(expression.inner, scope, elaboration);
    case "sum":
      return evaluateSum(expression, scope, elaboration);
    case "hc":
      elaboration.report(
        "E216",
        expression.span,
        "h.c. stands for the adjoint of the other summands: there are none here",
        {
          fix: "write it last in a sum, as in (A + h.c.)",
        },
      );
      return UNKNOWN;
    case "ket":
    case "range":
    case "list":
      return misplaced(expression, elaboration);
  }
}

const MISPLACED = {
  ket: "a ket stands only in states",
  range: "a range a..b stands only after 'in'",
  list: "a list stands only after 'in'",
};

function misplaced(
  expression: Expression & { kind: "ket" | "range" | "list" },
  { report }: Elaboration,
): Value {
  report("E204", expression.span, MISPLACED[expression.kind]);
  return UNKNOWN;
}

function evaluateNumber(text: string): Value {
  const value = Number(text);
  return Number.isSafeInteger(value) ? integerValueOf(value) : realValue(number(value));
}

function evaluateConstant(
  name: "i" | "pi" | "inf" | "time" | "all",
  span: Span,
  elaboration: Elaboration,
): Value {
  switch (name) {
    case "i":
      return { kind: "scalar", node: symbol("i"), isComplex: true };
    case "pi":
    case "inf":
      return realValue(symbol(name));
    case "time":
      return realValue(timeSymbol(span, elaboration));
    case "all":
      elaboration.report("E204", span, "'all' stands for the whole system, as in ergotropy(all)");
      return UNKNOWN;
  }
}

function evaluateDagger(operand: Expression, span: Span, scope: Scope, elaboration: Elaboration): Value {
  const value = elaboration.evaluate(operand, scope, elaboration);
  if (value.kind === "unknown") return UNKNOWN;
  const expression = asOperator(value);
  if (expression) return { kind: "operator", expression: { kind: "adjoint", operand: expression } };
  elaboration.report("E204", span, `${describeValue(value)} has no adjoint`);
  return UNKNOWN;
}

function evaluateUnary(expression: UnaryExpression, scope: Scope, elaboration: Elaboration): Value {
  const operand = elaboration.evaluate(expression.operand, scope, elaboration);
  if (expression.operator === "-") return negateValue(operand, expression.span, elaboration.report);
  if (operand.kind === "truth") return { kind: "truth", node: not(operand.node) };
  if (operand.kind !== "unknown") {
    elaboration.report(
      "E204",
      expression.span,
      `'not' needs a truth value, and this is ${describeValue(operand)}`,
    );
  }
  return UNKNOWN;
}

function evaluateBinary(expression: BinaryExpression, scope: Scope, elaboration: Elaboration): Value {
  const { operator } = expression;
  if (operator === "+" || operator === "-") return evaluateSummands(expression, scope, elaboration);
  if (operator === "*" || operator === "/") return evaluateFactors(expression, scope, elaboration);
  const left = elaboration.evaluate(expression.left, scope, elaboration);
  const right = elaboration.evaluate(expression.right, scope, elaboration);
  if (operator === "^") return powerValues(left, right, expression.span, elaboration.report);
  return compareValues(operator, left, right, expression.span, elaboration.report);
}

/** A chain of operators of one level, first operand first; without recursion, since sums may be long. */
function chain(expression: BinaryExpression, operators: readonly string[]) {
  const links: { readonly operator: string; readonly operand: Expression; readonly span: Span }[] = [];
  let rest: Expression = expression;
  while (rest.kind === "binary" && operators.includes(rest.operator)) {
    links.push({ operator: rest.operator, operand: rest.right, span: rest.span });
    rest = rest.left;
  }
  return { first: rest, links: links.reverse() };
}

function isTooLong(length: number, what: string, span: Span, { report }: Elaboration): boolean {
  if (length <= MAX_ELEMENTS) return false;
  report("E220", span, `${length} ${what} are more than the ${MAX_ELEMENTS} that one expression may have`);
  return true;
}

function evaluateSummands(expression: BinaryExpression, scope: Scope, elaboration: Elaboration): Value {
  const { first, links } = chain(expression, ["+", "-"]);
  if (isTooLong(links.length, "summands", expression.span, elaboration)) return UNKNOWN;
  let sum = elaboration.evaluate(first, scope, elaboration);
  for (const [place, { operator, operand, span }] of links.entries()) {
    const isLast = place === links.length - 1;
    const summand: Value =
      operand.kind === "hc" && isLast
        ? adjointOf(sum, operand.span, elaboration)
        : elaboration.evaluate(operand, scope, elaboration);
    sum = addValues(sum, summand, operator as "+" | "-", span, elaboration.report);
  }
  return sum;
}

function adjointOf(value: Value, span: Span, { report }: Elaboration): Value {
  if (value.kind === "unknown") return UNKNOWN;
  const expression = asOperator(value);
  if (expression) return { kind: "operator", expression: { kind: "adjoint", operand: expression } };
  report(
    "E216",
    span,
    `h.c. needs an operator to stand for its adjoint, and this is ${describeValue(value)}`,
  );
  return UNKNOWN;
}

function evaluateFactors(expression: BinaryExpression, scope: Scope, elaboration: Elaboration): Value {
  const { first, links } = chain(expression, ["*", "/"]);
  if (isTooLong(links.length, "factors", expression.span, elaboration)) return UNKNOWN;
  let product = elaboration.evaluate(first, scope, elaboration);
  for (const { operator, operand, span } of links) {
    const factor = elaboration.evaluate(operand, scope, elaboration);
    product =
      operator === "*"
        ? multiplyValues(product, factor, span, elaboration.report)
        : divideValues(product, factor, span, elaboration.report);
  }
  return product;
}

function evaluateSum(expression: SumExpression, scope: Scope, elaboration: Elaboration): Value {
  if (!expression.domain) return evaluateBandSum(expression, scope, elaboration);
  const indices = indexRange(expression.domain, scope, elaboration);
  if (!indices) return UNKNOWN;
  let sum: Value = integerValueOf(0);
  for (const index of indices) {
    if (++elaboration.unrolled > MAX_UNROLLED) {
      if (elaboration.unrolled === MAX_UNROLLED + 1) {
        elaboration.report(
          "E220",
          expression.span,
          `the sums of this model have more than ${MAX_UNROLLED} summands together`,
        );
      }
      return UNKNOWN;
    }
    const inner = withLocals(scope, [[expression.variable.ascii, integerValueOf(index)]]);
    const summand = elaboration.evaluate(expression.body, inner, elaboration);
    sum = isEmptySum(sum) ? summand : addValues(sum, summand, "+", expression.span, elaboration.report);
    if (sum.kind === "unknown") return UNKNOWN;
  }
  return sum;
}

const isEmptySum = (value: Value): boolean => value.kind === "scalar" && value.integer === 0;
