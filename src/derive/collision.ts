import {
  adjointOperator,
  areEqual,
  commutator,
  multiplyOperators,
  type NormalForm,
  type Space,
  scalarOperator,
  scaleOperator,
  sumOperators,
} from "../algebra/normal-form.ts";
import {
  areEqualSuperoperators,
  dissipatorForm,
  type SuperoperatorForm,
  sandwich,
  scaleSuperoperator,
  sumSuperoperators,
} from "../algebra/superoperator-form.ts";
import { type Canonical, constant, multiply, negate, ONE } from "../scalar/canonical.ts";
import { ancillaMean, ancillaOperators, ancillaSpace } from "./ancilla.ts";
import type { Presentation } from "./presentation.ts";
import { workOperator } from "./thermodynamics.ts";

/** A coupling of the system to one ancilla: A b† + A† b, amplitude included, [H₀, A] = −ωA. */
export interface AncillaCoupling {
  readonly bath: number;
  readonly lowering: NormalForm;
  readonly frequency: Canonical;
  /** ⟨b†b⟩ */
  readonly occupation: Canonical;
  readonly isFermionic: boolean;
  /** Whether A changes the parity of the system's fermions. */
  readonly isOdd: boolean;
}

/** A summand S ⊗ B of H_I, in the order system, ancilla. */
interface Summand {
  readonly system: NormalForm;
  readonly ancilla: NormalForm;
  /** [B, H_B] = shift·B */
  readonly shift: Canonical;
  readonly coupling: AncillaCoupling;
}

const MINUS_HALF = constant(-0.5);
const IDENTITY = scalarOperator(ONE);

/**
 * −½ Tr_B[H_I, [H_I, ρ ⊗ ρ_B]], the second order in √τ of one collision under H_S + H_B + H_I/√τ (Eqs. 10–12), as a
 * superoperator on the system. Mean values of the ancillas come from their own algebra and ⟨b†b⟩ alone. The first
 * order vanishes, since ⟨b⟩ = 0.
 */
export function secondOrderOfCollision(
  couplings: readonly AncillaCoupling[],
  space: Space,
): SuperoperatorForm {
  const summands = couplings.flatMap((c) => summandsOf(c, space));
  const terms: SuperoperatorForm[] = [];
  for (const i of summands) {
    for (const j of summands) {
      if (i.coupling !== j.coupling) continue; // ⟨b⟩⟨b'⟩ = 0
      const sign = crossing(i, j);
      const sandwiched = multiply(sign, meanOfProduct(j, i));
      const beside = multiply(multiply(sign, meanOfProduct(i, j)), MINUS_HALF);
      const product = multiplyOperators(i.system, j.system, space);
      terms.push(
        scaleSuperoperator(sandwich(i.system, j.system, space), sandwiched),
        scaleSuperoperator(sandwich(product, IDENTITY, space), beside),
        scaleSuperoperator(sandwich(IDENTITY, product, space), beside),
      );
    }
  }
  return sumSuperoperators(terms, space);
}

/**
 * −½⟨[H_I, [H_I, H_S + H_B]]⟩_B, the change of the energy of system and ancillas in one collision divided by τ, for
 * τ → 0: the work of Eq. (22) as an operator of the system.
 */
export function workOfCollision(
  couplings: readonly AncillaCoupling[],
  hamiltonian: NormalForm,
  space: Space,
): NormalForm {
  const summands = couplings.flatMap((c) => summandsOf(c, space));
  // [S B, H_S + H_B] = ([S, H_S] + shift S) B
  const inner = summands.map((s) => ({
    ...s,
    system: sumOperators([commutator(s.system, hamiltonian, space), scaleOperator(s.system, s.shift)], space),
  }));
  const terms: NormalForm[] = [];
  for (const i of summands) {
    for (const j of inner) {
      if (i.coupling !== j.coupling) continue;
      const sign = multiply(crossing(i, j), MINUS_HALF);
      const forwards = multiplyOperators(i.system, j.system, space);
      const backwards = multiplyOperators(j.system, i.system, space);
      terms.push(
        scaleOperator(forwards, multiply(sign, meanOfProduct(i, j))),
        scaleOperator(backwards, multiply(negate(sign), meanOfProduct(j, i))),
      );
    }
  }
  return sumOperators(terms, space);
}

/** A b† and its adjoint, which is A† b, with a minus where both factors are fermionic. */
function summandsOf(coupling: AncillaCoupling, space: Space): readonly [Summand, Summand] {
  const { lowering, frequency, isFermionic, isOdd } = coupling;
  const { annihilation, creation } = ancillaOperators(isFermionic);
  const sign = isFermionic && isOdd ? constant(-1) : ONE;
  const raising = scaleOperator(adjointOperator(lowering, space), sign);
  return [
    { system: lowering, ancilla: creation, shift: negate(frequency), coupling },
    { system: raising, ancilla: annihilation, shift: frequency, coupling },
  ];
}

/** The sign of moving the ancilla of one summand past the system part of another. */
const crossing = (i: Summand, j: Summand): Canonical =>
  i.coupling.isFermionic && j.coupling.isOdd ? constant(-1) : ONE;

const meanOfProduct = (a: Summand, b: Summand): Canonical => {
  const { isFermionic, occupation } = a.coupling;
  const product = multiplyOperators(a.ancilla, b.ancilla, ancillaSpace(isFermionic));
  return ancillaMean(product, occupation, isFermionic);
};

/** Whether the second order of the collision is the dissipator that the local equation has for the bath. */
export function isLocalDissipator(
  place: number,
  couplings: readonly AncillaCoupling[],
  p: Presentation,
): boolean {
  const { space } = p;
  const dissipator = sumSuperoperators(
    p.jumps[place]!.map(({ operator, rate }) => scaleSuperoperator(dissipatorForm(operator, space), rate)),
    space,
  );
  return areEqualSuperoperators(secondOrderOfCollision(couplings, space), dissipator);
}

/** Whether the work of the collisions, Eq. (22), is that of the local dissipators, Eq. (24). */
export function isLocalWork(
  places: readonly number[],
  couplings: readonly AncillaCoupling[],
  p: Presentation,
): boolean {
  const local = sumOperators(
    places.map((place) => workOperator(place, p)),
    p.space,
  );
  return areEqual(workOfCollision(couplings, p.hamiltonian, p.space), local, p.space);
}
