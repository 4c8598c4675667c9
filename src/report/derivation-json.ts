import type { Derivation } from "../derive/derivation.ts";
import type { FormulaEquation } from "../formula/formula.ts";
import { formulaLatex } from "../formula/formula-latex.ts";
import { formulaText } from "../formula/formula-text.ts";
import type { ReportedDiagnostic } from "./results.ts";

/** What `thermill derive --format json` prints. */
export interface DerivationReport {
  readonly format: "thermill-derivation/1";
  readonly thermill: string;
  readonly language: 1;
  readonly model: string;
  /** Null where nothing was derived. */
  readonly equation: string | null;
  readonly diagnostics: readonly ReportedDiagnostic[];
  readonly derivations: readonly {
    readonly name: string;
    readonly title: string;
    readonly equations: readonly ReportedEquation[];
    readonly notes: readonly string[];
  }[];
  /** Of symbols in the derivations that are no parameters of the model, and of its derived values. */
  readonly definitions: readonly ReportedEquation[];
}

/** left = right[0] = right[1] = …, each in the spelling of model files and in LaTeX. */
export interface ReportedEquation {
  readonly left: ReportedFormula;
  readonly right: readonly ReportedFormula[];
}

export interface ReportedFormula {
  readonly text: string;
  readonly latex: string;
}

export const reportedEquation = ({ left, right }: FormulaEquation): ReportedEquation => ({
  left: reportedFormula(left),
  right: right.map(reportedFormula),
});

const reportedFormula = (f: Parameters<typeof formulaText>[0]): ReportedFormula => ({
  text: formulaText(f),
  latex: formulaLatex(f),
});

export const reportedDerivations = (derivations: readonly Derivation[]): DerivationReport["derivations"] =>
  derivations.map(({ name, title, equations, notes }) => ({
    name,
    title,
    equations: equations.map(reportedEquation),
    notes,
  }));
