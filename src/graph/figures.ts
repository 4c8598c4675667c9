import { nameLatex } from "../formula/name-latex.ts";
import { formulaRuns } from "./formula-runs.ts";
import type {
  BathNode,
  GraphEdge,
  LevelPicture,
  ModelGraph,
  SubsystemNode,
  TermNode,
} from "./model-graph.ts";
import { type Runs, runsFromLatex, upright } from "./runs.ts";
import { shortened, textWidth } from "./text-width.ts";

export type Tone = "text" | "muted";

/** A line of text, its middle at x and its baseline at y from the middle of its figure. */
export interface Line {
  readonly runs: Runs;
  readonly fontSize: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly tone: Tone;
}

/** A node as it is drawn: a body around the origin, and lines in it and below it. */
export interface Figure {
  readonly id: string;
  readonly body: Body;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly Line[];
  /** How far lines reach to either side of the middle and below it, beyond the body if they do. */
  readonly reach: { readonly side: number; readonly below: number };
}

export type Body =
  | {
      readonly kind: "subsystem";
      readonly icon: { readonly levels: LevelPicture; readonly x: number; readonly y: number };
    }
  | { readonly kind: "term"; readonly isDot: boolean }
  | { readonly kind: "bath"; readonly warmth: BathNode["warmth"] };

/** The operators of an edge, one below the other where they are too many for a line. */
export interface EdgeLabel {
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
}

const SIZE = { name: 16, term: 13, small: 11.5 } as const;
const LIMIT = 230;
export const ICON = 18;

interface Text {
  readonly runs: Runs;
  readonly fontSize: number;
  readonly tone: Tone;
}

const textOf = (runs: Runs, fontSize: number, tone: Tone = "text"): Text => ({
  runs: shortened(runs, fontSize, LIMIT),
  fontSize,
  tone,
});

const widthOf = ({ runs, fontSize }: Text): number => textWidth(runs, fontSize);
const LEADING = 1.36;
const heightOf = (texts: readonly Text[]): number => texts.reduce((sum, t) => sum + LEADING * t.fontSize, 0);

/** Lines one below the other, the upper end of the first at `top`. */
function column(texts: readonly Text[], top: number): Line[] {
  let y = top;
  return texts.map((text) => {
    y += LEADING * text.fontSize;
    return { ...text, x: 0, y: y - 0.37 * text.fontSize, width: widthOf(text) };
  });
}

/** A name with its index set low; what is no name of the language stands as it is. */
const nameRuns = (name: string): Runs =>
  /^[\p{L}\p{N}_[\],]+$/u.test(name) ? runsFromLatex(nameLatex(name)) : upright(name);

const MAX_LINES = 6;

/** The first of many, and how many more there are. */
function few(texts: readonly Text[]): Text[] {
  if (texts.length <= MAX_LINES) return [...texts];
  const rest = texts.length - MAX_LINES + 1;
  return [...texts.slice(0, MAX_LINES - 1), textOf(upright(`… ${rest} more`), SIZE.small, "muted")];
}

function subsystemFigure({ id, name, kind, levels, terms }: SubsystemNode): Figure {
  const heading = textOf(nameRuns(name), SIZE.name);
  const own = few(terms.map((t) => textOf(formulaRuns(t), SIZE.term)));
  const texts = [heading, textOf(upright(kind), SIZE.small, "muted"), ...own];
  const gap = 7;
  const headingWidth = ICON + gap + widthOf(heading);
  const width = Math.max(headingWidth, ...texts.slice(1).map(widthOf)) + 22;
  const height = heightOf(texts) + 14;
  const [first, ...others] = column(texts, 7 - height / 2) as [Line, ...Line[]];
  return {
    id,
    body: { kind: "subsystem", icon: { levels, x: (ICON - headingWidth) / 2, y: first.y - 5.5 } },
    width,
    height,
    lines: [{ ...first, x: (ICON + gap) / 2 }, ...others],
    reach: { side: width / 2, below: height / 2 },
  };
}

