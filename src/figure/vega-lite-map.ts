import { REGIME_COLOURS } from "./colours.ts";
import { encodedRuns } from "./encoded-runs.ts";
import type { MapPanel } from "./figure.ts";
import { type Json, type PanelContext, positions } from "./vega-lite-axes.ts";

/** The layers of a map: cells, then borders. */
export function mapLayers(panel: MapPanel, context: PanelContext): Json[] {
  const at = positions(panel, context);
  const { cells, borders, z, regimes } = panel;
  const fill: Json = z
    ? {
        field: "z",
        type: "quantitative",
        scale: colourScale(z.domain),
        legend: {
          title: encodedRuns(z.title),
          orient: "bottom",
          direction: "horizontal",
          gradientLength: Math.round(0.7 * context.width),
          gradientThickness: 8,
          values: z.ticks,
          format: `.${z.decimals}f`,
        },
      }
    : {
        field: "z",
        type: "nominal",
        scale: {
          domain: regimes,
          range: regimes.map((r) => (REGIME_COLOURS[r] ?? REGIME_COLOURS.other!).map),
        },
        legend: {
          title: null,
          orient: "bottom",
          direction: "horizontal",
          columns: 3,
          symbolType: "square",
          symbolSize: 110,
        },
      };
  return [
    {
      data: { values: cells.map(({ x, y, value }) => ({ x: x[0], x2: x[1], y: y[0], y2: y[1], z: value })) },
      // without an outline of its own colour neighbours show a hair of the ground between them
      mark: { type: "rect", clip: true, strokeWidth: 0.4 },
      encoding: {
        x: at.x,
        x2: { field: "x2" },
        y: at.y,
        y2: { field: "y2" },
        fill,
        stroke: { field: "z", type: fill.type, scale: fill.scale, legend: null },
      },
    },
    {
      data: { values: borders.flatMap((line, b) => line.map(([x, y], o) => ({ x, y, b, o }))) },
      mark: { type: "line", color: "#000000", strokeWidth: 1, clip: true },
      encoding: { x: at.x, y: at.y, detail: { field: "b" }, order: { field: "o" } },
    },
  ];
}

/** Two colours that meet in white at zero where values have both signs, else one growing scale. */
function colourScale([low, high]: readonly [number, number]): Json {
  return low < 0 && high > 0
    ? { scheme: "purpleorange", domain: [low, high], reverse: true }
    : { scheme: "viridis", domain: [low, high] };
}
