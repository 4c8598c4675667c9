import { type Entry, valueText } from "./entry.ts";
import { entryLine, GAP, INDENT, type Page, renderLines, USUAL_LABEL } from "./lines.ts";
import { alignAtPoint, columnsOf, padded } from "./number-text.ts";

/** A column of a table; its cells are numbers, words or empty. */
export interface Column {
  readonly title: string;
  readonly cells: readonly string[];
}

/** Quantities of one name and many operands: `heat(cold)`, `heat(hot)`, …, as a column over `operands`. */
export const quantityColumn = (
  name: string,
  operands: readonly string[],
  entries: readonly Entry[],
): Column => ({
  title: name,
  cells: operands.map((operand) => {
    const entry = entries.find((e) => e.key === `${name}(${operand})`);
    return entry ? valueText(entry) : "";
  }),
});

/** A table with a label before each row; the titles of its columns stand on the line of the section's title. */
export function renderTable(
  title: string,
  labels: readonly string[],
  columns: readonly Column[],
  { palette }: Page,
): string[] {
  const width = Math.max(USUAL_LABEL, ...labels.map(columnsOf));
  const drawn = columns.map(({ title, cells }) => {
    const aligned = alignAtPoint(cells);
    const wide = Math.max(columnsOf(title), ...aligned.map(columnsOf));
    return { title: padded(title, wide), cells: aligned.map((cell) => padded(cell, wide)) };
  });
  const titles = drawn.map((c) => c.title).join(GAP + GAP);
  const head = palette.strong(padded(title, INDENT.length + width)) + GAP + palette.faint(titles.trimEnd());
  const rows = labels.map(
    (label, k) => INDENT + padded(label, width) + GAP + drawn.map((c) => c.cells[k]).join(GAP + GAP),
  );
  return [head, ...rows.map((row) => row.trimEnd())];
}

/** Below a table: why some of its cells are undefined. */
export const undefinedNotes = (entries: readonly Entry[], page: Page): string[] =>
  renderLines(
    entries.filter((e) => e.value === null).map((e) => entryLine(e, e.key)),
    page,
  );
