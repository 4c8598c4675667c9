import {
  type Atom,
  addPolynomials,
  atomPolynomial,
  commonFactors,
  conjugatePolynomial,
  constantPolynomial,
  divideByFactors,
  divideExactly,
  isOne,
  leadingMonomial,
  multiplyPolynomials,
  type Polynomial,
  polynomialKey,
  scalePolynomial,
} from "./polynomial.ts";
import { type Gaussian, gaussian, invertGaussian } from "./rational.ts";

/**
 * A scalar in canonical form: a quotient of two polynomials with exact complex rational coefficients in real atoms
 * (symbols, and functions of canonical scalars). The denominator is real and its leading coefficient is 1.
 * Squares of roots and of absolute values are replaced by what they are. Rational identities are decided exactly by
 * `isZero`; identities between functions (sin² + cos² = 1) are left to `equivalent`.
 */
export interface Canonical {
  readonly numerator: Polynomial<Canonical>;
  readonly denominator: Polynomial<Canonical>;
}

const UNIT: Polynomial<Canonical> = constantPolynomial(gaussian(1));

const ZERO: Canonical = { numerator: new Map(), denominator: UNIT };
export const ONE: Canonical = { numerator: UNIT, denominator: UNIT };
export const IMAGINARY_UNIT: Canonical = { numerator: constantPolynomial(gaussian(0, 1)), denominator: UNIT };

export const constant = (value: Gaussian | number): Canonical => ({
  numerator: constantPolynomial(typeof value === "number" ? gaussian(value) : value),
  denominator: UNIT,
});

export const symbolCanonical = (name: string): Canonical => ({
  numerator: atomPolynomial({ key: name, name }),
  denominator: UNIT,
});

/** f(operands) as an atom; operands must be real. Roots and absolute values of rational constants are evaluated. */
export function functionCanonical(name: string, operands: readonly Canonical[]): Canonical {
  const evaluated = exactValue(name, operands[0]!);
  if (evaluated) return evaluated;
  const key = `${name}(${operands.map(canonicalKey).join(",")})`;
  return { numerator: atomPolynomial({ key, name, operands }), denominator: UNIT };
}

/** The values of functions at zero that are whole numbers. */
const AT_ZERO: Readonly<Record<string, number>> = {
  exp: 1,
  cos: 1,
  cosh: 1,
  sin: 0,
  sinh: 0,
  tan: 0,
  tanh: 0,
  sqrt: 0,
  abs: 0,
};

function exactValue(name: string, operand: Canonical): Canonical | undefined {
  if (isZero(operand)) return Object.hasOwn(AT_ZERO, name) ? constant(AT_ZERO[name]!) : undefined;
  if (name !== "sqrt" && name !== "abs") return undefined;
  const value = constantValue(operand);
  if (value?.im.numerator !== 0n) return undefined;
  const { numerator, denominator } = value.re;
  if (name === "abs") return numerator < 0n ? negate(operand) : operand;
  const top = integerRoot(numerator);
  const bottom = integerRoot(denominator);
  if (top === undefined || bottom === undefined) return undefined;
  return constant({ re: { numerator: top, denominator: bottom }, im: gaussian(0).re });
}

function integerRoot(square: bigint): bigint | undefined {
  if (square < 0n) return undefined;
  if (square < 2n) return square;
  let root = BigInt(Math.floor(Math.sqrt(Number(square))));
  for (let i = 0; i < 8 && root * root !== square; i++) root = (root + square / root) / 2n;
  return root * root === square ? root : undefined;
}

/** The exact value where there is no atom in it, else undefined. */
export function constantValue(a: Canonical): Gaussian | undefined {
  if (a.numerator.size === 0) return gaussian(0);
  const top = a.numerator.get("");
  return a.numerator.size === 1 && top && isOne(a.denominator) ? top.coefficient : undefined;
}

