import { isEncoded, spansOf } from "../figure/encoded-runs.ts";
import type { Figure } from "../figure/figure.ts";
import { FONTS } from "../figure/vega-lite.ts";
import { drawing, figureSpec } from "./figure-spec.ts";

const MILLIMETRE = 96 / 25.4;

/**
 * A figure as an SVG picture of the width of a column. It holds no scripts and nothing from elsewhere, and is the same
 * to the byte whenever and wherever it is made.
 */
export async function figureSvg(figure: Figure): Promise<string> {
  const { svg, width, height } = await drawing(await figureSpec(figure));
  const size = `width="${millimetres(width)}" height="${millimetres(height)}" viewBox="0 0 ${width} ${height}"`;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" font-family="${FONTS}"><title>${figureTitle(figure)}</title>`;
  const body = numberedParts(svg)
    .replace(/<[^>]*>/g, tidied)
    .replace(TEXT, styledText);
  return `${body.replace("<svg>", () => head)}\n`;
}

/** What a figure is called, in XML. */
export const figureTitle = ({ name, title }: Figure): string =>
  (title ?? name.replaceAll("_", " "))
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");

const millimetres = (pixels: number): string => `${Number((pixels / MILLIMETRE).toFixed(2))}mm`;

/** Vega counts the clips and gradients of all that it has ever drawn; here they are counted from 0. */
function numberedParts(svg: string): string {
  const places = new Map<string, number>();
  return svg.replace(/(?<=["#])(clip|gradient_)\d+(?=["()])/g, (id, kind: string) => {
    places.set(id, places.get(id) ?? places.size);
    return `${kind}${places.get(id)}`;
  });
}

/** What only scripts and screen readers of single marks need is left out; lengths are rounded to a thousandth of a pixel. */
function tidied(tag: string): string {
  if (/^<path [^>]*display="none"/.test(tag)) return "";
  if (tag.startsWith("<svg")) return "<svg>";
  return tag
    .replace(/ (?:class|role|aria-[a-z]+|pointer-events|font-family)="[^"]*"/g, "")
    .replace(/ (?:opacity="1"|font-weight="normal")/g, "")
    .replace(/-?\d+\.\d{4,}(?:e-?\d+)?/g, (number) => String(Number(Number(number).toFixed(3))));
}

const TEXT = /<text([^>]*)>([^<]*)<\/text>/g;

const styledText = (whole: string, attributes: string, text: string): string =>
  isEncoded(text)
    ? `<text${attributes} xml:space="preserve">${spansOf(text.replaceAll("\u200b", ""))}</text>`
    : whole;
