import type { Formula } from "../../src/formula/formula.ts";
import type { Expression } from "../../src/syntax/ast.ts";
import { createParse } from "../../src/syntax/parse.ts";
import {
  adjoint,
  type Complex,
  complex,
  type Dense,
  dissipate,
  identity,
  plus,
  scaled,
  times,
  timesComplex,
  traceOfProduct,
} from "./dense.ts";
import { phase, placed, type TextbookPart, unit } from "./textbook.ts";

type Value =
  | { readonly kind: "scalar"; readonly value: Complex }
  | { readonly kind: "matrix"; readonly value: Dense }
  | { readonly kind: "angle"; readonly part: number; readonly factor: Complex };

/** What names mean: parameters by value, and the state for means. */
export interface Setting {
  readonly parts: readonly TextbookPart[];
  readonly parameters: Readonly<Record<string, number>>;
  readonly rho: Dense;
}

const parse = createParse();

/** The syntax tree of an expression; only the grammar is shared with the program. */
function expressionOf(text: string): Expression {
  const { value, diagnostics } = parse({ name: "formula", text: `quantity x = ${text}` });
  const [declaration] = value.declarations;
  if (diagnostics.length > 0 || declaration?.kind !== "quantity") {
    throw new Error(`not an expression: ${text}: ${diagnostics.map((d) => d.message).join("; ")}`);
  }
  return declaration.value;
}

/** The number that a formula in the spelling of model files means. */
export function scalarOfText(text: string, setting: Setting): Complex {
  return scalarOf(evaluate(expressionOf(text), setting));
}

/** The matrix that an operator in the spelling of model files means. */
export function matrixOfText(text: string, setting: Setting): Dense {
  return matrixOf(evaluate(expressionOf(text), setting), setting);
}

const scalarOf = (v: Value): Complex => {
  if (v.kind !== "scalar") throw new Error(`a number is needed, not ${v.kind}`);
  return v.value;
};

const sizeOf = ({ parts }: Setting): number => parts.reduce((d, p) => d * p.size, 1);

function matrixOf(v: Value, setting: Setting): Dense {
  if (v.kind === "matrix") return v.value;
  return scaled(identity(sizeOf(setting)), scalarOf(v));
}

const scalar = (value: Complex): Value => ({ kind: "scalar", value });
const matrix = (value: Dense): Value => ({ kind: "matrix", value });

function evaluate(e: Expression, setting: Setting): Value {
  switch (e.kind) {
    case "number":
      return scalar(complex(Number(e.text)));
    case "constant":
      return scalar(e.name === "i" ? complex(0, 1) : complex(Math.PI));
    case "group":
      return evaluate(e.inner, setting);
    case "name": {
      const value = setting.parameters[e.name.text];
      if (value === undefined) throw new Error(`unknown ${e.name.text}`);
      return scalar(complex(value));
    }
    case "member":
      return member(e, setting);
    case "matrixUnit": {
      const index = partOf(e.object!, setting);
      const label = (x: Expression): string =>
        x.kind === "name" ? x.name.text : (x as { text: string }).text;
      const part = setting.parts[index]!;
      return matrix(placed(setting.parts, index, unit(part, label(e.row[0]!), label(e.column[0]!))));
    }
    case "dagger":
      return matrix(adjoint(matrixOf(evaluate(e.operand, setting), setting)));
    case "unary":
      return multiply(scalar(complex(-1)), evaluate(e.operand, setting));
    case "binary":
      return binary(e.operator, evaluate(e.left, setting), evaluate(e.right, setting), setting);
    case "call":
      return call(e, setting);
    default:
      throw new Error(`not expected in a formula: ${e.kind}`);
  }
}

function partOf(e: Expression, { parts }: Setting): number {
  const name = e.kind === "name" ? e.name.text : "";
  const index = parts.findIndex((p) => p.name === name);
  if (index < 0) throw new Error(`no subsystem ${name}`);
  return index;
}

