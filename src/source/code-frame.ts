import type { Diagnostic } from "./diagnostic.ts";
import { type Excerpt, excerptAt, printable } from "./excerpt.ts";
import { type Palette, PLAIN } from "./palette.ts";
import { positionAt, type SourceFile, type Span } from "./span.ts";

/** How a code frame is drawn. */
export interface CodeFrameStyle {
  readonly palette?: Palette;
  /** Columns that a line may take before it is cut around the marked place. */
  readonly columns?: number;
}

/** Columns of a frame where nothing is known of the screen. */
const COLUMNS = 100;

/**
 * A diagnostic as text, without a newline at its end: the message, the place, the source line with the span
 * underlined, and what to write instead. Spans of files that are not among `sources` show only their message.
 *
 *     error[E206]: unknown operator 'q1.σq'
 *       --> models/x.thermill:14:11
 *        |
 *     14 |   free B1*q1.σq
 *        |           ^^^^^
 *        = fix: a qubit has σx, σy, σz, σ⁺, σ⁻
 */
export function codeFrame(
  diagnostic: Diagnostic,
  sources: readonly SourceFile[],
  { palette = PLAIN, columns = COLUMNS }: CodeFrameStyle = {},
): string {
  const { code, severity, message, span, fix, related = [] } = diagnostic;
  const places = [placeAt(span, sources), ...related.map((r) => placeAt(r.span, sources))];
  const gutter = Math.max(...places.map((p) => (p ? String(p.line).length : 1)));
  const draw: Draw = { gutter, width: Math.max(columns - gutter - 3, 20), palette };
  const lines = [headline(code, severity, message, palette)];
  if (places[0]) lines.push(...frame(places[0], "-->", "^", "", palette[severity], draw));
  related.forEach(({ message: note }, k) => {
    const place = places[k + 1];
    const text = printable(note);
    if (place) lines.push(...frame(place, ":::", "-", text, palette.related, draw));
    else lines.push(hanging("note: ", text, draw));
  });
  if (fix !== undefined) lines.push(hanging(palette.fix("fix: "), printable(fix), draw));
  return lines.join("\n");
}

interface Place {
  readonly title: string;
  readonly line: number;
  readonly text: string;
  readonly span: Span;
}

interface Draw {
  readonly gutter: number;
  readonly width: number;
  readonly palette: Palette;
}

function headline(code: string, severity: Diagnostic["severity"], message: string, palette: Palette): string {
  return `${palette[severity](`${severity}[${code}]`)}${palette.strong(`: ${printable(message)}`)}`;
}

function placeAt(span: Span, sources: readonly SourceFile[]): Place | undefined {
  const text = sources.find((s) => s.name === span.file)?.text;
  if (text === undefined) return undefined;
  const { line, column } = positionAt(text, span.start);
  const name = printable(span.file);
  return {
    title: name.startsWith("--") ? "the command line" : `${name}:${line}:${column}`,
    line,
    text,
    span,
  };
}

/** The place, the source line, and the line that underlines the span with `mark`. */
function frame(
  { title, line, text, span }: Place,
  arrow: string,
  mark: string,
  note: string,
  paint: (text: string) => string,
  { gutter, width, palette }: Draw,
): string[] {
  const excerpt = excerptAt(text, span, width);
  const margin = " ".repeat(gutter);
  const bar = palette.faint("|");
  const underline = paint(underlineOf(excerpt, mark) + (note && ` ${note}`));
  return [
    `${margin}${palette.faint(arrow)} ${title}`,
    `${margin} ${bar}`,
    `${palette.faint(String(line).padStart(gutter))} ${bar} ${excerpt.text}`.trimEnd(),
    `${margin} ${bar} ${" ".repeat(excerpt.offset)}${underline}`,
  ];
}

const underlineOf = ({ length }: Excerpt, mark: string): string => mark.repeat(Math.max(1, length));

/** A remark below the frame; its further lines stand below its first. */
function hanging(title: string, text: string, { gutter, palette }: Draw): string {
  const margin = " ".repeat(gutter);
  return `${margin} ${palette.faint("=")} ${title}${text.replaceAll("\n", `\n${margin}   `)}`;
}
