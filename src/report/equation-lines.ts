import { type Formula, type FormulaEquation, negativeFormula, productFormula } from "../formula/formula.ts";
import { formulaLatex } from "../formula/formula-latex.ts";

/** Characters of a printed line of formulas in a one-column page. */
const LINE = 74;

/** The lines of an equation for an aligned environment: `left &= right`, long right-hand sides broken at their terms. */
export function equationLines({ left, right }: FormulaEquation): readonly string[] {
  const head = formulaLatex(left);
  const indent = Math.min(printedWidth(head), 24);
  return right.flatMap((formula, i) =>
    brokenLines(formula, LINE - indent).map((line, k) => {
      if (k > 0) return `&\\quad ${line}`;
      return i === 0 ? `${head} &= ${line}` : `&= ${line}`;
    }),
  );
}

/** One line where the whole equation fits on it. */
export function isShort({ left, right }: FormulaEquation): boolean {
  return printedWidth([left, ...right].map(formulaLatex).join(" = ")) <= LINE;
}

/** The formula in LaTeX on as many lines as it needs; lines after the first begin with a sign or go on inside a bracket. */
function brokenLines(f: Formula, budget: number): readonly string[] {
  const whole = formulaLatex(f);
  if (printedWidth(whole) <= budget) return [whole];
  if (f.kind === "negative") return prefixed("-", brokenLines(f.operand, budget));
  if (f.kind === "sum") return packed(f.terms, budget);
  if (f.kind === "product" && f.factors.at(-1)!.kind === "sum") {
    const last = f.factors.at(-1) as Extract<Formula, { kind: "sum" }>;
    const front = formulaLatex(productFormula(f.factors.slice(0, -1)));
    const lines = packed(last.terms, budget - 4);
    return lines.map((line, k) => {
      const opened = k === 0 ? `${front} \\Bigl(${line}` : `\\quad ${line}`;
      return k === lines.length - 1 ? `${opened}\\Bigr)` : opened;
    });
  }
  return [whole];
}

const prefixed = (sign: string, [first = "", ...rest]: readonly string[]): string[] => [
  `${sign}${first}`,
  ...rest,
];

/** Puts as many terms on each line as fit. */
function packed(terms: readonly Formula[], budget: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const [k, term] of terms.entries()) {
    const isNegative = term.kind === "negative";
    const sign = isNegative ? (k === 0 ? "-" : "- ") : k === 0 ? "" : "+ ";
    const pieces = prefixed(sign, brokenLines(isNegative ? negativeFormula(term) : term, budget));
    for (const [j, piece] of pieces.entries()) {
      const fits = line !== "" && printedWidth(line) + printedWidth(piece) + 3 <= budget;
      if (j === 0 && fits) line += ` ${piece}`;
      else {
        if (line !== "") lines.push(line);
        line = piece;
      }
    }
  }
  lines.push(line);
  return lines;
}

/** About how many characters wide a formula prints. */
export function printedWidth(latex: string): number {
  const fractions = latex.replace(/\\frac\{([^{}]*)\}\{([^{}]*)\}/g, (_, over: string, under: string) =>
    over.length > under.length ? over : under,
  );
  const plain = fractions
    .replace(/\\(left|right|mathrm|mathcal|operatorname|text|,|quad|Bigl|Bigr)/g, "")
    .replace(/\\[a-zA-Z]+/g, "x")
    .replace(/[{}^_\\ ]/g, "");
  return plain.length;
}
