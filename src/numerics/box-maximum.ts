import { brentMaximum, type Maximum } from "./brent-maximum.ts";
import { chebyshevMaximum } from "./chebyshev-maximum.ts";
import { nelderMead, type Vertex } from "./nelder-mead.ts";
import { randomSequence } from "./random-sequence.ts";

/** Maxima of a function over the unit cube. */
export interface BoxMaximum {
  /** The largest value that was found; absent where there are poles alone. */
  readonly best?: Vertex;
  /** Where that is on the surface of the cube: the best maximum inside of it that was come across. */
  readonly inside?: Vertex;
  /** Of one dimension: where it grows without bound; `best` and `inside` are what there is besides. */
  readonly poles: readonly number[];
  /** Whether points nearby are no better. */
  readonly isSettled: boolean;
}

type Objective = (at: readonly number[]) => number;

const LINE_SAMPLES = 33;
const SAMPLES_PER_DIMENSION = 24;
const SEED = 1;

/** Maxima that are climbed, from the best samples, and how often a climb is begun anew where it ended. */
const CLIMBS = 3;
const RESTARTS = 4;

/** A gain below this part of the value is round-off of steady states. */
const ROUND_OFF = 1e-10;

/** Coordinates this near to the surface are on it. */
const ON_SURFACE = 1e-7;

/**
 * Looks for the maximum of f over the unit cube. In one dimension maxima among samples are bracketed by their neighbours and
 * found as those of a polynomial, or by Brent's method where none fits, in more the best of seeded samples are climbed from
 * by Nelder and Mead's, begun anew where it ended as long as that gains. At last points nearby are compared. f is −∞ where
 * it has no value; undefined where it has none at all.
 */
export function boxMaximum(f: Objective, dimension: number): BoxMaximum | undefined {
  const { maxima, poles } = dimension === 1 ? lineMaxima(f) : { maxima: cubeMaxima(f, dimension), poles: [] };
  const [best] = maxima.sort((a, b) => b.value - a.value);
  if (!best && poles.length > 0) return { poles, isSettled: true };
  if (!best || best.value === Number.NEGATIVE_INFINITY) return undefined;
  const inside = isOnSurface(best) ? maxima.find((v) => !isOnSurface(v)) : undefined;
  return { best, ...(inside && { inside }), poles, isSettled: isBestNearby(f, best, poles) };
}

/** Whether a coordinate is on the surface of the cube. */
export const isAtEnd = (x: number): boolean => x === 0 || x === 1;

const isOnSurface = ({ at }: Vertex): boolean => at.some(isAtEnd);

/** Maxima that were climbed to; where the climb went on without bound there is a pole. */
interface LineMaxima {
  readonly maxima: Vertex[];
  readonly poles: readonly number[];
}

function lineMaxima(f: Objective): LineMaxima {
  const samples = Array.from({ length: LINE_SAMPLES }, (_, k) => {
    const at = k / (LINE_SAMPLES - 1);
    return { at, value: f([at]) };
  });
  const peaks = samples.flatMap((s, k) => {
    const [left, right] = [samples[k - 1] ?? s, samples[k + 1] ?? s];
    const isPeak = s.value > Number.NEGATIVE_INFINITY && s.value >= left.value && s.value >= right.value;
    return isPeak ? [{ start: s, from: left, to: right }] : [];
  });
  const highest = peaks.sort((a, b) => b.start.value - a.start.value).slice(0, CLIMBS);
  const along = (x: number): number => f([x]);
  const climbed = highest.map(({ start, from, to }) => ({
    start,
    top:
      chebyshevMaximum(along, from.at, to.at, [from, start, to]) ??
      sharpened(along, from.at, to.at, brentMaximum(along, from, to, start)),
  }));
  const finite = samples.map((s) => s.value).filter(Number.isFinite);
  const spread = finite.length > 0 ? Math.max(...finite) - Math.min(...finite) : 0;
  const isPole = ({ start, top }: (typeof climbed)[number]): boolean =>
    top.value - start.value > spread && growsWithoutBound(along, top);
  return {
    maxima: climbed.flatMap((c) => (isPole(c) ? [] : [onSurface(f, { at: [c.top.at], value: c.top.value })])),
    poles: climbed.filter(isPole).map(({ top }) => top.at),
  };
}

/** How near a maximum a polynomial is tried at last, as a part of the bracket. */
const NEAR = 0.02;

/** Brent's method is uncertain by √ε; where a polynomial does not fit a whole bracket, one may near the maximum. */
function sharpened(f: (x: number) => number, from: number, to: number, rough: Maximum): Maximum {
  const near = NEAR * (to - from);
  return (
    chebyshevMaximum(f, Math.max(from, rough.at - near), Math.min(to, rough.at + near), [rough]) ?? rough
  );
}

/** So near to a pole a function changes by more than half, and near no maximum that samples could lead to. */
const NEAR_POLE = 1e-6;

const growsWithoutBound = (f: (x: number) => number, { at, value }: Maximum): boolean =>
  [-NEAR_POLE, NEAR_POLE].every((step) => {
    const near = at + step;
    return near < 0 || near > 1 || f(near) < value - Math.abs(value) / 2;
  });

function cubeMaxima(f: Objective, dimension: number): Vertex[] {
  const next = randomSequence(SEED);
  const places = Array.from({ length: SAMPLES_PER_DIMENSION * dimension }, (_, k) =>
    Array.from({ length: dimension }, () => (k === 0 ? 0.5 : next())),
  );
  const samples = places.map((at): Vertex => ({ at, value: f(at) })).sort((a, b) => b.value - a.value);
  const starts = samples.filter((s) => s.value > Number.NEGATIVE_INFINITY).slice(0, CLIMBS);
  return starts.map((start) => {
    let top = nelderMead(f, start);
    for (let k = 0; k < RESTARTS; k++) {
      const again = onSurface(f, nelderMead(f, top, 0.05));
      const gain = again.value - top.value;
      if (again.value >= top.value) top = again;
      if (!(gain > ROUND_OFF * Math.abs(top.value))) break;
    }
    return top;
  });
}

/** The nearest point of the surface in the place of one that all but lies on it, unless that is worse. */
function onSurface(f: Objective, vertex: Vertex): Vertex {
  const at = vertex.at.map((x) => (x < ON_SURFACE ? 0 : x > 1 - ON_SURFACE ? 1 : x));
  if (at.every((x, k) => x === vertex.at[k])) return vertex;
  const value = f(at);
  return value >= vertex.value - ROUND_OFF * Math.abs(vertex.value) ? { at, value } : vertex;
}

function isBestNearby(f: Objective, { at, value }: Vertex, poles: readonly number[]): boolean {
  const steps = [-1e-2, -1e-4, 1e-4, 1e-2];
  return at.every((x, k) =>
    steps.every((step) => {
      const there = x + step;
      if (there < 0 || there > 1 || poles.some((p) => Math.abs(p - there) < 1 / LINE_SAMPLES)) return true;
      const near = f(at.map((y, j) => (j === k ? there : y)));
      return !(near - value > ROUND_OFF * Math.abs(value));
    }),
  );
}
