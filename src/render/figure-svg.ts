import { isEncoded, spansOf } from "../figure/encoded-runs.ts";
import type { Figure } from "../figure/figure.ts";
import { drawing, figureSpec } from "./figure-spec.ts";

const MILLIMETRE = 96 / 25.4;

/** A figure as an SVG picture of the width of a column. It holds no scripts and nothing from elsewhere. */
export async function figureSvg(figure: Figure): Promise<string> {
  const { svg, width, height } = await drawing(await figureSpec(figure));
  const size = `width="${millimetres(width)}" height="${millimetres(height)}" viewBox="0 0 ${width} ${height}"`;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img"><title>${figureTitle(figure)}</title>`;
  return `${svg.replace(/<svg[^>]*>/, () => head).replace(TEXT, styledText)}\n`;
}

/** What a figure is called, in XML. */
export const figureTitle = ({ name, title }: Figure): string =>
  (title ?? name.replaceAll("_", " "))
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");

const millimetres = (pixels: number): string => `${Number((pixels / MILLIMETRE).toFixed(2))}mm`;

const TEXT = /<text([^>]*)>([^<]*)<\/text>/g;

const styledText = (whole: string, attributes: string, text: string): string =>
  isEncoded(text)
    ? `<text${attributes} xml:space="preserve">${spansOf(text.replaceAll("\u200b", ""))}</text>`
    : whole;
