import { type Run, type Runs, runsText, upright } from "./runs.ts";

/**
 * Widths of characters in units of the font size, taken from the wider ones of the common serif fonts: boxes must hold
 * their text whichever font a viewer has.
 */
const CLASSES: readonly (readonly [RegExp, number])[] = [
  [/[\u2009]/u, 0.2],
  [/\p{Mark}/u, 0],
  [/[.,:;'|!ijl]/u, 0.34],
  [/[ ()[\]/ftrI⟨⟩\-†ιI]/u, 0.42],
  [/[mwMWΩ@…—]/u, 0.98],
  [/[A-Z]/u, 0.75],
  [/[A-Za-zα-ω0-9]/u, 0.6],
  [/[+−=<>×√∞≤≥]/u, 0.68],
  [/[\u1100-\u11ff\u2e80-\uffdc\u{1f000}-\u{3ffff}]/u, 1.05],
];

const OTHER = 0.78;

const characterWidth = (character: string): number =>
  CLASSES.find(([pattern]) => pattern.test(character))?.[1] ?? OTHER;

const runWidth = ({ text, scale }: Run): number =>
  scale * [...text].reduce((width, character) => width + characterWidth(character), 0);

/** An upper estimate of the width of a line at a font size. */
export const textWidth = (runs: Runs, fontSize: number): number =>
  fontSize * runs.reduce((width, run) => width + runWidth(run), 0);

/** The line as it is where it fits, else as much of it as fits with `…` behind. */
export function shortened(runs: Runs, fontSize: number, limit: number): Runs {
  if (textWidth(runs, fontSize) <= limit) return runs;
  const kept: Run[] = [];
  let left = limit / fontSize - characterWidth("…");
  for (const run of runs) {
    const width = runWidth(run);
    if (width > left) {
      kept.push({ ...run, text: beginning(run, left) });
      break;
    }
    left -= width;
    kept.push(run);
  }
  return runsText(kept) === "" ? upright("…") : [...kept, ...upright("…")];
}

function beginning({ text, scale }: Run, limit: number): string {
  let left = limit;
  let kept = "";
  for (const character of text) {
    left -= scale * characterWidth(character);
    if (left < 0) break;
    kept += character;
  }
  return kept;
}
