import { PLAIN } from "../source/palette.ts";
import { csvText } from "./csv.ts";
import { type Page, wrap } from "./lines.ts";
import { numberText } from "./number-text.ts";
import type { EquationResults, OptimumReport, Results, Row } from "./results.ts";
import { type Column, renderTable } from "./table.ts";
import type { TerminalReportStyle } from "./terminal-report.ts";

/** Columns that fit beside the point of the grid. */
const MAX_COLUMNS = 5;

/** The rows of an experiment as tables. */
export function sweepText(
  { model, units, results }: Results,
  recorded: readonly string[],
  { palette = PLAIN, columns = 80 }: TerminalReportStyle = {},
): string {
  const page: Page = { palette, columns };
  const blocks = results.flatMap(({ equation, rows }: EquationResults) => {
    const [first] = rows;
    if (!first) return [];
    const heading = [
      `${palette.strong(model)}, ${palette.strong(first.experiment ?? "")}: ${palette.strong(equation)}`,
      ...wrap(`Units ${units}; energy that enters the machine is positive.`, columns).map(palette.faint),
    ];
    const labels = rows.map(pointText);
    const shown = [...recorded.map((key) => column(key, rows)), ...optimumColumn(rows)];
    const groups = Array.from({ length: Math.ceil(shown.length / MAX_COLUMNS) }, (_, g) =>
      shown.slice(g * MAX_COLUMNS, (g + 1) * MAX_COLUMNS),
    );
    return [heading, ...groups.map((group) => renderTable("Point", labels, group, page))];
  });
  return blocks.length === 0 ? "" : `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

const pointText = ({ sweep = {} }: Row): string =>
  Object.entries(sweep)
    .map(([name, value]) => `${name} = ${numberText(value)}`)
    .join(", ") || "as it is";

const column = (title: string, rows: readonly Row[]): Column => ({
  title,
  cells: rows.map(({ quantities }) => {
    if (!(title in quantities)) return "";
    const value = quantities[title];
    return typeof value === "number" ? numberText(value) : (value ?? "undefined");
  }),
});

/** Where optima lie, if there are any. */
const optimumColumn = (rows: readonly Row[]): readonly Column[] =>
  rows.some((r) => r.optimum)
    ? [{ title: "optimum", cells: rows.map(({ optimum }) => (optimum ? optimumText(optimum) : "")) }]
    : [];

/** Whether an optimum lies between the ends of its range, in a few words. */
function optimumText({ kind, atEnds, isLocal, hasInside }: OptimumReport): string {
  if (atEnds.length > 0) return `end of ${atEnds.join(", ")}${hasInside ? "" : ", none inside"}`;
  return isLocal ? `inside, ${kind === "maximise" ? "lower" : "higher"}` : "inside";
}

/** The rows of an experiment as comma-separated values: the grid, what was recorded, where optima lie; undefined is empty. */
export function sweepCsv({ results }: Results, recorded: readonly string[]): string {
  const axes = [...new Set(results.flatMap((r) => r.rows.flatMap(({ sweep }) => Object.keys(sweep ?? {}))))];
  const hasOptima = results.some((r) => r.rows.some((row) => row.optimum));
  const head = ["equation", ...axes, ...recorded, ...(hasOptima ? ["optimum"] : [])];
  const lines = results.flatMap(({ equation, rows }) =>
    rows.map(({ sweep = {}, quantities, optimum }) => [
      equation,
      ...axes.map((a) => sweep[a] ?? null),
      ...recorded.map((key) => quantities[key] ?? null),
      ...(hasOptima ? [optimum ? optimumText(optimum) : null] : []),
    ]),
  );
  return csvText([head, ...lines]);
}