function member(e: Extract<Expression, { kind: "member" }>, setting: Setting): Value {
  const index = partOf(e.object, setting);
  if (e.member.text === "φ") return { kind: "angle", part: index, factor: complex(1) };
  const operator = setting.parts[index]!.operators[e.member.text];
  if (!operator) throw new Error(`no operator ${e.member.text}`);
  return matrix(placed(setting.parts, index, operator));
}

function multiply(a: Value, b: Value): Value {
  if (a.kind === "scalar" && b.kind === "scalar") return scalar(timesComplex(a.value, b.value));
  if (a.kind === "angle") return { ...a, factor: timesComplex(a.factor, scalarOf(b)) };
  if (b.kind === "angle") return multiply(b, a);
  if (a.kind === "scalar") return matrix(scaled((b as { value: Dense }).value, a.value));
  if (b.kind === "scalar") return matrix(scaled(a.value, b.value));
  return matrix(times(a.value, b.value));
}

function binary(operator: string, a: Value, b: Value, setting: Setting): Value {
  switch (operator) {
    case "*":
      return multiply(a, b);
    case "/": {
      const { re, im } = scalarOf(b);
      const size = re * re + im * im;
      return multiply(a, scalar(complex(re / size, -im / size)));
    }
    case "^": {
      const exponent = scalarOf(b).re;
      if (a.kind === "scalar") {
        if (a.value.im !== 0) throw new Error("power of a complex number");
        return scalar(complex(a.value.re ** exponent));
      }
      let result: Value = matrix(identity(sizeOf(setting)));
      for (let k = 0; k < exponent; k++) result = multiply(result, a);
      return result;
    }
    default: {
      const sign = scalar(complex(operator === "-" ? -1 : 1));
      const right = multiply(sign, b);
      if (a.kind === "scalar" && right.kind === "scalar") {
        return scalar(complex(a.value.re + right.value.re, a.value.im + right.value.im));
      }
      return matrix(plus(matrixOf(a, setting), matrixOf(right, setting)));
    }
  }
}

const REAL: Readonly<Record<string, (x: number) => number>> = {
  sqrt: Math.sqrt,
  exp: Math.exp,
  bose: (x) => 1 / Math.expm1(x),
  fermi: (x) => 1 / (Math.exp(x) + 1),
};

function call(e: Extract<Expression, { kind: "call" }>, setting: Setting): Value {
  const name = e.callee.kind === "name" ? e.callee.name.text : "";
  const operand = evaluate(e.arguments[0]!.value, setting);
  if (name === "mean") return scalar(traceOfProduct(setting.rho, matrixOf(operand, setting)));
  if (operand.kind === "angle") {
    const { part, factor } = operand;
    const turned = (k: number) => placed(setting.parts, part, phase(setting.parts[part]!, k));
    if (name === "exp") return matrix(turned(factor.im));
    const sign = name === "cos" ? 1 : -1;
    const both = plus(turned(factor.re), scaled(turned(-factor.re), complex(sign)));
    return matrix(scaled(both, name === "cos" ? complex(0.5) : complex(0, -0.5)));
  }
  return scalar(complex(REAL[name]!(scalarOf(operand).re)));
}

/** The matrix of a formula with dissipators: each D[O] acts on the setting's state. */
export function matrixOfFormula(f: Formula, setting: Setting, textOf: (f: Formula) => string): Dense {
  const visit = (g: Formula): Dense => matrixOfFormula(g, setting, textOf);
  if (f.kind === "dissipator") return dissipate(matrixOfText(textOf(f.operand), setting), setting.rho);
  if (f.kind === "sum") return f.terms.map(visit).reduce(plus);
  if (f.kind === "negative") return scaled(visit(f.operand), complex(-1));
  if (f.kind !== "product") throw new Error(`no dissipator in ${textOf(f)}`);
  const last = visit(f.factors.at(-1)!);
  const front = f.factors.slice(0, -1).map((g) => scalarOfText(textOf(g), setting));
  return scaled(last, front.reduce(timesComplex, complex(1)));
}
