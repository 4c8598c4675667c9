import type { Maximum } from "./brent-maximum.ts";
import { rootBetween } from "./root.ts";

/** Degrees of the polynomials that are tried. The points of each are among those of the next. */
const DEGREES = [8, 16];

/** A polynomial holds where its last coefficients are below this part of what the function changes by. */
const DECAYED = 1e-8;

/** Round-off of steady states, as a part of the value: coefficients of the last polynomial need not be smaller. */
const ROUND_OFF = 1e-11;

/** Pieces, for each degree, at whose ends signs of the derivative are compared. */
const PIECES_PER_DEGREE = 4;

const ROOT_TOLERANCE = 1e-13;

/**
 * The maximum of a smooth f between two points: where the derivative of its interpolant in Chebyshev points vanishes (or an
 * end). Round-off of size ε in f moves that by about ε over the interval's curvature, where comparing values of f leaves it
 * uncertain by √ε. Undefined where f is not smooth enough for the interpolant, which its coefficients show (Trefethen,
 * Approximation Theory and Approximation Practice (2013), ch. 7 and 8), or has no value somewhere. `known` are values that
 * need not be computed again.
 */
export function chebyshevMaximum(
  f: (x: number) => number,
  from: number,
  to: number,
  known: readonly Maximum[],
): Maximum | undefined {
  const values = new Map(known.map(({ at, value }) => [at, value]));
  const [middle, half] = [(from + to) / 2, (to - from) / 2];
  const valueAt = (x: number): number => {
    const value = values.get(x) ?? f(x);
    values.set(x, value);
    return value;
  };
  for (const degree of DEGREES) {
    const nodes = Array.from({ length: degree + 1 }, (_, k) => Math.cos((Math.PI * k) / degree));
    const there = nodes.map((t, k) =>
      valueAt(k === 0 ? to : k === degree ? from : 2 * k === degree ? middle : middle + half * t),
    );
    if (!there.every(Number.isFinite)) return undefined;
    const coefficients = interpolant(there);
    const change = Math.max(...coefficients.slice(1).map(Math.abs));
    const roundOff = degree === DEGREES.at(-1) ? ROUND_OFF * Math.max(...there.map(Math.abs)) : 0;
    const error = Math.max(DECAYED * change, roundOff);
    const last = Math.max(...coefficients.slice(-2).map(Math.abs));
    // of a smooth function coefficients fall geometrically, so that twice the degree squares them
    if (last > error && (last / change) ** 2 > DECAYED) return undefined;
    if (last > error) continue;
    const top = highest(coefficients);
    const at = top === 1 ? to : top === -1 ? from : middle + half * top;
    const value = valueAt(at);
    return Math.abs(value - clenshaw(coefficients, top)) <= degree * error ? { at, value } : undefined;
  }
  return undefined;
}

/** Coefficients over Chebyshev polynomials of the interpolant with given values at cos(πk/n). */
function interpolant(values: readonly number[]): number[] {
  const n = values.length - 1;
  const halved = (k: number): number => (k === 0 || k === n ? 0.5 : 1);
  return values.map((_, j) => {
    const sum = values.reduce((s, v, k) => s + halved(k) * v * Math.cos((Math.PI * j * k) / n), 0);
    return (2 / n) * halved(j) * sum;
  });
}

/** Σ c_k T_k(t). */
function clenshaw(coefficients: readonly number[], t: number): number {
  let [b, next] = [0, 0];
  for (let k = coefficients.length - 1; k > 0; k--) [b, next] = [coefficients[k]! + 2 * t * b - next, b];
  return coefficients[0]! + t * b - next;
}

/** Where a polynomial is largest in [−1, 1]. */
function highest(coefficients: readonly number[]): number {
  const slopes = derivative(coefficients);
  const slope = (t: number): number => clenshaw(slopes, t);
  const pieces = PIECES_PER_DEGREE * coefficients.length;
  const candidates = [-1, 1];
  let [a, before] = [-1, slope(-1)];
  for (let k = 1; k <= pieces; k++) {
    const b = -1 + (2 * k) / pieces;
    const after = slope(b);
    const root =
      before > 0 && after <= 0 ? rootBetween(slope, [a, before], [b, after], ROOT_TOLERANCE) : undefined;
    if (root) candidates.push(root.at);
    [a, before] = [b, after];
  }
  return candidates.reduce((best, t) =>
    clenshaw(coefficients, t) > clenshaw(coefficients, best) ? t : best,
  );
}

function derivative(coefficients: readonly number[]): number[] {
  const slopes = coefficients.map(() => 0);
  for (let k = coefficients.length - 1; k > 0; k--) {
    slopes[k - 1] = (slopes[k + 1] ?? 0) + 2 * k * coefficients[k]!;
  }
  slopes[0]! /= 2;
  return slopes;
}
