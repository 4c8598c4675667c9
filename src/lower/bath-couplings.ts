import type { Dissipator } from "../equation/master-equation.ts";
import { type Bath, FREQUENCY, LARGEST_FREQUENCY, type Model } from "../model/model.ts";
import { parameterSlot } from "../model/parameter-values.ts";
import { type ComplexSparse, diagonalOf } from "../numerics/complex-sparse.ts";
import { compileReal, type Evaluator } from "../scalar/compile.ts";
import { type Eigenbasis, toEigenbasis } from "./eigenbasis.ts";
import { lambShift } from "./lamb-shift.ts";
import { operatorMatrix } from "./operator-matrix.ts";
import { BadRateError } from "./rate-check.ts";
import { type BathPoint, type SpectralFunction, thermalRates } from "./thermal-rates.ts";
import type { ProductBasis } from "./window.ts";

/** A coupling of a bath in the eigenbasis of H, at one point of the parameters. */
export interface EigenCoupling {
  readonly operator: ComplexSparse;
  /** A = A†: all Bohr frequencies, of both signs, come from A itself; else from A (emission) and A† (absorption). */
  readonly isHermitian: boolean;
  readonly bath: BathPoint;
  /** The weight of each eigenstate in the bath's own thermal state, 1 for the likeliest. */
  readonly population: Float64Array;
  /** Of A, and of A† at its own frequencies; for a Hermitian A only the first counts. */
  readonly lowering: SpectralFunction;
  readonly raising: SpectralFunction;
}

/** The couplings of a bosonic or fermionic bath between the eigenstates of H, prepared for many points. */
export function bathCouplings(
  { bath, coupling, particleNumber }: Dissipator,
  model: Model,
  basis: ProductBasis,
  { hasLambShift }: { readonly hasLambShift: boolean },
): (parameters: ArrayLike<number>, eigenbasis: Eigenbasis) => readonly EigenCoupling[] {
  const { operators, density } = coupling!;
  const prepared = operators.map(({ operator, isHermitian }) => ({
    matrix: operatorMatrix(operator, basis),
    isHermitian,
  }));
  const numbers = particleNumber && operatorMatrix(particleNumber, basis);
  const pointOf = bathPoint(model.baths[bath]!, compileReal(density, densitySlot(model)), model);
  return (parameters, eigenbasis) => {
    const { energies, levelEnergies, tolerance } = eigenbasis;
    const range = levelEnergies.at(-1)! - levelEnergies[0]!;
    const point = pointOf(parameters, range);
    const rates = thermalRates(point, 4 * tolerance);
    const number = point.mu !== 0 && numbers && toEigenbasis(numbers(parameters), eigenbasis);
    const population = thermalWeights(energies, number ? diagonalOf(number) : undefined, point);
    const scale = Math.max(range, 1 / point.beta, Math.abs(point.mu));
    const functionOf = (rate: (ω: number) => number): SpectralFunction =>
      hasLambShift ? { rate, shift: lambShift(rate, scale) } : { rate };
    const lowering = functionOf(rates.emission);
    // an entry of A† has the frequency −ω of A's
    const raising = functionOf((ω) => rates.absorption(-ω));
    return prepared.map(({ matrix, isHermitian }) => ({
      operator: toEigenbasis(matrix(parameters), eigenbasis),
      isHermitian,
      bath: point,
      population,
      lowering,
      raising,
    }));
  };
}

/** exp(−β(E − μN − least)) by eigenstate. */
function thermalWeights(
  energies: Float64Array,
  numbers: Float64Array | undefined,
  { beta, mu }: BathPoint,
): Float64Array {
  const above = energies.map((E, k) => E - (numbers ? mu * numbers[k]! : 0));
  const least = above.reduce((low, x) => Math.min(low, x), Number.POSITIVE_INFINITY);
  return above.map((x) => (x === least ? 1 : Math.exp(-beta * (x - least))));
}

/** Densities read the parameters, followed by the frequency and the largest one. */
const densitySlot =
  (model: Model) =>
  (symbol: string): number =>
    symbol === FREQUENCY
      ? model.parameters.length
      : symbol === LARGEST_FREQUENCY
        ? model.parameters.length + 1
        : parameterSlot(symbol);

function bathPoint(
  { kind, beta, mu, name }: Bath,
  density: Evaluator,
  model: Model,
): (parameters: ArrayLike<number>, largest: number) => BathPoint {
  const count = model.parameters.length;
  const inverseTemperature = compileReal(beta!, parameterSlot);
  const chemicalPotential = mu && compileReal(mu, parameterSlot);
  return (parameters, largest) => {
    const known = Float64Array.from({ length: count + 2 }, (_, k) => (k < count ? parameters[k]! : largest));
    return {
      statistics: kind === "fermionic" ? "fermionic" : "bosonic",
      beta: inverseTemperature(parameters),
      mu: chemicalPotential?.(parameters) ?? 0,
      density: (frequency) => {
        known[count] = frequency;
        const value = density(known);
        if (value < 0) throw new BadRateError({ bath: name, rate: value, frequency, isDensity: true });
        return value;
      },
    };
  };
}
