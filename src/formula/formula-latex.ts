import type { Formula, FormulaEquation, OperatorFormula } from "./formula.ts";

/** A formula in LaTeX (amsmath), without delimiters of math mode. */
export const formulaLatex = (formula: Formula): string => print(formula);

/** `left = right = …` on one line. */
export const equationLatex = ({ left, right }: FormulaEquation): string =>
  [left, ...right].map(formulaLatex).join(" = ");

const parenthesised = (inner: string): string => `\\left(${inner}\\right)`;

const FUNCTIONS: Readonly<Record<string, string>> = {
  log: "\\ln",
  asin: "\\arcsin",
  acos: "\\arccos",
  atan: "\\arctan",
  sign: "\\operatorname{sgn}",
};

const KNOWN_TO_LATEX = ["exp", "sin", "cos", "tan", "sinh", "cosh", "tanh", "coth", "min", "max"];

function print(f: Formula): string {
  switch (f.kind) {
    case "number":
      return numberLatex(f.value);
    case "symbol":
      return f.latex;
    case "operator":
      return operatorLatex(f, "");
    case "sum":
      return f.terms
        .map((t, i) => {
          if (t.kind === "negative") return `${i === 0 ? "-" : " - "}${term(t.operand)}`;
          return `${i === 0 ? "" : " + "}${term(t)}`;
        })
        .join("");
    case "negative":
      return `-${term(f.operand)}`;
    case "product":
      return productLatex(f.factors);
    case "fraction":
      return `\\frac{${print(f.over)}}{${print(f.under)}}`;
    case "power":
      return powerLatex(f.base, f.exponent);
    case "call":
      return callLatex(f.name, f.operands);
    case "mean":
      return `\\left\\langle ${print(f.operand)} \\right\\rangle`;
    case "adjoint":
      return powerLatex(f.operand, { kind: "symbol", text: "†", latex: "\\dagger" });
    case "dissipator":
      return `\\mathcal{D}${bracketed(f.operand)}`;
    case "bracket": {
      const [open, close] = f.which === "commutator" ? ["[", "]"] : ["\\{", "\\}"];
      if (f.left.kind === "symbol" && f.right.kind === "symbol") {
        return `${open}${print(f.left)}, ${print(f.right)}${close}`;
      }
      return `\\left${open}${print(f.left)}, ${print(f.right)}\\right${close}`;
    }
    case "applied":
      return `${print(f.head)}${bracketed(f.operand)}`;
    case "derivative":
      return `\\frac{\\mathrm{d}}{\\mathrm{d}t} ${factor(f.operand)}`;
  }
}

/** Brackets that grow only around what is not one symbol. */
const bracketed = (f: Formula): string => (f.kind === "bracket" ? print(f) : growing(f));

const growing = (f: Formula): string =>
  f.kind === "symbol" || f.kind === "operator" ? `[${print(f)}]` : `\\left[${print(f)}\\right]`;

/** A term of a sum: signs and sums inside get parentheses. */
const term = (f: Formula): string =>
  f.kind === "sum" || f.kind === "negative" ? parenthesised(print(f)) : print(f);

const factor = term;

/** Factors side by side; numbers that would run together are kept apart by a dot. */
function productLatex(factors: readonly Formula[]): string {
  let text = "";
  for (const [i, f] of factors.entries()) {
    const next = factor(f);
    if (i === 0) text = next;
    else if (/\d$/.test(text) && /^\d/.test(next)) text += ` \\cdot ${next}`;
    else text += isBareCall(factors[i - 1]!) ? ` \\, ${next}` : ` ${next}`;
  }
  return text;
}

/** sin φ without parentheses, which must not seem to take in what follows. */
const isBareCall = (f: Formula): boolean =>
  f.kind === "call" && f.operands.length === 1 && f.operands[0]!.kind === "symbol";

function powerLatex(base: Formula, exponent: Formula): string {
  const up = print(exponent);
  if (base.kind === "operator") return operatorLatex(base, up);
  const isPlain = (base.kind === "symbol" && !base.latex.includes("^")) || isWhole(base);
  if (isPlain) return `${print(base)}^{${up}}`;
  return `${parenthesised(print(base))}^{${up}}`;
}

const isWhole = (f: Formula): boolean => f.kind === "number" && Number.isInteger(f.value) && f.value < 1e15;

/** base_{subscript}^{superscript}, with a power added where there is no superscript that it would be lost in. */
function operatorLatex({ latex, name }: OperatorFormula, power: string): string {
  const { base, subscript, superscript } = latex;
  const below = subscript === undefined ? "" : `_{${subscript}}`;
  if (power === "") return `${base}${below}${superscript === undefined ? "" : `^{${superscript}}`}`;
  const isSingle = name.kind === "named" && !base.includes(" ");
  if (isSingle && superscript === undefined) return `${base}${below}^{${power}}`;
  if (isSingle && superscript === "\\dagger" && /^\d+$/.test(power))
    return `${base}${below}^{\\dagger ${power}}`;
  return `${parenthesised(operatorLatex({ latex, name } as OperatorFormula, ""))}^{${power}}`;
}

function callLatex(name: string, operands: readonly Formula[]): string {
  const [first] = operands.map(print);
  switch (name) {
    case "sqrt":
      return `\\sqrt{${first}}`;
    case "abs":
      return `\\left|${first}\\right|`;
    case "floor":
      return `\\left\\lfloor ${first} \\right\\rfloor`;
    case "conj":
      return `\\left(${first}\\right)^{*}`;
    case "exp":
      return `e^{${exponentLatex(operands[0]!)}}`;
    case "bose":
      return `\\frac{1}{e^{${exponentLatex(operands[0]!)}} - 1}`;
    case "fermi":
      return `\\frac{1}{e^{${exponentLatex(operands[0]!)}} + 1}`;
    case "re":
    case "im":
      return `\\operatorname{${name === "re" ? "Re" : "Im"}}${parenthesised(first!)}`;
  }
  const head = FUNCTIONS[name] ?? (KNOWN_TO_LATEX.includes(name) ? `\\${name}` : `\\operatorname{${name}}`);
  const [only] = operands;
  if (operands.length === 1 && only!.kind === "symbol") return `${head} ${first}`;
  return `${head}${parenthesised(operands.map(print).join(", "))}`;
}

/** A formula in an exponent: fractions are written on one line. */
function exponentLatex(f: Formula): string {
  if (f.kind === "negative") {
    return f.operand.kind === "sum" ? `-(${print(f.operand)})` : `-${exponentLatex(f.operand)}`;
  }
  if (f.kind === "product")
    return f.factors.map((g) => (g.kind === "fraction" ? `(${exponentLatex(g)})` : factor(g))).join(" ");
  if (f.kind !== "fraction") return print(f);
  const under = f.under.kind === "product" || f.under.kind === "sum" ? `(${print(f.under)})` : print(f.under);
  return `${factor(f.over)}/${under}`;
}

/** 0.1, 12, 5 \times 10^{-5}. */
function numberLatex(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "\\infty" : "-\\infty";
  const [mantissa, exponent] = String(value).split("e");
  if (exponent === undefined) return mantissa!;
  const power = `10^{${Number(exponent)}}`;
  return mantissa === "1" ? power : `${mantissa} \\times ${power}`;
}
