import {
  addGaussian,
  conjugateGaussian,
  type Gaussian,
  gaussian,
  gaussianKey,
  invertGaussian,
  isGaussianOne,
  isGaussianZero,
  multiplyGaussian,
  negateGaussian,
} from "./rational.ts";
import { ExpressionTooLarge, MAX_MONOMIALS } from "./too-large.ts";

export { ExpressionTooLarge, MAX_MONOMIALS };

/**
 * A real quantity that a polynomial is taken in: a symbol, or a function of canonical expressions that is not taken
 * apart further. Two atoms are the same when their keys are.
 */
export interface Atom<Operand> {
  readonly key: string;
  readonly name: string;
  /** Absent for symbols. */
  readonly operands?: readonly Operand[];
}

/** coefficient · Π atom^exponent, exponents positive, factors sorted by key. */
export interface Monomial<Operand> {
  readonly coefficient: Gaussian;
  readonly factors: readonly (readonly [Atom<Operand>, number])[];
}

/** A sum of monomials with different factors and non-zero coefficients, by the key of their factors. */
export type Polynomial<Operand> = ReadonlyMap<string, Monomial<Operand>>;

type Factors<Operand> = readonly (readonly [Atom<Operand>, number])[];

const factorsKey = <T>(factors: Factors<T>): string =>
  factors.map(([atom, exponent]) => (exponent === 1 ? atom.key : `${atom.key}^${exponent}`)).join("*");

export const constantPolynomial = <T>(value: Gaussian): Polynomial<T> =>
  isGaussianZero(value) ? new Map() : new Map([["", { coefficient: value, factors: [] }]]);

export const atomPolynomial = <T>(atom: Atom<T>): Polynomial<T> =>
  new Map([[atom.key, { coefficient: gaussian(1), factors: [[atom, 1]] }]]);

export const monomialPolynomial = <T>(monomial: Monomial<T>): Polynomial<T> =>
  isGaussianZero(monomial.coefficient) ? new Map() : new Map([[factorsKey(monomial.factors), monomial]]);

/** Adds a monomial in place; the one mutation, used while a polynomial is being built. */
function accumulate<T>(into: Map<string, Monomial<T>>, factors: Factors<T>, coefficient: Gaussian): void {
  const key = factorsKey(factors);
  const present = into.get(key);
  const sum = present ? addGaussian(present.coefficient, coefficient) : coefficient;
  if (isGaussianZero(sum)) into.delete(key);
  else into.set(key, { coefficient: sum, factors });
  if (into.size > MAX_MONOMIALS) throw new ExpressionTooLarge();
}

export function addPolynomials<T>(a: Polynomial<T>, b: Polynomial<T>): Polynomial<T> {
  const sum = new Map(a);
  for (const { factors, coefficient } of b.values()) accumulate(sum, factors, coefficient);
  return sum;
}

export function scalePolynomial<T>(a: Polynomial<T>, by: Gaussian): Polynomial<T> {
  if (isGaussianOne(by)) return a;
  if (isGaussianZero(by)) return new Map();
  return mapCoefficients(a, (c) => multiplyGaussian(c, by));
}

export const conjugatePolynomial = <T>(a: Polynomial<T>): Polynomial<T> =>
  mapCoefficients(a, conjugateGaussian);

const mapCoefficients = <T>(a: Polynomial<T>, f: (c: Gaussian) => Gaussian): Polynomial<T> =>
  new Map([...a].map(([key, m]) => [key, { coefficient: f(m.coefficient), factors: m.factors }]));

export function multiplyPolynomials<T>(a: Polynomial<T>, b: Polynomial<T>): Polynomial<T> {
  if (isOne(a)) return b;
  if (isOne(b)) return a;
  const product = new Map<string, Monomial<T>>();
  for (const x of a.values()) {
    for (const y of b.values()) {
      accumulate(product, mergeFactors(x.factors, y.factors), multiplyGaussian(x.coefficient, y.coefficient));
    }
  }
  return product;
}

export const isOne = (a: Polynomial<unknown>): boolean => {
  const constant = a.get("");
  return a.size === 1 && constant !== undefined && isGaussianOne(constant.coefficient);
};

