import {
  add,
  atomsOf,
  type Canonical,
  canonicalSymbols,
  constant,
  divide,
  isZero,
  multiply,
} from "./canonical.ts";
import { constantPolynomial, monomialPolynomial } from "./polynomial.ts";
import { gaussian } from "./rational.ts";

/**
 * The coefficients c_0, c_1, … of an expression Σ c_j xʲ in the symbol x, none of which holds x; undefined where x
 * stands in a denominator or inside a function.
 */
export function polynomialIn(value: Canonical, symbol: string): readonly Canonical[] | undefined {
  if (!canonicalSymbols(value).has(symbol)) return [value];
  for (const atom of atomsOf(value)) {
    if (atom.operands?.some((o) => canonicalSymbols(o).has(symbol))) return undefined;
  }
  const isBelow = [...value.denominator.values()].some((m) => m.factors.some(([a]) => a.name === symbol));
  if (isBelow) return undefined;
  const denominator: Canonical = { numerator: value.denominator, denominator: ONE };
  const coefficients: Canonical[] = [];
  for (const { coefficient, factors } of value.numerator.values()) {
    const exponent = factors.find(([atom]) => atom.name === symbol && !atom.operands)?.[1] ?? 0;
    const rest = factors.filter(([atom]) => atom.name !== symbol || atom.operands);
    const term = divide(
      { numerator: monomialPolynomial({ coefficient, factors: rest }), denominator: ONE },
      denominator,
    );
    while (coefficients.length <= exponent) coefficients.push(constant(0));
    coefficients[exponent] = add(coefficients[exponent]!, term);
  }
  return coefficients;
}

const ONE = constantPolynomial<Canonical>(gaussian(1));

/** a/b where b may hold square roots: they are brought above the line, so that √n·√n/√n is √n. */
export function divideByRoots(a: Canonical, b: Canonical): Canonical {
  if (isZero(a)) return a;
  return divide(multiply(a, b), multiply(b, b));
}
