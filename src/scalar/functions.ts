/** A real function of real arguments that model files may call. */
export interface ScalarFunction {
  readonly name: string;
  /** Least and greatest number of arguments. */
  readonly arity: readonly [number, number];
  /** NaN outside its domain; the caller reports that with the place it came from. */
  readonly evaluate: (...x: number[]) => number;
}

const unary = (name: string, evaluate: (x: number) => number): ScalarFunction => ({
  name,
  arity: [1, 1],
  evaluate,
});

/** Bose–Einstein occupation 1/(eˣ − 1), accurate for small x; 0 at x = ∞. */
const bose = (x: number): number => 1 / Math.expm1(x);

/** Fermi–Dirac occupation 1/(eˣ + 1); 0 at x = ∞ and 1 at x = −∞. */
const fermi = (x: number): number => (x > 0 ? Math.exp(-x) / (1 + Math.exp(-x)) : 1 / (1 + Math.exp(x)));

/** Every function of scalars, by name. None has a side effect. */
export const SCALAR_FUNCTIONS: ReadonlyMap<string, ScalarFunction> = new Map(
  [
    unary("sqrt", Math.sqrt),
    unary("exp", Math.exp),
    unary("log", Math.log),
    unary("sin", Math.sin),
    unary("cos", Math.cos),
    unary("tan", Math.tan),
    unary("asin", Math.asin),
    unary("acos", Math.acos),
    unary("atan", Math.atan),
    unary("sinh", Math.sinh),
    unary("cosh", Math.cosh),
    unary("tanh", Math.tanh),
    unary("coth", (x) => 1 / Math.tanh(x)),
    unary("abs", Math.abs),
    unary("sign", Math.sign),
    unary("floor", Math.floor),
    unary("bose", bose),
    unary("fermi", fermi),
    { name: "min", arity: [1, 64] as const, evaluate: Math.min },
    { name: "max", arity: [1, 64] as const, evaluate: Math.max },
  ].map((f) => [f.name, f]),
);
