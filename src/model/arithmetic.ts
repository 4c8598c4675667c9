import { binary, negative, number } from "../scalar/scalar.ts";
import type { Span } from "../source/span.ts";
import type { BinaryOperator } from "../syntax/ast.ts";
import type { ModelReport } from "./model-report.ts";
import type { OperatorExpression } from "./operator-expression.ts";
import { type AngleValue, describeValue, type ScalarValue, UNKNOWN, type Value } from "./value.ts";

/** The greatest whole power of an operator; beyond it the message asks whether that was meant. */
const MAX_OPERATOR_POWER = 32;

/** left + right or left − right. */
export function addValues(
  left: Value,
  right: Value,
  sign: "+" | "-",
  span: Span,
  report: ModelReport,
): Value {
  if (left.kind === "unknown" || right.kind === "unknown") return UNKNOWN;
  if (left.kind === "scalar" && right.kind === "scalar") return combineScalars(sign, left, right);
  if (left.kind === "angle" || right.kind === "angle") return addAngles(left, right, sign, span, report);
  const terms = [asOperator(left), asOperator(right)];
  if (!terms[0] || !terms[1]) return typeMismatch(sign, left, right, span, report);
  return {
    kind: "operator",
    expression: sumOf(terms[0], sign === "+" ? terms[1] : scaled(number(-1), terms[1])),
  };
}

const sumOf = (a: OperatorExpression, b: OperatorExpression): OperatorExpression => ({
  kind: "sum",
  terms: [...(a.kind === "sum" ? a.terms : [a]), b],
});

const scaled = (factor: ScalarValue["node"], operand: OperatorExpression): OperatorExpression => ({
  kind: "product",
  factors: [{ kind: "scalar", value: factor }, operand],
});

/** A value in an operator's place: a scalar means that scalar times the identity. */
export function asOperator(value: Value): OperatorExpression | undefined {
  if (value.kind === "operator") return value.expression;
  if (value.kind === "scalar") return { kind: "scalar", value: value.node };
  return undefined;
}

function addAngles(left: Value, right: Value, sign: "+" | "-", span: Span, report: ModelReport): Value {
  const a = asAngle(left);
  const b = asAngle(right);
  if (!a || !b) return typeMismatch(sign, left, right, span, report);
  const signed = sign === "+" ? b : scaleAngle(b, { kind: "scalar", node: number(-1), isComplex: false });
  return {
    kind: "angle",
    terms: [...a.terms, ...signed.terms],
    offset: combineScalars("+", a.offset, signed.offset),
  };
}

function asAngle(value: Value): AngleValue | undefined {
  if (value.kind === "angle") return value;
  return value.kind === "scalar" ? { kind: "angle", terms: [], offset: value } : undefined;
}

const scaleAngle = (angle: AngleValue, by: ScalarValue): AngleValue => ({
  kind: "angle",
  terms: angle.terms.map(({ subsystem, coefficient }) => ({
    subsystem,
    coefficient: combineScalars("*", by, coefficient),
  })),
  offset: combineScalars("*", by, angle.offset),
});

export function multiplyValues(left: Value, right: Value, span: Span, report: ModelReport): Value {
  if (left.kind === "unknown" || right.kind === "unknown") return UNKNOWN;
  if (left.kind === "scalar" && right.kind === "scalar") return combineScalars("*", left, right);
  if (left.kind === "angle" && right.kind === "scalar") return scaleAngle(left, right);
  if (left.kind === "scalar" && right.kind === "angle") return scaleAngle(right, left);
  const factors = [asOperator(left), asOperator(right)];
  if (!factors[0] || !factors[1]) return typeMismatch("*", left, right, span, report);
  const [first, second] = factors;
  return {
    kind: "operator",
    expression: {
      kind: "product",
      factors: [...(first.kind === "product" ? first.factors : [first]), second],
    },
  };
}

export function divideValues(left: Value, right: Value, span: Span, report: ModelReport): Value {
  if (left.kind === "unknown" || right.kind === "unknown") return UNKNOWN;
  if (right.kind === "operator") {
    report("E204", span, "division by an operator is not defined", {
      fix: "multiply by its inverse, if it has one",
    });
    return UNKNOWN;
  }
  if (right.kind !== "scalar") return typeMismatch("/", left, right, span, report);
  if (left.kind === "scalar") return combineScalars("/", left, right);
  const inverse: ScalarValue = {
    kind: "scalar",
    node: binary("/", number(1), right.node),
    isComplex: right.isComplex,
  };
  if (left.kind === "angle") return scaleAngle(left, inverse);
  if (left.kind === "operator")
    return { kind: "operator", expression: scaled(inverse.node, left.expression) };
  return typeMismatch("/", left, right, span, report);
}

