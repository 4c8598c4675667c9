import type { Span } from "./span.ts";

/** One line of a source as a screen shows it, and where in it a span lies, in columns from 0. */
export interface Excerpt {
  readonly text: string;
  readonly offset: number;
  readonly length: number;
}

const TAB = "    ";
const CUT = "…";

/** Columns that stay visible before the marked place of a line that is cut. */
const LEAD = 24;

/**
 * The line on which `span` begins, at most `width` columns of it. A span over several lines is marked to the end of
 * its first one; tabs become four spaces.
 */
export function excerptAt(text: string, { start, end }: Span, width: number): Excerpt {
  const lineStart = start === 0 ? 0 : text.lastIndexOf("\n", start - 1) + 1;
  const newline = text.indexOf("\n", start);
  const line = text.slice(lineStart, newline < 0 ? text.length : newline).replace(/\r$/, "");
  const from = Math.min(start - lineStart, line.length);
  const to = Math.max(from, Math.min(end - lineStart, line.trimEnd().length));
  const before = cells(line.slice(0, from));
  const marked = cells(line.slice(from, to));
  const all = [...before, ...marked, ...cells(line.slice(to))];
  return cut(all, before.length, marked.length, width);
}

/** The part of a line around its mark, with `…` where something is left out. */
function cut(all: readonly string[], offset: number, length: number, width: number): Excerpt {
  if (all.length <= width) return { text: all.join(""), offset, length };
  const first = offset + length <= width - 1 ? 0 : Math.min(Math.max(0, offset - LEAD), all.length - width);
  const last = Math.min(all.length, first + width);
  const shown = all.slice(first, last);
  if (first > 0) shown[0] = CUT;
  if (last < all.length) shown[shown.length - 1] = CUT;
  return { text: shown.join(""), offset: offset - first, length: Math.min(length, last - offset) };
}

/** The text cut into pieces that each take one column; accents stay with their letter. */
function cells(text: string): string[] {
  return printable(text.replaceAll("\t", TAB)).match(/\P{Mn}\p{Mn}*|\p{Mn}+/gu) ?? [];
}

/**
 * The text without characters that would move the cursor, colour the screen or turn the direction of reading; ends of
 * lines stay.
 */
export function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/gu, "\ufffd");
}
