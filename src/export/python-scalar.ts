import { type Scalar, type ScalarOperator, view } from "../scalar/scalar.ts";

/** Python text of an expression, and how tightly its outermost operation binds. */
export interface PythonText {
  readonly text: string;
  readonly binding: number;
}

/** Python's operators by how tightly they bind. */
export const BINDING = {
  or: 1,
  and: 2,
  not: 3,
  comparison: 4,
  sum: 5,
  product: 6,
  sign: 7,
  power: 8,
  atom: 9,
} as const;

export const atomText = (text: string): PythonText => ({ text, binding: BINDING.atom });

/** The text, in brackets where it binds less than `least`. */
export const bracketed = ({ text, binding }: PythonText, least: number): string =>
  binding < least ? `(${text})` : text;

/** A scalar expression in Python over numpy as `np`, with `bose` and `fermi` defined; `spell` names its symbols. */
export const pythonScalar = (node: Scalar, spell: (symbol: string) => string): string =>
  scalarPiece(node, spell).text;

export function scalarPiece(node: Scalar, spell: (symbol: string) => string): PythonText {
  const v = view(node);
  const visit = (operand: Scalar): PythonText => scalarPiece(operand, spell);
  switch (v.kind) {
    case "number":
      return numberPiece(v.value);
    case "symbol":
      return atomText(CONSTANTS[v.name] ?? spell(v.name));
    case "negative":
      return { text: `-${bracketed(visit(v.operand), BINDING.sign)}`, binding: BINDING.sign };
    case "not":
      return { text: `not ${bracketed(visit(v.operand), BINDING.not)}`, binding: BINDING.not };
    case "call":
      return callPiece(
        v.name,
        v.operands.map((o) => visit(o).text),
      );
    case "binary":
      return binaryPiece(v.operator, visit(v.left), visit(v.right));
  }
}

const CONSTANTS: Readonly<Record<string, string>> = { i: "1j", pi: "np.pi", inf: "np.inf" };

/** A number as Python reads it back exactly. */
export function numberPiece(value: number): PythonText {
  if (Number.isNaN(value)) return atomText("np.nan");
  if (!Number.isFinite(value))
    return value > 0 ? atomText("np.inf") : { text: "-np.inf", binding: BINDING.sign };
  const text = String(value).replace("e+", "e");
  return { text, binding: value < 0 || Object.is(value, -0) ? BINDING.sign : BINDING.atom };
}

function binaryPiece(operator: ScalarOperator, left: PythonText, right: PythonText): PythonText {
  const of = (symbol: string, binding: number, leftLeast: number, rightLeast: number): PythonText => ({
    text: `${bracketed(left, leftLeast)}${symbol}${bracketed(right, rightLeast)}`,
    binding,
  });
  switch (operator) {
    case "+":
      return of(" + ", BINDING.sum, BINDING.sum, BINDING.sum);
    case "-":
      return of(" - ", BINDING.sum, BINDING.sum, BINDING.product);
    case "*":
      if (left.text === "1") return right;
      if (left.text === "-1" && right.binding >= BINDING.product) {
        return { text: `-${right.text}`, binding: BINDING.product };
      }
      return of("*", BINDING.product, BINDING.product, BINDING.product);
    case "/":
      return of("/", BINDING.product, BINDING.product, BINDING.sign);
    case "^":
      return of("**", BINDING.power, BINDING.atom, BINDING.sign);
    case "and":
      return of(" and ", BINDING.and, BINDING.and, BINDING.not);
    case "or":
      return of(" or ", BINDING.or, BINDING.or, BINDING.and);
    default:
      return of(` ${operator} `, BINDING.comparison, BINDING.sum, BINDING.sum);
  }
}

/** Functions of scalars that numpy knows by another name. */
const NUMPY_NAMES: Readonly<Record<string, string>> = {
  asin: "np.arcsin",
  acos: "np.arccos",
  atan: "np.arctan",
  re: "np.real",
  im: "np.imag",
  abs: "abs",
  min: "min",
  max: "max",
  bose: "bose",
  fermi: "fermi",
};

function callPiece(name: string, operands: readonly string[]): PythonText {
  if (name === "coth") return { text: `1/np.tanh(${operands[0]})`, binding: BINDING.product };
  if (name === "pow") return { text: `(${operands[0]})**(${operands[1]})`, binding: BINDING.power };
  return atomText(`${NUMPY_NAMES[name] ?? `np.${name}`}(${operands.join(", ")})`);
}