/** The value as a JavaScript integer where it is one, else undefined. */
export function integerValue(a: Canonical): number | undefined {
  const value = constantValue(a);
  if (value?.im.numerator !== 0n || value.re.denominator !== 1n) return undefined;
  const result = Number(value.re.numerator);
  return Number.isSafeInteger(result) ? result : undefined;
}

export function add(a: Canonical, b: Canonical): Canonical {
  if (a.numerator.size === 0) return b;
  if (b.numerator.size === 0) return a;
  if (polynomialKey(a.denominator) === polynomialKey(b.denominator)) {
    return reduced(addPolynomials(a.numerator, b.numerator), a.denominator);
  }
  return reduced(
    addPolynomials(
      multiplyPolynomials(a.numerator, b.denominator),
      multiplyPolynomials(b.numerator, a.denominator),
    ),
    multiplyPolynomials(a.denominator, b.denominator),
  );
}

export const negate = (a: Canonical): Canonical => ({
  numerator: scalePolynomial(a.numerator, gaussian(-1)),
  denominator: a.denominator,
});

export const subtract = (a: Canonical, b: Canonical): Canonical => add(a, negate(b));

export function multiply(a: Canonical, b: Canonical): Canonical {
  if (a === ONE) return b;
  if (b === ONE) return a;
  if (isZero(a) || isZero(b)) return ZERO;
  return reduced(
    multiplyPolynomials(a.numerator, b.numerator),
    multiplyPolynomials(a.denominator, b.denominator),
  );
}

/** Thrown by divisions by what is zero for all values of its symbols. */
export class DivisionByZero extends RangeError {
  constructor() {
    super("division by an expression that is zero");
  }
}

/** a/b; throws `DivisionByZero` where b is zero. */
export function divide(a: Canonical, b: Canonical): Canonical {
  if (isZero(b)) throw new DivisionByZero();
  const isReal = [...b.numerator.values()].every((m) => m.coefficient.im.numerator === 0n);
  if (isReal) return multiply(a, reduced(b.denominator, b.numerator));
  const conjugated = conjugate(b);
  return divide(multiply(a, conjugated), multiply(b, conjugated));
}

/** aⁿ for a whole n, also negative; throws `DivisionByZero` for 0⁻¹ and `ExpressionTooLarge` for unreadable powers. */
export function power(a: Canonical, n: number): Canonical {
  if (n < 0) return divide(ONE, power(a, -n));
  let result = ONE;
  let square = a;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(result, square);
    if (rest > 1) square = multiply(square, square);
  }
  return result;
}

/** The complex conjugate; atoms are real. */
export const conjugate = (a: Canonical): Canonical => ({
  numerator: conjugatePolynomial(a.numerator),
  denominator: a.denominator,
});

/** (a + a*)/2. */
export const realPart = (a: Canonical): Canonical => multiply(constant(0.5), add(a, conjugate(a)));

/** (a − a*)/2i. */
export const imaginaryPart = (a: Canonical): Canonical =>
  multiply(constant(gaussian(0, -0.5)), subtract(a, conjugate(a)));

export const isZero = (a: Canonical): boolean => a.numerator.size === 0;

/** Whether a = b by the rules of rational expressions; see `equivalent` for functions. */
export const isEqual = (a: Canonical, b: Canonical): boolean => isZero(subtract(a, b));

export const isReal = (a: Canonical): boolean => isEqual(a, conjugate(a));

/** A spelling that is the same for the same canonical form. */
export const canonicalKey = (a: Canonical): string =>
  isOne(a.denominator)
    ? polynomialKey(a.numerator)
    : `(${polynomialKey(a.numerator)})/(${polynomialKey(a.denominator)})`;

/** All atoms of an expression, those inside the operands of functions excluded. */
export function* atomsOf(a: Canonical): Generator<Atom<Canonical>> {
  for (const polynomial of [a.numerator, a.denominator]) {
    for (const { factors } of polynomial.values()) for (const [atom] of factors) yield atom;
  }
}

