import { adaptiveQuadrature } from "../numerics/adaptive-quadrature.ts";

/** The principal value of a Lamb shift does not exist, or was not reached. */
export class DivergentShift extends Error {}

/** Widths of the first panels, in e-folds of the distance from ω. */
const PANEL = 0.5;

/** The distances from ω that are looked at, as fractions of the largest energy: beyond, rates must have fallen off. */
const [NEAREST, FARTHEST] = [1e-18, 1e24];

/** Rates beyond the last distance of at most this part of the largest are as good as none. */
const FALLEN = 1e-14;

/** What the quadrature is asked for, and what is accepted of it. */
const TOLERANCE = 1e-12;
const ACCEPTED = 1e-9;

/** Frequencies of either sign at which peaks of the rate are looked for, in e-folds and number. */
const PEAK_SAMPLES = 4000;

/**
 * S(ω) = P∫ dω′/2π γ(ω′)/(ω − ω′), the imaginary part of the one-sided Fourier transform of a bath's correlations whose
 * real part is γ/2: an operator A(ω) adds S(ω)A†(ω)A(ω) to the Hamiltonian. γ is the rate that the equation uses, at every
 * real frequency. `scale` is the largest energy at hand. Breuer, Petruccione, The Theory of Open Quantum Systems (2002),
 * Eq. (3.137). Throws `DivergentShift`.
 */
export function lambShift(rate: (frequency: number) => number, scale: number): (frequency: number) => number {
  const known = new Map<number, number>();
  let peaks: readonly number[] | undefined;
  return (frequency) => {
    let shift = known.get(frequency);
    if (shift === undefined) {
      peaks ??= peaksOf(rate, scale);
      shift = principalValue(rate, frequency, scale, peaks);
      known.set(frequency, shift);
    }
    return shift;
  };
}

/** ∫₀^∞ (γ(ω − s) − γ(ω + s)) ds/s over 2π, in u = log s: no pole is left. */
function principalValue(
  rate: (frequency: number) => number,
  ω: number,
  scale: number,
  peaks: readonly number[],
): number {
  const difference = (u: number): number => {
    const s = Math.exp(u);
    return rate(ω - s) - rate(ω + s);
  };
  const first = Math.log(NEAREST * scale);
  const last = Math.log(FARTHEST * scale);
  // γ has its own scales, at its peaks and where ω′ = 0
  const special = [0, ...peaks].flatMap((peak) => (peak === ω ? [] : [Math.log(Math.abs(ω - peak))]));
  const regular = Array.from({ length: Math.ceil((last - first) / PANEL) + 1 }, (_, k) => first + k * PANEL);
  const points = [...regular, ...special.filter((u) => u > first && u < last)].sort((a, b) => a - b);
  const size = (u: number): number =>
    Math.max(Math.abs(rate(ω - Math.exp(u))), Math.abs(rate(ω + Math.exp(u))));
  const largest = points.reduce((most, u) => Math.max(most, size(u)), 0);
  if (!Number.isFinite(largest) || Math.abs(difference(last)) > FALLEN * largest) throw new DivergentShift();
  const found = adaptiveQuadrature(
    difference,
    points.filter((u, k) => k === 0 || u > points[k - 1]!),
    TOLERANCE,
    largest,
  );
  const { value, error } = found;
  if (!found.isConverged && error > ACCEPTED * Math.max(found.size, largest)) throw new DivergentShift();
  return value / (2 * Math.PI);
}

/** Local maxima of the rate over many decades around the scale, on both sides of zero. */
function peaksOf(rate: (frequency: number) => number, scale: number): readonly number[] {
  const peaks: number[] = [];
  for (const sign of [1, -1]) {
    const at = (k: number): number => sign * scale * Math.exp((k / PEAK_SAMPLES) * 24 - 18);
    let [before, here] = [rate(at(0)), rate(at(1))];
    for (let k = 2; k <= PEAK_SAMPLES; k++) {
      const after = rate(at(k));
      if (here > before && here > after) peaks.push(at(k - 1));
      [before, here] = [here, after];
    }
  }
  return peaks;
}
