import type { ComplexSparse } from "../numerics/complex-sparse.ts";
import { createKernels, type Kernels, SMALL_OF_MANY_STEPS, viewOf } from "../numerics/kernels.ts";
import type { BlockLayout } from "./block-layout.ts";
import type { Moves, PairTerm } from "./pair-term.ts";

/** T = G X + Σ c·AXB† (half of it where A = B) on dense blocks of X, in the memory of kernels. */
export interface BlockMap {
  /** What is read, and what `run` writes: all blocks of a layout, one after the other. */
  readonly x: Parts;
  readonly t: Parts;
  readonly run: () => void;
}

interface Parts {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Prepares a map of a sparse G, held by rows, and of jumps. */
export function blockMap(layout: BlockLayout, g: ComplexSparse, terms: readonly PairTerm[]): BlockMap {
  const { length, blocks } = layout;
  const kernels = createKernels(4 * length + numbersOf(layout, g, terms), SMALL_OF_MANY_STEPS);
  const [xRe, xIm, tRe, tIm] = [0, 1, 2, 3].map(() => kernels.take(length)) as [
    number,
    number,
    number,
    number,
  ];
  const drifts = blocks.map(({ states, offset }, block) => {
    const matrix = placeRows(kernels, layout, g, block);
    const n = states.length;
    return () => kernels.addSparse(matrix, n, xRe + offset, xIm + offset, tRe + offset, tIm + offset);
  });
  const places = new Map<Moves, Placed>();
  const placeOf = (moves: Moves): Placed => {
    const placed = places.get(moves) ?? place(kernels, moves);
    places.set(moves, placed);
    return placed;
  };
  const jumps = terms.flatMap(({ re, im, left, right, routes }) => {
    const share = left === right ? 0.5 : 1;
    return routes.map(({ from, to, rows, columns }) => {
      const [a, b] = [placeOf(rows), placeOf(columns)];
      return () =>
        kernels.addMoved(
          a.entries,
          a.count,
          b.runs,
          b.runCount,
          share * re,
          share * im,
          xRe + from.offset,
          xIm + from.offset,
          from.stride,
          tRe + to.offset,
          tIm + to.offset,
          to.stride,
        );
    });
  });
  const t = { re: viewOf(kernels, tRe, length), im: viewOf(kernels, tIm, length) };
  return {
    x: { re: viewOf(kernels, xRe, length), im: viewOf(kernels, xIm, length) },
    t,
    run: () => {
      t.re.fill(0);
      t.im.fill(0);
      for (const add of drifts) add();
      for (const add of jumps) add();
    },
  };
}

/** Numbers that the operators take, from above. */
function numbersOf({ blocks }: BlockLayout, g: ComplexSparse, terms: readonly PairTerm[]): number {
  let numbers = 3 * g.rows.length;
  for (const { states } of blocks) numbers += states.length;
  for (const { routes } of terms)
    for (const { rows, columns } of routes) numbers += 7 * (rows.source.length + columns.source.length);
  return numbers;
}

/** The rows of one block of G as `addSparse` takes them. */
function placeRows(
  { heap, take }: Kernels,
  { blocks, blockOf, placeOf }: BlockLayout,
  g: ComplexSparse,
  block: number,
): number {
  const numbers: number[] = [];
  for (const state of blocks[block]!.states) {
    const head = numbers.push(0) - 1;
    for (let e = g.columnStarts[state]!; e < g.columnStarts[state + 1]!; e++) {
      if (blockOf[g.rows[e]!] !== block) continue;
      numbers[head]!++;
      numbers.push(placeOf[g.rows[e]!]!, g.re[e]!, g.im[e]!);
    }
  }
  const place = take(numbers.length);
  heap.set(numbers, place);
  return place;
}

/** An operator as `addMoved` takes it, on the left and on the right. */
interface Placed {
  readonly entries: number;
  readonly count: number;
  readonly runs: number;
  readonly runCount: number;
}

function place({ heap, take }: Kernels, { source, target, weight }: Moves): Placed {
  const count = source.length;
  const entries = take(3 * count);
  for (let k = 0; k < count; k++) heap.set([source[k]!, target[k]!, weight[k]!], entries + 3 * k);
  const numbers: number[] = [];
  let runCount = 0;
  for (let k = 0; k < count; runCount++) {
    let end = k + 1;
    while (end < count && source[end] === source[end - 1]! + 1 && target[end] === target[end - 1]! + 1) end++;
    numbers.push(source[k]!, target[k]!, end - k, ...weight.subarray(k, end));
    k = end;
  }
  const runs = take(numbers.length);
  heap.set(numbers, runs);
  return { entries, count, runs, runCount };
}