/** The names of all symbols, those inside functions included. */
export function canonicalSymbols(a: Canonical, found: Set<string> = new Set()): Set<string> {
  for (const atom of atomsOf(a)) {
    if (!atom.operands) found.add(atom.name);
    else for (const operand of atom.operands) canonicalSymbols(operand, found);
  }
  return found;
}

/** The expression with symbols replaced at once, inside functions too; a symbol that `replacement` does not know stays. */
export function substituteCanonical(
  a: Canonical,
  replacement: (name: string) => Canonical | undefined,
): Canonical {
  if (![...canonicalSymbols(a)].some((name) => replacement(name) !== undefined)) return a;
  const atomValue = (atom: Atom<Canonical>): Canonical =>
    atom.operands
      ? functionCanonical(
          atom.name,
          atom.operands.map((o) => substituteCanonical(o, replacement)),
        )
      : (replacement(atom.name) ?? symbolCanonical(atom.name));
  return divide(mapAtoms(a.numerator, atomValue), mapAtoms(a.denominator, atomValue));
}

function mapAtoms(polynomial: Polynomial<Canonical>, value: (atom: Atom<Canonical>) => Canonical): Canonical {
  let sum = ZERO;
  for (const { coefficient, factors } of polynomial.values()) {
    let term = constant(coefficient);
    for (const [atom, exponent] of factors) term = multiply(term, power(value(atom), exponent));
    sum = add(sum, term);
  }
  return sum;
}

/** Brings a quotient to canonical form: roots squared away, common monomials cancelled, the denominator normalised. */
function reduced(numerator: Polynomial<Canonical>, denominator: Polynomial<Canonical>): Canonical {
  if (numerator.size === 0) return ZERO;
  if (hasSquaredRoot(numerator) || hasSquaredRoot(denominator)) {
    return divide(mapSquaredRoots(numerator), mapSquaredRoots(denominator));
  }
  if (isOne(denominator)) return { numerator, denominator };
  const common = commonFactors([numerator, denominator]);
  const top = divideByFactors(numerator, common);
  const bottom = divideByFactors(denominator, common);
  if (bottom.size > 1) {
    const quotient = divideExactly(top, bottom);
    if (quotient) return { numerator: quotient, denominator: UNIT };
  }
  const scale = invertGaussian(leadingMonomial(bottom).coefficient);
  return { numerator: scalePolynomial(top, scale), denominator: scalePolynomial(bottom, scale) };
}

const isRoot = (atom: Atom<Canonical>): boolean =>
  atom.operands !== undefined && (atom.name === "sqrt" || atom.name === "abs");

const hasSquaredRoot = (polynomial: Polynomial<Canonical>): boolean => {
  for (const { factors } of polynomial.values()) {
    for (const [atom, exponent] of factors) if (exponent > 1 && isRoot(atom)) return true;
  }
  return false;
};

function mapSquaredRoots(polynomial: Polynomial<Canonical>): Canonical {
  let sum = ZERO;
  for (const { coefficient, factors } of polynomial.values()) {
    const kept = factors
      .map(([atom, exponent]) => [atom, isRoot(atom) ? exponent % 2 : exponent] as const)
      .filter(([, exponent]) => exponent > 0);
    let term: Canonical = {
      numerator: scalePolynomial(productOf(kept), coefficient),
      denominator: UNIT,
    };
    for (const [atom, exponent] of factors) {
      if (!isRoot(atom) || exponent < 2) continue;
      const operand = atom.operands![0]!;
      const square = atom.name === "abs" ? multiply(operand, operand) : operand;
      term = multiply(term, power(square, Math.floor(exponent / 2)));
    }
    sum = add(sum, term);
  }
  return sum;
}

function productOf(factors: readonly (readonly [Atom<Canonical>, number])[]): Polynomial<Canonical> {
  let product = UNIT;
  for (const [atom, exponent] of factors) {
    for (let i = 0; i < exponent; i++) product = multiplyPolynomials(product, atomPolynomial(atom));
  }
  return product;
}
