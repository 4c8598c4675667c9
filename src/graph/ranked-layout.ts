import { graphlib, layout } from "@dagrejs/dagre";
import type { Arranged, Block } from "./blocks.ts";
import { edgeLabel } from "./figures.ts";
import type { Arrow } from "./orientation.ts";
import type { Point } from "./picture.ts";

/** Places blocks by ranks from left to right (dagre), with room for the labels of edges between the ranks. */
export function rankedLayout(blocks: readonly Block[], arrows: readonly Arrow[]): Arranged {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 24, edgesep: 18, ranksep: 60 });
  for (const { figure, width, height } of blocks) graph.setNode(figure.id, { width, height });
  const labels = arrows.map(({ edge }) => edgeLabel(edge));
  for (const [i, { left, right }] of arrows.entries()) {
    const { width, height } = labels[i]!;
    graph.setEdge(left, right, { width, height, labelpos: "c" });
  }
  layout(graph);
  const found = blocks.map(({ figure }) => graph.node(figure.id) as Point);
  const up = isUpsideDown(found) ? -1 : 1;
  const upright = ({ x, y }: Point): Point => ({ x, y: up * y });
  const places = found.map(upright);
  const byId = new Map(blocks.map((block, i) => [block.figure.id, { ...block, ...places[i]! }]));
  /** From the body to the edge of the block, so that lines keep clear of what stands around the body. */
  const end = (id: string, side: 1 | -1): Point[] => {
    const { x, y, width, figure } = byId.get(id)!;
    return [figure.width / 2, width / 2].map((far) => ({ x: x + side * far, y }));
  };
  return {
    places,
    edges: arrows.map(({ left, right, edge }, i) => {
      const placed = graph.edge(left, right) as Point & { readonly points: readonly Point[] };
      return {
        edge,
        isUpright: false,
        points: [...end(left, 1), ...placed.points.slice(1, -1).map(upright), ...end(right, -1).reverse()],
        label: { ...labels[i]!, ...upright(placed) },
      };
    }),
  };
}

/** Whether what comes first in the model mostly stands at the bottom: dagre does not care which way up it draws. */
function isUpsideDown(places: readonly Point[]): boolean {
  let order = 0;
  for (const [i, { y }] of places.entries()) {
    for (const before of places.slice(0, i)) order += Math.sign(y - before.y);
  }
  return order < 0;
}
