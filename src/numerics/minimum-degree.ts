import { type DegreeLists, degreeLists, insert, remove, takeLeast } from "./degree-lists.ts";
import { type MergeWorkspace, mergeIndistinguishable, mergeWorkspace } from "./indistinguishable-nodes.ts";
import {
  absorb,
  ELEMENT,
  formElement,
  GONE,
  type QuotientGraph,
  quotientGraph,
  VARIABLE,
} from "./quotient-graph.ts";
import type { SparseMatrix } from "./sparse-matrix.ts";
import { type SymmetricPattern, symmetricPattern } from "./symmetric-pattern.ts";

/**
 * An order of the columns of the square matrix A in which elimination along the diagonal fills little in: order[k] is
 * the column to take at step k. Works on the pattern of A + Aᵀ. Nodes with more than max(16, 10√n) neighbours come last,
 * by degree, and after them those in `last` (the deferred rows of `factorise`, so that they meet their own columns). Approximate minimum degree with element absorption, mass elimination and supervariables: Amestoy, Davis and
 * Duff, SIAM J. Matrix Anal. Appl. 17 (1996) 886.
 */
export function minimumDegree(A: SparseMatrix, last: Iterable<number> = []): Int32Array {
  const pattern = symmetricPattern(A);
  const elimination = startElimination(pattern);
  const aside = setAside(elimination.graph, pattern, new Set(last));
  fileAll(elimination);
  const pivots: number[] = [];
  while (elimination.remaining > 0) {
    const pivot = takeLeast(elimination.degrees);
    pivots.push(pivot);
    eliminate(elimination, pivot);
  }
  return listMembers(elimination.graph, [...pivots, ...aside]);
}

interface Elimination {
  readonly graph: QuotientGraph;
  readonly degrees: DegreeLists;
  readonly merging: MergeWorkspace;
  /** outside[e] − base is the weight of the variables of element e outside the clique at hand, if not negative. */
  readonly outside: Int32Array;
  base: number;
  /** Original nodes not yet eliminated, dense ones apart. */
  remaining: number;
}

function startElimination(pattern: SymmetricPattern): Elimination {
  const { size } = pattern;
  return {
    graph: quotientGraph(pattern),
    degrees: degreeLists(size),
    merging: mergeWorkspace(size),
    outside: new Int32Array(size),
    base: 1,
    remaining: size,
  };
}

/** Marks nodes of large degree and those in `last` as gone and returns them, the former first, in ascending degree. */
function setAside(
  { status }: QuotientGraph,
  { size, starts }: SymmetricPattern,
  last: Set<number>,
): number[] {
  const limit = Math.max(16, 10 * Math.sqrt(size));
  const degree = (node: number) => starts[node + 1]! - starts[node]!;
  const dense: number[] = [];
  for (let node = 0; node < size; node++) {
    if (degree(node) <= limit && !last.has(node)) continue;
    status[node] = GONE;
    if (!last.has(node)) dense.push(node);
  }
  return [...dense.sort((a, b) => degree(a) - degree(b)), ...last];
}

/** Files every variable under the number of its neighbours that are variables. */
function fileAll(elimination: Elimination): void {
  const { graph, degrees } = elimination;
  const { size, lists, starts, lengths, status } = graph;
  for (let node = size - 1; node >= 0; node--) {
    if (status[node] === GONE) {
      elimination.remaining--;
      continue;
    }
    let degree = 0;
    for (let p = starts[node]!; p < starts[node]! + lengths[node]!; p++)
      if (status[lists[p]!] === VARIABLE) degree++;
    insert(degrees, node, degree);
  }
}

/** One step: the pivot's clique is formed and the lists, weights and degrees of its variables brought up to date. */
function eliminate(elimination: Elimination, pivot: number): void {
  const { graph, degrees, merging } = elimination;
  formElement(graph, pivot, degrees.degrees[pivot]!);
  const begin = graph.starts[pivot]!;
  const end = begin + graph.lengths[pivot]!;
  for (let p = begin; p < end; p++) remove(degrees, graph.lists[p]!);
  measureOutside(elimination, begin, end);
  for (let p = begin; p < end; p++) updateVariable(elimination, graph.lists[p]!, pivot);
  mergeIndistinguishable(graph, merging, begin, end);
  elimination.remaining -= graph.weights[pivot]!;
  fileClique(elimination, pivot, begin, end);
}

