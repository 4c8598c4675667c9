import { canonicalFromScalar } from "../scalar/canonical-from-scalar.ts";
import { type ComplexEvaluator, compileComplex } from "../scalar/compile.ts";
import { type Scalar, view } from "../scalar/scalar.ts";
import type { Span } from "../source/span.ts";
import type { Model } from "./model.ts";
import type { OperatorExpression } from "./operator-expression.ts";
import { parameterSlot } from "./parameter-values.ts";

/** A scalar in front of an operator that has no value. */
export interface BadAmplitude {
  /** Where it stands: `the free term`, `the jump of 'x'`. */
  readonly place: string;
  readonly scalar: Scalar;
  readonly span: Span;
}

/**
 * The amplitudes of Hamiltonian terms, couplings and jumps that are not numbers at given values, as the model writes
 * them: the algebra makes x of sqrt(x)², and a jump sqrt(G)*A with a negative G would pass for one of negative rate.
 */
export function* badAmplitudes(values: Float64Array, model: Model): Generator<BadAmplitude> {
  for (const { place, operator, span } of operatorsOf(model)) {
    const scalar = [...scalarsOf(operator)].find((s) => !holdsPlaceholder(s) && hasNoValue(s, values));
    if (scalar) yield { place, scalar, span };
  }
}

/** All amplitudes that have a value, compiled. */
export const amplitudesOf = (model: Model): ComplexEvaluator[] =>
  [...operatorsOf(model)].flatMap(({ operator }) =>
    [...scalarsOf(operator)].flatMap((scalar) => compiled(scalar) ?? []),
  );

function compiled(scalar: Scalar): ComplexEvaluator | undefined {
  try {
    return compileComplex(scalar, parameterSlot);
  } catch {
    // what the algebra refuses is said there
    return undefined;
  }
}

function* operatorsOf(model: Model) {
  for (const { role, operator, span } of model.hamiltonian)
    yield { place: `the ${role} term`, operator, span };
  for (const { operator, span } of model.frame) yield { place: "the frame", operator, span };
  for (const { name, couplings, jumps } of model.baths) {
    for (const { operator, span } of couplings) yield { place: `the coupling of '${name}'`, operator, span };
    for (const { operator, span } of jumps) yield { place: `the jump of '${name}'`, operator, span };
  }
}

function* scalarsOf(expression: OperatorExpression): Generator<Scalar> {
  switch (expression.kind) {
    case "scalar":
      yield expression.value;
      break;
    case "trigonometric":
      yield expression.offset;
      break;
    case "sum":
      for (const term of expression.terms) yield* scalarsOf(term);
      break;
    case "product":
      for (const factor of expression.factors) yield* scalarsOf(factor);
      break;
    case "adjoint":
      yield* scalarsOf(expression.operand);
      break;
    case "power":
      yield* scalarsOf(expression.base);
  }
}

/** What the algebra refuses as it stands (division by zero, functions of complex numbers) is said there, as E405. */
function hasNoValue(scalar: Scalar, values: Float64Array): boolean {
  try {
    const { re, im } = compileComplex(scalar, parameterSlot);
    if (!Number.isNaN(re(values)) && !Number.isNaN(im?.(values) ?? 0)) return false;
    canonicalFromScalar(scalar);
    return true;
  } catch {
    return false;
  }
}

/** Whether a scalar holds what stands for a value that could not be read, which has been reported. */
function holdsPlaceholder(scalar: Scalar): boolean {
  const v = view(scalar);
  if (v.kind === "number") return Number.isNaN(v.value);
  if (v.kind === "negative" || v.kind === "not") return holdsPlaceholder(v.operand);
  if (v.kind === "binary") return holdsPlaceholder(v.left) || holdsPlaceholder(v.right);
  return v.kind === "call" && v.operands.some(holdsPlaceholder);
}
