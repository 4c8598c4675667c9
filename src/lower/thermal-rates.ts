/** Rates at which a bath takes energy ω out of the system (emission) and puts it in (absorption). */
export interface ThermalRates {
  readonly emission: (frequency: number) => number;
  readonly absorption: (frequency: number) => number;
}

/** What a bath is at one point of the parameters. */
export interface BathPoint {
  readonly statistics: "bosonic" | "fermionic";
  /** Inverse temperature; may be infinite. */
  readonly beta: number;
  /** Chemical potential; 0 for bosons. */
  readonly mu: number;
  /** J(ω), called with positive frequencies for bosons and any for fermions. */
  readonly density: (frequency: number) => number;
}

/** γ(ω) of an operator of the system, and S(ω) where a Lamb shift is asked for: ω is what the operator takes from it. */
export interface SpectralFunction {
  readonly rate: (frequency: number) => number;
  readonly shift?: (frequency: number) => number;
}

/** J·n has no finite limit at ω = 0. */
export class DivergentRate extends Error {}

/**
 * J(n + 1) and Jn of a bosonic bath, with the odd continuation J(−ω) = −J(ω), so that both stay positive and
 * emission(−ω) = absorption(ω); J(1 − f) and Jf of a fermionic one, whose J is taken as given at every frequency.
 * Frequencies of at most `zero` count as zero: bosonic rates are then the limit of Jn. Throws `DivergentRate`.
 */
export function thermalRates(bath: BathPoint, zero: number): ThermalRates {
  const { beta, mu, density, statistics } = bath;
  if (statistics === "fermionic") {
    const filling = (ω: number): number => {
      const x = beta * (ω - mu);
      // at zero temperature a level at the chemical potential is half filled
      return Number.isNaN(x) ? 0.5 : x > 0 ? Math.exp(-x) / (1 + Math.exp(-x)) : 1 / (1 + Math.exp(x));
    };
    return {
      emission: (ω) => density(ω) * (1 - filling(ω)),
      absorption: (ω) => density(ω) * filling(ω),
    };
  }
  const emitted = (ω: number): number => -density(ω) / Math.expm1(-beta * ω);
  const absorbed = (ω: number): number => density(ω) / Math.expm1(beta * ω);
  let limit: number | undefined;
  const atZero = (): number => {
    limit ??= zeroFrequencyRate(bath);
    return limit;
  };
  return {
    emission: (ω) => (Math.abs(ω) <= zero ? atZero() : ω > 0 ? emitted(ω) : absorbed(-ω)),
    absorption: (ω) => (Math.abs(ω) <= zero ? atZero() : ω > 0 ? absorbed(ω) : emitted(-ω)),
  };
}

/**
 * lim J(ω)n(ω) for ω → 0, from frequencies of 10⁻³ to 10⁻¹² temperatures. Where J is a power of ω other than the first there the
 * limit is 0 or there is none. Else two estimates in a row must agree, from the lowest frequencies upwards, since a J that is
 * a difference of near numbers loses its digits there. Throws `DivergentRate`.
 */
function zeroFrequencyRate({ beta, density }: BathPoint): number {
  if (beta === Number.POSITIVE_INFINITY) return 0;
  const rates = Array.from({ length: 10 }, (_, k) => {
    const x = 10 ** -(k + 3);
    return density(x / beta) / Math.expm1(x);
  });
  const power = steadyPower(rates[4]!, rates[5]!, rates[6]!);
  if (power > 1e-4) return 0;
  if (power < -1e-4) throw new DivergentRate();
  const limits = rates.slice(2).map((last, k) => geometricLimit(rates[k]!, rates[k + 1]!, last));
  for (const tolerance of [1e-10, 1e-6]) {
    for (let k = limits.length - 1; k > 0; k--) {
      const [limit, before] = [limits[k], limits[k - 1]];
      const scale = Math.max(Math.abs(rates[k + 1]!), Math.abs(rates[k + 2]!));
      if (limit === undefined || before === undefined) continue;
      if (Math.abs(limit - before) <= tolerance * scale) return limit > 1e-6 * scale ? limit : 0;
    }
  }
  throw new DivergentRate();
}

/** The power of ω with which rates fall from decade to decade of ω, 0 where that changes. */
function steadyPower(first: number, second: number, third: number): number {
  const power = Math.log10(second / third);
  return Math.abs(power - Math.log10(first / second)) < 1e-5 ? power : 0;
}

/** Where a sequence ends whose steps shrink by a common ratio (Aitken), if they shrink. */
function geometricLimit(first: number, second: number, third: number): number | undefined {
  const [before, step] = [second - first, third - second];
  if (Math.abs(step) <= 1e-13 * Math.abs(third)) return third;
  const ratio = step / before;
  return Math.abs(ratio) < 1 - 1e-6 ? third + (step * ratio) / (1 - ratio) : undefined;
}
