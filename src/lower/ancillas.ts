import { oddPart } from "../algebra/fermion-sign.ts";
import type { NormalForm } from "../algebra/normal-form.ts";
import type { Ancilla, MasterEquation } from "../equation/master-equation.ts";
import type { Bath, Model } from "../model/model.ts";
import { parameterSlot } from "../model/parameter-values.ts";
import { compileReal } from "../scalar/compile.ts";
import { scalarFromCanonical } from "../scalar/scalar-from-canonical.ts";

/** What an ancilla is, whatever the parameters. */
export interface AncillaKind {
  /** Place among the equation's dissipators. */
  readonly dissipator: number;
  readonly bath: string;
  /** A, amplitude included. */
  readonly operator: NormalForm;
  readonly statistics: "bosonic" | "fermionic";
  /** Whether the ancilla is a mode and A changes the parity of the system's fermions: then b anticommutes with them. */
  readonly isOdd: boolean;
  /** Levels that the model states. */
  readonly levels?: number;
}

/** An ancilla at one point of the parameters. */
export interface AncillaPoint {
  /** ω of ω b†b; of a boson positive. */
  readonly frequency: number;
  /** sqrt(J(ω)) */
  readonly strength: number;
  /** A and A† change places: the frequency of a boson's A is negative. */
  readonly isInverted: boolean;
  /** β(ω − μ): the populations go as e^{−xn}. */
  readonly exponent: number;
}

/** The ancillas of an equation, in the order of its dissipators and of their frequencies. */
export const ancillaKinds = ({ dissipators, space }: MasterEquation, model: Model): readonly AncillaKind[] =>
  dissipators.flatMap(({ bath, collision }, dissipator) => {
    const { name, kind } = model.baths[bath]!;
    const isFermionic = kind === "fermionic";
    return (collision?.ancillas ?? []).map(({ operator }) => ({
      dissipator,
      bath: name,
      operator,
      statistics: isFermionic ? ("fermionic" as const) : ("bosonic" as const),
      isOdd: isFermionic && oddPart(operator, space).size > 0,
      ...(collision!.levels !== undefined && { levels: collision!.levels }),
    }));
  });

/** Evaluates the ancillas of an equation, in the order of `ancillaKinds`. */
export function ancillaPoints(
  { dissipators }: MasterEquation,
  model: Model,
): (parameters: ArrayLike<number>) => readonly AncillaPoint[] {
  const each = dissipators.flatMap(({ bath, collision }) =>
    (collision?.ancillas ?? []).map((a) => pointOf(a, model.baths[bath]!)),
  );
  return (parameters) => each.map((at) => at(parameters));
}

function pointOf(
  { frequency, density }: Ancilla,
  { kind, beta, mu }: Bath,
): (parameters: ArrayLike<number>) => AncillaPoint {
  const frequencyAt = compileReal(scalarFromCanonical(frequency), parameterSlot);
  const densityAt = compileReal(density, parameterSlot);
  const betaAt = compileReal(beta!, parameterSlot);
  const muAt = mu && compileReal(mu, parameterSlot);
  return (parameters) => {
    const value = frequencyAt(parameters);
    const isInverted = kind === "bosonic" && value < 0;
    const ω = isInverted ? -value : value;
    return {
      frequency: ω,
      strength: Math.sqrt(densityAt(parameters)),
      isInverted,
      exponent: betaAt(parameters) * (ω - (muAt?.(parameters) ?? 0)),
    };
  };
}

/** A thermal population above an automatic ancilla that is left out. */
const TAIL = 1e-14;

/** The levels that a thermal ancilla fills up to a tail of `TAIL`, and `room` more. */
export function levelsNeeded({ statistics, levels }: AncillaKind, { exponent }: AncillaPoint, room: number) {
  if (statistics === "fermionic") return 2;
  // what lies above the first m levels has the weight e^{−xm}
  return levels ?? Math.max(1, Math.ceil(-Math.log(TAIL) / exponent)) + room;
}

/** The populations of a thermal ancilla on its levels, normalised, and the weight above them that is left out. */
export function thermalPopulations(
  { statistics }: AncillaKind,
  { exponent }: AncillaPoint,
  levels: number,
): { readonly populations: Float64Array; readonly leftOut: number } {
  if (statistics === "fermionic") {
    const full = 1 / (Math.exp(exponent) + 1);
    const empty = 1 / (Math.exp(-exponent) + 1);
    return { populations: Float64Array.of(empty, full), leftOut: 0 };
  }
  // e^{−xn}(1 − e^{−x})/(1 − e^{−xm}), without the difference of near numbers where x is small
  const norm = Math.expm1(-exponent) / Math.expm1(-exponent * levels);
  return {
    populations: Float64Array.from({ length: levels }, (_, n) =>
      n === 0 ? norm : norm * Math.exp(-exponent * n),
    ),
    leftOut: Math.exp(-exponent * levels),
  };
}
