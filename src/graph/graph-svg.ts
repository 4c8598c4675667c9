import { type Figure, ICON, type Line } from "./figures.ts";
import { graphDescription } from "./graph-description.ts";
import { iconPath } from "./level-icon.ts";
import type { BathWarmth, ModelGraph } from "./model-graph.ts";
import type { PlacedEdge, Point } from "./picture.ts";
import { type Extent, pictureExtent } from "./picture-extent.ts";
import { pictureLayout } from "./picture-layout.ts";
import type { Run } from "./runs.ts";

const INK = "#1d2433";
const MUTED = "#5d6678";
const PAPER = "#ffffff";

/** Outlines and fillings: warm for hot baths, blue for cold ones, grey for loads. */
const WARMTH: Readonly<Record<BathWarmth, { readonly stroke: string; readonly fill: string }>> = {
  hot: { stroke: "#c2410c", fill: "#fdebe1" },
  cold: { stroke: "#1d5fb4", fill: "#e6effb" },
  load: { stroke: "#667080", fill: "#eceef1" },
  neutral: { stroke: "#857a5b", fill: "#f5f2e8" },
};

const TERM = { stroke: "#6d4fa3", fill: "#f2edfa" };
const SUBSYSTEM = { stroke: "#3b465a", fill: "#fbfcfe" };

const FONTS =
  "'STIX Two Text', 'Times New Roman', 'Liberation Serif', 'Nimbus Roman', Georgia, 'DejaVu Serif', serif";

/**
 * The graph as an SVG picture on white paper, so that it reads the same on dark pages. It holds no scripts, no styles
 * and nothing from elsewhere; all text of the model is escaped.
 */
export function graphSvg(graph: ModelGraph): string {
  const layout = pictureLayout(graph);
  const { left, top, width, height } = pictureExtent(layout);
  const names = namesOf(graph);
  const size = `width="${px(width)}" height="${px(height)}"`;
  const box = `${px(left)} ${px(top)} ${px(width)} ${px(height)}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="${box}" role="img" font-family="${FONTS}">`,
    `<title>${escaped(titleOf(graph))}</title>`,
    `<desc>${escaped(graphDescription(graph))}</desc>`,
    paper({ left, top, width, height }),
    ...layout.edges.map((e) => edgeLine(e, colourOf(e, graph))),
    ...layout.edges.map((e) => edgeText(e)),
    ...layout.nodes.map((n) => node(n, names)),
    "</svg>\n",
  ].join("\n");
}

const titleOf = ({ name, description }: ModelGraph): string =>
  description ? `${name}: ${description}` : name;

const namesOf = ({ subsystems, terms, baths }: ModelGraph): ReadonlyMap<string, string> =>
  new Map([
    ...subsystems.map(({ id, name, kind }) => [id, `${kind} ${name}`] as const),
    ...terms.map(({ id, labels }) => [id, ["interaction", ...labels].join(" ")] as const),
    ...baths.map(({ id, name, kind }) => [id, `${kind} bath ${name}`] as const),
  ]);

const paper = ({ left, top, width, height }: Extent): string =>
  `<rect x="${px(left)}" y="${px(top)}" width="${px(width)}" height="${px(height)}" rx="10" fill="${PAPER}"/>`;

function colourOf({ edge }: PlacedEdge, { baths }: ModelGraph): string {
  const bath = baths.find(({ id }) => id === edge.from);
  return bath ? WARMTH[bath.warmth].stroke : TERM.stroke;
}

/** A smooth line through the points, level at each of them (or upright, for stacked baths, straight). */
function edgeLine({ points, isUpright }: PlacedEdge, colour: string): string {
  const isSame = (a: Point, b: Point | undefined): boolean => a.x === b?.x && a.y === b.y;
  const [first, ...others] = points.filter((p, i) => !isSame(p, points[i - 1])) as [Point, ...Point[]];
  let from = first;
  const steps = others.map((to) => {
    const middle = px((from.x + to.x) / 2);
    const step =
      isUpright || from.y === to.y
        ? `L${at(to)}`
        : `C${middle} ${px(from.y)} ${middle} ${px(to.y)} ${at(to)}`;
    from = to;
    return step;
  });
  return `<path d="M${at(first)}${steps.join("")}" fill="none" stroke="${colour}" stroke-width="1.5"/>`;
}

/** The operators on paper of their own, so that no line strikes through them. */
function edgeText({ label }: PlacedEdge): string {
  const { x, y, width, height, lines } = label;
  const ground = `<rect x="${px(x - width / 2)}" y="${px(y - height / 2)}" width="${px(width)}" height="${px(height)}" rx="4" fill="${PAPER}"/>`;
  return `<g>${ground}${lines.map((line) => lineText(line, { x, y })).join("")}</g>`;
}

function node(
  { figure, x, y }: Point & { readonly figure: Figure },
  names: ReadonlyMap<string, string>,
): string {
  const text = figure.lines.map((line) => lineText(line, { x, y })).join("");
  return `<g><title>${escaped(names.get(figure.id)!)}</title>${body(figure, { x, y })}${text}</g>`;
}

function body({ body: b, width, height }: Figure, { x, y }: Point): string {
  const rect = (radius: number, { stroke, fill }: typeof TERM): string =>
    `<rect x="${px(x - width / 2)}" y="${px(y - height / 2)}" width="${px(width)}" height="${px(height)}" ` +
    `rx="${px(radius)}" fill="${fill}" stroke="${stroke}" stroke-width="1.5"/>`;
  switch (b.kind) {
    case "subsystem": {
      const icon = iconPath(b.icon.levels, ICON);
      const place = `translate(${px(x + b.icon.x - ICON / 2)} ${px(y + b.icon.y - ICON / 2)})`;
      return `${rect(8, SUBSYSTEM)}<path transform="${place}" d="${icon}" fill="none" stroke="${MUTED}" stroke-width="1.4" stroke-linecap="round"/>`;
    }
    case "term":
      return rect(height / 2, b.isDot ? { ...TERM, fill: TERM.stroke } : TERM);
    case "bath":
      return rect(Math.min(height / 2, 22), WARMTH[b.warmth]);
  }
}

/** Runs follow each other in one text, so that they join whatever the viewer's font; baselines move by dy. */
function lineText({ runs, fontSize, x, y, tone }: Line, origin: Point): string {
  let rise = 0;
  const spans = runs.map((run) => {
    const dy = (rise - run.rise) * fontSize;
    rise = run.rise;
    return span(run, dy, fontSize);
  });
  return (
    `<text x="${px(origin.x + x)}" y="${px(origin.y + y)}" font-size="${fontSize}" text-anchor="middle" ` +
    `fill="${tone === "muted" ? MUTED : INK}" xml:space="preserve">${spans.join("")}</text>`
  );
}

function span({ text, isItalic, scale }: Run, dy: number, fontSize: number): string {
  const style = [
    ...(Math.abs(dy) > 1e-9 ? [`dy="${px(dy)}"`] : []),
    ...(scale !== 1 ? [`font-size="${px(scale * fontSize)}"`] : []),
    ...(isItalic ? ['font-style="italic"'] : []),
  ];
  return style.length === 0 ? escaped(text) : `<tspan ${style.join(" ")}>${escaped(text)}</tspan>`;
}

const at = ({ x, y }: Point): string => `${px(x)} ${px(y)}`;

/** To a tenth of a pixel: the same picture on every machine. */
const px = (value: number): string => String(Math.round(value * 10) / 10 || 0);

/** Text in XML; what XML cannot hold at all is replaced. */
const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
