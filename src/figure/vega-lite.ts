import { type Figure, FONT, type Panel } from "./figure.ts";
import { enlarged, type Json, type PanelContext, type SpecOptions } from "./vega-lite-axes.ts";
import { linesLayers } from "./vega-lite-lines.ts";
import { mapLayers } from "./vega-lite-map.ts";

/** Letters that journals take; Arimo, which fits them, is what PNG files are made with. */
export const FONTS = "Helvetica, Arial, Arimo, 'Liberation Sans', 'DejaVu Sans', sans-serif";

const INK = "#000000";

/**
 * A figure as a specification of Vega-Lite. What comes from a model is only ever data (values and labels), never a name
 * of a field or a part of an expression.
 */
export function vegaLite({ panels, title }: Figure, options: SpecOptions): Json {
  const views = panels.map((panel, k) => panelView(panel, { ...options, panels, place: k }));
  const [single] = views;
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    ...(title !== undefined && { description: title }),
    background: "white",
    padding: { left: 2, right: 3, top: 2, bottom: 4 },
    config: configOf(FONT.small * enlarged(options), FONT.title * enlarged(options)),
    ...(views.length === 1 ? single : { vconcat: views, spacing: 4, resolve: APART }),
  };
}

const APART: Json = {
  scale: {
    color: "independent",
    fill: "independent",
    stroke: "independent",
    shape: "independent",
    strokeDash: "independent",
  },
};

const configOf = (small: number, title: number): Json => ({
  font: FONTS,
  aria: false,
  view: { stroke: null },
  axis: {
    grid: false,
    domain: false,
    tickColor: INK,
    tickWidth: 0.75,
    tickSize: 4,
    labelColor: INK,
    labelFontSize: small,
    labelPadding: 3,
    // each below its tick, also the first and the last
    labelFlush: false,
    titleColor: INK,
    titleFontSize: title,
    titleFontWeight: "normal",
    titlePadding: 6,
  },
  legend: {
    labelColor: INK,
    labelFontSize: small,
    labelLimit: 0,
    titleColor: INK,
    titleFontSize: small,
    titleFontWeight: "normal",
    rowPadding: 2,
    columnPadding: 12,
    offset: 6,
    padding: 0,
    symbolOffset: 0,
    // one below the other, so that they stay in the column
    layout: { bottom: { anchor: "start", direction: "vertical", margin: 2 } },
  },
  text: { fontSize: small, color: INK },
});

function panelView(panel: Panel, context: PanelContext): Json {
  const layers = panel.kind === "lines" ? linesLayers(panel, context) : mapLayers(panel, context);
  return {
    width: context.width,
    height: Math.round(panel.height * enlarged(context)),
    layer: [...layers, FRAME, ...letterOf(context)],
    resolve: APART,
  };
}

/** Above the grounds, which would cover half of it. */
const FRAME: Json = {
  data: { values: [{}] },
  mark: { type: "rect", clip: false, fillOpacity: 0, stroke: INK, strokeWidth: 0.75 },
  encoding: { x: { value: 0 }, x2: { value: "width" }, y: { value: 0 }, y2: { value: "height" } },
};

/** (a), (b), … of a figure with several panels, left above each. */
function letterOf(context: PanelContext): Json[] {
  const { panels, place } = context;
  if (panels.length === 1) return [];
  return [
    {
      data: { values: [{}] },
      mark: {
        type: "text",
        clip: false,
        align: "left",
        baseline: "bottom",
        fontSize: FONT.title * enlarged(context),
        text: `(${"abcdefghijklmnopqrstuvwxyz"[place]})`,
      },
      encoding: { x: { value: -36 * enlarged(context) }, y: { value: -4 } },
    },
  ];
}
