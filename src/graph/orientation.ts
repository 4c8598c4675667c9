import type { GraphEdge, ModelGraph } from "./model-graph.ts";

/** An edge as a picture from left to right takes it. */
export interface Arrow {
  readonly left: string;
  readonly right: string;
  readonly edge: GraphEdge;
}

/** Which end of each edge is on the left, and which baths stand above or below the subsystem that they touch. */
export interface Orientation {
  readonly arrows: readonly Arrow[];
  readonly stacked: readonly GraphEdge[];
}

/**
 * Subsystems stand from left to right in the order of the model: a term has the earlier half of its subsystems on its
 * left. The baths of a subsystem with nothing further out stand outside of it, as those at the ends of a chain do;
 * other baths of one subsystem are stacked on it. No arrows form a circle, since each leads to later subsystems.
 */
export function orientation({ terms, baths, subsystems, edges }: ModelGraph): Orientation {
  const byOrigin = listsBy(edges, ({ from }) => from);
  const edgesOf = (id: string): readonly GraphEdge[] => byOrigin.get(id) ?? [];
  const shared = baths.flatMap(({ id }) => (edgesOf(id).length > 1 ? edgesOf(id).map(fromLeft) : []));
  const inner = [...terms.flatMap(({ id }) => termArrows(edgesOf(id))), ...shared];
  const single = baths.flatMap(({ id, kind }) =>
    edgesOf(id).length === 1 ? [{ edge: edgesOf(id)[0]!, isThermal: kind !== "jumps" }] : [],
  );
  const bySubsystem = listsBy(single, ({ edge }) => edge.to);
  const entered = new Set(inner.map(({ right }) => right));
  const left = new Set(inner.map((arrow) => arrow.left));
  const arrows: Arrow[] = [...inner];
  const stacked: GraphEdge[] = [];
  for (const { id } of subsystems) {
    const own = bySubsystem.get(id) ?? [];
    const thermal = own.filter(({ isThermal }) => isThermal);
    const outer = thermal.length > 0 ? thermal : own;
    const isInside = entered.has(id) && left.has(id);
    const isAlone = !entered.has(id) && !left.has(id);
    for (const bath of own) {
      const place = outer.indexOf(bath);
      if (isInside || place < 0) stacked.push(bath.edge);
      else if (entered.has(id) || (isAlone && place % 2 === 1)) arrows.push(toRight(bath.edge));
      else arrows.push(fromLeft(bath.edge));
    }
  }
  return { arrows, stacked };
}

/** The edges of a term are in the order of the subsystems. */
const termArrows = (edges: readonly GraphEdge[]): Arrow[] =>
  edges.map((edge, place) => (place < edges.length / 2 ? toRight(edge) : fromLeft(edge)));

/** The term or bath left of the subsystem. */
const fromLeft = (edge: GraphEdge): Arrow => ({ left: edge.from, right: edge.to, edge });

/** The term or bath right of the subsystem. */
const toRight = (edge: GraphEdge): Arrow => ({ left: edge.to, right: edge.from, edge });

function listsBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const lists = new Map<string, T[]>();
  for (const item of items) {
    const list = lists.get(keyOf(item));
    if (list) list.push(item);
    else lists.set(keyOf(item), [item]);
  }
  return lists;
}
