import type { NormalForm } from "../algebra/normal-form.ts";
import { sumOperators } from "../algebra/normal-form.ts";
import type { HermitianBlock } from "../lower/hermitian-block.ts";
import { operatorBlocks } from "../lower/operator-blocks.ts";
import { type ProductBasis, productBasis } from "../lower/window.ts";
import type { QuantityOperandValue } from "../model/model.ts";
import { blockEigenvalues, reducedDensity } from "../solve/density.ts";
import { ownFree } from "../solve/initial-state.ts";
import { entropyOf } from "./entropy-rate.ts";
import { type QuantityValue, type StandardQuantity, undefinedBecause, value } from "./quantity.ts";
import type { SolvedPoint } from "./solved-point.ts";

/** Largest block that is diagonalised for a report. */
const MAX_BLOCK = 1200;

/** An ergotropy below this fraction of the energies that it is the difference of is zero. */
const ROUND_OFF = 1e-14;

type Part = Extract<QuantityOperandValue, { kind: "part" }>;

const partOf = (operand: QuantityOperandValue): Part => {
  if (operand.kind !== "part") throw new Error("a part of the system is needed");
  return operand;
};

function blocksOf(point: SolvedPoint, part: Part): readonly HermitianBlock[] {
  return part.isWhole
    ? point.state.blocks
    : [reducedDensity(point.steady, point.state.unknowns, part.subsystems)];
}

const tooLarge = (blocks: readonly HermitianBlock[]): QuantityValue | undefined => {
  const largest = blocks.reduce((most, b) => Math.max(most, b.states.length), 0);
  return largest > MAX_BLOCK
    ? undefinedBecause(`it needs the eigenvalues of a matrix of order ${largest}, more than ${MAX_BLOCK}`)
    : undefined;
};

const spectral = (name: string, description: string, of: (p: Float64Array) => number): StandardQuantity => ({
  name,
  description,
  operand: "part",
  isText: false,
  evaluate: (point, operand) => {
    const blocks = blocksOf(point, partOf(operand));
    return tooLarge(blocks) ?? value(of(blockEigenvalues(blocks)));
  },
});

/**
 * Ergotropy, Eq. (35): Tr[ρH] − Σ r_k ε_k with populations falling and energies rising. The whole has its full
 * Hamiltonian, a part the free terms that act on it alone.
 */
const ergotropy: StandardQuantity = {
  name: "ergotropy",
  description: "the most work that unitaries can extract; of a part, with the part's own free Hamiltonian",
  operand: "part",
  isText: false,
  evaluate: (point, operand) => {
    const part = partOf(operand);
    const hamiltonian = hamiltonianOf(point, part);
    const blocks = blocksOf(point, part);
    const levels = operatorBlocks(hamiltonian, completed(point), part.subsystems, point.parameters);
    const refused = tooLarge(blocks) ?? tooLarge(levels);
    if (refused) return refused;
    const populations = blockEigenvalues(blocks).sort().reverse();
    const energies = blockEigenvalues(levels).sort();
    const passive = populations.reduce((sum, p, k) => sum + p * energies[k]!, 0);
    const mean = point.mean(hamiltonian).re;
    const scale = populations.reduce((sum, p, k) => sum + Math.abs(p * energies[k]!), Math.abs(mean));
    return value(mean - passive > ROUND_OFF * scale ? mean - passive : 0);
  },
};

/**
 * The windows with every level that lies as low as one of them: momenta of both signs. A unitary may lead to levels that
 * the state itself does not hold.
 */
function completed({ steady: { basis }, derived }: SolvedPoint): ProductBasis {
  return productBasis(
    basis.windows.map((w, s) =>
      derived.model.subsystems[s]!.kind.name === "rotor"
        ? { ...w, first: Math.min(w.first, -w.last), last: Math.max(w.last, -w.first) }
        : w,
    ),
  );
}

function hamiltonianOf({ derived, equation }: SolvedPoint, part: Part): NormalForm {
  if (part.isWhole) return sumOperators([equation.free, equation.interaction], equation.space);
  return ownFree(derived, part.subsystems);
}

export const STATE: readonly StandardQuantity[] = [
  spectral("entropy", "von Neumann entropy −Tr[ρ log ρ]", entropyOf),
  spectral("purity", "Tr[ρ²]", (p) => p.reduce((s, x) => s + x * x, 0)),
  ergotropy,
];
