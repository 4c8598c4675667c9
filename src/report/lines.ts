import type { Palette } from "../source/palette.ts";
import { type Entry, undefinedText, valueText } from "./entry.ts";
import { alignAtPoint, columnsOf, padded } from "./number-text.ts";

/** Where a section is written. */
export interface Page {
  readonly palette: Palette;
  readonly columns: number;
}

/** A labelled line of a section. */
export type Line =
  | { readonly kind: "value"; readonly label: string; readonly value: string; readonly remark?: string }
  /** Running text in the place of a value; it goes on below itself. */
  | { readonly kind: "text"; readonly label: string; readonly text: string };

export const INDENT = "  ";
export const GAP = "  ";

/** Columns of a label where all are short, so that the values of all sections begin at one place. */
export const USUAL_LABEL = 20;

/** Labels of more columns than this stand on a line of their own. */
const LONGEST_LABEL = 34;

/** A quantity under its label: its value, or why there is none. */
export const entryLine = (entry: Entry, label: string): Line =>
  entry.value === null
    ? { kind: "text", label, text: undefinedText(entry.reason) }
    : { kind: "value", label, value: valueText(entry) };

/** Labels to the left, values to the right with their points below each other. */
export function renderLines(lines: readonly Line[], { palette, columns }: Page): string[] {
  const merged = withSharedTexts(lines);
  const labels = merged.map((l) => columnsOf(l.label)).filter((width) => width <= LONGEST_LABEL);
  const width = Math.max(USUAL_LABEL, ...labels);
  const margin = " ".repeat(INDENT.length + width + GAP.length);
  const values = alignAtPoint(merged.map((l) => (l.kind === "value" ? l.value : "")));
  return merged.flatMap((line, k) => {
    const content =
      line.kind === "text"
        ? wrap(line.text, columns - margin.length).map(palette.faint)
        : [line.remark === undefined ? values[k]!.trimEnd() : values[k]! + GAP + palette.faint(line.remark)];
    const head = INDENT + padded(line.label, width) + GAP;
    return columnsOf(line.label) <= width
      ? content.map((text, i) => (i === 0 ? head : margin) + text)
      : [INDENT + line.label, ...content.map((text) => margin + text)];
  });
}

/** Neighbours with the same text, e.g. quantities undefined for one reason, as one line with several labels. */
function withSharedTexts(lines: readonly Line[]): Line[] {
  const shared: Line[] = [];
  for (const line of lines) {
    const last = shared.at(-1);
    if (line.kind === "text" && last?.kind === "text" && last.text === line.text) {
      shared[shared.length - 1] = { ...last, label: `${last.label}, ${line.label}` };
    } else shared.push(line);
  }
  return shared;
}

/** Text cut at its blanks, but not at U+00A0, into lines of at most `width` columns; a longer word has its own line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && columnsOf(last) + 1 + columnsOf(word) <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines.map((line) => line.replaceAll("\u00a0", " "));
}
