import { adjointOperator, areEqual } from "../algebra/normal-form.ts";
import type { Eigenoperator } from "./eigenoperators.ts";
import type { Derivation } from "./method.ts";
import { sampledFrequencies } from "./sampled-frequencies.ts";

/**
 * Of the parts of a coupling A = A† one of each two that are each other's adjoints: emission and absorption of the one
 * are absorption and emission of the other, and both would double every rate. The one that lowers the energy is kept;
 * where that depends on the level (e^{iφ} and e^{−iφ} of a free rotor) the one that does so at more levels, and the rates
 * see to the others.
 */
export function loweringHalf(parts: readonly Eigenoperator[], derivation: Derivation): Eigenoperator[] {
  const { algebra, expand } = derivation;
  const isLeftOut = parts.map(() => false);
  for (const [i, part] of parts.entries()) {
    if (isLeftOut[i]) continue;
    const adjoint = adjointOperator(part.operator, algebra.space);
    const partner = parts.findIndex(
      (other, j) => j > i && areEqual(adjoint, other.operator, algebra.space, expand),
    );
    if (partner < 0) continue;
    // of two at frequency zero the second, σ⁻ of a qubit
    isLeftOut[lowering(part, derivation) <= lowering(parts[partner]!, derivation) ? i : partner] = true;
  }
  return parts.filter((_, i) => !isLeftOut[i]);
}

/** How many more of the lowest levels a part lowers than it raises. */
const lowering = (part: Eigenoperator, derivation: Derivation): number =>
  sampledFrequencies(part, derivation)
    .filter(({ strength }) => strength > 0)
    .reduce((sum, { frequency }) => sum + (Number.isNaN(frequency) ? 0 : Math.sign(frequency)), 0);
