import { type Canonical, canonicalSymbols, constant, isZero, subtract } from "./canonical.ts";
import { type ComplexEvaluator, compileComplex } from "./compile.ts";
import { scalarFromCanonical } from "./scalar-from-canonical.ts";

/** The lowest level that a level symbol (`n0`, `n1`, …) can stand for; −∞ on bases without a lower end. */
export type LowestLevel = (symbol: string) => number;

const PROBES = 48;

/** Points at which both sides must have a value before their agreement counts. */
const ENOUGH = 6;

/** Relative to the terms that a difference is made of, at points of at most 1. */
const TOLERANCE = 1e-11;

/** Points that would be held to less than this say nothing. */
const COARSEST = 1e-3;

/**
 * Whether two expressions are equal: by canonical form, or, where functions occur whose identities the canonical form
 * does not know, by their values at fixed pseudo-random points, relative to the terms that their difference is made
 * of. The points are of several magnitudes and both signs, since min(x, 2) and |x| are x on half of the line; where a
 * side has no value, such as the root of a negative number, a point says nothing.
 */
export function equivalent(a: Canonical, b: Canonical, lowestLevel: LowestLevel = () => 0): boolean {
  const difference = subtract(a, b);
  if (isZero(difference)) return true;
  const hasFunctions = [...difference.numerator.values()].some((m) =>
    m.factors.some(([atom]) => atom.operands),
  );
  return hasFunctions && vanishesAtProbes(difference, lowestLevel);
}

function vanishesAtProbes(difference: Canonical, lowestLevel: LowestLevel): boolean {
  const symbols = [...canonicalSymbols(difference)];
  const slot = (name: string) => symbols.indexOf(name);
  const compiled = (a: Canonical) => compileComplex(scalarFromCanonical(a), slot);
  // a quotient vanishes with its numerator, and the terms of that say how much of a zero is round-off
  const { denominator } = constant(1);
  const terms = [...difference.numerator].map(([key, term]) =>
    compiled({ numerator: new Map([[key, term]]), denominator }),
  );
  const below = compiled({ numerator: difference.denominator, denominator });
  const random = pseudoRandom();
  const point = new Float64Array(symbols.length);
  let valid = 0;
  for (let probe = 0; probe < PROBES; probe++) {
    for (const [i, name] of symbols.entries()) point[i] = probeValue(name, probe, random, lowestLevel);
    const sum = { re: 0, im: 0, size: 0 };
    for (const term of terms) {
      const { re, im } = valueAt(term, point);
      sum.re += re;
      sum.im += im;
      sum.size += Math.hypot(re, im);
    }
    const divisor = valueAt(below, point);
    const hasValue = Number.isFinite(sum.size) && Number.isFinite(divisor.re) && divisor.re !== 0;
    const tolerance = TOLERANCE * growth(point);
    if (!hasValue || tolerance > COARSEST) continue;
    if (Math.hypot(sum.re, sum.im) > tolerance * sum.size) return false;
    valid++;
  }
  return valid >= ENOUGH;
}

/** By how much functions of sums and products of the point's values can magnify round-off: sin(xy) loses the digits of xy. */
const growth = (point: Float64Array): number =>
  point.reduce((product, x) => product * (Number.isFinite(x) ? Math.max(1, Math.abs(x)) : 1), 1);

const valueAt = ({ re, im }: ComplexEvaluator, point: Float64Array) => ({
  re: re(point),
  im: im?.(point) ?? 0,
});

/** A reproducible sequence of numbers between 0 and 1. */
function pseudoRandom(): () => number {
  let seed = 12345;
  return () => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
}

/**
 * The first quarter of the probes is positive and below 1, where most functions have values; the second of either sign
 * and about 1; the rest of either sign, from 1e-3 to 1e6. Levels are whole numbers.
 */
function probeValue(name: string, probe: number, random: () => number, lowestLevel: LowestLevel): number {
  const [size, sign] = [random(), random() < 0.5 ? -1 : 1];
  if (name === "inf") return Number.POSITIVE_INFINITY;
  if (/^n\d+$/.test(name)) {
    const level = Math.floor(40 * size);
    const from = lowestLevel(name);
    return Number.isFinite(from) ? from + level : sign * level;
  }
  if (probe < PROBES / 4) return 0.05 + 0.9 * size;
  if (probe < PROBES / 2) return sign * (0.3 + 3 * size);
  return sign * 10 ** (9 * size - 3);
}