export function powerValues(left: Value, right: Value, span: Span, report: ModelReport): Value {
  if (left.kind === "unknown" || right.kind === "unknown") return UNKNOWN;
  if (right.kind !== "scalar") return typeMismatch("^", left, right, span, report);
  if (left.kind === "scalar") return powerOfScalar(left, right, span, report);
  if (left.kind !== "operator") return typeMismatch("^", left, right, span, report);
  const exponent = right.integer;
  if (exponent === undefined || exponent < 0 || exponent > MAX_OPERATOR_POWER) {
    report("E215", span, `an operator can be raised to a whole power from 0 to ${MAX_OPERATOR_POWER} only`);
    return UNKNOWN;
  }
  return { kind: "operator", expression: { kind: "power", base: left.expression, exponent } };
}

/** Real numbers have real powers, and complex ones whole powers: others have more than one value. */
function powerOfScalar(left: ScalarValue, right: ScalarValue, span: Span, report: ModelReport): Value {
  const isDefined = !right.isComplex && (!left.isComplex || right.integer !== undefined);
  if (isDefined) return combineScalars("^", left, right);
  const what = right.isComplex ? "a complex exponent" : "a power of a complex number that is not whole";
  report("E223", span, `${what} has more than one value`, { fix: "write it as exp(…)" });
  return UNKNOWN;
}

export function negateValue(operand: Value, span: Span, report: ModelReport): Value {
  switch (operand.kind) {
    case "scalar":
      return {
        kind: "scalar",
        node: negative(operand.node),
        isComplex: operand.isComplex,
        ...(operand.integer !== undefined && { integer: -operand.integer }),
      };
    case "operator":
      return { kind: "operator", expression: scaled(number(-1), operand.expression) };
    case "angle":
      return scaleAngle(operand, { kind: "scalar", node: number(-1), isComplex: false });
    case "unknown":
      return UNKNOWN;
    default:
      report("E204", span, `${describeValue(operand)} has no negative`);
      return UNKNOWN;
  }
}

/** Comparisons and `and`, `or`. */
export function compareValues(
  operator: Exclude<BinaryOperator, "+" | "-" | "*" | "/" | "^">,
  left: Value,
  right: Value,
  span: Span,
  report: ModelReport,
): Value {
  if (left.kind === "unknown" || right.kind === "unknown") return UNKNOWN;
  const wanted = operator === "and" || operator === "or" ? "truth" : "scalar";
  if (left.kind !== wanted || right.kind !== wanted) return typeMismatch(operator, left, right, span, report);
  if ([left, right].some((v) => v.kind === "scalar" && v.isComplex)) {
    report("E223", span, `complex numbers cannot be compared by ${operator}`, {
      fix: "compare re(…), im(…) or abs(…)",
    });
    return UNKNOWN;
  }
  return { kind: "truth", node: binary(operator, left.node, right.node) };
}

/** A scalar from two, whole numbers kept track of. */
function combineScalars(
  operator: "+" | "-" | "*" | "/" | "^",
  left: ScalarValue,
  right: ScalarValue,
): ScalarValue {
  const isComplex = left.isComplex || right.isComplex;
  const node = binary(operator, left.node, right.node);
  const integer =
    left.integer === undefined || right.integer === undefined
      ? undefined
      : integerResult(operator, left.integer, right.integer);
  return integer === undefined
    ? { kind: "scalar", node, isComplex }
    : { kind: "scalar", node, isComplex, integer };
}

function integerResult(operator: "+" | "-" | "*" | "/" | "^", a: number, b: number): number | undefined {
  const result =
    operator === "+"
      ? a + b
      : operator === "-"
        ? a - b
        : operator === "*"
          ? a * b
          : operator === "/"
            ? a / b
            : a ** b;
  return Number.isSafeInteger(result) ? result : undefined;
}

function typeMismatch(operator: string, left: Value, right: Value, span: Span, report: ModelReport): Value {
  report(
    "E204",
    span,
    `${describeValue(left)} and ${describeValue(right)} cannot be joined by '${operator}'`,
  );
  return UNKNOWN;
}
