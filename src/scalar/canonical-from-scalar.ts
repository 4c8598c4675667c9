import {
  add,
  type Canonical,
  constant,
  divide,
  functionCanonical,
  IMAGINARY_UNIT,
  imaginaryPart,
  integerValue,
  isReal,
  isZero,
  multiply,
  negate,
  power,
  realPart,
  subtract,
  symbolCanonical,
} from "./canonical.ts";
import { type Scalar, view } from "./scalar.ts";

/** Whole powers up to this one are multiplied out; larger ones stay a function. */
const MAX_EXPANDED_POWER = 64;

/** Why a scalar has no canonical form; the callers turn it into a diagnostic. */
export class NoCanonicalForm extends Error {}

/**
 * The canonical form of an expression. Throws `NoCanonicalForm` for truth values, functions of complex numbers (but
 * exp of one is split by Euler's formula, and abs is the root of what its parts' squares add up to), division by zero, and `ExpressionTooLarge`.
 */
export function canonicalFromScalar(node: Scalar): Canonical {
  const v = view(node);
  switch (v.kind) {
    case "number":
      return Number.isFinite(v.value) ? constant(v.value) : symbolCanonical("inf");
    case "symbol":
      return v.name === "i" ? IMAGINARY_UNIT : symbolCanonical(v.name);
    case "negative":
      return negate(canonicalFromScalar(v.operand));
    case "not":
      throw new NoCanonicalForm("a truth value is not a number");
    case "call":
      return applyFunction(v.name, v.operands.map(canonicalFromScalar));
    case "binary":
      return applyOperator(v.operator, canonicalFromScalar(v.left), canonicalFromScalar(v.right));
  }
}

function applyOperator(operator: string, left: Canonical, right: Canonical): Canonical {
  switch (operator) {
    case "+":
      return add(left, right);
    case "-":
      return subtract(left, right);
    case "*":
      return multiply(left, right);
    case "/":
      if (isZero(right)) throw new NoCanonicalForm("division by zero");
      return divide(left, right);
    case "^":
      return applyPower(left, right);
    default:
      throw new NoCanonicalForm("a truth value is not a number");
  }
}

function applyPower(base: Canonical, exponent: Canonical): Canonical {
  const whole = integerValue(exponent);
  // the function stands for real numbers only, so that powers of others are always multiplied out
  if (whole !== undefined && (Math.abs(whole) <= MAX_EXPANDED_POWER || !isReal(base))) {
    if (whole < 0 && isZero(base)) throw new NoCanonicalForm("division by zero");
    return power(base, whole);
  }
  const twice = integerValue(multiply(constant(2), exponent));
  if (twice !== undefined && Math.abs(twice) <= MAX_EXPANDED_POWER) {
    return power(applyFunction("sqrt", [base]), twice);
  }
  return applyFunction("pow", [base, exponent]);
}

function applyFunction(name: string, operands: readonly Canonical[]): Canonical {
  if (name === "conj") {
    const [z] = operands as [Canonical];
    return subtract(multiply(constant(2), realPart(z)), z);
  }
  if (name === "re") return realPart(operands[0]!);
  if (name === "im") return imaginaryPart(operands[0]!);
  if (operands.every(isReal)) return functionCanonical(name, operands);
  if (name === "exp") {
    const phase = imaginaryPart(operands[0]!);
    const growth = realPart(operands[0]!);
    const direction = add(
      functionCanonical("cos", [phase]),
      multiply(IMAGINARY_UNIT, functionCanonical("sin", [phase])),
    );
    return isZero(growth) ? direction : multiply(functionCanonical("exp", [growth]), direction);
  }
  if (name === "abs") {
    const [z] = operands as [Canonical];
    const square = add(power(realPart(z), 2), power(imaginaryPart(z), 2));
    return applyFunction("sqrt", [square]);
  }
  throw new NoCanonicalForm(`${name} of a complex number is not defined here`);
}
