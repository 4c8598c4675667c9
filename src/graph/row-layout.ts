import { type Arranged, type Block, GAP } from "./blocks.ts";
import { type EdgeLabel, edgeLabel } from "./figures.ts";
import type { Arrow } from "./orientation.ts";
import type { PlacedEdge, Point } from "./picture.ts";

/** Nodes one after the other, each joined to the next. */
export interface Row {
  readonly ids: readonly string[];
  /** The arrow that leads to the next node. */
  readonly arrows: readonly Arrow[];
}

/** The nodes in the order in which the arrows lead from each to the next; undefined where they branch or fall apart. */
export function rowOf(ids: readonly string[], arrows: readonly Arrow[]): Row | undefined {
  const next = new Map(arrows.map((arrow) => [arrow.left, arrow]));
  const entered = new Set(arrows.map(({ right }) => right));
  const isPath =
    next.size === arrows.length && entered.size === arrows.length && arrows.length === ids.length - 1;
  const first = ids.find((id) => !entered.has(id));
  if (!isPath || first === undefined) return undefined;
  const row = { ids: [first], arrows: [] as Arrow[] };
  for (let arrow = next.get(first); arrow; arrow = next.get(arrow.right)) {
    row.ids.push(arrow.right);
    row.arrows.push(arrow);
  }
  // what is not on the way from the first node would be a circle of its own
  return row.ids.length === ids.length ? row : undefined;
}

/** Long rows are set tighter. */
const LONG = 9;

/** Places a row on one line, each node as far left as what stands on, above and below the line allows. */
export function rowLayout(blocks: readonly Block[], arrows: readonly Arrow[]): Arranged {
  const gap = blocks.length > LONG ? GAP : 2 * GAP;
  const labels = arrows.map(({ edge }) => edgeLabel(edge));
  const places: Point[] = [];
  const right = { line: 0, above: Number.NEGATIVE_INFINITY, below: Number.NEGATIVE_INFINITY };
  for (const [i, block] of blocks.entries()) {
    const half = block.figure.width / 2;
    const reach = { above: reachOn(block, -1), below: reachOn(block, 1) };
    const room = i === 0 ? 0 : labels[i - 1]!.width + 2 * gap;
    const x = Math.max(
      right.line + room + half,
      right.above + reach.above + GAP,
      right.below + reach.below + GAP,
    );
    places.push({ x, y: 0 });
    right.line = x + half;
    if (reach.above > 0) right.above = x + reach.above;
    if (reach.below > 0) right.below = x + reach.below;
  }
  return { places, edges: arrows.map(({ edge }, i) => edgeBetween(i, edge, labels[i]!, blocks, places)) };
}

/** Half the width of what a block has above or below its body. */
function reachOn({ figure, stacked }: Block, side: 1 | -1): number {
  const baths = stacked.filter((s) => s.side === side).map((s) => Math.abs(s.x) + s.figure.width / 2);
  const captions = side === 1 && figure.reach.below > figure.height / 2 ? [figure.reach.side] : [];
  return Math.max(0, ...baths, ...captions);
}

function edgeBetween(
  place: number,
  edge: PlacedEdge["edge"],
  label: EdgeLabel,
  blocks: readonly Block[],
  places: readonly Point[],
): PlacedEdge {
  const from = places[place]!.x + blocks[place]!.figure.width / 2;
  const to = places[place + 1]!.x - blocks[place + 1]!.figure.width / 2;
  return {
    edge,
    isUpright: false,
    points: [
      { x: from, y: 0 },
      { x: to, y: 0 },
    ],
    label: { ...label, x: (from + to) / 2, y: 0 },
  };
}
