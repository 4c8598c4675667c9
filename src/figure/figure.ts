import type { Runs } from "../graph/runs.ts";

/** A figure as data: what is drawn, in values and labels, without saying how. Panels stand one below the other. */
export interface Figure {
  /** The experiment's name, which files are named after. */
  readonly name: string;
  readonly title?: string;
  readonly panels: readonly Panel[];
}

export type Panel = LinesPanel | MapPanel;

/** Widths and heights are in pixels of 1/96 inch. */
interface PanelSize {
  readonly height: number;
}

export interface Axis {
  readonly title: Runs;
  readonly isLogarithmic: boolean;
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  /** Every how many of the ticks there is a label, from the first on. */
  readonly labelEvery: number;
  /** Digits behind the point that all ticks are written with; of a linear axis. */
  readonly decimals: number;
  /** Values are drawn in units of this power of ten, which the title says. */
  readonly exponent: number;
}

export type Point = readonly [x: number, y: number];

export interface Series {
  readonly label: Runs;
  /** Stretches of neighbouring points; between them there is no value. */
  readonly pieces: readonly (readonly Point[])[];
  /** `bound` is a limit that the others keep, `rest` the state of long times among ones on their way. */
  readonly role: "value" | "bound" | "rest";
}

/** Lines of values, points on them, and what holds in stretches of the abscissa. */
export interface LinesPanel extends PanelSize {
  readonly kind: "lines";
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  /** Whether the order of the series is one of growing values, such as times. */
  readonly isSequence: boolean;
  /** Whether the points are single ones, such as levels, that a line only guides the eye through. */
  readonly isDiscrete: boolean;
  readonly legend: LegendPlace;
  readonly bands: readonly Band[];
  readonly marks: readonly Mark[];
}

export type LegendPlace = "none" | "top-left" | "top-right" | "bottom-left" | "bottom-right" | "below";

/** A stretch of the abscissa in one regime; a border is where two of them meet. */
export interface Band {
  readonly regime: string;
  readonly from: number;
  readonly to: number;
}

/** Single points with one symbol. */
export interface Mark {
  readonly label: Runs;
  readonly points: readonly Point[];
  /** Those that are optima at an end of the range which was searched. */
  readonly ends: readonly Point[];
}

/** A quantity, or the regime, over two parameters. */
export interface MapPanel extends PanelSize {
  readonly kind: "map";
  readonly x: Axis;
  readonly y: Axis;
  /** Rectangles that cover the grid; undefined points are left out. */
  readonly cells: readonly Cell[];
  /** The title and the scale of a quantity's colours; absent where cells hold regimes. */
  readonly z?: Axis;
  /** In the order of their colours. */
  readonly regimes: readonly string[];
  /** Where a heat, a work or the quantity itself changes its sign, or one regime ends. */
  readonly borders: readonly (readonly Point[])[];
}

export interface Cell {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly value: number | string;
}

/** What the plotting area is expected to be wide, before the figure is fitted to the column of a journal. */
export const PANEL_WIDTH = 265;

/** One panel alone is higher than each of several. */
export const panelHeight = (panels: number): number => (panels === 1 ? 165 : panels === 2 ? 140 : 120);

/** A map is nearly a square. */
export const MAP_HEIGHT = 240;

/** How much larger than in print a figure is on a screen. */
export const PAGE_SCALE = 1.5;

/** Sizes of letters in pixels: 7.5 pt and 8.25 pt. */
export const FONT = { small: 10, title: 11 } as const;
