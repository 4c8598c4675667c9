import type { Formula, OperatorFormula } from "../formula/formula.ts";
import { formulaText } from "../formula/formula-text.ts";
import { type Runs, runsFromLatex, subscript, superscript, upright } from "./runs.ts";

/** How tightly a formula on one line binds. */
const Binding = { sum: 0, fraction: 1, product: 2, power: 3, atom: 4 } as const;

const THIN_SPACE = "\u2009";

/** A formula on one line as a physicist sets it: σ₁⁺σ₂⁻e^{iφ} with real sub- and superscripts, fractions as a/b. */
export function formulaRuns(f: Formula): Runs {
  switch (f.kind) {
    case "number":
      return numberRuns(f.value);
    case "symbol":
      return runsFromLatex(f.latex);
    case "operator":
      return operatorRuns(f);
    case "sum":
      return f.terms.flatMap((t, i) => {
        const isNegative = t.kind === "negative";
        const sign = isNegative ? (i === 0 ? "−" : " − ") : i === 0 ? "" : " + ";
        return [...upright(sign), ...within(isNegative ? t.operand : t, Binding.fraction)];
      });
    case "negative":
      return [...upright("−"), ...within(f.operand, Binding.fraction)];
    case "product":
      return f.factors.flatMap((factor, i) => [
        ...upright(i === 0 ? "" : THIN_SPACE),
        ...within(factor, Binding.product),
      ]);
    case "fraction":
      return [...within(f.over, Binding.product), ...upright("/"), ...within(f.under, Binding.power)];
    case "power":
      return powerRuns(f.base, formulaRuns(f.exponent));
    case "adjoint":
      return powerRuns(f.operand, upright("†"));
    case "call":
      return callRuns(f.name, f.operands);
    case "mean":
      return [...upright("⟨"), ...formulaRuns(f.operand), ...upright("⟩")];
    default:
      return upright(formulaText(f));
  }
}

function bindingOf(f: Formula): number {
  switch (f.kind) {
    case "sum":
    case "negative":
      return Binding.sum;
    case "fraction":
      return Binding.fraction;
    case "product":
    case "derivative":
      return Binding.product;
    case "power":
    case "adjoint":
    case "call":
      return Binding.power;
    default:
      return Binding.atom;
  }
}

const parenthesised = (runs: Runs): Runs => [...upright("("), ...runs, ...upright(")")];

const within = (f: Formula, least: number): Runs =>
  bindingOf(f) < least ? parenthesised(formulaRuns(f)) : formulaRuns(f);

/** base with its index and with its sign or a power above; a power above a sign needs parentheses. */
function operatorRuns({ latex }: OperatorFormula, power: Runs = []): Runs {
  const { base, subscript: below = "", superscript: above = "" } = latex;
  const name = [...runsFromLatex(base), ...subscript(runsFromLatex(below))];
  const isBare = above === "" && !base.includes(" ");
  if (power.length > 0 && isBare) return [...name, ...superscript(power)];
  const whole = [...name, ...superscript(runsFromLatex(above))];
  return power.length > 0 ? [...parenthesised(whole), ...superscript(power)] : whole;
}

function powerRuns(base: Formula, exponent: Runs): Runs {
  if (base.kind === "operator") return operatorRuns(base, exponent);
  return [...within(base, Binding.atom), ...superscript(exponent)];
}

const FUNCTION_NAMES: Readonly<Record<string, string>> = {
  log: "ln",
  asin: "arcsin",
  acos: "arccos",
  atan: "arctan",
};

function callRuns(name: string, operands: readonly Formula[]): Runs {
  const [first] = operands as [Formula];
  if (name === "exp") return [...runsFromLatex("e"), ...superscript(formulaRuns(first))];
  if (name === "sqrt") return [...upright("√"), ...within(first, Binding.atom)];
  if (name === "abs") return [...upright("|"), ...formulaRuns(first), ...upright("|")];
  const head = upright(FUNCTION_NAMES[name] ?? name);
  if (operands.length === 1 && first.kind === "symbol")
    return [...head, ...upright(THIN_SPACE), ...formulaRuns(first)];
  const list = operands.flatMap((o, i) => [...upright(i === 0 ? "" : ", "), ...formulaRuns(o)]);
  return [...head, ...parenthesised(list)];
}

/** 0.1, 12, 5×10⁻⁵. */
function numberRuns(value: number): Runs {
  const [mantissa, exponent] = String(value).replace("-", "−").replace("Infinity", "∞").split("e");
  if (exponent === undefined) return upright(mantissa!);
  const power = [...upright("10"), ...superscript(upright(exponent.replace("+", "").replace("-", "−")))];
  return mantissa === "1" ? power : [...upright(`${mantissa}×`), ...power];
}
