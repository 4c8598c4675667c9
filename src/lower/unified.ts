import { adjointSparse, type ComplexSparse, forEachEntry, largestEntry } from "../numerics/complex-sparse.ts";
import type { EigenCoupling } from "./bath-couplings.ts";
import { SIGNIFICANT, UNPOPULATED } from "./bohr-frequencies.ts";
import type { Eigenbasis } from "./eigenbasis.ts";
import { type FrequencyClusters, frequencyClusters, type Transition } from "./frequency-clusters.ts";
import { linewidthOf } from "./linewidth.ts";
import type { SpectralDissipator } from "./spectral-dissipator.ts";
import type { SpectralFunction } from "./thermal-rates.ts";

/** What vouches for a clustering. */
export interface ClusterCertificate {
  /** Gaps closer than this were joined, in units of energy; and how many linewidths that is. */
  readonly width: number;
  readonly linewidths: number;
  readonly clusters: number;
  /** max |ω − ω̄| over the transitions, in units of energy. */
  readonly largestShift: number;
  /** The same in units of the lowest temperature. */
  readonly shiftOverTemperature: number;
  /** max |J(ω)/J(ω̄) − 1|. */
  readonly densityVariation: number;
}

export type UnifiedResult =
  | {
      readonly kind: "found";
      /** In the order of the couplings. */
      readonly dissipators: readonly (readonly SpectralDissipator[])[];
      /** Ē of each eigenstate: H_TD = Σ Ē|n⟩⟨n|. */
      readonly energies: Float64Array;
      readonly certificate: ClusterCertificate;
    }
  | { readonly kind: "none"; readonly best: ClusterCertificate };

/** Gaps closer than this many linewidths are joined, the widest first that can be vouched for. */
const LINEWIDTHS = [20, 10, 3, 1];

/** A shift of a gap by more than this part of the lowest temperature changes what the bath sees. */
const MAX_SHIFT = 0.5;

// Transitions that touch unpopulated levels keep their own frequencies, so that the ends of a truncated basis, which no
// clustering fits, do not decide.

/** So does a spectral density that varies more than this within a cluster. */
const MAX_VARIATION = 0.5;

/**
 * Unified GKLS dissipators: one jump √γ(ω̄) Σ A(ω) for each cluster of Bohr frequencies, levels and gaps of all baths
 * clustered jointly (`frequencyClusters`). None where no clustering can be vouched for.
 */
export function unifiedDissipators(
  couplings: readonly EigenCoupling[],
  eigenbasis: Eigenbasis,
): UnifiedResult {
  const transitions = transitionsOf(couplings, eigenbasis);
  const linewidth = couplings.reduce((widest, c) => Math.max(widest, linewidthOf(c, eigenbasis)), 0);
  let best: ClusterCertificate | undefined;
  for (const linewidths of LINEWIDTHS) {
    const width = Math.max(linewidths * linewidth, 4 * eigenbasis.tolerance);
    const clusters = decisiveClusters(transitions, eigenbasis, width);
    const certificate = certify(clusters, transitions, couplings, eigenbasis, { width, linewidths });
    best ??= certificate;
    const isAccepted =
      clusters.isConsistent &&
      certificate.shiftOverTemperature <= MAX_SHIFT &&
      certificate.densityVariation <= MAX_VARIATION;
    if (!isAccepted) continue;
    const energies = Float64Array.from(eigenbasis.level, (level) => clusters.energies[level]!);
    const dissipators = couplings.map((c) => clustered(c, eigenbasis, transitions, clusters));
    return { kind: "found", dissipators, energies, certificate };
  }
  return { kind: "none", best: best! };
}

interface Transitions {
  readonly list: readonly Transition[];
  /** By transition: whether both levels are populated and a coupling joins them by more than round-off. */
  readonly isDecisive: readonly boolean[];
  /** The place of a pair of levels. */
  readonly placeOf: (upper: number, lower: number) => number;
}

/** Every pair of levels that some coupling joins, the higher one first. */
function transitionsOf(
  couplings: readonly EigenCoupling[],
  { level, levelEnergies }: Eigenbasis,
): Transitions {
  const places = new Map<number, number>();
  const pairs: [number, number][] = [];
  const isStrong: boolean[] = [];
  const count = levelEnergies.length;
  const populations = new Float64Array(count);
  for (const { population } of couplings) {
    for (const [state, p] of population.entries()) {
      populations[level[state]!] = Math.max(populations[level[state]!]!, p);
    }
  }
  const isPopulated = (k: number): boolean => populations[k]! >= UNPOPULATED;
  const weights: number[] = [];
  for (const { operator } of couplings) {
    const least = SIGNIFICANT * largestEntry(operator);
    // every coupling counts alike, however many levels are kept
    const own: [place: number, weight: number][] = [];
    forEachEntry(operator, (row, column, re, im) => {
      const [upper, lower] = [Math.max(level[row]!, level[column]!), Math.min(level[row]!, level[column]!)];
      const key = upper * count + lower;
      const place = places.get(key) ?? pairs.push([upper, lower]) - 1;
      places.set(key, place);
      own.push([place, (re * re + im * im) * Math.max(populations[upper]!, populations[lower]!)]);
      if (Math.hypot(re, im) >= least) isStrong[place] = true;
    });
    const all = own.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [place, weight] of own) weights[place] = (weights[place] ?? 0) + weight / all;
  }
  const list = pairs.map(([upper, lower], k): Transition => ({ upper, lower, weight: weights[k]! }));
  return {
    list,
    isDecisive: list.map(
      ({ upper, lower }, t) => isStrong[t] === true && isPopulated(upper) && isPopulated(lower),
    ),
    placeOf: (upper, lower) => places.get(upper * count + lower)!,
  };
}

