import { type Palette, PLAIN } from "../source/palette.ts";
import { BATH_SECTION } from "./bath-section.ts";
import { certificateLines } from "./certificate-lines.ts";
import { entriesOf } from "./entry.ts";
import { FLUCTUATION_SECTION } from "./fluctuation-section.ts";
import { type Page, wrap } from "./lines.ts";
import { MEAN_SECTION } from "./mean-section.ts";
import { numberText } from "./number-text.ts";
import { PERFORMANCE_SECTION } from "./performance-section.ts";
import { QUANTITY_SECTION } from "./quantity-section.ts";
import type { EquationResults, Results, Row } from "./results.ts";
import type { Section } from "./section.ts";
import { spectrumLines } from "./spectrum-lines.ts";
import { STATE_SECTION } from "./state-section.ts";

/** The blocks of a report; a quantity goes to the first that takes it, and the last takes all. */
const SECTIONS: readonly Section[] = [
  BATH_SECTION,
  PERFORMANCE_SECTION,
  FLUCTUATION_SECTION,
  MEAN_SECTION,
  STATE_SECTION,
  QUANTITY_SECTION,
];

/** How a report is written. */
export interface TerminalReportStyle {
  readonly palette?: Palette;
  /** Columns of the screen. */
  readonly columns?: number;
}

/** The results as text to be read, one block per equation and row; empty where there are none. */
export function terminalReport(
  results: Results,
  { palette = PLAIN, columns = 80 }: TerminalReportStyle = {},
): string {
  const page: Page = { palette, columns };
  const blocks = results.results.flatMap((equation) =>
    equation.rows.map((row) => rowBlocks(results, equation, row, page)),
  );
  return blocks.map((block) => `${block.map((lines) => lines.join("\n")).join("\n\n")}\n`).join("\n");
}

function rowBlocks(results: Results, equation: EquationResults, row: Row, page: Page): string[][] {
  const entries = entriesOf(row);
  const sections = SECTIONS.map((section) => {
    const own = entries.filter(({ key }) => SECTIONS.find((s) => s.takes(key)) === section);
    return own.length > 0 ? section.render(own, equation, page) : [];
  });
  const blocks = [
    heading(results, equation, row, page),
    ...sections,
    ...(row.spectrum ? [spectrumLines(row.spectrum, page)] : []),
    certificateLines(row.certificate, page),
  ];
  return blocks.filter((lines) => lines.length > 0);
}

function heading(
  { model, units }: Results,
  { equation }: EquationResults,
  { parameters }: Row,
  { palette, columns }: Page,
): string[] {
  const values = Object.entries(parameters).map(
    ([name, value]) => `${name}\u00a0=\u00a0${value === null ? "not\u00a0finite" : numberText(value)}`,
  );
  const remarks = [
    ...(values.length > 0 ? wrap(values.join(", "), columns) : []),
    `Units ${units}; energy that enters the machine is positive.`,
  ];
  const title = `${palette.strong(model)}, steady state of ${palette.strong(equation)}`;
  return [title, ...remarks.map(palette.faint)];
}
