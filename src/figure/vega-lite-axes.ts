import { type Runs, runsText } from "../graph/runs.ts";
import { encodedRuns, RAISED } from "./encoded-runs.ts";
import { type Axis, FONT, type LinesPanel, type MapPanel, PAGE_SCALE, type Panel } from "./figure.ts";
import { letterWidths } from "./letter-widths.ts";

/** A specification of Vega-Lite, or a part of one: plain data. */
export type Json = { readonly [key: string]: unknown };

export interface SpecOptions {
  /** The width of the plotting area in pixels. */
  readonly width: number;
  /** With tool tips, and scales that can be dragged and zoomed. */
  readonly isInteractive: boolean;
}

/** A page on a screen has more room than a column. */
export const enlarged = ({ isInteractive }: SpecOptions): number => (isInteractive ? PAGE_SCALE : 1);

export interface PanelContext extends SpecOptions {
  readonly panels: readonly Panel[];
  readonly place: number;
}

/** The horizontal and the vertical scale with their axes. */
export function positions(
  panel: LinesPanel | MapPanel,
  context: PanelContext,
): { readonly x: Json; readonly y: Json } {
  return {
    x: {
      field: "x",
      type: "quantitative",
      scale: scaleOf(panel.x),
      axis: axisJson(panel.x, isShared(context)),
    },
    y: {
      field: "y",
      type: "quantitative",
      scale: scaleOf(panel.y),
      axis: { ...axisJson(panel.y, false), minExtent: labelExtent(context) },
    },
  };
}

const scaleOf = ({ isLogarithmic, domain }: Axis): Json => ({
  type: isLogarithmic ? "log" : "linear",
  domain,
  nice: false,
  ...(!isLogarithmic && { zero: false }),
});

/** Whether the panel below has the same abscissa, whose labels then serve both. */
function isShared({ panels, place }: PanelContext): boolean {
  const [here, below] = [panels[place]!, panels[place + 1]];
  if (below?.kind !== "lines" || here.kind !== "lines" || here.legend === "below") return false;
  const same = (of: (a: Axis) => unknown): boolean =>
    JSON.stringify(of(here.x)) === JSON.stringify(of(below.x));
  return same((a) => runsText(a.title)) && same((a) => [a.domain, a.ticks, a.exponent]);
}

/** Room that the labels of all panels' ordinates need, so that their titles stand below each other. */
function labelExtent(context: PanelContext): number {
  const widest = Math.max(...context.panels.flatMap(({ y }) => tickTexts(y).map(letterWidths)));
  return TICK + Math.ceil(FONT.small * enlarged(context) * widest);
}

/** A tick and the gap between it and its label. */
const TICK = 7;

/** About what ticks are labelled with: a raised exponent counts in full. */
const tickTexts = ({ ticks, decimals, isLogarithmic }: Axis): string[] =>
  ticks.map((t) => (isLogarithmic ? `10${Math.round(Math.log10(t))}` : t.toFixed(decimals)));

/** An expression of Vega's that writes powers of ten, every so many of them; it holds nothing of the model. */
function powerLabel({ ticks, labelEvery }: Axis): string {
  const power = "round(log(datum.value) / LN10)";
  const text = `'10${RAISED}' + replace(toString(${power}), '-', '−')`;
  return `(${power} - ${Math.round(Math.log10(ticks[0] ?? 1))}) % ${labelEvery} == 0 ? ${text} : ''`;
}

function axisJson(axis: Axis, isHidden: boolean): Json {
  const { title, ticks, decimals, isLogarithmic } = axis;
  return {
    values: ticks,
    title: isHidden || title.length === 0 ? null : encodedRuns(title),
    labels: !isHidden,
    ...(isLogarithmic ? { labelExpr: powerLabel(axis) } : { format: `.${decimals}f` }),
  };
}

/** Labels as Vega-Lite tells series apart: no two of them are one string. */
export function distinctLabels(labels: readonly Runs[]): string[] {
  return labels.map((label, k) => {
    const text = encodedRuns(label);
    const earlier = labels.slice(0, k).filter((other) => encodedRuns(other) === text).length;
    return text + "\u200b".repeat(earlier);
  });
}
