import { runsText, upright } from "../graph/runs.ts";
import { BOUND, DASHES, REGIME_COLOURS, REST, SERIES_COLOURS, SHAPES, sequenceColours } from "./colours.ts";
import { type Band, FONT, type LinesPanel, type Point, type Series } from "./figure.ts";
import { runsWidth } from "./letter-widths.ts";
import { distinctLabels, enlarged, type Json, type PanelContext, positions } from "./vega-lite-axes.ts";

/** The layers of a panel of lines, from the ground up. */
export function linesLayers(panel: LinesPanel, context: PanelContext): Json[] {
  const at = positions(panel, context);
  return [
    ...bandLayers(panel, context, at),
    ...(holdsZero(panel) ? [ruleLayer({ y: { ...at.y, datum: 0, field: undefined } }, "#999999")] : []),
    ...lineLayers(panel, context, at),
    ...markLayer(panel, at),
  ].map((layer) => JSON.parse(JSON.stringify(layer)) as Json);
}

type Positions = ReturnType<typeof positions>;

const holdsZero = ({ y: { domain, isLogarithmic } }: LinesPanel): boolean =>
  !isLogarithmic && domain[0] < 0 && domain[1] > 0;

const ruleLayer = (encoding: Json, colour: string): Json => ({
  data: { values: [{}] },
  mark: { type: "rule", color: colour, strokeWidth: 0.6 },
  encoding,
});

function bandLayers({ bands, x }: LinesPanel, context: PanelContext, at: Positions): Json[] {
  const { place, width, panels } = context;
  const size = (FONT.small - 1) * enlarged(context);
  if (bands.length === 0) return [];
  const scale = 10 ** x.exponent;
  const values = bands.map(({ regime, from, to }) => ({ x: from / scale, x2: to / scale, r: regime }));
  const regimes = [...new Set(bands.map((b) => b.regime))];
  const pixels = ([from, to]: readonly [number, number]): readonly [number, number] =>
    pixelsOf(from / scale, to / scale, x.domain, x.isLogarithmic, width);
  const labels = packedLabels(bands, pixels, size, width);
  const isFirst = panels.findIndex((p) => p.kind === "lines" && p.bands.length > 0) === place;
  return [
    {
      data: { values },
      mark: { type: "rect", clip: true },
      encoding: {
        x: at.x,
        x2: { field: "x2" },
        fill: {
          field: "r",
          type: "nominal",
          scale: { domain: regimes, range: regimes.map((r) => groundOf(r)) },
          legend: labels || !isFirst ? null : { orient: "bottom", title: null },
        },
      },
    },
    {
      data: { values: values.slice(1).map(({ x: border }) => ({ x: border })) },
      mark: { type: "rule", color: "#999999", strokeWidth: 0.6, clip: true },
      encoding: { x: at.x },
    },
    ...(labels && isFirst ? labels.map((l) => bandLabel(l, size)) : []),
  ];
}

const groundOf = (regime: string): string => (REGIME_COLOURS[regime] ?? REGIME_COLOURS.other!).ground;

const bandLabel = ({ regime, x }: BandLabel, fontSize: number): Json => ({
  data: { values: [{ r: regime }] },
  mark: { type: "text", clip: false, align: "center", baseline: "bottom", fontSize, color: "#333333" },
  encoding: { text: { field: "r", type: "nominal" }, x: { value: x }, y: { value: -4 } },
});

interface BandLabel {
  readonly regime: string;
  /** Its middle in pixels. */
  readonly x: number;
}

function pixelsOf(
  from: number,
  to: number,
  domain: readonly [number, number],
  isLog: boolean,
  width: number,
): [number, number] {
  const place = (v: number): number =>
    isLog
      ? Math.log(v / domain[0]) / Math.log(domain[1] / domain[0])
      : (v - domain[0]) / (domain[1] - domain[0]);
  return [width * place(from), width * place(to)];
}

/** The names of the bands in one row above them, moved aside so that none runs into another; undefined where they have no room. */
function packedLabels(
  bands: readonly Band[],
  pixels: (band: readonly [number, number]) => readonly [number, number],
  size: number,
  width: number,
): BandLabel[] | undefined {
  const gap = 8;
  const sizes = bands.map((b) => size * runsWidth(upright(b.regime)));
  if (sizes.reduce((sum, s) => sum + s + gap, -gap) > width) return undefined;
  const centres = bands.map(({ from, to }) => {
    const [left, right] = pixels([from, to]);
    return (left + right) / 2;
  });
  const room = (k: number): number => (sizes[k]! + sizes[k + 1]!) / 2 + gap;
  // neighbours that overlap push each other apart, a few times over; then the ends are kept inside
  for (let round = 0; round < 50; round++) {
    for (let k = 0; k + 1 < centres.length; k++) {
      const lack = room(k) - (centres[k + 1]! - centres[k]!);
      if (lack <= 0) continue;
      centres[k] = centres[k]! - lack / 2;
      centres[k + 1] = centres[k + 1]! + lack / 2;
    }
    centres[0] = Math.max(centres[0]!, sizes[0]! / 2);
    const last = centres.length - 1;
    centres[last] = Math.min(centres[last]!, width - sizes[last]! / 2);
  }
  return bands.map(({ regime }, k) => ({ regime, x: Number(centres[k]!.toFixed(1)) }));
}

