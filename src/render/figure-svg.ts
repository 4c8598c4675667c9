import { parse, View } from "vega";
import { compile } from "vega-lite";
import { isEncoded, spansOf } from "../figure/encoded-runs.ts";
import { type Figure, PANEL_WIDTH } from "../figure/figure.ts";
import { vegaLite } from "../figure/vega-lite.ts";
import { measureEncodedText } from "./text-metrics.ts";

/** The width of a column of most journals, 86 mm, in pixels of 1/96 inch. */
const COLUMN = 325;

const MILLIMETRE = 96 / 25.4;

/** A figure as an SVG picture of the width of a column. It holds no scripts and nothing from elsewhere. */
export async function figureSvg(figure: Figure): Promise<string> {
  const { svg, width, height } = await fitted(figure);
  const size = `width="${millimetres(width)}" height="${millimetres(height)}" viewBox="0 0 ${width} ${height}"`;
  const title = escaped(figure.title ?? figure.name.replaceAll("_", " "));
  const head = `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img"><title>${title}</title>`;
  return `${svg.replace(/<svg[^>]*>/, () => head).replace(TEXT, styledText)}\n`;
}

const TEXT = /<text([^>]*)>([^<]*)<\/text>/g;

const styledText = (whole: string, attributes: string, text: string): string =>
  isEncoded(text)
    ? `<text${attributes} xml:space="preserve">${spansOf(text.replaceAll("\u200b", ""))}</text>`
    : whole;

const millimetres = (pixels: number): string => `${Number((pixels / MILLIMETRE).toFixed(2))}mm`;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

interface Drawn {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** Drawn once to learn how much room axes and labels take, and again with what they leave of the column. */
async function fitted(figure: Figure): Promise<Drawn> {
  const first = await drawn(figure, PANEL_WIDTH);
  const width = Math.round(PANEL_WIDTH + COLUMN - first.width);
  return width === PANEL_WIDTH ? first : drawn(figure, width);
}

async function drawn(figure: Figure, plotWidth: number): Promise<Drawn> {
  measureEncodedText();
  const { spec } = compile(vegaLite(figure, { width: plotWidth, isInteractive: false }) as never);
  const svg = await new View(parse(spec), { renderer: "none" }).toSVG();
  const [, width = "", height = ""] = /<svg[^>]* width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  return { svg, width: Number(width), height: Number(height) };
}
