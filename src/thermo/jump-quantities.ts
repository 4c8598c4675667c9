import { type NormalForm, sumOperators } from "../algebra/normal-form.ts";
import type { DerivedModel } from "../equation/derive.ts";
import type { MasterEquation } from "../equation/master-equation.ts";
import { operatorMatrix } from "../lower/operator-matrix.ts";
import type { ProductBasis } from "../lower/window.ts";
import type { Quantity, QuantityOperandValue } from "../model/model.ts";
import type { ComplexSparse } from "../numerics/complex-sparse.ts";
import { applySparse, braket, type StateVector, zeroVector } from "../numerics/state-vector.ts";
import type { JumpSystem } from "../solve/jump-system.ts";
import { directAtom } from "./evaluate-quantity.ts";

/**
 * A quantity whose average over pure states is its value in their mixture, on one trajectory: from the state and the heat that
 * jumps have taken from the bath of each dissipator so far.
 */
export type JumpQuantity = (state: StateVector, counted: Float64Array) => number;

export interface JumpQuantityContext {
  readonly system: JumpSystem;
  readonly equation: MasterEquation;
  readonly derived: DerivedModel;
  readonly basis: ProductBasis;
  readonly parameters: ArrayLike<number>;
}

export type JumpQuantityResult = JumpQuantity | { readonly reason: string };

/** A quantity that a model records, on trajectories; or why its average over them says nothing. */
export function jumpQuantity(quantity: Quantity, context: JumpQuantityContext): JumpQuantityResult {
  const atom = directAtom(quantity);
  if (!atom || quantity.condition || atom.path.length > 0) return NOT_LINEAR;
  const { target } = atom;
  if (target.kind === "defined") return jumpQuantity(target.quantity, context);
  return target.kind === "standard" ? standardJumpQuantity(target.name, target.operand, context) : NOT_LINEAR;
}

const NOT_LINEAR = {
  reason: "only means, populations, the energy, heats and works are averages of their values in pure states",
};

/** The same of a standard quantity. */
export function standardJumpQuantity(
  name: string,
  operand: QuantityOperandValue,
  context: JumpQuantityContext,
): JumpQuantityResult {
  const { system, equation, derived } = context;
  const dissipatorsOf = (bath: number): number[] =>
    equation.dissipators.flatMap((d, place) => (d.bath === bath ? [place] : []));
  if (name === "mean" && operand.kind === "operator") {
    return meanOf(derived.algebra.normalForm(operand.operator), operand.part ?? "re", context);
  }
  if (name === "energy") {
    return meanOf(sumOperators([equation.free, equation.interaction], equation.space), "re", context);
  }
  if ((name === "heat" || name === "work") && operand.kind === "bath") {
    return flowOf(name, dissipatorsOf(operand.bath), system);
  }
  if (name === "work" && operand.kind === "none") {
    const thermal = equation.dissipators.flatMap((d, place) =>
      derived.model.baths[d.bath]!.kind === "jumps" ? [] : [place],
    );
    return flowOf("work", thermal, system);
  }
  if (name === "accumulated_heat" && operand.kind === "bath") {
    return countedHeat(dissipatorsOf(operand.bath), system);
  }
  return NOT_LINEAR;
}

function meanOf(
  form: NormalForm,
  part: "re" | "im",
  { system, basis, parameters }: JumpQuantityContext,
): JumpQuantity {
  const matrix = system.inOwnBasis(operatorMatrix(form, basis)(parameters));
  return (state) => braket(state, matrix, state)[part];
}

/** ⟨ψ|L_b†Q|ψ⟩ = Σ ⟨Oψ|Q|Oψ⟩ − Re⟨Oψ|OQψ⟩, summed over baths. */
function flowOf(kind: "heat" | "work", dissipators: readonly number[], system: JumpSystem): JumpQuantity {
  const [lowered, image, twice] = [0, 1, 2].map(() => zeroVector(system.dimension)) as [
    StateVector,
    StateVector,
    StateVector,
  ];
  const parts = dissipators.flatMap((place): { Q: ComplexSparse; O: ComplexSparse }[] => {
    const Q = system.baths[place]![kind];
    return Q ? system.channels.filter((c) => c.dissipator === place).map((c) => ({ Q, O: c.operator })) : [];
  });
  return (state) => {
    let sum = 0;
    for (const { Q, O } of parts) {
      applySparse(O, state, lowered);
      applySparse(Q, state, image);
      applySparse(O, image, twice);
      let overlap = 0;
      for (let i = 0; i < twice.re.length; i++) {
        overlap += lowered.re[i]! * twice.re[i]! + lowered.im[i]! * twice.im[i]!;
      }
      sum += braket(lowered, Q, lowered).re - overlap;
    }
    return sum;
  };
}

/** What the jumps so far have taken from the baths as heat. */
function countedHeat(dissipators: readonly number[], { channels }: JumpSystem): JumpQuantityResult {
  const own = channels.filter((c) => dissipators.includes(c.dissipator));
  if (own.some((c) => c.heat === undefined)) {
    return { reason: "the jumps of the bath hand over no fixed energies that could be counted" };
  }
  return (_, counted) => dissipators.reduce((sum, place) => sum + counted[place]!, 0);
}
