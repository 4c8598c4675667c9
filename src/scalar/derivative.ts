import {
  add,
  atomsOf,
  type Canonical,
  canonicalSymbols,
  constant,
  divide,
  functionCanonical,
  multiply,
  negate,
  ONE,
  power,
  subtract,
  symbolCanonical,
} from "./canonical.ts";
import { NoCanonicalForm } from "./canonical-from-scalar.ts";
import type { Atom, Polynomial } from "./polynomial.ts";

const ZERO = constant(0);

/**
 * The partial derivative of a scalar by a symbol. Throws `NoCanonicalForm` where a function of it makes jumps (`floor`,
 * `sign`), and `ExpressionTooLarge`.
 */
export function derivative(a: Canonical, by: string): Canonical {
  if (!canonicalSymbols(a).has(by)) return ZERO;
  const top = polynomialDerivative(a.numerator, by);
  const whole = { numerator: a.denominator, denominator: ONE.denominator };
  if (![...atomsOf(whole)].some((atom) => dependsOn(atom, by))) {
    return divide(top, whole);
  }
  const bottom = polynomialDerivative(a.denominator, by);
  const over = { numerator: a.numerator, denominator: ONE.denominator };
  return divide(subtract(multiply(top, whole), multiply(over, bottom)), multiply(whole, whole));
}

const dependsOn = ({ name, operands }: Atom<Canonical>, by: string): boolean =>
  operands ? operands.some((o) => canonicalSymbols(o).has(by)) : name === by;

/** Σ c ∏ atomᵏ by the rule of products. */
function polynomialDerivative(polynomial: Polynomial<Canonical>, by: string): Canonical {
  let sum = ZERO;
  for (const { coefficient, factors } of polynomial.values()) {
    for (const [place, [atom, exponent]] of factors.entries()) {
      if (!dependsOn(atom, by)) continue;
      let term = multiply(constant(coefficient), multiply(constant(exponent), atomDerivative(atom, by)));
      for (const [k, [other, times]] of factors.entries()) {
        const left = k === place ? times - 1 : times;
        if (left > 0) term = multiply(term, power(atomCanonical(other), left));
      }
      sum = add(sum, term);
    }
  }
  return sum;
}

const atomCanonical = ({ name, operands }: Atom<Canonical>): Canonical =>
  operands ? functionCanonical(name, operands) : symbolCanonical(name);

function atomDerivative({ name, operands }: Atom<Canonical>, by: string): Canonical {
  if (!operands) return name === by ? ONE : ZERO;
  if (name === "pow") return powerDerivative(operands[0]!, operands[1]!, by);
  if (name === "min" || name === "max") return extremeDerivative(name, operands, by);
  const [u] = operands as [Canonical];
  const outer = OUTER[name];
  if (!outer) throw new NoCanonicalForm(`${name} makes jumps and has no derivative`);
  return multiply(outer(u), derivative(u, by));
}

/** f′(u) of the functions of one argument; those that make jumps are left out. */
const OUTER: Readonly<Record<string, (u: Canonical) => Canonical>> = {
  sqrt: (u) => divide(constant(0.5), f("sqrt", u)),
  exp: (u) => f("exp", u),
  log: (u) => divide(ONE, u),
  sin: (u) => f("cos", u),
  cos: (u) => negate(f("sin", u)),
  tan: (u) => add(ONE, power(f("tan", u), 2)),
  asin: (u) => divide(ONE, f("sqrt", subtract(ONE, power(u, 2)))),
  acos: (u) => divide(constant(-1), f("sqrt", subtract(ONE, power(u, 2)))),
  atan: (u) => divide(ONE, add(ONE, power(u, 2))),
  sinh: (u) => f("cosh", u),
  cosh: (u) => f("sinh", u),
  tanh: (u) => subtract(ONE, power(f("tanh", u), 2)),
  coth: (u) => subtract(ONE, power(f("coth", u), 2)),
  abs: (u) => f("sign", u),
  bose: (u) => negate(multiply(f("bose", u), add(f("bose", u), ONE))),
  fermi: (u) => multiply(f("fermi", u), subtract(f("fermi", u), ONE)),
};

const f = (name: string, u: Canonical): Canonical => functionCanonical(name, [u]);

/** (uᵛ)′ = uᵛ(v′ log u + v u′/u) */
function powerDerivative(u: Canonical, v: Canonical, by: string): Canonical {
  const byBase = divide(multiply(v, derivative(u, by)), u);
  const slope = derivative(v, by);
  const rate = slope === ZERO ? byBase : add(byBase, multiply(slope, f("log", u)));
  return multiply(functionCanonical("pow", [u, v]), rate);
}

/** max(u, v) = (u + v + |u − v|)/2, and so on from the left. */
function extremeDerivative(name: "min" | "max", operands: readonly Canonical[], by: string): Canonical {
  let [whole, slope] = [operands[0]!, derivative(operands[0]!, by)];
  for (const next of operands.slice(1)) {
    const step = derivative(next, by);
    const side = f("sign", subtract(whole, next));
    const change = multiply(side, subtract(slope, step));
    const sum = name === "max" ? add(add(slope, step), change) : subtract(add(slope, step), change);
    slope = multiply(constant(0.5), sum);
    whole = functionCanonical(name, [whole, next]);
  }
  return slope;
}
