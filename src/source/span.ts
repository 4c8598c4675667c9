/** A half-open range of UTF-16 offsets `[start, end)` in the text of one file, as the user wrote it. */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** The text of a file together with the name under which messages show it. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** A position as editors count it, both from 1. Columns count code points, so that Greek letters are one wide. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The smallest span that covers both; they must lie in one file. */
export function joinSpans(first: Span, last: Span): Span {
  return { file: first.file, start: Math.min(first.start, last.start), end: Math.max(first.end, last.end) };
}

/** Line and column of an offset; an offset past the end gives the position after the last character. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  let line = 1;
  for (let i = before.indexOf("\n"); i >= 0; i = before.indexOf("\n", i + 1)) line++;
  return { line, column: [...before.slice(lineStart)].length + 1 };
}
