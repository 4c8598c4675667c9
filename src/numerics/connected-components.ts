/** Which component of a graph each node belongs to: numbers 0 … count − 1 in the order of their smallest nodes. */
export interface Components {
  readonly labels: Int32Array;
  readonly count: number;
}

/**
 * The connected components of the undirected graph on nodes 0 … n − 1 with an edge between from[k] and to[k] for each
 * k; loops and repetitions do no harm. Union by index with path halving (Tarjan and van Leeuwen 1984): in practice
 * linear. Throws `RangeError` for a node outside or lists of unequal length.
 */
export function components(n: number, from: Int32Array, to: Int32Array): Components {
  if (from.length !== to.length) throw new RangeError("edge lists of unequal length");
  const parents = Int32Array.from({ length: n }, (_, node) => node);
  for (let k = 0; k < from.length; k++) {
    const a = from[k]!;
    const b = to[k]!;
    if (a < 0 || a >= n || b < 0 || b >= n)
      throw new RangeError(`edge (${a}, ${b}) leaves a graph of ${n} nodes`);
    join(parents, a, b);
  }
  return label(parents);
}

/** Hangs the component with the larger root below the other, so that each root is the smallest of its nodes. */
function join(parents: Int32Array, a: number, b: number): void {
  const rootA = findRoot(parents, a);
  const rootB = findRoot(parents, b);
  if (rootA < rootB) parents[rootB] = rootA;
  else parents[rootA] = rootB;
}

function findRoot(parents: Int32Array, start: number): number {
  let node = start;
  while (parents[node]! !== node) {
    const grandparent = parents[parents[node]!]!;
    parents[node] = grandparent;
    node = grandparent;
  }
  return node;
}

function label(parents: Int32Array): Components {
  const labels = new Int32Array(parents.length);
  let count = 0;
  for (let node = 0; node < parents.length; node++) {
    // A parent is smaller than its child, so it has its label already.
    const parent = parents[node]!;
    labels[node] = parent === node ? count++ : labels[parent]!;
  }
  return { labels, count };
}
