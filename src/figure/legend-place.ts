import type { Runs } from "../graph/runs.ts";
import { type Axis, FONT, type LegendPlace, PANEL_WIDTH, type Point } from "./figure.ts";
import { runsWidth } from "./letter-widths.ts";

/** Room beside a label for the piece of line that it explains, and the height of a line, in pixels. */
const [SYMBOL, LINE, MARGIN] = [34, 14, 8];

const CORNERS = ["top-right", "top-left", "bottom-right", "bottom-left"] as const;

interface Drawn {
  readonly x: Axis;
  readonly y: Axis;
  readonly labels: readonly Runs[];
  readonly height: number;
  /** Stretches of line. */
  readonly pieces: readonly (readonly Point[])[];
}

/** The corner that no line runs through, or below the panel where each has one. */
export function legendPlace({ x, y, labels, height: panelHeight, pieces }: Drawn): LegendPlace {
  if (labels.length === 0) return "none";
  const width = SYMBOL + MARGIN + FONT.small * Math.max(...labels.map(runsWidth));
  const height = LINE * labels.length + MARGIN;
  if (height > 0.6 * panelHeight || width > PANEL_WIDTH / 2) return "below";
  const points = pieces.flatMap((piece) => traced(piece.map((p) => pixel(p, x, y, panelHeight))));
  const isFree = (corner: (typeof CORNERS)[number]): boolean => {
    const left = corner.endsWith("left") ? 0 : PANEL_WIDTH - width;
    const top = corner.startsWith("top") ? 0 : panelHeight - height;
    return !points.some(
      ([u, v]) =>
        u > left - MARGIN && u < left + width + MARGIN && v > top - MARGIN && v < top + height + MARGIN,
    );
  };
  return CORNERS.find(isFree) ?? "below";
}

function pixel([u, v]: Point, x: Axis, y: Axis, height: number): Point {
  return [PANEL_WIDTH * fraction(u, x), height * (1 - fraction(v, y))];
}

function fraction(value: number, { domain: [from, to], isLogarithmic }: Axis): number {
  return isLogarithmic ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
}

/** Points along a line, close enough that none jumps over a legend. */
function traced(points: readonly Point[]): Point[] {
  return points.flatMap((to, k): Point[] => {
    const from = points[k - 1] ?? to;
    const steps = Math.min(400, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / MARGIN)) || 1;
    return Array.from({ length: steps }, (_, s) => {
      const t = (s + 1) / steps;
      return [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])];
    });
  });
}
