import { graphlib, layout } from "@dagrejs/dagre";
import { type EdgeLabel, edgeLabel, type Figure, figuresOf } from "./figures.ts";
import type { GraphEdge, ModelGraph } from "./model-graph.ts";
import { type Arrow, orientation } from "./orientation.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A graph with a place for everything; y grows downwards. */
export interface PictureLayout {
  readonly nodes: readonly (Point & { readonly figure: Figure })[];
  readonly edges: readonly PlacedEdge[];
}

export interface PlacedEdge {
  readonly edge: GraphEdge;
  /** From one body to another; the picture draws a smooth line through the points. */
  readonly points: readonly Point[];
  /** Whether the line leaves its points upwards and downwards instead of sideways. */
  readonly isUpright: boolean;
  readonly label: Point & EdgeLabel;
}

/** A subsystem with the baths stacked on it, or any other node: what dagre moves as one. */
interface Block {
  readonly figure: Figure;
  readonly width: number;
  readonly height: number;
  readonly stacked: readonly Stacked[];
}

/** A bath at a place relative to its subsystem. */
interface Stacked extends Point {
  readonly figure: Figure;
  readonly edge: GraphEdge;
  readonly label: EdgeLabel;
  readonly side: 1 | -1;
}

const GAP = 10;

/** Places the nodes by ranks from left to right (dagre), with room for the labels of edges. */
export function pictureLayout(graph: ModelGraph): PictureLayout {
  const figures = figuresOf(graph);
  const { arrows, stacked } = orientation(graph);
  const onOthers = new Set(stacked.map(({ from }) => from));
  const blocks = [...figures.values()]
    .filter(({ id }) => !onOthers.has(id))
    .map((figure) => blockOf(figure, stacked, figures));
  const { places, edges } = ranked(blocks, arrows);
  return {
    nodes: blocks.flatMap(({ figure, stacked }, i) => [
      { figure, ...places[i]! },
      ...stacked.map((s) => ({ figure: s.figure, ...moved(s, places[i]!) })),
    ]),
    edges: [
      ...edges,
      ...blocks.flatMap((block, i) => block.stacked.map((s) => stackedEdge(s, block, places[i]!))),
    ],
  };
}

const moved = ({ x, y }: Point, by: Point): Point => ({ x: x + by.x, y: y + by.y });

/** Baths stand above and below their subsystem in turn, those of one side next to each other. */
function blockOf(figure: Figure, all: readonly GraphEdge[], figures: ReadonlyMap<string, Figure>): Block {
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

function stackedEdge({ edge, label, figure, side, ...place }: Stacked, block: Block, at: Point): PlacedEdge {
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

interface Ranked {
  readonly places: readonly Point[];
  readonly edges: readonly PlacedEdge[];
}

function ranked(blocks: readonly Block[], arrows: readonly Arrow[]): Ranked {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 22, edgesep: 16, ranksep: 40 });
  for (const { figure, width, height } of blocks) graph.setNode(figure.id, { width, height });
  const labels = arrows.map(({ edge }) => edgeLabel(edge));
  for (const [i, { left, right }] of arrows.entries()) {
    const { width, height } = labels[i]!;
    graph.setEdge(left, right, { width, height, labelpos: "c" });
  }
  layout(graph);
  const byId = new Map(blocks.map((block) => [block.figure.id, block]));
  const end = (id: string, side: 1 | -1): Point[] => {
    const { x, y } = graph.node(id) as Point;
    const { width, figure } = byId.get(id)!;
    return [
      { x: x + (side * figure.width) / 2, y },
      { x: x + (side * width) / 2, y },
    ];
  };
  return {
    places: blocks.map(({ figure }) => {
      const { x, y } = graph.node(figure.id) as Point;
      return { x, y };
    }),
    edges: arrows.map(({ left, right, edge }, i) => {
      const placed = graph.edge(left, right) as Point & { readonly points: readonly Point[] };
      return {
        edge,
        isUpright: false,
        points: [...end(left, 1), ...placed.points.slice(1, -1), ...end(right, -1).reverse()],
        label: { ...labels[i]!, x: placed.x, y: placed.y },
      };
    }),
  };
}
