import {
  adjointOperator,
  bandOperator,
  levelSymbol,
  multiplyOperators,
  type NormalForm,
  type Space,
  scaleOperator,
  sumOperators,
} from "../algebra/normal-form.ts";
import type { MasterEquation } from "../equation/master-equation.ts";
import { parameterSymbol } from "../model/model.ts";
import { functionCanonical, symbolCanonical } from "../scalar/canonical.ts";
import type { AncillaKind, AncillaPoint } from "./ancillas.ts";
import { type ProductBasis, productBasis } from "./window.ts";

/**
 * System and ancillas while they collide: ρ̇ = −i[H + H_B + H_I/√τ, ρ] + Σ L_b ρ over the baths that are no ancillas.
 * The ancillas stand after all subsystems, so that a joint state is system·M + ancillas with M states of the ancillas.
 */
export interface JointSystem {
  /** Holds the energies ω of the ancillas and their couplings sqrt(J/τ) as parameters after the model's own. */
  readonly equation: MasterEquation;
  readonly basis: ProductBasis;
  /** Places in the original equation of the dissipators that are left. */
  readonly dissipators: readonly number[];
  readonly parameterCount: number;
  readonly parametersAt: (
    parameters: ArrayLike<number>,
    ancillas: readonly AncillaPoint[],
    duration: number,
  ) => Float64Array;
  /** M */
  readonly ancillaStates: number;
  /** The level of each ancilla in each of their M joint states. */
  readonly ancillaLevels: readonly Int32Array[];
}

/** Puts a system together with ancillas of given numbers of levels; of inverted ones A and A† change places. */
export function jointSystem(
  equation: MasterEquation,
  basis: ProductBasis,
  parameterCount: number,
  ancillas: readonly (AncillaKind & { readonly isInverted: boolean; readonly kept: number })[],
): JointSystem {
  const count = basis.windows.length;
  const space: Space = [
    ...equation.space,
    ...ancillas.map(({ statistics, isOdd }) =>
      statistics === "bosonic"
        ? { kind: "infinite" as const, from: 0, to: Number.POSITIVE_INFINITY }
        : { kind: "finite" as const, dimension: 2, ...(isOdd && { isFermionic: true as const }) },
    ),
  ];
  const energies: NormalForm[] = [];
  const couplings: NormalForm[] = [];
  for (const [k, { operator, isInverted }] of ancillas.entries()) {
    const [ω, g] = [parameterCount + 2 * k, parameterCount + 2 * k + 1].map((p) =>
      symbolCanonical(parameterSymbol(p)),
    );
    const b = annihilation(count + k, space);
    const creation = adjointOperator(b, space);
    const lowering = isInverted ? adjointOperator(operator, space) : operator;
    const exchange = scaleOperator(multiplyOperators(lowering, creation, space), g!);
    energies.push(scaleOperator(multiplyOperators(creation, b, space), ω!));
    couplings.push(exchange, adjointOperator(exchange, space));
  }
  const dissipators = equation.dissipators.flatMap((d, place) => (d.collision ? [] : [place]));
  const dimensions = ancillas.map(({ kept }) => kept);
  const ancillaStates = dimensions.reduce((n, m) => n * m, 1);
  return {
    equation: {
      name: equation.name,
      space,
      free: sumOperators([equation.free, ...energies], space),
      interaction: sumOperators([equation.interaction, ...couplings], space),
      dependsOnTime: false,
      dissipators: dissipators.map((place) => equation.dissipators[place]!),
    },
    basis: productBasis([
      ...basis.windows,
      ...ancillas.map(({ isOdd, kept }) => ({
        first: 0,
        last: kept - 1,
        ...(isOdd && { isFermionic: true as const }),
      })),
    ]),
    dissipators,
    parameterCount: parameterCount + 2 * ancillas.length,
    parametersAt: (parameters, points, duration) =>
      Float64Array.from([
        ...Array.from(parameters),
        ...points.flatMap(({ frequency, strength }) => [frequency, strength / Math.sqrt(duration)]),
      ]),
    ancillaStates,
    ancillaLevels: dimensions.map((levels, k) => {
      const stride = dimensions.slice(k + 1).reduce((n, m) => n * m, 1);
      return Int32Array.from({ length: ancillaStates }, (_, state) => Math.floor(state / stride) % levels);
    }),
  };
}

/** b of an oscillator, or of a system with the levels empty and full. */
const annihilation = (subsystem: number, space: Space): NormalForm =>
  bandOperator(subsystem, -1, functionCanonical("sqrt", [symbolCanonical(levelSymbol(subsystem))]), space);
