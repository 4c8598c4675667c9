import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { symbolFormula } from "../../src/formula/formula.ts";
import { formulaText } from "../../src/formula/formula-text.ts";
import { scalarFormula } from "../../src/formula/scalar-formula.ts";
import { isEqual } from "../../src/scalar/canonical.ts";
import { canonicalFromScalar } from "../../src/scalar/canonical-from-scalar.ts";
import { factoredScalar } from "../../src/scalar/factored.ts";
import { polynomialIn } from "../../src/scalar/polynomial-in.ts";
import { binary, call, number, type Scalar, symbol } from "../../src/scalar/scalar.ts";

const leaf = fc.oneof(
  fc.integer({ min: -4, max: 4 }).map(number),
  fc.constantFrom("p0", "p1", "p2", "p3", "i").map(symbol),
  fc.constantFrom("p0", "p1").map((s) => call("sqrt", symbol(s))),
);

const expression: fc.Arbitrary<Scalar> = fc.letrec<{ node: Scalar }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc
      .tuple(fc.constantFrom("+" as const, "-" as const, "*" as const), tie("node"), tie("node"))
      .map(([operator, a, b]) => binary(operator, a, b)),
    tie("node").map((a) => binary("/", a, symbol("p3"))),
  ),
})).node;

const text = (node: Scalar): string => formulaText(scalarFormula(node, (name) => symbolFormula(name, name)));

describe("factored scalars", () => {
  it("are equal to what they were made of", () => {
    fc.assert(
      fc.property(expression, (node) => {
        const canonical = canonicalFromScalar(node);
        expect(isEqual(canonicalFromScalar(factoredScalar(canonical)), canonical), text(node)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  const [a, b, c, d] = ["p0", "p1", "p2", "p3"].map(symbol) as [Scalar, Scalar, Scalar, Scalar];
  const times = (...f: Scalar[]) => f.reduce((x, y) => binary("*", x, y));
  const plus = (...f: Scalar[]) => f.reduce((x, y) => binary("+", x, y));

  it("draw together what shares a factor of its own", () => {
    const sum = plus(times(a, a), times(number(2), a, a, c), times(b, b), times(number(2), b, b, d));
    const half = times(number(-0.5), sum);
    expect(text(factoredScalar(canonicalFromScalar(half)))).toBe("-1/2*(p0^2*(2*p2 + 1) + p1^2*(2*p3 + 1))");
  });

  it("leave squares of sums as they are", () => {
    const square = times(plus(a, b), plus(a, b));
    expect(text(factoredScalar(canonicalFromScalar(square)))).toBe("p0^2 + 2*p0*p1 + p1^2");
  });

  it("have polynomial coefficients that add up again", () => {
    fc.assert(
      fc.property(expression, (node) => {
        const canonical = canonicalFromScalar(node);
        const coefficients = polynomialIn(canonical, "p2");
        if (!coefficients) return;
        const again = coefficients.map((k, j) =>
          times(factoredScalar(k), binary("^", symbol("p2"), number(j))),
        );
        expect(isEqual(canonicalFromScalar(plus(number(0), ...again)), canonical), text(node)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
