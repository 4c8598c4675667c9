import pico from "picocolors";
import { type Palette, PLAIN } from "../source/palette.ts";
import type { Host, Output } from "./host.ts";

/** Colours where `output` is a terminal and neither NO_COLOR (https://no-color.org) nor TERM=dumb objects. */
export function paletteFor(output: Output, { environment }: Host): Palette {
  const isWanted = output.isTerminal && !environment.NO_COLOR && environment.TERM !== "dumb";
  if (!isWanted) return PLAIN;
  const { bold, cyan, dim, green, red, yellow } = pico.createColors(true);
  return {
    error: (text) => bold(red(text)),
    warning: (text) => bold(yellow(text)),
    strong: bold,
    faint: dim,
    related: cyan,
    fix: green,
  };
}
