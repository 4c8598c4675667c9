import type { Canonical } from "./canonical.ts";
import type { Atom, Polynomial } from "./polynomial.ts";
import {
  type Gaussian,
  gaussian,
  isGaussianOne,
  isGaussianZero,
  negateGaussian,
  rationalToNumber,
} from "./rational.ts";
import { binary, call, negative, number, type Scalar, symbol } from "./scalar.ts";

/** The expression in a readable order: numbers first, then symbols as declared; negative terms are subtracted. */
export function scalarFromCanonical(a: Canonical): Scalar {
  if (a.denominator.size > 1)
    return binary("/", polynomialScalar(a.numerator, []), polynomialScalar(a.denominator, []));
  const [below] = a.denominator.values();
  return polynomialScalar(a.numerator, below!.factors);
}

type Factors = readonly (readonly [Atom<Canonical>, number])[];

/** The sum of the monomials, each divided by the factors below. */
function polynomialScalar(polynomial: Polynomial<Canonical>, below: Factors): Scalar {
  const terms = [...polynomial.values()].sort(
    (x, y) => degree(y.factors) - degree(x.factors) || byOrder(x, y),
  );
  const first = terms.findIndex((t) => !isNegative(t.coefficient));
  if (first > 0) terms.unshift(...terms.splice(first, 1));
  let sum: Scalar | undefined;
  for (const { coefficient, factors } of terms) {
    const [top, bottom] = cancelled(factors, below);
    if (!sum) sum = monomialScalar(coefficient, top, bottom);
    else if (isNegative(coefficient)) {
      sum = binary("-", sum, monomialScalar(negateGaussian(coefficient), top, bottom));
    } else sum = binary("+", sum, monomialScalar(coefficient, top, bottom));
  }
  return sum ?? number(0);
}

/** Two products without their common factors. */
function cancelled(above: Factors, below: Factors): readonly [Factors, Factors] {
  const lowerBy = (factors: Factors, others: Factors): Factors => {
    const other = new Map(others.map(([atom, exponent]) => [atom.key, exponent]));
    return factors
      .map(([atom, exponent]) => [atom, exponent - (other.get(atom.key) ?? 0)] as const)
      .filter(([, exponent]) => exponent > 0);
  };
  return [lowerBy(above, below), lowerBy(below, above)];
}

const degree = (factors: Factors): number => factors.reduce((sum, [, exponent]) => sum + exponent, 0);

const byOrder = (x: { factors: Factors }, y: { factors: Factors }): number => {
  const spell = (factors: Factors) => sortedFactors(factors).map(([atom]) => atomOrder(atom));
  return spell(x.factors).join() < spell(y.factors).join() ? -1 : 1;
};

/** Symbols by their kind and number, so that p10 follows p9; functions last. */
const atomOrder = (atom: Atom<Canonical>): string =>
  atom.operands ? `~${atom.key}` : atom.name.replace(/\d+$/, (digits) => digits.padStart(6, "0"));

const sortedFactors = (factors: Factors): Factors =>
  [...factors].sort(([a], [b]) => (atomOrder(a) < atomOrder(b) ? -1 : 1));

const isNegative = (c: Gaussian): boolean =>
  c.re.numerator < 0n || (c.re.numerator === 0n && c.im.numerator < 0n);

function monomialScalar(signed: Gaussian, above: Factors, below: Factors): Scalar {
  const minus = isNegative(signed);
  const coefficient = minus ? negateGaussian(signed) : signed;
  const isWholeReal = isGaussianZero({ re: coefficient.im, im: gaussian(0).re });
  const isQuotient = isWholeReal && !isWrittenWhole(coefficient.re);
  const top = isQuotient ? coefficient.re.numerator : 1n;
  const bottom = isQuotient ? coefficient.re.denominator : 1n;
  const numbersAbove: Scalar[] = [];
  if (!isWholeReal) numbersAbove.push(complexScalar(coefficient));
  else if (!isQuotient) {
    if (!isGaussianOne(coefficient)) numbersAbove.push(number(rationalToNumber(coefficient.re)));
  } else if (top !== 1n) numbersAbove.push(number(Number(top)));
  const numbersBelow = bottom === 1n ? [] : [number(Number(bottom))];
  const size = product([...numbersAbove, ...sortedFactors(above).map(factorScalar)]) ?? number(1);
  const numerator = minus ? negative(size) : size;
  const denominator = product([...numbersBelow, ...sortedFactors(below).map(factorScalar)]);
  return denominator ? binary("/", numerator, denominator) : numerator;
}

/** Whole numbers, and short decimals that are no halves, quarters, …: 0.1 stays 0.1, but 1/4 is written as a fraction. */
const isShortDecimal = (r: Gaussian["re"]): boolean =>
  r.denominator === 1n || (r.denominator % 5n === 0n && /^[\d.]{1,12}$/.test(String(rationalToNumber(r))));

/** Short decimals, and quotients of which one part alone is beyond the range of doubles, though their value is not. */
const isWrittenWhole = (r: Gaussian["re"]): boolean => isShortDecimal(r) || isBeyondDoubles(r);

const isBeyondDoubles = ({ numerator, denominator }: Gaussian["re"]): boolean =>
  !Number.isFinite(Number(numerator)) || !Number.isFinite(Number(denominator));

function complexScalar({ re, im }: Gaussian): Scalar {
  const imaginary =
    im.numerator === 1n && im.denominator === 1n ? symbol("i") : binary("*", fraction(im), symbol("i"));
  return re.numerator === 0n ? imaginary : binary("+", fraction(re), imaginary);
}

const fraction = (r: Gaussian["re"]): Scalar =>
  isWrittenWhole(r)
    ? number(rationalToNumber(r))
    : binary("/", number(Number(r.numerator)), number(Number(r.denominator)));

const product = (factors: readonly Scalar[]): Scalar | undefined =>
  factors.length === 0 ? undefined : factors.reduce((a, b) => binary("*", a, b));

function factorScalar([atom, exponent]: readonly [Atom<Canonical>, number]): Scalar {
  const base = atom.operands
    ? atom.name === "pow"
      ? binary("^", scalarFromCanonical(atom.operands[0]!), scalarFromCanonical(atom.operands[1]!))
      : call(atom.name, ...atom.operands.map(scalarFromCanonical))
    : symbol(atom.name);
  return exponent === 1 ? base : binary("^", base, number(exponent));
}
