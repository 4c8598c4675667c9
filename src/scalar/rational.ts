import { ExpressionTooLarge } from "./too-large.ts";

/** An exact fraction in lowest terms with a positive denominator. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** An exact complex number with rational parts. */
export interface Gaussian {
  readonly re: Rational;
  readonly im: Rational;
}

const greatestCommonDivisor = (a: bigint, b: bigint): bigint => {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};

/** Digits of a numerator or denominator: ten times those of any double, and common divisors are still found at once. */
const MAX_DIGITS = 3000;
const TOO_LONG = 10n ** BigInt(MAX_DIGITS);

const isTooLong = (n: bigint): boolean => n >= TOO_LONG || -n >= TOO_LONG;

/** The fraction numerator/denominator; throws a RangeError when the denominator is zero, `ExpressionTooLarge` beyond the limit. */
function rational(numerator: bigint, denominator = 1n): Rational {
  if (denominator === 0n) throw new RangeError("division by zero in exact arithmetic");
  if (isTooLong(numerator) || isTooLong(denominator)) {
    throw new ExpressionTooLarge(`a number of the expression has more than ${MAX_DIGITS} digits`);
  }
  if (denominator === 1n) return { numerator, denominator };
  const divisor = greatestCommonDivisor(numerator, denominator) * (denominator < 0n ? -1n : 1n);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** Exactly what the shortest decimal spelling of a finite double says: 0.1 is one tenth. Throws a RangeError on inf and NaN. */
function rationalFromNumber(value: number): Rational {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is not a rational number`);
  const [mantissa = "0", exponentText = "0"] = String(value).split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  const exponent = Number(exponentText) - fraction.length;
  const digits = BigInt(whole + fraction);
  return exponent >= 0
    ? rational(digits * 10n ** BigInt(exponent))
    : rational(digits, 10n ** BigInt(-exponent));
}

/** The nearest double, also where numerator and denominator are beyond the range of doubles. */
export function rationalToNumber({ numerator, denominator }: Rational): number {
  const [above, below] = [Number(numerator), Number(denominator)];
  if (Number.isFinite(above) && Number.isFinite(below)) return above / below;
  // a quotient of 64 bits, then its power of two in halves, since that alone may be beyond the range
  const shift = 64 + bitLength(denominator) - bitLength(numerator);
  const quotient =
    shift >= 0 ? (numerator << BigInt(shift)) / denominator : numerator / (denominator << BigInt(-shift));
  const half = Math.trunc(shift / 2);
  return Number(quotient) / 2 ** half / 2 ** (shift - half);
}

const bitLength = (n: bigint): number => (n < 0n ? -n : n).toString(2).length;

const addRational = (a: Rational, b: Rational): Rational =>
  a.denominator === b.denominator
    ? rational(a.numerator + b.numerator, a.denominator)
    : rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);

const multiplyRational = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.numerator, a.denominator * b.denominator);

const negateRational = (a: Rational): Rational => ({ numerator: -a.numerator, denominator: a.denominator });

const RATIONAL_ZERO = rational(0n);

/** re + i·im from exact or double parts. */
export function gaussian(re: Rational | number, im: Rational | number = RATIONAL_ZERO): Gaussian {
  return {
    re: typeof re === "number" ? rationalFromNumber(re) : re,
    im: typeof im === "number" ? rationalFromNumber(im) : im,
  };
}

export const isGaussianZero = (a: Gaussian): boolean => a.re.numerator === 0n && a.im.numerator === 0n;

export const isGaussianOne = (a: Gaussian): boolean =>
  a.im.numerator === 0n && a.re.numerator === 1n && a.re.denominator === 1n;

export const addGaussian = (a: Gaussian, b: Gaussian): Gaussian => ({
  re: addRational(a.re, b.re),
  im: addRational(a.im, b.im),
});

export function multiplyGaussian(a: Gaussian, b: Gaussian): Gaussian {
  if (a.im.numerator === 0n && b.im.numerator === 0n) {
    return { re: multiplyRational(a.re, b.re), im: RATIONAL_ZERO };
  }
  return {
    re: addRational(multiplyRational(a.re, b.re), negateRational(multiplyRational(a.im, b.im))),
    im: addRational(multiplyRational(a.re, b.im), multiplyRational(a.im, b.re)),
  };
}

export const negateGaussian = (a: Gaussian): Gaussian => ({
  re: negateRational(a.re),
  im: negateRational(a.im),
});

export const conjugateGaussian = (a: Gaussian): Gaussian => ({ re: a.re, im: negateRational(a.im) });

/** 1/a; throws a RangeError at zero. */
export function invertGaussian(a: Gaussian): Gaussian {
  const square = addRational(multiplyRational(a.re, a.re), multiplyRational(a.im, a.im));
  const inverse = rational(square.denominator, square.numerator);
  return multiplyGaussian(conjugateGaussian(a), { re: inverse, im: RATIONAL_ZERO });
}

/** A spelling by which equal numbers are recognised, e.g. `1/2+-3i`. */
export function gaussianKey(a: Gaussian): string {
  const part = (r: Rational) => (r.denominator === 1n ? `${r.numerator}` : `${r.numerator}/${r.denominator}`);
  return a.im.numerator === 0n ? part(a.re) : `${part(a.re)}+${part(a.im)}i`;
}

/** The greatest positive rational of which all the given non-zero ones are whole multiples; 1 for none. */
export function rationalContent(values: readonly Rational[]): Rational {
  if (values.length === 0) return rational(1n);
  let divisor = 0n;
  let multiple = 1n;
  for (const { numerator, denominator } of values) {
    divisor = greatestCommonDivisor(divisor, numerator);
    multiple = (multiple / greatestCommonDivisor(multiple, denominator)) * denominator;
  }
  return rational(divisor, multiple);
}
