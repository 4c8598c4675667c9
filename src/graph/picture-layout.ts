import { blockOf, moved, stackedEdge } from "./blocks.ts";
import { figuresOf } from "./figures.ts";
import type { ModelGraph } from "./model-graph.ts";
import { orientation } from "./orientation.ts";
import type { Picture } from "./picture.ts";
import { rankedLayout } from "./ranked-layout.ts";
import { rowLayout, rowOf } from "./row-layout.ts";

/** A chain as one row; anything else by ranks from left to right. */
export function pictureLayout(graph: ModelGraph): Picture {
  const { arrows, stacked } = orientation(graph);
  const onOthers = new Set(stacked.map(({ from }) => from));
  const ids = [...graph.subsystems, ...graph.terms, ...graph.baths].map(({ id }) => id);
  const row = rowOf(
    ids.filter((id) => !onOthers.has(id)),
    arrows,
  );
  const figures = figuresOf(graph, row ? arrows.map(({ edge }) => edge) : []);
  const blocks = (row?.ids ?? ids.filter((id) => !onOthers.has(id))).map((id) =>
    blockOf(figures.get(id)!, stacked, figures),
  );
  const { places, edges } = row ? rowLayout(blocks, row.arrows) : rankedLayout(blocks, arrows);
  return {
    nodes: blocks.flatMap(({ figure, stacked: own }, i) => [
      { figure, ...places[i]! },
      ...own.map((s) => ({ figure: s.figure, ...moved(s, places[i]!) })),
    ]),
    edges: [
      ...edges,
      ...blocks.flatMap((block, i) => block.stacked.map((s) => stackedEdge(s, block, places[i]!))),
    ],
  };
}