function lineLayers(panel: LinesPanel, { isInteractive, place, width }: PanelContext, at: Positions): Json[] {
  const { series, isDiscrete } = panel;
  const labels = distinctLabels(series.map((s) => s.label));
  const values = series.flatMap((s, k) =>
    s.pieces.flatMap((piece, p) =>
      piece.map((point, o) => ({
        x: point[0],
        y: point[1],
        s: labels[k],
        p,
        o,
        // a value between two that are undefined would not be seen as a line
        ...(piece.length === 1 && { lone: true }),
        ...(isInteractive && { t: tipOf(panel, s, point) }),
      })),
    ),
  );
  const scale = (range: readonly unknown[]): Json => ({ domain: labels, range });
  const colour = { field: "s", type: "nominal", scale: scale(coloursOf(panel)) };
  const legend = legendJson(panel, width);
  const points = isDiscrete || isInteractive ? values : values.filter((v) => v.lone);
  return [
    {
      data: { values },
      mark: { type: "line", strokeWidth: isDiscrete ? 1 : 1.5, strokeJoin: "round", clip: true },
      encoding: {
        ...at,
        color: { ...colour, legend },
        strokeDash: { field: "s", type: "nominal", scale: scale(dashesOf(panel)), legend },
        detail: { field: "p" },
        order: { field: "o" },
      },
    },
    ...(points.length === 0
      ? []
      : [
          {
            data: { values: points },
            ...(isInteractive && {
              params: [{ name: `view${place}`, select: "interval", bind: "scales" }],
            }),
            mark: {
              type: "circle",
              size: isDiscrete ? 14 : 10,
              opacity: isDiscrete || !isInteractive ? 1 : 0,
              clip: true,
            },
            encoding: {
              ...at,
              color: { ...colour, legend: null },
              ...(isInteractive && { tooltip: { field: "t" } }),
            },
          },
        ]),
  ];
}

function tipOf({ x, y }: LinesPanel, { label }: Series, [u, v]: Point): string {
  const lines = [runsText(label), `${runsText(x.title)}: ${u}`, `${runsText(y.title)}: ${v}`];
  return lines.filter((t) => t !== "").join("\n");
}

function coloursOf({ series, isSequence }: LinesPanel): string[] {
  const ofValues = series.filter((s) => s.role === "value").length;
  const sequence = sequenceColours(ofValues);
  let used = 0;
  return series.map(({ role }) => {
    if (role === "bound") return BOUND.colour;
    if (role === "rest") return REST;
    const k = used++;
    return isSequence ? sequence[k]! : SERIES_COLOURS[k % SERIES_COLOURS.length]!;
  });
}

function dashesOf({ series, isSequence, isDiscrete }: LinesPanel): (readonly number[])[] {
  let used = 0;
  return series.map(({ role }) => {
    if (role === "bound") return BOUND.dash;
    return isSequence || isDiscrete ? DASHES[0]! : DASHES[dashPlace(used++)]!;
  });
}

/** After all colours were used once, dashes are shifted, so that no two lines are alike. */
const dashPlace = (k: number): number => (k + Math.floor(k / SERIES_COLOURS.length)) % DASHES.length;

/** Room beside a label for its piece of line, and between columns, in pixels. */
const LEGEND_SYMBOL = 36;

function legendJson({ legend, series }: LinesPanel, width: number): Json | null {
  if (legend === "none") return null;
  const common = { title: null, symbolType: "stroke", symbolStrokeWidth: 1.5, symbolSize: 320 };
  if (legend !== "below") return { ...common, orient: legend };
  const widest = LEGEND_SYMBOL + FONT.small * Math.max(...series.map((s) => runsWidth(s.label)));
  const columns = Math.max(1, Math.floor(width / widest));
  return { ...common, orient: "bottom", direction: "horizontal", columns: Math.min(columns, series.length) };
}

/** What tells optima between the ends of a range from those at one of them, where there are such. */
const INSIDE = { label: "between the ends", colour: "#000000" };
const AT_END = { label: "at an end of the range", colour: "#999999" };

function markLayer({ marks, legend }: LinesPanel, at: Positions): Json[] {
  if (marks.length === 0) return [];
  const labels = distinctLabels(marks.map((m) => m.label));
  const hasEnds = marks.some((m) => m.ends.length > 0);
  const kinds = [INSIDE, ...(hasEnds ? [AT_END] : [])];
  const valuesOf = (points: readonly Point[], m: string, e: string): Json[] =>
    points.map(([x, y]) => ({ x, y, m, e }));
  const placed = {
    title: null,
    symbolSize: 42,
    symbolStrokeWidth: 1.2,
    ...(legend === "below" ? { orient: "bottom", direction: "horizontal" } : { orient: legend }),
  };
  const isPlain = legend === "none" || marks.every((m) => m.label.length === 0);
  return [
    {
      data: {
        values: [
          ...marks.flatMap((m, k) => valuesOf(m.ends, labels[k]!, AT_END.label)),
          ...marks.flatMap((m, k) => valuesOf(m.points, labels[k]!, INSIDE.label)),
        ],
      },
      // hollow, so that those that fall on each other are all seen
      mark: { type: "point", filled: false, size: 42, opacity: 1, strokeWidth: 1.2 },
      encoding: {
        ...at,
        shape: {
          field: "m",
          type: "nominal",
          scale: { domain: labels, range: labels.map((_, k) => SHAPES[k % SHAPES.length]!) },
          legend: isPlain ? null : { ...placed, symbolStrokeColor: INSIDE.colour },
        },
        stroke: {
          field: "e",
          type: "nominal",
          scale: { domain: kinds.map((k) => k.label), range: kinds.map((k) => k.colour) },
          legend: hasEnds && legend !== "none" ? { ...placed, symbolType: "circle" } : null,
        },
      },
    },
  ];
}
