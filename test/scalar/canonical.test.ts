import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  canonicalKey,
  constantValue,
  divide,
  isEqual,
  isZero,
  multiply,
} from "../../src/scalar/canonical.ts";
import { canonicalFromScalar } from "../../src/scalar/canonical-from-scalar.ts";
import { compileComplex } from "../../src/scalar/compile.ts";
import { equivalent } from "../../src/scalar/equivalent.ts";
import { binary, call, negative, number, type Scalar, scalarText, symbol } from "../../src/scalar/scalar.ts";
import { scalarFromCanonical } from "../../src/scalar/scalar-from-canonical.ts";

const [a, b, c] = ["p0", "p1", "p2"].map(symbol) as [Scalar, Scalar, Scalar];
const names = (s: string) => ({ p0: "a", p1: "b", p2: "c" })[s] ?? s;
const show = (node: Scalar) => scalarText(scalarFromCanonical(canonicalFromScalar(node)), names);
const times = (...x: Scalar[]) => x.reduce((l, r) => binary("*", l, r));
const plus = (...x: Scalar[]) => x.reduce((l, r) => binary("+", l, r));
const square = (x: Scalar) => binary("^", x, number(2));

describe("canonical scalars", () => {
  it("decide the binomial identity that mathjs does not", () => {
    const zero = binary("-", square(plus(a, b)), plus(square(a), times(number(2), a, b), square(b)));
    expect(isZero(canonicalFromScalar(zero))).toBe(true);
  });

  it("keep decimals exact", () => {
    const tenth = canonicalFromScalar(plus(number(0.1), number(0.2)));
    expect(constantValue(tenth)?.re).toEqual({ numerator: 3n, denominator: 10n });
    expect(isZero(canonicalFromScalar(binary("-", plus(number(0.1), number(0.2)), number(0.3))))).toBe(true);
  });

  it("square roots away", () => {
    expect(show(square(call("sqrt", binary("/", times(number(2), a, b), c))))).toBe("2*a*b/c");
    expect(show(call("sqrt", number(2.25)))).toBe("3/2");
  });

  it("split exp of an imaginary argument, with modulus one", () => {
    const phase = call("exp", times(symbol("i"), a));
    const modulus = multiply(canonicalFromScalar(phase), canonicalFromScalar(call("conj", phase)));
    expect(equivalent(modulus, canonicalFromScalar(number(1)))).toBe(true);
    expect(equivalent(modulus, canonicalFromScalar(number(1.001)))).toBe(false);
  });

  it("divide exactly where they can", () => {
    const amplitude = binary("-", a, times(a, b));
    expect(show(binary("/", times(number(2), c, amplitude), amplitude))).toBe("2*c");
    expect(show(binary("/", binary("-", square(a), square(b)), plus(a, b)))).toBe("a - b");
  });

  it("divide each term by a monomial below", () => {
    expect(show(binary("/", plus(square(a), times(number(3), a, b)), times(number(2), a, c)))).toBe(
      "a/(2*c) + 3*b/(2*c)",
    );
  });

  it("compare quotients by cross-multiplication", () => {
    const left = binary("/", binary("-", square(a), square(b)), binary("-", a, b));
    expect(isEqual(canonicalFromScalar(left), canonicalFromScalar(plus(a, b)))).toBe(true);
  });

  it("print as a person writes", () => {
    expect(show(times(number(2), a))).toBe("2*a");
    expect(show(binary("-", a, times(number(2), b)))).toBe("a - 2*b");
    expect(show(negative(binary("/", a, times(number(4), b))))).toBe("-a/(4*b)");
  });
});

const scalars: fc.Arbitrary<Scalar> = fc.letrec<{ node: Scalar }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(a, b, c, symbol("i")),
    fc.integer({ min: -4, max: 4 }).map(number),
    fc.constantFrom(0.1, 2.5, 5e-5).map(number),
    fc
      .tuple(fc.constantFrom("+", "-", "*"), tie("node"), tie("node"))
      .map(([o, l, r]) => binary(o as "+", l, r)),
    fc.tuple(tie("node"), fc.constantFrom(a, b, plus(a, b))).map(([l, r]) => binary("/", l, r)),
    fc.tuple(tie("node"), fc.integer({ min: 0, max: 3 })).map(([l, n]) => binary("^", l, number(n))),
    fc.constantFrom(a, b, c).map((x) => call("sqrt", x)),
  ),
})).node;

const point = [0.7, 1.3, 0.45];
const at = (node: Scalar): readonly [number, number] => {
  const f = compileComplex(node, (s) => ["p0", "p1", "p2"].indexOf(s));
  return [f.re(point), f.im?.(point) ?? 0];
};

describe("canonical form as a property", () => {
  it("has the value of the expression it came from, printed back or not", () => {
    fc.assert(
      fc.property(scalars, (node) => {
        const [re, im] = at(node);
        const [cre, cim] = at(scalarFromCanonical(canonicalFromScalar(node)));
        const size = 1e-9 * (1 + Math.hypot(re, im));
        // round-off of nested products; cancellation can amplify it, hence the absolute part
        expect(Math.hypot(re - cre, im - cim)).toBeLessThan(Math.max(size, 1e-6));
      }),
      { numRuns: 300 },
    );
  });

  it("is a ring: commutes, associates, distributes", () => {
    fc.assert(
      fc.property(scalars, scalars, scalars, (x, y, z) => {
        const key = (node: Scalar) => canonicalFromScalar(node);
        expect(isEqual(key(times(x, y)), key(times(y, x)))).toBe(true);
        expect(isEqual(key(times(x, plus(y, z))), key(plus(times(x, y), times(x, z))))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it("divides what it multiplied", () => {
    fc.assert(
      fc.property(scalars, scalars, (x, y) => {
        const divisor = canonicalFromScalar(y);
        fc.pre(!isZero(divisor));
        const product = multiply(canonicalFromScalar(x), divisor);
        expect(isEqual(divide(product, divisor), canonicalFromScalar(x))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it("has one key for one form", () => {
    expect(canonicalKey(canonicalFromScalar(plus(a, b)))).toBe(canonicalKey(canonicalFromScalar(plus(b, a))));
  });
});
