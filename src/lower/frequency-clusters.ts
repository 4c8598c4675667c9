import { leastSquares } from "../numerics/least-squares.ts";

/** A pair of levels that a coupling joins: it takes `gap` = E_upper − E_lower ≥ 0 out of the system or puts it in. */
export interface Transition {
  readonly upper: number;
  readonly lower: number;
  /** How much it counts for the frequency of its cluster. */
  readonly weight: number;
}

/**
 * Transitions sorted into clusters of one frequency each, with reference energies Ē such that Ē_upper − Ē_lower is the
 * same for all transitions of a cluster, whichever bath they belong to: the choice whose gaps are nearest to those of E.
 */
export interface FrequencyClusters {
  /** By transition. */
  readonly cluster: Int32Array;
  /** By cluster, its frequency ω̄. */
  readonly frequencies: Float64Array;
  /** Ē, by level. */
  readonly energies: Float64Array;
  /** max |gap − ω̄| over the transitions. */
  readonly largestShift: number;
  /** Whether the equal gaps were reached to round-off. */
  readonly isConsistent: boolean;
}

/** Gaps of one cluster must agree to this fraction of the largest energy. */
const AGREEMENT = 1e-12;

/**
 * Joins transitions whose gaps follow each other within `width`, all baths together, and finds the Ē for which
 * Σ weight·(ω̄ − gap)² is least. Joint clustering of levels and gaps: Trushechkin, Phys. Rev. A 103, 062226 (2021); Potts, Kalaee, Wacker, New J. Phys. 23, 123013 (2021).
 */
export function frequencyClusters(
  levels: Float64Array,
  transitions: readonly Transition[],
  width: number,
): FrequencyClusters {
  const gaps = Float64Array.from(transitions, ({ upper, lower }) => levels[upper]! - levels[lower]!);
  const { cluster, count, hasZero } = singleLinkage(gaps, width);
  const energies = referenceEnergies(levels, transitions, gaps, cluster, count, hasZero);
  const sums = new Float64Array(count);
  const members = new Int32Array(count);
  const shifted = Float64Array.from(transitions, ({ upper, lower }) => energies[upper]! - energies[lower]!);
  for (const [t, c] of cluster.entries()) {
    sums[c]! += shifted[t]!;
    members[c]!++;
  }
  const frequencies = sums.map((sum, c) => (c === 0 && hasZero ? 0 : sum / members[c]!));
  const scale = levels.reduce((most, E) => Math.max(most, Math.abs(E)), 0);
  let largestShift = 0;
  let disagreement = 0;
  for (const [t, c] of cluster.entries()) {
    largestShift = Math.max(largestShift, Math.abs(gaps[t]! - frequencies[c]!));
    disagreement = Math.max(disagreement, Math.abs(shifted[t]! - frequencies[c]!));
  }
  return { cluster, frequencies, energies, largestShift, isConsistent: disagreement <= AGREEMENT * scale };
}

/**
 * Clusters of gaps whose neighbours in order lie within `width`. The first is that of the frequency zero where its
 * smallest gap and the negative one, of the opposite transition, lie within `width`.
 */
function singleLinkage(
  gaps: Float64Array,
  width: number,
): { readonly cluster: Int32Array; readonly count: number; readonly hasZero: boolean } {
  const order = Int32Array.from(gaps.keys()).sort((a, b) => gaps[a]! - gaps[b]!);
  const cluster = new Int32Array(gaps.length);
  let count = 0;
  for (const [k, t] of order.entries()) {
    if (k > 0 && gaps[t]! - gaps[order[k - 1]!]! > width) count++;
    cluster[t] = count;
  }
  const hasZero = gaps.length > 0 && 2 * gaps[order[0]!]! <= width;
  return { cluster, count: gaps.length === 0 ? 0 : count + 1, hasZero };
}

/**
 * Along a spanning forest of the transitions every Ē is an offset plus a whole-number combination of the clusters'
 * frequencies; transitions beside the forest are linear equations between these, and what is left free is fitted to the
 * gaps by least squares. The offset of each tree is the one nearest to its levels; levels that no transition touches stay.
 */
function referenceEnergies(
  levels: Float64Array,
  transitions: readonly Transition[],
  gaps: Float64Array,
  cluster: Int32Array,
  count: number,
  hasZero: boolean,
): Float64Array {
  const { root, combination } = spanningForest(levels.length, transitions, cluster, count, hasZero);
  const relations = new Map<string, Float64Array>();
  for (const [t, { upper, lower }] of transitions.entries()) {
    const row = combination[upper]!.map((x, c) => x - combination[lower]![c]!);
    if (!(hasZero && cluster[t] === 0)) row[cluster[t]!]! -= 1;
    if (row.some((x) => x !== 0)) relations.set(row.join(), row);
  }
  const free = kernelBasis([...relations.values()], count);
  const frequencies = fittedFrequencies(transitions, gaps, cluster, count, hasZero, free);
  const above = combination.map((c) => c.reduce((sum, x, k) => sum + x * frequencies[k]!, 0));
  const offsets = new Map<number, { sum: number; count: number }>();
  for (const [k, r] of root.entries()) {
    const offset = offsets.get(r) ?? { sum: 0, count: 0 };
    offset.sum += levels[k]! - above[k]!;
    offset.count++;
    offsets.set(r, offset);
  }
  return levels.map((_, k) => {
    const { sum, count: members } = offsets.get(root[k]!)!;
    return sum / members + above[k]!;
  });
}

