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

/** Equations one below the other in one display, each numbered. */
export function equationsBlock(equations: readonly FormulaEquation[]): string {
  if (equations.length < 2) return equations.map(equationBlock).join("");
  const rows = equations.map((e) => (isShort(e) ? `  ${equationLatex(e)}` : `  ${splitLines(e)}`));
  return `\\begin{gather}\n${rows.join(" \\\\\n")}\n\\end{gather}`;
}

/** One numbered display; a long equation is split over lines that are aligned at its equals signs. */
export function equationBlock(equation: FormulaEquation): string {
  if (isShort(equation)) return `\\begin{equation}\n  ${equationLatex(equation)}\n\\end{equation}`;
  return `\\begin{equation}\n  ${splitLines(equation)}\n\\end{equation}`;
}

function splitLines(equation: FormulaEquation): string {
  const lines = equationLines(equation).join(" \\\\\n    ");
  return `\\begin{split}\n    ${lines}\n  \\end{split}`;
}
