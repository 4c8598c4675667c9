import type { SymmetricPattern } from "./symmetric-pattern.ts";

/**
 * A partly eliminated graph. A node is a *variable* (not yet eliminated, standing for `weight` indistinguishable nodes
 * of the original graph), an *element* (eliminated: a clique of the variables in its list), or gone (absorbed in
 * another). A variable's list holds first `elementCounts` elements, then variables; lists may still name nodes that are
 * gone. Fill is implicit in the cliques, so the lists never outgrow the original graph (George and Liu 1981, ch. 5).
 */
export interface QuotientGraph {
  readonly size: number;
  lists: Int32Array;
  /** Entries of `lists` in use. */
  used: number;
  readonly starts: Int32Array;
  readonly lengths: Int32Array;
  readonly elementCounts: Int32Array;
  readonly status: Uint8Array;
  /** Of a variable or element: the original nodes it stands for; 0 once it is gone. */
  readonly weights: Int32Array;
  /** Of an element: the weight of the variables in its list. */
  readonly cliqueWeights: Int32Array;
  /** The original nodes a node stands for, chained from itself on; `lastMembers` is the end of the chain. */
  readonly nextMembers: Int32Array;
  readonly lastMembers: Int32Array;
  /** The pivot whose clique a variable was last seen in. */
  readonly cliqueOf: Int32Array;
}

export const VARIABLE = 0;
export const ELEMENT = 1;
export const GONE = 2;

/** The graph before any elimination. */
export function quotientGraph({ size, starts, neighbours }: SymmetricPattern): QuotientGraph {
  // Between steps the lists fit in their original room; one clique of at most `size` is added before others shrink.
  const capacity = neighbours.length + size + (neighbours.length >> 2);
  const lists = new Int32Array(capacity);
  lists.set(neighbours);
  return {
    size,
    lists,
    used: neighbours.length,
    starts: starts.slice(0, size),
    lengths: Int32Array.from({ length: size }, (_, node) => starts[node + 1]! - starts[node]!),
    elementCounts: new Int32Array(size),
    status: new Uint8Array(size),
    weights: new Int32Array(size).fill(1),
    cliqueWeights: new Int32Array(size),
    nextMembers: new Int32Array(size).fill(-1),
    lastMembers: Int32Array.from({ length: size }, (_, node) => node),
    cliqueOf: new Int32Array(size).fill(-1),
  };
}

/**
 * Eliminates the variable `pivot`: it becomes an element whose list, at the end of `lists`, is the variables adjacent
 * to it directly or through elements. These elements are absorbed in it. `bound` is at least the length of the list.
 */
export function formElement(graph: QuotientGraph, pivot: number, bound: number): void {
  if (graph.used + bound > graph.lists.length) compact(graph);
  const { lists, starts, lengths, elementCounts, status, weights, cliqueOf } = graph;
  const begin = graph.used;
  cliqueOf[pivot] = pivot;
  let cliqueWeight = 0;
  const collect = (start: number, end: number) => {
    for (let p = start; p < end; p++) {
      const node = lists[p]!;
      if (status[node] !== VARIABLE || cliqueOf[node] === pivot) continue;
      cliqueOf[node] = pivot;
      cliqueWeight += weights[node]!;
      lists[graph.used++] = node;
    }
  };
  const firstVariable = starts[pivot]! + elementCounts[pivot]!;
  for (let p = starts[pivot]!; p < firstVariable; p++) {
    const element = lists[p]!;
    if (status[element] !== ELEMENT) continue;
    collect(starts[element]!, starts[element]! + lengths[element]!);
    status[element] = GONE;
  }
  collect(firstVariable, starts[pivot]! + lengths[pivot]!);
  status[pivot] = ELEMENT;
  starts[pivot] = begin;
  lengths[pivot] = graph.used - begin;
  graph.cliqueWeights[pivot] = cliqueWeight;
}

/** Moves the lists of nodes that are not gone together. */
function compact(graph: QuotientGraph): void {
  const { size, lists, starts, lengths, status } = graph;
  const moved = new Int32Array(lists.length);
  let used = 0;
  for (let node = 0; node < size; node++) {
    if (status[node] === GONE) continue;
    const start = starts[node]!;
    moved.set(lists.subarray(start, start + lengths[node]!), used);
    starts[node] = used;
    used += lengths[node]!;
  }
  graph.lists = moved;
  graph.used = used;
}

/** Lets `keeper` stand for the nodes of `node` too, which is gone after that. */
export function absorb(graph: QuotientGraph, keeper: number, node: number): void {
  const { weights, status, nextMembers, lastMembers } = graph;
  weights[keeper]! += weights[node]!;
  weights[node] = 0;
  status[node] = GONE;
  nextMembers[lastMembers[keeper]!] = node;
  lastMembers[keeper] = lastMembers[node]!;
}
