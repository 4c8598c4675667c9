/** A pair of levels that a coupling joins: it takes `gap` = E_upper − E_lower ≥ 0 out of the system or puts it in. */
export interface Transition {
  readonly upper: number;
  readonly lower: number;
}

/**
 * Transitions sorted into clusters of one frequency each, with reference energies Ē such that Ē_upper − Ē_lower is the
 * same for all transitions of a cluster, whichever bath they belong to. Ē is the choice nearest to E.
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
 * Joins transitions whose gaps follow each other within `width`, all baths together, and finds Ē. Joint clustering of
 * levels and gaps: Trushechkin, Phys. Rev. A 103, 062226 (2021); Potts, Kalaee, Wacker, New J. Phys. 23, 123013 (2021).
 */
export function frequencyClusters(
  levels: Float64Array,
  transitions: readonly Transition[],
  width: number,
): FrequencyClusters {
  const gaps = Float64Array.from(transitions, ({ upper, lower }) => levels[upper]! - levels[lower]!);
  const { cluster, count, hasZero } = singleLinkage(gaps, width);
  const shift = smallestShift(levels.length, transitions, gaps, cluster, count, hasZero);
  const energies = levels.map((E, k) => E + shift[k]!);
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
 * The shift of the levels of least norm that makes the gaps of each cluster equal. Such shifts exist always (all levels
 * on one), so that conjugate gradients on the normal equations of the constraints end after at most their rank steps.
 */
function smallestShift(
  size: number,
  transitions: readonly Transition[],
  gaps: Float64Array,
  cluster: Int32Array,
  count: number,
  hasZero: boolean,
): Float64Array {
  // one constraint a transition: its gap is that of the cluster's first one, or zero
  const first = new Int32Array(count).fill(-1);
  const constraints: (readonly [transition: number, reference: number])[] = [];
  for (const [t, c] of cluster.entries()) {
    if (hasZero && c === 0) constraints.push([t, NONE]);
    else if (first[c]! < 0) first[c] = t;
    else if (!samePair(transitions[t]!, transitions[first[c]!]!)) constraints.push([t, first[c]!]);
  }
  const change = (x: Float64Array, t: number): number =>
    t === NONE ? 0 : x[transitions[t]!.upper]! - x[transitions[t]!.lower]!;
  const apply = (x: Float64Array): Float64Array =>
    Float64Array.from(constraints, ([t, r]) => change(x, t) - change(x, r));
  const applyTransposed = (y: Float64Array): Float64Array => {
    const x = new Float64Array(size);
    for (const [k, [t, r]] of constraints.entries()) {
      x[transitions[t]!.upper]! += y[k]!;
      x[transitions[t]!.lower]! -= y[k]!;
      if (r === NONE) continue;
      x[transitions[r]!.upper]! -= y[k]!;
      x[transitions[r]!.lower]! += y[k]!;
    }
    return x;
  };
  const target = Float64Array.from(constraints, ([t, r]) => (r === NONE ? 0 : gaps[r]!) - gaps[t]!);
  return leastNorm(target, apply, applyTransposed, size);
}

/** In the place of a reference transition: the gap is to be zero. */
const NONE = -1;

const samePair = (a: Transition, b: Transition): boolean => a.upper === b.upper && a.lower === b.lower;

/** x = Aᵀy with A x = b, by conjugate gradients on AAᵀ y = b (Craig's method), restarted until nothing is left. */
function leastNorm(
  target: Float64Array,
  apply: (x: Float64Array) => Float64Array,
  applyTransposed: (y: Float64Array) => Float64Array,
  size: number,
): Float64Array {
  const x = new Float64Array(size);
  const scale = norm(target);
  if (scale === 0) return x;
  for (let restart = 0; restart < 4; restart++) {
    const image = apply(x);
    let residual = target.map((b, k) => b - image[k]!);
    let direction = residual.slice();
    let square = dot(residual, residual);
    for (let step = 0; step < 4 * size && square > (1e-16 * scale) ** 2; step++) {
      const back = applyTransposed(direction);
      const length = square / dot(back, back);
      if (!Number.isFinite(length)) break;
      for (let k = 0; k < size; k++) x[k]! += length * back[k]!;
      const forward = apply(back);
      residual = residual.map((r, k) => r - length * forward[k]!);
      const next = dot(residual, residual);
      const ratio = next / square;
      direction = direction.map((d, k) => residual[k]! + ratio * d);
      square = next;
    }
  }
  return x;
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, k) => sum + x * b[k]!, 0);
const norm = (a: Float64Array): number => Math.sqrt(dot(a, a));