/** Clusters of the decisive transitions, followed by those of the others, which are joined only where they are equal. */
function decisiveClusters(
  { list, isDecisive }: Transitions,
  { levelEnergies, tolerance }: Eigenbasis,
  width: number,
): FrequencyClusters {
  const places = (decisive: boolean) => list.flatMap((_, t) => (isDecisive[t] === decisive ? [t] : []));
  const [inside, outside] = [places(true), places(false)];
  const of = (chosen: readonly number[], within: number) =>
    frequencyClusters(
      levelEnergies,
      chosen.map((t) => list[t]!),
      within,
    );
  const [main, rest] = [of(inside, width), of(outside, 4 * tolerance)];
  const cluster = new Int32Array(list.length);
  for (const [k, t] of inside.entries()) cluster[t] = main.cluster[k]!;
  for (const [k, t] of outside.entries()) cluster[t] = main.frequencies.length + rest.cluster[k]!;
  return {
    ...main,
    cluster,
    frequencies: Float64Array.from([...main.frequencies, ...rest.frequencies]),
  };
}

function certify(
  clusters: FrequencyClusters,
  { list, isDecisive }: Transitions,
  couplings: readonly EigenCoupling[],
  { levelEnergies }: Eigenbasis,
  size: Pick<ClusterCertificate, "width" | "linewidths">,
): ClusterCertificate {
  const beta = couplings.reduce((most, c) => Math.max(most, c.bath.beta), 0);
  let densityVariation = 0;
  for (const [t, { upper, lower }] of list.entries()) {
    if (!isDecisive[t]) continue;
    const gap = levelEnergies[upper]! - levelEnergies[lower]!;
    const reference = clusters.frequencies[clusters.cluster[t]!]!;
    if (reference <= 0 || gap <= 0) continue;
    for (const { bath } of couplings) {
      const [J, K] = [bath.density(gap), bath.density(reference)];
      if (J !== K) densityVariation = Math.max(densityVariation, Math.abs(J / K - 1));
    }
  }
  return {
    ...size,
    clusters: clusters.frequencies.length,
    largestShift: clusters.largestShift,
    shiftOverTemperature: clusters.largestShift === 0 ? 0 : clusters.largestShift * beta,
    densityVariation,
  };
}

function clustered(
  { operator, isHermitian, lowering, raising, population }: EigenCoupling,
  eigenbasis: Eigenbasis,
  transitions: Transitions,
  clusters: FrequencyClusters,
): readonly SpectralDissipator[] {
  const rated = (a: ComplexSparse, { rate, shift }: SpectralFunction): SpectralDissipator => {
    const group = new Int32Array(a.rows.length);
    const rateOf = new Float64Array(a.rows.length);
    const shiftOf = new Float64Array(a.rows.length);
    const known = new Map<number, { readonly rate: number; readonly shift: number }>();
    // round-off, or empty levels that coincide, must not ask for a rate at the frequency zero
    const least = SIGNIFICANT * largestEntry(a);
    for (let column = 0; column < a.size; column++) {
      for (let e = a.columnStarts[column]!; e < a.columnStarts[column + 1]!; e++) {
        const [from, to] = [eigenbasis.level[column]!, eigenbasis.level[a.rows[e]!]!];
        const isDown = from >= to;
        const cluster = clusters.cluster[transitions.placeOf(isDown ? from : to, isDown ? to : from)]!;
        const ω = clusters.frequencies[cluster]! * (isDown ? 1 : -1);
        // transitions up and down the zero frequency are one group
        group[e] = isDown || ω === 0 ? cluster : -1 - cluster;
        const isNothing = Math.hypot(a.re[e]!, a.im[e]!) < least || population[column]! < UNPOPULATED;
        if (Math.abs(ω) <= 4 * eigenbasis.tolerance && isNothing) continue;
        if (!known.has(group[e]!)) known.set(group[e]!, { rate: rate(ω), shift: shift?.(ω) ?? 0 });
        const values = known.get(group[e]!)!;
        rateOf[e] = values.rate;
        shiftOf[e] = values.shift;
      }
    }
    return { operator: a, group, rate: rateOf, ...(shift && { shift: shiftOf }), isRedfield: false };
  };
  return [rated(operator, lowering), ...(isHermitian ? [] : [rated(adjointSparse(operator), raising)])];
}
