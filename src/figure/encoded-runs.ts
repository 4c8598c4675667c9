import type { Run, Runs } from "../graph/runs.ts";
import { letterWidths } from "./letter-widths.ts";

/**
 * A drawing library knows texts of one style only. Runs go through it as one string, in which two characters of private
 * use enclose the style of what follows: italic or upright, rise and scale.
 */
const [BEGIN, END] = ["\ue001", "\ue002"];

/** Runs as one string; plain text stays as it is. What a model writes cannot hold the two characters. */
export function encodedRuns(runs: Runs): string {
  let style = PLAIN;
  return runs
    .filter((run) => run.text !== "")
    .map((run) => {
      const before = style;
      style = styleMark(run);
      return (style === before ? "" : style) + run.text.replace(/[\ue001\ue002]/g, "");
    })
    .join("");
}

const styleMark = ({ isItalic, rise, scale }: Omit<Run, "text">): string =>
  `${BEGIN}${isItalic ? "i" : "u"} ${rounded(rise)} ${rounded(scale)}${END}`;

const rounded = (x: number): number => Number(x.toFixed(3));

const PLAIN = styleMark({ isItalic: false, rise: 0, scale: 1 });

/** The marks that raise what follows, for labels that are put together elsewhere. */
export const RAISED = styleMark({ isItalic: false, rise: 0.36, scale: 0.72 });

/** The runs of a string. */
export function decodedRuns(text: string): Run[] {
  const [plain = "", ...styled] = text.split(BEGIN);
  const runs: Run[] = [{ text: plain, isItalic: false, rise: 0, scale: 1 }];
  for (const part of styled) {
    const [style = "", rest = ""] = part.split(END);
    const [slant, rise, scale] = style.split(" ");
    runs.push({ text: rest, isItalic: slant === "i", rise: Number(rise), scale: Number(scale) });
  }
  return runs.filter((r) => r.text !== "");
}

/** The width of an encoded string in units of the font size. */
export const encodedWidth = (text: string): number =>
  decodedRuns(text).reduce((width, run) => width + run.scale * letterWidths(run.text), 0);

/** The content of an SVG text: a span for each style, on baselines that move by `dy`. The string is escaped already. */
export function spansOf(text: string): string {
  let rise = 0;
  const spans = decodedRuns(text).map((run) => {
    // dy is in units of the span's own letters
    const dy = rounded((rise - run.rise) / run.scale);
    rise = run.rise;
    const style = [
      ...(dy === 0 ? [] : [`dy="${dy}em"`]),
      ...(run.scale === 1 ? [] : [`font-size="${run.scale}em"`]),
      ...(run.isItalic ? ['font-style="italic"'] : []),
    ];
    return style.length === 0 ? run.text : `<tspan ${style.join(" ")}>${run.text}</tspan>`;
  });
  return spans.join("");
}

/** Whether a text holds marks of style. */
export const isEncoded = (text: string): boolean => text.includes(BEGIN);
