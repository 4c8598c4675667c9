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

/** lim J(ω)n(ω) for ω → 0, extrapolated from two frequencies far below the temperature. */
function zeroFrequencyRate({ beta, density }: BathPoint): number {
  if (beta === Number.POSITIVE_INFINITY) return 0;
  const at = (ω: number): number => density(ω) / Math.expm1(beta * ω);
  const [near, nearer] = [at(1e-4 / beta), at(1e-5 / beta)];
  if (!Number.isFinite(nearer) || nearer > 1.01 * near) throw new DivergentRate();
  return Math.max(0, nearer + (nearer - near) / 9);
}
