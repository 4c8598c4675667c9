import { DivergentCoefficient } from "../algebra/term-product.ts";
import { DivisionByZero } from "../scalar/canonical.ts";
import { NoCanonicalForm } from "../scalar/canonical-from-scalar.ts";
import { ExpressionTooLarge } from "../scalar/polynomial.ts";
import type { Span } from "../source/span.ts";
import type { EquationReport } from "./method.ts";

/** Runs a piece of algebra; what it cannot do becomes a diagnostic. */
export function attempt<T>(work: () => T, span: Span, report: EquationReport): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ExpressionTooLarge || error instanceof NoCanonicalForm)) throw error;
    const fix = error instanceof DivergentCoefficient ? error.fix : undefined;
    report("E405", span, `this operator has no normal form: ${error.message}`, { fix });
    return undefined;
  }
}

/** Whether an error says that the algebra cannot work something out; any other is a bug. */
export const isBeyondAlgebra = (error: unknown): error is Error =>
  error instanceof ExpressionTooLarge || error instanceof NoCanonicalForm || error instanceof DivisionByZero;
