import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import type { Figure } from "../figure/figure.ts";
import { figurePage } from "../render/figure-page.ts";
import { figureSpec } from "../render/figure-spec.ts";
import { figureSvg } from "../render/figure-svg.ts";
import type { FigureFormat } from "./figure-format.ts";

/**
 * The content of a figure's file in a format. The build makes a program of its own of this file, with Vega inside, so
 * that commands without figures do not wait for it.
 */
export async function figureFile(figure: Figure, format: FigureFormat): Promise<string | Uint8Array> {
  switch (format) {
    case "svg":
      return figureSvg(figure);
    case "png":
      return png(await figureSvg(figure));
    case "html":
      return figurePage(figure, readFileSync(asset("figure-page.js"), "utf8"));
    case "vega-lite":
      return `${JSON.stringify(await figureSpec(figure), null, 2)}\n`;
  }
}

/** 600 dots an inch, where the picture counts 96. */
const SCALE = 600 / 96;

/** The fonts that come with the program, so that letters are the same on every machine, one without fonts too. */
const FONT_FILES = ["Arimo_400Regular.ttf", "Arimo_400Regular_Italic.ttf", "DejaVuSans.ttf"];

function png(svg: string): Uint8Array {
  const font = {
    loadSystemFonts: false,
    fontFiles: FONT_FILES.map((name) => asset(join("fonts", name))),
    defaultFontFamily: "Arimo",
    sansSerifFamily: "Arimo",
  };
  return new Resvg(svg, { font, fitTo: { mode: "zoom", value: SCALE } }).render().asPng();
}

/** A file that the build has left beside the program; the sources find it in dist, too. */
function asset(name: string): string {
  const beside = join(import.meta.dirname, name);
  return existsSync(beside) ? beside : join(import.meta.dirname, "../../dist", name);
}