/** `captionTop` is how far below the middle its summands may begin. */
function termFigure(term: TermNode, captionTop = 0): Figure {
  const { id, coefficient, labels } = term;
  const inside = coefficient && textOf(formulaRuns(coefficient), SIZE.name);
  const height = inside ? 32 : 14;
  const width = inside ? Math.max(height, widthOf(inside) + 18) : height;
  const below = few([
    ...labels.map((label) => textOf(upright(label), SIZE.small, "muted")),
    ...captionRuns(term).map((runs) => textOf(runs, SIZE.term)),
  ]);
  const top = Math.max(height / 2 + 4, captionTop);
  const captions = column(below, top);
  return {
    id,
    body: { kind: "term", isDot: !inside },
    width,
    height,
    lines: [...(inside ? column([inside], -LEADING * inside.fontSize * 0.5) : []), ...captions],
    reach: {
      side: Math.max(width / 2, ...captions.map((c) => c.width / 2)),
      below: below.length > 0 ? top + heightOf(below) : height / 2,
    },
  };
}

/** The summands of a term, one a line, with their signs. */
function captionRuns({ summands }: TermNode): Runs[] {
  const isAllPaired = summands.every((s) => s.plusAdjoint);
  return summands.map(({ formula, plusAdjoint }, place) => {
    const isNegative = formula.kind === "negative";
    const size = isNegative ? formula.operand : formula;
    const sign = isNegative ? "− " : place > 0 ? "+ " : "";
    const runs = formulaRuns(size);
    const isLast = place === summands.length - 1;
    if (isAllPaired) return [...upright(sign), ...runs, ...upright(isLast ? " + h.c." : "")];
    return plusAdjoint
      ? [...upright(`${sign}(`), ...runs, ...upright(" + h.c.)")]
      : [...upright(sign), ...runs];
  });
}

function bathFigure({ id, name, kind, role, beta, warmth }: BathNode): Figure {
  const isTold = role === undefined || role === name;
  const texts = [
    textOf(nameRuns(name), SIZE.name),
    textOf(upright(isTold ? kind : `${kind}, ${role}`), SIZE.small, "muted"),
    ...(beta
      ? [textOf([...runsFromLatex("\\beta"), ...upright(" = "), ...formulaRuns(beta)], SIZE.term)]
      : []),
  ];
  const height = heightOf(texts) + 14;
  const width = Math.max(...texts.map(widthOf)) + 34;
  return {
    id,
    body: { kind: "bath", warmth },
    width,
    height,
    lines: column(texts, 7 - height / 2),
    reach: { side: width / 2, below: height / 2 },
  };
}

/** Operators stand in one line up to this width. */
const LABEL_WIDTH = 46;

export function edgeLabel({ operators }: GraphEdge): EdgeLabel {
  const all = operators.map(formulaRuns);
  const inOne = textOf(
    all.flatMap((runs, i) => [...upright(i === 0 ? "" : ", "), ...runs]),
    SIZE.term,
  );
  const isShort = widthOf(inOne) <= LABEL_WIDTH;
  const texts = isShort ? [inOne] : few(all.map((runs) => textOf(runs, SIZE.term)));
  const height = heightOf(texts);
  return { lines: column(texts, -height / 2), width: Math.max(...texts.map(widthOf)) + 6, height };
}

/** The figures of all nodes of a graph by their ids; captions begin below the labels of `onLine`, which stand beside them. */
export function figuresOf(
  { subsystems, terms, baths }: ModelGraph,
  onLine: readonly GraphEdge[],
): ReadonlyMap<string, Figure> {
  const captionTop = Math.max(0, ...onLine.map((edge) => edgeLabel(edge).height / 2));
  const figures = [
    ...subsystems.map(subsystemFigure),
    ...terms.map((term) => termFigure(term, captionTop)),
    ...baths.map(bathFigure),
  ];
  return new Map(figures.map((figure) => [figure.id, figure]));
}
