import { type Canonical, constantValue, integerValue } from "../scalar/canonical.ts";
import { canonicalFromScalar, NoCanonicalForm } from "../scalar/canonical-from-scalar.ts";
import { binary, call, type Scalar, symbol } from "../scalar/scalar.ts";
import { ExpressionTooLarge } from "../scalar/too-large.ts";
import type { Span } from "../source/span.ts";
import type { Identifier } from "../syntax/ast.ts";
import type { ModelReport } from "./model-report.ts";
import type { OperatorExpression } from "./operator-expression.ts";
import { type AngleValue, UNKNOWN, type Value } from "./value.ts";

/** exp, cos or sin of Σ k_s φ_s + offset, with whole k_s (times i inside exp): the only functions an angle has. */
export function angleFunction(name: Identifier, angle: AngleValue, span: Span, report: ModelReport): Value {
  if (name.ascii !== "exp" && name.ascii !== "cos" && name.ascii !== "sin") {
    report(
      "E215",
      span,
      `${name.text} of an angle is not defined; an angle φ has exp(i*k*φ), cos(k*φ), sin(k*φ)`,
    );
    return UNKNOWN;
  }
  const unit = name.ascii === "exp" ? "i" : "real";
  const multiples: (readonly [number, number])[] = [];
  for (const { subsystem, coefficient } of angle.terms) {
    const multiple = wholeMultiple(coefficient.node, unit);
    if (multiple === undefined) {
      const wanted =
        unit === "i"
          ? "exp needs i times a whole number of angles: exp(i*φ)"
          : `${name.text} needs a whole number of angles`;
      report("E215", span, wanted);
      return UNKNOWN;
    }
    multiples.push([subsystem, multiple]);
  }
  const offset = angle.offset.node;
  if (name.ascii === "exp") return { kind: "operator", expression: phases(multiples, call("exp", offset)) };
  const kept = multiples.filter(([, multiple]) => multiple !== 0);
  return {
    kind: "operator",
    expression: { kind: "trigonometric", function: name.ascii, multiples: kept, offset },
  };
}

function phases(multiples: readonly (readonly [number, number])[], factor: Scalar): OperatorExpression {
  const factors = multiples
    .filter(([, multiple]) => multiple !== 0)
    .map(([subsystem, multiple]) => ({ kind: "phase", subsystem, multiple }) as const);
  const exact = canonicalOf(factor);
  const isUnit = exact !== undefined && integerValue(exact) === 1;
  return { kind: "product", factors: isUnit ? factors : [{ kind: "scalar", value: factor }, ...factors] };
}

/** k where the coefficient is exactly k (or ik), else undefined. */
function wholeMultiple(node: Scalar, unit: "real" | "i"): number | undefined {
  const divided = unit === "i" ? binary("/", node, symbol("i")) : node;
  const canonical = canonicalOf(divided);
  return canonical && constantValue(canonical) ? integerValue(canonical) : undefined;
}

/** The canonical form where there is one; where not, the operator has none either, and that is reported for it. */
function canonicalOf(node: Scalar): Canonical | undefined {
  try {
    return canonicalFromScalar(node);
  } catch (error) {
    if (error instanceof NoCanonicalForm || error instanceof ExpressionTooLarge) return undefined;
    throw error;
  }
}
