import type { Windows } from "../lower/window.ts";
import { MAX_LEVELS, type PopulationsOf, type Truncation, type WindowReport } from "./window-report.ts";

/** What decides how automatic windows move. */
export interface Travel extends Truncation {
  /** An end that holds more than this is full. */
  readonly limit: number;
  /** Whether levels may be left out again, and which never are, such as those of the steady state. */
  readonly leavesBehind: boolean;
  readonly floor?: Windows | undefined;
}

/** The larger of what ends held, over the smallest window that holds both. */
export function joinedEnds(a: readonly WindowReport[], b: readonly WindowReport[]): WindowReport[] {
  const larger = (x: number | undefined, y: number | undefined): number | undefined =>
    x === undefined ? y : Math.max(x, y ?? 0);
  if (b.length === 0) return [...a];
  return b.map((w, k) => {
    const v = a[k] ?? w;
    return {
      ...w,
      first: Math.min(v.first, w.first),
      last: Math.max(v.last, w.last),
      edges: [larger(v.edges[0], w.edges[0]), larger(v.edges[1], w.edges[1])],
    };
  });
}

/** Whether an end of an automatic window holds too much. */
export const isFull = ({ isAutomatic, edges }: WindowReport, { limit }: Pick<Travel, "limit">): boolean =>
  isAutomatic && edges.some((p) => (p ?? 0) > limit);

/** Levels on either side of a packet that together hold no more than this part of what an end may hold are left behind. */
const LEFT_BEHIND = 1e-3;

/** Levels that are kept beside a packet whatever its width is. */
const FEWEST_BESIDE = 4;

/**
 * The window of a subsystem for what comes: wider by half of the packet where an end was found full, and without what
 * the packet, `population`, has left behind.
 */
function nextWindow(
  { first, last, edges }: WindowReport,
  population: Float64Array,
  { limit, leavesBehind }: Travel,
): { readonly first: number; readonly last: number } {
  const [low, high] = leavesBehind ? supportOf(population, limit * LEFT_BEHIND) : [0, last - first];
  const width = high - low + 1;
  const [half, beside] = [1 / 2, 1 / 8].map((part) => Math.max(FEWEST_BESIDE, Math.ceil(part * width)));
  const [isLowFull, isHighFull] = edges.map((p) => (p ?? 0) > limit);
  const [from, to] = [Math.max(first, first + low - beside!), Math.min(last, first + high + beside!)];
  // a packet that nearly fills the largest window there is goes on in small steps
  const ahead = Math.max(beside!, Math.min(half!, MAX_LEVELS - 1 - (to - from)));
  return { first: isLowFull ? first - ahead : from, last: isHighFull ? last + ahead : to };
}

/** The first and the last place of what remains when the ends are left out that hold no more than `negligible` each. */
function supportOf(population: Float64Array, negligible: number): [number, number] {
  let [low, high] = [0, population.length - 1];
  for (let sum = Math.abs(population[low]!); sum <= negligible && low < high; ) {
    sum += Math.abs(population[++low]!);
  }
  for (let sum = Math.abs(population[high]!); sum <= negligible && high > low; ) {
    sum += Math.abs(population[--high]!);
  }
  return [low, high];
}

/** Windows for what comes after a state with the populations given, where `ends` says which ends are full. */
export function travelled(
  windows: Windows,
  ends: readonly WindowReport[],
  populationsOf: PopulationsOf,
  travel: Travel,
): Windows {
  const next = [...windows];
  for (const end of ends) {
    const basis = travel.space[end.subsystem]!;
    if (!end.isAutomatic || basis.kind === "finite") continue;
    const { first, last } = nextWindow(end, populationsOf(end.subsystem), travel);
    const kept = travel.floor?.[end.subsystem] ?? { first, last };
    next[end.subsystem] = {
      first: Math.max(basis.from, Math.min(first, kept.first)),
      last: Math.min(basis.to, Math.max(last, kept.last)),
    };
  }
  return next;
}

/** Windows at most this part as wide are worth a new beginning. */
const WORTHWHILE = 0.6;

/** Whether one of the windows is so much narrower that it pays to go on in them. */
export const isWorthwhile = (next: Windows, windows: Windows): boolean =>
  next.some((w, s) => {
    const before = windows[s]!.last - windows[s]!.first + 1;
    return before > 4 * FEWEST_BESIDE && w.last - w.first + 1 <= WORTHWHILE * before;
  });
