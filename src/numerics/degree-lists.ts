/** Nodes filed by degree in doubly linked lists, so that one of least degree is at hand. */
export interface DegreeLists {
  readonly heads: Int32Array;
  readonly next: Int32Array;
  readonly previous: Int32Array;
  readonly degrees: Int32Array;
  /** No list below this one holds a node. */
  least: number;
}

/** Empty lists for nodes 0 … size − 1 and degrees of the same range. */
export function degreeLists(size: number): DegreeLists {
  return {
    heads: new Int32Array(size).fill(-1),
    next: new Int32Array(size),
    previous: new Int32Array(size),
    degrees: new Int32Array(size).fill(-1),
    least: 0,
  };
}

/** Files a node that is not in any list. */
export function insert(lists: DegreeLists, node: number, degree: number): void {
  const { heads, next, previous, degrees } = lists;
  const head = heads[degree]!;
  next[node] = head;
  previous[node] = -1;
  if (head >= 0) previous[head] = node;
  heads[degree] = node;
  degrees[node] = degree;
  if (degree < lists.least) lists.least = degree;
}

/** Takes a node that is in a list out of it. */
export function remove({ heads, next, previous, degrees }: DegreeLists, node: number): void {
  const after = next[node]!;
  const before = previous[node]!;
  if (after >= 0) previous[after] = before;
  if (before >= 0) next[before] = after;
  else heads[degrees[node]!] = after;
}

/** Takes out the node filed last among those of least degree; some list must hold one. */
export function takeLeast(lists: DegreeLists): number {
  while (lists.heads[lists.least] === -1) lists.least++;
  const node = lists.heads[lists.least]!;
  remove(lists, node);
  return node;
}