/** For every element that shares variables with the clique in lists[begin … end − 1]: the weight of those it does not share. */
function measureOutside(elimination: Elimination, begin: number, end: number): void {
  const { graph, outside } = elimination;
  const { lists, starts, elementCounts, status, weights, cliqueWeights, size } = graph;
  if (elimination.base > 2 ** 30) {
    outside.fill(0);
    elimination.base = 1;
  }
  elimination.base += size + 1;
  const { base } = elimination;
  for (let p = begin; p < end; p++) {
    const variable = lists[p]!;
    const firstVariable = starts[variable]! + elementCounts[variable]!;
    for (let q = starts[variable]!; q < firstVariable; q++) {
      const element = lists[q]!;
      if (status[element] !== ELEMENT) continue;
      if (outside[element]! < base) outside[element] = base + cliqueWeights[element]!;
      outside[element]! -= weights[variable]!;
    }
  }
}

/**
 * Rewrites the list of a variable of the pivot's clique: elements inside the clique are absorbed, variables inside it
 * dropped, the pivot added. Leaves in `degrees` a bound on the weight of its neighbours outside the clique. A variable
 * with none of them can be eliminated at once.
 */
function updateVariable(
  { graph, degrees, merging, outside, base }: Elimination,
  variable: number,
  pivot: number,
): void {
  const { lists, starts, lengths, elementCounts, status, weights, cliqueWeights, cliqueOf } = graph;
  const start = starts[variable]!;
  const firstVariable = start + elementCounts[variable]!;
  const end = start + lengths[variable]!;
  let next = start;
  let degree = 0;
  let hash = pivot;
  for (let p = start; p < firstVariable; p++) {
    const element = lists[p]!;
    if (status[element] !== ELEMENT) continue;
    const extent = outside[element]! - base;
    if (extent === 0) {
      status[element] = GONE;
      continue;
    }
    degree += extent;
    hash += element;
    lists[next++] = element;
  }
  const elements = next - start;
  for (let p = firstVariable; p < end; p++) {
    const other = lists[p]!;
    if (status[other] !== VARIABLE || cliqueOf[other] === pivot) continue;
    degree += weights[other]!;
    hash += other;
    lists[next++] = other;
  }
  if (degree === 0) {
    cliqueWeights[pivot]! -= weights[variable]!;
    absorb(graph, pivot, variable);
    return;
  }
  // There is room for one more: the list named the pivot or an element that went into it.
  lists[next] = lists[start + elements]!;
  lists[start + elements] = pivot;
  elementCounts[variable] = elements + 1;
  lengths[variable] = next + 1 - start;
  degrees.degrees[variable] = Math.min(degrees.degrees[variable]!, degree);
  merging.hashes[variable] = hash % graph.size;
}

/** Shortens the pivot's list to the variables that are left and files them under their new degrees. */
function fileClique(
  { graph, degrees, remaining }: Elimination,
  pivot: number,
  begin: number,
  end: number,
): void {
  const { lists, lengths, status, weights, cliqueWeights } = graph;
  let next = begin;
  for (let p = begin; p < end; p++) {
    const variable = lists[p]!;
    if (status[variable] !== VARIABLE) continue;
    const weight = weights[variable]!;
    const bound = degrees.degrees[variable]! + cliqueWeights[pivot]! - weight;
    insert(degrees, variable, Math.max(0, Math.min(bound, remaining - weight)));
    lists[next++] = variable;
  }
  lengths[pivot] = next - begin;
  graph.used = next;
  if (next === begin) status[pivot] = GONE;
}

/** The original nodes that the given ones stand for, in this order. */
function listMembers({ size, nextMembers }: QuotientGraph, nodes: readonly number[]): Int32Array {
  const order = new Int32Array(size);
  let count = 0;
  for (const node of nodes)
    for (let member = node; member >= 0; member = nextMembers[member]!) order[count++] = member;
  return order;
}
