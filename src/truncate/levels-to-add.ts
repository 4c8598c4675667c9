/** An automatic window is wide enough when neither of its ends holds more than this. */
export const EDGE_TOLERANCE = 1e-12;

/** What a wider end is meant to hold: less than it may, since what is found by extrapolation may be somewhat off. */
export const AIM = 1e-13;

/** Where many points share a window, what its ends may hold of the first of them: others hold up to a thousand times as much. */
const SHARED = 1e-15;
export const SHARED_AIM = 1e-16;

/** Levels that the first point does not need are left out of a shared window where they are more than this part of it. */
const WORTH_LEAVING = 1 / 8;

/**
 * How many levels an end of a window lacks, by its populations from that end on inwards, to hold about `aim`; 0 where it
 * is empty enough.
 */
export const levelsToAdd = (inwards: Float64Array, depth: number, aim = AIM): number =>
  most(inwards, 0, depth) > EDGE_TOLERANCE ? levelsUntil(aim, inwards, depth) : 0;

/** The same for a window that many points are to share; negative where there are many levels that they will hardly need. */
export function levelsToShare(inwards: Float64Array, depth: number): number {
  if (most(inwards, 0, depth) > SHARED) return levelsUntil(SHARED_AIM, inwards, depth);
  let empty = 0;
  while (empty < inwards.length && Math.abs(inwards[empty]!) < SHARED) empty++;
  return empty - depth > WORTH_LEAVING * inwards.length ? depth - empty : 0;
}

/**
 * How many levels beyond an end hold more than `aim`, at least two. The logarithm of the populations is continued by the parabola
 * (a Gaussian tail) or, where that bends upwards, by the line (an exponential one) through three of its values, at most as far as
 * the window is wide, and by a third of that where it does not fall. `depth` levels are looked at together, since some of them may
 * be empty by symmetry.
 */
function levelsUntil(aim: number, inwards: Float64Array, depth: number): number {
  const width = inwards.length;
  const step = Math.max(depth, Math.floor(width / 6));
  const [end, near, far] = [0, step, 2 * step].map((from) => most(inwards, from, depth)) as [
    number,
    number,
    number,
  ];
  const decades = Math.log10(end / aim);
  const slope = Math.log10(near / end) / step;
  const bend = Math.max(0, slope - Math.log10(far / near) / step) / step;
  const atEnd = slope + (bend * step) / 2;
  // decades = atEnd·x + bend·x²/2, in a form that holds without a bend
  const levels = (2 * decades) / (atEnd + Math.sqrt(atEnd ** 2 + 2 * bend * decades));
  const isFalling = levels > 0 && levels < Number.POSITIVE_INFINITY;
  return Math.max(2, Math.ceil(isFalling ? Math.min(levels, width) : width / 3));
}

/** The largest of so many populations from a place on; 0 beyond the window. */
function most(populations: Float64Array, from: number, count: number): number {
  let largest = 0;
  for (let k = from; k < Math.min(from + count, populations.length); k++)
    largest = Math.max(largest, Math.abs(populations[k]!));
  return largest;
}
