/** Halvings of a bracket around a peak: enough to come down to the spacing of doubles. */
const HALVINGS = 48;

/** After this many of them a peak that is resolved has been seen to be one. */
const FIRST = 6;

/** A peak of values that are known at enough points is no higher than its neighbours by more than this factor. */
const SMOOTH = 1.05;

/** Over this many of the last halvings, a factor of 1000 in distance, what diverges grows: (log d grows by 1.3). */
const LAST = 10;
const GROWTH = 1.2;

/** Peaks that are looked into, the highest ones. */
const MOST_PEAKS = 500;

/**
 * The first place from 0 to `end` at which |f| grows without bound, or f is infinite or not a number; undefined where
 * there is none. `values` are those of f at equal steps from 0 to `end`. Every highest point among them is zoomed into, by
 * halves, down to the spacing of doubles: a bounded function stops growing on the way, a power d^−p of the distance does
 * not, and a logarithm hardly.
 */
export function firstDivergence(
  f: (x: number) => number,
  values: ArrayLike<number>,
  end: number,
): number | undefined {
  const last = values.length - 1;
  const place = (k: number): number => (k / last) * end;
  const size = (k: number): number => Math.abs(values[Math.min(last, Math.max(0, k))]!);
  let first = Infinity;
  const peaks: number[] = [];
  for (let k = 0; k <= last; k++) {
    if (!Number.isFinite(values[k]!)) {
      first = k === 0 ? 0 : onset(f, place(k - 1), place(k));
      break;
    }
    if (size(k) > 0 && size(k) >= size(k - 1) && size(k) >= size(k + 1)) peaks.push(k);
  }
  const highest = peaks.sort((a, b) => size(b) - size(a)).slice(0, MOST_PEAKS);
  for (const k of highest) {
    const beside = k === 0 ? size(1) : k === last ? size(k - 1) : Math.max(size(k - 1), size(k + 1));
    const found = divergenceIn(f, place(Math.max(0, k - 1)), place(Math.min(last, k + 1)), beside);
    if (found !== undefined) first = Math.min(first, found);
  }
  return first < Infinity ? first : undefined;
}

/** Where f, finite at `from` and not at `to`, stops to be so. */
function onset(f: (x: number) => number, from: number, to: number): number {
  let [left, right] = [from, to];
  for (let k = 0; k < 64; k++) {
    const middle = (left + right) / 2;
    if (Number.isFinite(f(middle))) left = middle;
    else right = middle;
  }
  return right;
}

/** Where |f| diverges between two places; `beside` is how high it is next to its peak. */
function divergenceIn(
  f: (x: number) => number,
  from: number,
  to: number,
  beside: number,
): number | undefined {
  let at = (from + to) / 2;
  let width = to - from;
  const heights = [Math.abs(f(at))];
  for (let k = 1; k <= HALVINGS; k++) {
    let highest = heights[k - 1]!;
    if (!Number.isFinite(highest)) return at;
    for (const x of [at - width / 4, at + width / 4]) {
      const height = Math.abs(f(x));
      if (!(height <= highest)) [at, highest] = [x, height];
    }
    heights.push(highest);
    width /= 2;
    if (k === FIRST && highest <= SMOOTH * beside) return undefined;
    if (width <= 4 * Number.EPSILON * Math.abs(at)) break;
  }
  const [before, now] = [heights.at(-1 - LAST) ?? heights[0]!, heights.at(-1)!];
  return now > GROWTH * before ? at : undefined;
}
