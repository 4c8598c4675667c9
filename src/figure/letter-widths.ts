import type { Runs } from "../graph/runs.ts";

/** Widths of letters in thousandths of the font size: those of Helvetica, Arial and the fonts that are made to fit them. */
const LETTERS: Readonly<Record<number, string>> = {
  200: "'ijlι|\u2009",
  278: " !,./:;I[\\]ft",
  333: '()-`r·²⁺⁻"{}',
  389: "*τ°⟨⟩",
  450: "ζεξ^",
  500: "Jcksvxyzγκλν",
  550: "χυ√±≤≥Γ#$0123456789?L_abdeghnopquηθο†–ℏδρβμα",
  590: "+<=>~−×FTZσΣ",
  670: "&ABEKPSVXYΥφΞΔΛ",
  720: "π∞ψCDHNRUwΠ",
  780: "GOQΘΩωΦ",
  850: "MmΨ%",
  950: "W…→@",
};

const WIDTHS: ReadonlyMap<string, number> = new Map(
  Object.entries(LETTERS).flatMap(([width, letters]) =>
    [...letters].map((letter) => [letter, Number(width) / 1000] as const),
  ),
);

/** Letters that are not listed are taken to be wide. */
const OTHER = 0.75;

const letterWidth = (letter: string): number => {
  if (/\p{Mark}/u.test(letter)) return 0;
  return WIDTHS.get(letter) ?? WIDTHS.get(letter.normalize("NFD")[0]!) ?? OTHER;
};

/** The width of a line of text without serifs, in units of the font size. */
export const letterWidths = (text: string): number =>
  [...text].reduce((width, letter) => width + letterWidth(letter), 0);

/** The same of runs with their sizes. */
export const runsWidth = (runs: Runs): number =>
  runs.reduce((width, { text, scale }) => width + scale * letterWidths(text), 0);
