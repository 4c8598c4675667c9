import { nameLatex } from "../formula/name-latex.ts";

/** A stretch of text in one style; a line of a picture is a list of them. */
export interface Run {
  readonly text: string;
  readonly isItalic: boolean;
  /** How far the baseline is raised, in units of the line's font size; negative for subscripts. */
  readonly rise: number;
  /** Size as a fraction of the line's font size. */
  readonly scale: number;
}

export type Runs = readonly Run[];

export const upright = (text: string): Runs => [{ text, isItalic: false, rise: 0, scale: 1 }];
export const italic = (text: string): Runs => [{ text, isItalic: true, rise: 0, scale: 1 }];

const SCRIPT = 0.72;

/** Raised behind what stands before; a superscript of a superscript is smaller still. */
export const superscript = (runs: Runs): Runs => moved(runs, 0.36);
export const subscript = (runs: Runs): Runs => moved(runs, -0.2);

const moved = (runs: Runs, by: number): Runs =>
  runs.map((r) => ({ ...r, rise: by + SCRIPT * r.rise, scale: SCRIPT * r.scale }));

/** The text of runs without their places. */
export const runsText = (runs: Runs): string => runs.map((r) => r.text).join("");

/** Neighbours of one style joined. */
function joinedRuns(runs: Runs): Run[] {
  const joined: Run[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    const isAlike = last?.isItalic === run.isItalic && last.rise === run.rise && last.scale === run.scale;
    if (last && isAlike) joined[joined.length - 1] = { ...last, text: last.text + run.text };
    else if (run.text !== "") joined.push(run);
  }
  return joined;
}

/** Which letter a command of LaTeX stands for, for all commands that names of models are set with. */
const COMMANDS: ReadonlyMap<string, string> = new Map([
  ...[..."αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ"].map((letter) => [nameLatex(letter).slice(1), letter] as const),
  ["langle", "⟨"],
  ["rangle", "⟩"],
  ["dagger", "†"],
  ["infty", "∞"],
  ["pi", "π"],
  ["rightarrow", "→"],
]);

/**
 * The LaTeX that symbols and operators carry, as runs: letters and commands for letters, groups, sub- and superscripts,
 * \mathrm. Single Latin letters and lower-case Greek ones are italic.
 */
export function runsFromLatex(latex: string): Runs {
  const tokens = latex.match(/\\[A-Za-z]+ ?|\\.|./gsu) ?? [];
  let place = 0;
  const group = (isUpright: boolean): Runs => {
    if (tokens[place] !== "{") return atom(isUpright);
    place++;
    const runs = list(isUpright);
    place++;
    return runs;
  };
  const list = (isUpright: boolean): Runs => {
    const runs: Run[] = [];
    while (place < tokens.length && tokens[place] !== "}") runs.push(...atom(isUpright));
    return runs;
  };
  const atom = (isUpright: boolean): Runs => {
    const token = tokens[place++] ?? "";
    if (token === "{") {
      place--;
      return group(isUpright);
    }
    if (token === "_") return subscript(group(isUpright));
    if (token === "^") return superscript(group(isUpright));
    if (token === "-") return upright("−");
    if (!token.startsWith("\\"))
      return /^[A-Za-z]$/.test(token) && !isUpright ? italic(token) : upright(token);
    const command = token.slice(1).trim();
    if (command === "mathrm" || command === "text" || command === "operatorname") return group(true);
    const letter =
      COMMANDS.get(command) ?? (/^[A-Za-z]/.test(command) ? command : command.replace(/[,;! ]/, ""));
    return /^[α-ω]$/.test(letter) && !isUpright ? italic(letter) : upright(letter);
  };
  const runs: Run[] = [];
  while (place < tokens.length) {
    runs.push(...list(false));
    place++; // a brace that closes nothing is dropped
  }
  return joinedRuns(runs);
}
