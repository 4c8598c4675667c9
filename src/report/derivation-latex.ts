import type { Derivation } from "../derive/derivation.ts";
import type { FormulaEquation } from "../formula/formula.ts";
import { equationLatex } from "../formula/formula-latex.ts";
import { equationLines, isShort } from "./equation-lines.ts";

/** Derivations as LaTeX displays (amsmath), each headed by a comment that says what it is. */
export function derivationsLatex(
  derivations: readonly Derivation[],
  definitions: readonly FormulaEquation[],
): string {
  const blocks = derivations.map((d) =>
    [`% ${d.title}: ${d.name}`, ...d.notes.map((n) => `% ${n}`), ...d.equations.map(equationBlock)].join(
      "\n",
    ),
  );
  if (definitions.length > 0) blocks.push(["% Definitions", ...definitions.map(equationBlock)].join("\n"));
  return `${blocks.join("\n\n")}\n`;
}

/** One numbered display; a long equation is split over lines that are aligned at its equals signs. */
export function equationBlock(equation: FormulaEquation): string {
  if (isShort(equation)) return `\\begin{equation}\n  ${equationLatex(equation)}\n\\end{equation}`;
  const lines = equationLines(equation).join(" \\\\\n    ");
  return `\\begin{equation}\n  \\begin{split}\n    ${lines}\n  \\end{split}\n\\end{equation}`;
}
