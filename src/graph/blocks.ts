import { type EdgeLabel, edgeLabel, type Figure } from "./figures.ts";
import type { GraphEdge } from "./model-graph.ts";
import type { PlacedEdge, Point } from "./picture.ts";

/** A subsystem with the baths stacked on it, or any other node: what dagre moves as one. */
export interface Block {
  readonly figure: Figure;
  readonly width: number;
  readonly height: number;
  readonly stacked: readonly Stacked[];
}

/** A bath at a place relative to its subsystem. */
export interface Stacked extends Point {
  readonly figure: Figure;
  readonly edge: GraphEdge;
  readonly label: EdgeLabel;
  readonly side: 1 | -1;
}

/** Places for blocks, and the arrows between them. */
export interface Arranged {
  readonly places: readonly Point[];
  readonly edges: readonly PlacedEdge[];
}

/** Room between things that stand next to each other. */
export const GAP = 10;

export const moved = ({ x, y }: Point, by: Point): Point => ({ x: x + by.x, y: y + by.y });

/** Baths stand above and below their subsystem in turn, those of one side next to each other. */
export function blockOf(
  figure: Figure,
  all: readonly GraphEdge[],
  figures: ReadonlyMap<string, Figure>,
): Block {
  const own = all.filter(({ to }) => to === figure.id);
  const stacked = ([-1, 1] as const).flatMap((side) =>
    beside(
      own.filter((_, i) => (i % 2 === 0) === (side === -1)),
      side,
      figure,
      figures,
    ),
  );
  const reach = Math.max(figure.reach.below, ...stacked.map((s) => Math.abs(s.y) + s.figure.height / 2));
  const side = Math.max(
    figure.reach.side,
    ...stacked.map((s) => Math.abs(s.x) + Math.max(s.figure.width, s.label.width) / 2),
  );
  return { figure, width: 2 * side, height: 2 * reach, stacked };
}

function beside(
  edges: readonly GraphEdge[],
  side: 1 | -1,
  { height }: Figure,
  figures: ReadonlyMap<string, Figure>,
): Stacked[] {
  const items = edges.map((edge) => ({ edge, figure: figures.get(edge.from)!, label: edgeLabel(edge) }));
  const widths = items.map(({ figure, label }) => Math.max(figure.width, label.width) + GAP);
  const total = widths.reduce((a, b) => a + b, 0);
  const room = Math.max(0, ...items.map(({ label }) => label.height)) + 2 * GAP;
  let x = -total / 2;
  return items.map((item, i) => {
    x += widths[i]!;
    return { ...item, side, x: x - widths[i]! / 2, y: side * (height / 2 + room + item.figure.height / 2) };
  });
}

export function stackedEdge(
  { edge, label, figure, side, ...place }: Stacked,
  block: Block,
  at: Point,
): PlacedEdge {
  const inside = block.figure.width / 2 - GAP;
  const from = { x: place.x, y: place.y - (side * figure.height) / 2 };
  const to = { x: Math.max(-inside, Math.min(inside, place.x)), y: (side * block.figure.height) / 2 };
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  return {
    edge,
    isUpright: true,
    points: [moved(from, at), moved(to, at)],
    label: { ...label, ...moved(middle, at) },
  };
}
