import { Error as ErrorLevel, logger, parse, View } from "vega";
import { compile } from "vega-lite";
import { type Figure, PAGE_SCALE, PANEL_WIDTH } from "../figure/figure.ts";
import { vegaLite } from "../figure/vega-lite.ts";
import type { Json } from "../figure/vega-lite-axes.ts";
import { measureEncodedText } from "./text-metrics.ts";

/** The width of a column of most journals, 86 mm, in pixels of 1/96 inch. */
const COLUMN = 325;

/** The specification that fits a column: drawn once to learn how much of it axes and labels take. */
export async function figureSpec(figure: Figure, isInteractive = false): Promise<Json> {
  if (isInteractive) return vegaLite(figure, { width: PAGE_SCALE * PANEL_WIDTH, isInteractive });
  const { width } = await drawing(vegaLite(figure, { width: PANEL_WIDTH, isInteractive }));
  return vegaLite(figure, { width: Math.round(PANEL_WIDTH + COLUMN - width), isInteractive });
}

export interface Drawing {
  /** With texts that still hold their marks of style. */
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** What Vega draws by a specification. */
export async function drawing(spec: Json): Promise<Drawing> {
  measureEncodedText();
  const svg = await new View(parse(vegaOf(spec)), { renderer: "none" }).toSVG();
  const [, width = "", height = ""] = /<svg[^>]* width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  return { svg, width: Number(width), height: Number(height) };
}

/** The specification of Vega that one of Vega-Lite stands for; that layers have one legend is meant, and no warning. */
export const vegaOf = (spec: Json) => compile(spec as never, { logger: logger(ErrorLevel) }).spec;
