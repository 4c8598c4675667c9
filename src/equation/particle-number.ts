import type { NormalForm, Space } from "../algebra/normal-form.ts";
import type { Model } from "../model/model.ts";
import { integerLattice, orthogonalVectors } from "../numerics/integer-lattice.ts";
import { displacements, numberCombination, numberOperators } from "./number-operators.ts";

/**
 * N of a bath: the charge that each of its couplings lowers by one and the Hamiltonian conserves (a combination of
 * number-like operators, up to a constant); undefined where there is none. What is ambiguous in it commutes with the
 * couplings and carries no current.
 */
export function particleNumber(
  couplings: readonly NormalForm[],
  hamiltonian: readonly NormalForm[],
  model: Model,
  space: Space,
): NormalForm | undefined {
  const operators = numberOperators(model);
  const displacement = displacements(operators, model);
  const steps = new Map<string, readonly number[]>();
  const note = (forms: readonly NormalForm[], lowered: number): void => {
    for (const form of forms) {
      for (const { factors } of form.values()) {
        // one coordinate more stands for the particles that the bath receives
        const step = [...displacement(factors), lowered];
        steps.set(step.join(), step);
      }
    }
  };
  note(hamiltonian, 0);
  note(couplings, 1);
  const charge = orthogonalVectors(integerLattice(operators.length + 1, steps.values())).find(
    (c) => c.at(-1) !== 0,
  );
  if (!charge) return undefined;
  const unit = charge.at(-1)!;
  return numberCombination(
    operators,
    charge.slice(0, -1).map((x) => x / unit),
    model,
    space,
  );
}
