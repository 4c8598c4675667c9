import { SCALAR_FUNCTIONS } from "./functions.ts";
import { type Scalar, type ScalarOperator, view } from "./scalar.ts";

/** The value of a compiled expression at the given values of its symbols. */
export type Evaluator = (values: ArrayLike<number>) => number;

/** Real and imaginary part; `im` is absent where the expression is real by its form. */
export interface ComplexEvaluator {
  readonly re: Evaluator;
  readonly im?: Evaluator;
}

/** Where the value of a symbol stands in the array that evaluators receive; negative for unknown symbols. */
export type Slots = (symbol: string) => number;

/**
 * A closure for a real expression (a nest of closures: no code is generated from text, so that it runs under any
 * content policy). Truth values are 1 and 0. Throws an Error on symbols without a slot and on complex expressions.
 */
export function compileReal(node: Scalar, slots: Slots): Evaluator {
  const { re, im } = compileComplex(node, slots);
  if (im) throw new Error("a complex expression stands where a real one is needed");
  return re;
}

/** A pair of closures for a complex expression. Throws as `compileReal` does, and on functions of complex numbers. */
export function compileComplex(node: Scalar, slots: Slots): ComplexEvaluator {
  const v = view(node);
  switch (v.kind) {
    case "number": {
      const { value } = v;
      return { re: () => value };
    }
    case "symbol":
      return compileSymbol(v.name, slots);
    case "negative": {
      const { re, im } = compileComplex(v.operand, slots);
      return { re: (p) => -re(p), ...(im && { im: (p: ArrayLike<number>) => -im(p) }) };
    }
    case "not": {
      const operand = compileReal(v.operand, slots);
      return { re: (p) => (operand(p) === 0 ? 1 : 0) };
    }
    case "call":
      return compileCall(
        v.name,
        v.operands.map((o) => compileComplex(o, slots)),
      );
    case "binary":
      return compileBinary(v.operator, compileComplex(v.left, slots), compileComplex(v.right, slots));
  }
}

function compileSymbol(name: string, slots: Slots): ComplexEvaluator {
  if (name === "i") return { re: () => 0, im: () => 1 };
  if (name === "pi") return { re: () => Math.PI };
  if (name === "inf") return { re: () => Number.POSITIVE_INFINITY };
  const slot = slots(name);
  if (slot < 0) throw new Error(`the symbol ${name} has no value`);
  return { re: (p) => p[slot]! };
}

function compileCall(name: string, operands: readonly ComplexEvaluator[]): ComplexEvaluator {
  const [first] = operands;
  if (name === "re") return { re: first!.re };
  if (name === "im") return { re: first!.im ?? (() => 0) };
  if (name === "conj") {
    const { re, im } = first!;
    return im ? { re, im: (p) => -im(p) } : { re };
  }
  if (name === "exp" && first!.im) return compileEuler(first!.re, first!.im);
  if (name === "abs" && first!.im) {
    const { re, im } = first!;
    return { re: (p) => Math.hypot(re(p), im!(p)) };
  }
  if (operands.some((o) => o.im)) throw new Error(`${name} of a complex number is not defined here`);
  const reals = operands.map((o) => o.re);
  if (name === "pow") return { re: (p) => reals[0]!(p) ** reals[1]!(p) };
  const definition = SCALAR_FUNCTIONS.get(name);
  if (!definition) throw new Error(`no function of scalars is called ${name}`);
  const { evaluate } = definition;
  const [x, y] = reals;
  if (reals.length === 1) return { re: (p) => evaluate(x!(p)) };
  if (reals.length === 2) return { re: (p) => evaluate(x!(p), y!(p)) };
  return { re: (p) => evaluate(...reals.map((r) => r(p))) };
}

const compileEuler = (growth: Evaluator, phase: Evaluator): ComplexEvaluator => ({
  re: (p) => Math.exp(growth(p)) * Math.cos(phase(p)),
  im: (p) => Math.exp(growth(p)) * Math.sin(phase(p)),
});

function compileBinary(operator: ScalarOperator, a: ComplexEvaluator, b: ComplexEvaluator): ComplexEvaluator {
  if (operator === "+" || operator === "-") return compileSum(a, b, operator === "+" ? 1 : -1);
  if (operator === "*") return compileProduct(a, b);
  if (operator === "/") return compileQuotient(a, b);
  if (operator === "^") return compilePower(a, b);
  if (a.im || b.im) throw new Error("complex numbers cannot be compared");
  const compare = COMPARISONS[operator];
  return { re: (p) => (compare(a.re(p), b.re(p)) ? 1 : 0) };
}

const COMPARISONS = {
  "==": (x: number, y: number) => x === y,
  "!=": (x: number, y: number) => x !== y,
  "<": (x: number, y: number) => x < y,
  "<=": (x: number, y: number) => x <= y,
  ">": (x: number, y: number) => x > y,
  ">=": (x: number, y: number) => x >= y,
  and: (x: number, y: number) => x !== 0 && y !== 0,
  or: (x: number, y: number) => x !== 0 || y !== 0,
};

function compileSum(a: ComplexEvaluator, b: ComplexEvaluator, sign: 1 | -1): ComplexEvaluator {
  const add = (x: Evaluator, y: Evaluator): Evaluator =>
    sign === 1 ? (p) => x(p) + y(p) : (p) => x(p) - y(p);
  const zero: Evaluator = () => 0;
  const re = add(a.re, b.re);
  return a.im || b.im ? { re, im: add(a.im ?? zero, b.im ?? zero) } : { re };
}

function compileProduct(a: ComplexEvaluator, b: ComplexEvaluator): ComplexEvaluator {
  const { re: ar, im: ai } = a;
  const { re: br, im: bi } = b;
  if (ai && bi) {
    return { re: (p) => ar(p) * br(p) - ai(p) * bi(p), im: (p) => ar(p) * bi(p) + ai(p) * br(p) };
  }
  const re: Evaluator = (p) => ar(p) * br(p);
  if (ai) return { re, im: (p) => ai(p) * br(p) };
  if (bi) return { re, im: (p) => ar(p) * bi(p) };
  return { re };
}

function compileQuotient(a: ComplexEvaluator, b: ComplexEvaluator): ComplexEvaluator {
  const { re: ar, im: ai } = a;
  const { re: br, im: bi } = b;
  if (!bi) {
    const re: Evaluator = (p) => ar(p) / br(p);
    return ai ? { re, im: (p) => ai(p) / br(p) } : { re };
  }
  const square: Evaluator = (p) => br(p) ** 2 + bi(p) ** 2;
  const inverse: ComplexEvaluator = { re: (p) => br(p) / square(p), im: (p) => -bi(p) / square(p) };
  return compileProduct(a, inverse);
}

function compilePower(a: ComplexEvaluator, b: ComplexEvaluator): ComplexEvaluator {
  const { re: ar, im: ai } = a;
  const { re: br, im: bi } = b;
  if (bi) throw new Error("a power with a complex exponent is not defined here");
  if (!ai) return { re: (p) => ar(p) ** br(p) };
  const modulus: Evaluator = (p) => Math.hypot(ar(p), ai(p)) ** br(p);
  const phase: Evaluator = (p) => Math.atan2(ai(p), ar(p)) * br(p);
  return { re: (p) => modulus(p) * Math.cos(phase(p)), im: (p) => modulus(p) * Math.sin(phase(p)) };
}