function mergeFactors<T>(a: Factors<T>, b: Factors<T>): Factors<T> {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const merged: (readonly [Atom<T>, number])[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const x = a[i];
    const y = b[j];
    if (x && y && x[0].key === y[0].key) {
      merged.push([x[0], x[1] + y[1]]);
      i++;
      j++;
    } else if (x && (!y || x[0].key < y[0].key)) {
      merged.push(x);
      i++;
    } else {
      merged.push(y!);
      j++;
    }
  }
  return merged;
}

/** The greatest monomial (coefficient 1) that divides every term of every one of the polynomials. */
export function commonFactors<T>(polynomials: readonly Polynomial<T>[]): Factors<T> {
  let common: Factors<T> | undefined;
  for (const polynomial of polynomials) {
    for (const { factors } of polynomial.values()) {
      if (!common) common = factors;
      else {
        const exponents = new Map(factors.map(([atom, exponent]) => [atom.key, exponent]));
        common = common
          .map(([atom, exponent]) => [atom, Math.min(exponent, exponents.get(atom.key) ?? 0)] as const)
          .filter(([, exponent]) => exponent > 0);
      }
      if (common.length === 0) return common;
    }
  }
  return common ?? [];
}

/** The polynomial divided by a monomial that divides each of its terms. */
export function divideByFactors<T>(a: Polynomial<T>, divisor: Factors<T>): Polynomial<T> {
  if (divisor.length === 0) return a;
  const lowered = new Map(divisor.map(([atom, exponent]) => [atom.key, exponent]));
  const quotient = new Map<string, Monomial<T>>();
  for (const { factors, coefficient } of a.values()) {
    const rest = factors
      .map(([atom, exponent]) => [atom, exponent - (lowered.get(atom.key) ?? 0)] as const)
      .filter(([, exponent]) => exponent > 0);
    quotient.set(factorsKey(rest), { coefficient, factors: rest });
  }
  return quotient;
}

/** A spelling by which equal polynomials are recognised. */
export function polynomialKey(a: Polynomial<unknown>): string {
  if (a.size === 0) return "0";
  return [...a.values()]
    .map((m) => `${gaussianKey(m.coefficient)}[${factorsKey(m.factors)}]`)
    .sort()
    .join("+");
}

/** a/b where b divides a exactly, else undefined: division by leading terms in lexicographic order. */
export function divideExactly<T>(a: Polynomial<T>, b: Polynomial<T>): Polynomial<T> | undefined {
  const divisor = leadingMonomial(b);
  const inverse = invertGaussian(divisor.coefficient);
  const quotient = new Map<string, Monomial<T>>();
  let rest = a;
  for (let step = 0; rest.size > 0; step++) {
    const lead = leadingMonomial(rest);
    const factors = quotientOfFactors(lead.factors, divisor.factors);
    if (!factors || step > MAX_MONOMIALS) return undefined;
    const coefficient = multiplyGaussian(lead.coefficient, inverse);
    accumulate(quotient, factors, coefficient);
    const term = new Map([[factorsKey(factors), { coefficient: negateGaussian(coefficient), factors }]]);
    rest = addPolynomials(rest, multiplyPolynomials(term, b));
  }
  return quotient;
}

function quotientOfFactors<T>(a: Factors<T>, b: Factors<T>): Factors<T> | undefined {
  const lowered = new Map(b.map(([atom, exponent]) => [atom.key, exponent]));
  const rest: (readonly [Atom<T>, number])[] = [];
  for (const [atom, exponent] of a) {
    const left = exponent - (lowered.get(atom.key) ?? 0);
    if (left < 0) return undefined;
    if (left > 0) rest.push([atom, left]);
    lowered.delete(atom.key);
  }
  return lowered.size === 0 ? rest : undefined;
}

/** The first monomial in lexicographic order: the one with the highest power of the first atom in which they differ. */
export function leadingMonomial<T>(a: Polynomial<T>): Monomial<T> {
  let lead: Monomial<T> | undefined;
  for (const monomial of a.values()) if (!lead || isBefore(monomial.factors, lead.factors)) lead = monomial;
  return lead!;
}

function isBefore<T>(a: Factors<T>, b: Factors<T>): boolean {
  for (let i = 0; i < a.length || i < b.length; i++) {
    const x = a[i];
    const y = b[i];
    if (!x) return false;
    if (!y) return true;
    if (x[0].key !== y[0].key) return x[0].key < y[0].key;
    if (x[1] !== y[1]) return x[1] > y[1];
  }
  return false;
}
