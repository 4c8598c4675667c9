import { absorb, type QuotientGraph, VARIABLE } from "./quotient-graph.ts";

/** What the search for variables with equal lists keeps between calls. */
export interface MergeWorkspace {
  /** Of each variable: a number below the size of the graph, equal for equal lists. */
  readonly hashes: Int32Array;
  /** First variable in the bucket of each hash, −1 for none; all −1 between calls. */
  readonly buckets: Int32Array;
  readonly next: Int32Array;
  /** 1 for the nodes in the list of the variable at hand; all 0 between calls. */
  readonly listed: Uint8Array;
}

/** Empty buckets for a graph of `size` nodes. */
export function mergeWorkspace(size: number): MergeWorkspace {
  return {
    hashes: new Int32Array(size),
    buckets: new Int32Array(size).fill(-1),
    next: new Int32Array(size),
    listed: new Uint8Array(size),
  };
}

/**
 * Merges the variables among lists[begin … end − 1], one clique, whose lists hold the same nodes: they stay alike to the
 * end, and are eliminated together. Only variables with equal hashes are compared.
 */
export function mergeIndistinguishable(
  graph: QuotientGraph,
  workspace: MergeWorkspace,
  begin: number,
  end: number,
): void {
  const { lists, status } = graph;
  const { hashes, buckets, next } = workspace;
  for (let p = begin; p < end; p++) {
    const variable = lists[p]!;
    if (status[variable] !== VARIABLE) continue;
    next[variable] = buckets[hashes[variable]!]!;
    buckets[hashes[variable]!] = variable;
  }
  for (let p = begin; p < end; p++) {
    if (status[lists[p]!] !== VARIABLE) continue;
    const hash = hashes[lists[p]!]!;
    for (let variable = buckets[hash]!; variable >= 0; variable = next[variable]!)
      mergeInto(graph, workspace, variable);
    buckets[hash] = -1;
  }
}

/** Absorbs the variables after `keeper` in its bucket that have the same list. */
function mergeInto(graph: QuotientGraph, { next, listed }: MergeWorkspace, keeper: number): void {
  if (next[keeper]! < 0) return;
  const { lists, starts, lengths, elementCounts } = graph;
  const end = starts[keeper]! + lengths[keeper]!;
  for (let p = starts[keeper]!; p < end; p++) listed[lists[p]!] = 1;
  let before = keeper;
  for (let other = next[keeper]!; other >= 0; other = next[other]!) {
    const alike =
      lengths[other] === lengths[keeper] &&
      elementCounts[other] === elementCounts[keeper] &&
      allListed(graph, listed, other);
    if (alike) {
      absorb(graph, keeper, other);
      next[before] = next[other]!;
    } else before = other;
  }
  for (let p = starts[keeper]!; p < end; p++) listed[lists[p]!] = 0;
}

function allListed({ lists, starts, lengths }: QuotientGraph, listed: Uint8Array, node: number): boolean {
  const end = starts[node]! + lengths[node]!;
  for (let p = starts[node]!; p < end; p++) if (listed[lists[p]!] === 0) return false;
  return true;
}