/** The frequencies in the space spanned by `free` that fit the gaps best. */
function fittedFrequencies(
  transitions: readonly Transition[],
  gaps: Float64Array,
  cluster: Int32Array,
  count: number,
  hasZero: boolean,
  free: readonly Float64Array[],
): Float64Array {
  // all transitions of a cluster ask for one number: their weighted mean
  const weights = new Float64Array(count);
  const means = new Float64Array(count);
  for (const [t, c] of cluster.entries()) {
    if (hasZero && c === 0) continue;
    const { weight } = transitions[t]!;
    weights[c]! += weight;
    means[c]! += weight * gaps[t]!;
  }
  const rows = Array.from(weights.keys()).filter((c) => weights[c]! > 0);
  const matrix = new Float64Array(rows.length * free.length);
  const target = new Float64Array(rows.length);
  for (const [r, c] of rows.entries()) {
    const scale = Math.sqrt(weights[c]!);
    for (const [f, vector] of free.entries()) matrix[r * free.length + f] = scale * vector[c]!;
    target[r] = (scale * means[c]!) / weights[c]!;
  }
  const x = leastSquares(matrix, rows.length, free.length, target);
  const frequencies = new Float64Array(count);
  for (const [f, vector] of free.entries()) {
    for (let c = 0; c < count; c++) frequencies[c]! += x[f]! * vector[c]!;
  }
  return frequencies;
}

/** Each level's tree, and its way from the root as numbers of steps by clusters. */
function spanningForest(
  size: number,
  transitions: readonly Transition[],
  cluster: Int32Array,
  count: number,
  hasZero: boolean,
): { readonly root: Int32Array; readonly combination: readonly Float64Array[] } {
  const neighbours: { level: number; step: number; cluster: number }[][] = Array.from(
    { length: size },
    () => [],
  );
  for (const [t, { upper, lower }] of transitions.entries()) {
    if (upper === lower) continue;
    neighbours[lower]!.push({ level: upper, step: 1, cluster: cluster[t]! });
    neighbours[upper]!.push({ level: lower, step: -1, cluster: cluster[t]! });
  }
  const root = new Int32Array(size).fill(-1);
  const combination = Array.from({ length: size }, () => new Float64Array(count));
  for (let start = 0; start < size; start++) {
    if (root[start]! >= 0) continue;
    root[start] = start;
    const queue = [start];
    for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
      for (const { level, step, cluster: c } of neighbours[at]!) {
        if (root[level]! >= 0) continue;
        root[level] = start;
        combination[level]!.set(combination[at]!);
        if (!(hasZero && c === 0)) combination[level]![c]! += step;
        queue.push(level);
      }
    }
  }
  return { root, combination };
}

/** A basis of the vectors that rows of small whole numbers annihilate, by elimination with pivoting. */
function kernelBasis(rows: readonly Float64Array[], width: number): readonly Float64Array[] {
  const reduced: { readonly pivot: number; readonly row: Float64Array }[] = [];
  for (const given of rows) {
    const row = given.slice();
    for (const { pivot, row: other } of reduced) {
      const factor = row[pivot]!;
      if (factor !== 0) for (let c = 0; c < width; c++) row[c]! -= factor * other[c]!;
    }
    const pivot = row.reduce((best, x, c) => (Math.abs(x) > Math.abs(row[best]!) ? c : best), 0);
    if (Math.abs(row[pivot]!) < 1e-9) continue;
    const scale = row[pivot]!;
    for (let c = 0; c < width; c++) row[c]! /= scale;
    for (const { row: other } of reduced) {
      const factor = other[pivot]!;
      if (factor !== 0) for (let c = 0; c < width; c++) other[c]! -= factor * row[c]!;
    }
    reduced.push({ pivot, row });
  }
  const pivots = new Map(reduced.map(({ pivot, row }) => [pivot, row]));
  return Array.from({ length: width }, (_, c) => c)
    .filter((c) => !pivots.has(c))
    .map((c) => {
      const vector = new Float64Array(width);
      vector[c] = 1;
      for (const [pivot, row] of pivots) vector[pivot] = -row[c]!;
      return vector;
    });
}
