import type { Line } from "./figures.ts";
import type { Picture, Point } from "./picture.ts";

/** A rectangle of a picture. */
export interface Extent {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const MARGIN = 16;

/** What a picture fills, with a margin around it. */
export function pictureExtent(layout: Picture): Extent {
  const boxes = [...bodyBoxes(layout), ...textBoxes(layout), ...pointBoxes(layout)];
  const left = Math.min(...boxes.map((b) => b.left), 0);
  const top = Math.min(...boxes.map((b) => b.top), 0);
  const right = Math.max(...boxes.map((b) => b.left + b.width), 0);
  const bottom = Math.max(...boxes.map((b) => b.top + b.height), 0);
  return {
    left: left - MARGIN,
    top: top - MARGIN,
    width: right - left + 2 * MARGIN,
    height: bottom - top + 2 * MARGIN,
  };
}

/** The boxes, circles and ovals of the nodes. */
export const bodyBoxes = ({ nodes }: Picture): Extent[] =>
  nodes.map(({ figure: { width, height }, x, y }) => ({
    left: x - width / 2,
    top: y - height / 2,
    width,
    height,
  }));

/** Every line of text, those of the nodes and the labels of the edges. */
export const textBoxes = ({ nodes, edges }: Picture): Extent[] => [
  ...nodes.flatMap(({ figure, x, y }) => figure.lines.map((line) => lineBox(line, { x, y }))),
  ...edges.flatMap(({ label }) => label.lines.map((line) => lineBox(line, label))),
];

/** From the top of a superscript to the foot of a subscript. */
const lineBox = ({ width, fontSize, x, y }: Line, origin: Point): Extent => ({
  left: origin.x + x - width / 2,
  top: origin.y + y - 0.98 * fontSize,
  width,
  height: 1.3 * fontSize,
});

const pointBoxes = ({ edges }: Picture): Extent[] =>
  edges.flatMap(({ points }) => points.map(({ x, y }) => ({ left: x, top: y, width: 0, height: 0 })));
