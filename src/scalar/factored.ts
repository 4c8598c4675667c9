import type { Canonical } from "./canonical.ts";
import {
  commonFactors,
  constantPolynomial,
  divideByFactors,
  type Monomial,
  monomialPolynomial,
  type Polynomial,
  scalePolynomial,
} from "./polynomial.ts";
import { type Gaussian, gaussian, invertGaussian, type Rational, rationalContent } from "./rational.ts";
import { binary, type Scalar } from "./scalar.ts";
import { scalarFromCanonical } from "./scalar-from-canonical.ts";

type Factors = Monomial<Canonical>["factors"];

/**
 * The expression as a product where it is one: common factors in front, and terms that share a power of one atom drawn
 * together when the atom then occurs nowhere else: a²+2a²n+b²+2b²m becomes a²(2n+1)+b²(2m+1). Equal to its argument;
 * nothing is multiplied out.
 */
export function factoredScalar(a: Canonical): Scalar {
  const { front, rest } = factored(a);
  return rest === undefined ? scalarFromCanonical(front) : times(front, rest);
}

/** `factoredScalar` taken apart: a monomial quotient, and the sum that it multiplies. */
export function factored(a: Canonical): { readonly front: Canonical; readonly rest?: Scalar } {
  if (a.numerator.size <= 1) return { front: a };
  const [content, primitive] = withoutContent(a.numerator);
  const isFraction = a.denominator.size > 1;
  const front: Canonical = {
    numerator: content,
    denominator: isFraction ? constantPolynomial(gaussian(1)) : a.denominator,
  };
  const inner = grouped(primitive);
  if (!isFraction) return { front, rest: inner };
  return {
    front,
    rest: binary("/", inner, factoredScalar({ ...a, numerator: a.denominator, denominator: ONE })),
  };
}

const ONE = constantPolynomial<Canonical>(gaussian(1));

/** monomial · rest, with whole coefficients without a common divisor in the rest, the first of them positive. */
function withoutContent(
  polynomial: Polynomial<Canonical>,
): readonly [Polynomial<Canonical>, Polynomial<Canonical>] {
  const common = commonFactors([polynomial]);
  const terms = divideByFactors(polynomial, common);
  const scale = contentOf(terms);
  return [single(common, scale), scalePolynomial(terms, invertGaussian(scale))];
}

const single = (factors: Factors, coefficient: Gaussian): Polynomial<Canonical> =>
  monomialPolynomial({ coefficient, factors });

/** The greatest number that all coefficients are Gaussian-whole multiples of; i where all are imaginary. */
function contentOf(terms: Polynomial<Canonical>): Gaussian {
  const coefficients = [...terms.values()].map((m) => m.coefficient);
  const isImaginary = coefficients.every((c) => c.re.numerator === 0n);
  const parts = coefficients.flatMap((c) => [c.re, c.im]).filter((r) => r.numerator !== 0n);
  const size = rationalContent(parts);
  const negatives = coefficients.filter((c) => isNegative(c.re.numerator === 0n ? c.im : c.re)).length;
  const signed: Rational =
    negatives > coefficients.length / 2
      ? { numerator: -size.numerator, denominator: size.denominator }
      : size;
  return isImaginary ? gaussian(0, signed) : gaussian(signed);
}

const isNegative = (r: Rational): boolean => r.numerator < 0n;

/** The sum with terms that share a power of an atom drawn together, where the atom then occurs nowhere else. */
function grouped(terms: Polynomial<Canonical>): Scalar {
  const groups: Scalar[] = [];
  let rest: Polynomial<Canonical> = terms;
  for (let group = largestGroup(rest); group; group = largestGroup(rest)) {
    const [inside, outside] = group;
    const { front, rest: inner } = factored({ numerator: inside, denominator: ONE });
    groups.push(inner === undefined ? scalarFromCanonical(front) : times(front, inner));
    rest = outside;
  }
  const isLast = groups.length === 0 || rest.size <= 1;
  const left: Canonical = { numerator: rest, denominator: ONE };
  if (rest.size > 0) groups.push(isLast ? scalarFromCanonical(left) : factoredScalar(left));
  return groups.reduce((sum, term) => binary("+", sum, term));
}

/** The largest set of two or more terms (not all) with a common factor that is prime to their cofactor and to the others. */
function largestGroup(
  terms: Polynomial<Canonical>,
): readonly [inside: Polynomial<Canonical>, outside: Polynomial<Canonical>] | undefined {
  let best: readonly [Polynomial<Canonical>, Polynomial<Canonical>] | undefined;
  const powers = new Map<string, Set<number>>();
  for (const { factors } of terms.values()) {
    for (const [atom, exponent] of factors) {
      powers.set(atom.key, (powers.get(atom.key) ?? new Set()).add(exponent));
    }
  }
  for (const [key, exponents] of powers) {
    if (exponents.size > 1) continue;
    const holds = (m: Monomial<Canonical>) => m.factors.some(([atom]) => atom.key === key);
    const inside = new Map([...terms].filter(([, m]) => holds(m)));
    if (inside.size < 2 || inside.size === terms.size || inside.size <= (best?.[0].size ?? 1)) continue;
    best = [inside, new Map([...terms].filter(([, m]) => !holds(m)))];
  }
  return best;
}

/** A product without factors 1; the sign of the monomial stays in front. */
function times(front: Canonical, sum: Scalar): Scalar {
  const [monomial] = front.numerator.values();
  const isOne = monomial!.factors.length === 0 && front.denominator.size === 1;
  const { re, im } = monomial!.coefficient;
  if (isOne && im.numerator === 0n && re.numerator === 1n && re.denominator === 1n) {
    const [below] = front.denominator.values();
    if (below!.factors.length === 0) return sum;
  }
  return binary("*", scalarFromCanonical(front), sum);
}
