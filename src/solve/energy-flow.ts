import type { MasterEquation } from "../equation/master-equation.ts";
import { applyContributions, type Generator } from "../lower/generator.ts";
import type { Image } from "../lower/image.ts";
import { observable } from "../lower/observable.ts";
import { traceWith } from "../lower/product-state.ts";
import type { Sector } from "../lower/sector.ts";
import type { SpectralPoint } from "../lower/spectral-lowering.ts";
import type { ProductBasis } from "../lower/window.ts";

/** Traces of L_b ρ. */
export interface EnergyFlow {
  /** Tr[H₀ L_b ρ]; of a bath of ancillas −Tr[H_B Δρ]/τ. */
  readonly free: number;
  /** Tr[(H − H₀) L_b ρ]; 0 of a bath of ancillas, whose work belongs to all of them together. */
  readonly interaction: number;
  /** Tr[H_TD L_b ρ], where a bath is unified. */
  readonly thermodynamic?: number;
  /** Tr[N L_b ρ], where the bath exchanges particles that H conserves. */
  readonly particles?: number;
  /** Σ of the moduli that the traces are sums of: what their round-off is measured against. */
  readonly bound: number;
}

/** What the baths of an equation between product states do to a state. */
export interface BathImages {
  readonly sector: Sector;
  /** L_b ρ of each dissipator of the equation, from the unknowns of ρ. */
  readonly imagesOf: (parameters: ArrayLike<number>, unknowns: Float64Array) => readonly Image[];
}

/** The images by a generator's matrices. */
export const imagesByMatrices = ({ sector, slotsAt, dissipators }: Generator): BathImages => ({
  sector,
  imagesOf: (parameters, unknowns) => {
    const slots = slotsAt(parameters);
    return dissipators.map((part) => applyContributions(part, slots, unknowns));
  },
});

/** The flows of an equation between product states, from images where these are known. */
export function productFlows(
  equation: MasterEquation,
  basis: ProductBasis,
  { sector, imagesOf }: BathImages,
) {
  const free = observable(equation.free, sector, basis);
  const interaction = observable(equation.interaction, sector, basis);
  const numbers = equation.dissipators.map(
    ({ particleNumber }) => particleNumber && observable(particleNumber, sector, basis),
  );
  return (
    parameters: ArrayLike<number>,
    unknowns: Float64Array,
    images = imagesOf(parameters, unknowns),
  ): EnergyFlow[] =>
    images.map(({ change, gross }, place) => {
      const number = numbers[place];
      return {
        free: free.trace(parameters, change).re,
        interaction: interaction.trace(parameters, change).re,
        bound: free.bound(parameters, gross),
        ...(number && { particles: number.trace(parameters, change).re }),
      };
    });
}

/** The flows of an equation between eigenstates at one point. */
export function spectralFlows(
  { generator, free, interaction, clusters, particleNumbers }: SpectralPoint,
  unknowns: Float64Array,
): EnergyFlow[] {
  const { sector } = generator;
  return generator.dissipators.map((dissipator, place) => {
    const { change } = applyContributions(dissipator, Float64Array.of(1), unknowns);
    const [f, v] = [traceWith(free, sector, change), traceWith(interaction, sector, change)];
    const number = particleNumbers[place];
    const flow = {
      free: f.value,
      interaction: v.value,
      bound: f.bound + v.bound,
      ...(number && { particles: traceWith(number, sector, change).value }),
    };
    return clusters ? { ...flow, thermodynamic: diagonalTrace(clusters.energies, sector, change) } : flow;
  });
}

/** Σ Ē_n X_nn */
export function diagonalTrace(energies: Float64Array, sector: Sector, x: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < sector.row.length; k++) {
    const state = sector.row[k]!;
    if (state === sector.column[k]) sum += energies[state]! * x[sector.unknown[k]!]!;
  }
  return sum;
}
