import type { Term } from "../algebra/normal-form.ts";
import { levelIn, type ProductBasis } from "./window.ts";

// A product state is ∏ (c_s†)^{n_s}|vacuum⟩, modes in the order of the subsystems (Jordan and Wigner, Z. Phys. 47, 631,
// 1928): c_s has the sign (−1)^{fermions before s}.

const isFull = (basis: ProductBasis, state: number, mode: number): boolean =>
  levelIn(basis, state, mode) === 1;

const signOf = (swaps: number): 1 | -1 => (swaps % 2 === 0 ? 1 : -1);

/**
 * The sign of each product state under a term. Its factors act from the last to the first, so that each c and c† sees
 * the modes before it as they were: a mode counts if it is full and an odd number of them stand after it.
 */
export function termSign(factors: Term["factors"], basis: ProductBasis): (state: number) => 1 | -1 {
  const counted: number[] = [];
  let after = 0;
  for (const mode of [...basis.fermionic].reverse()) {
    if (after % 2 === 1) counted.push(mode);
    const factor = factors.get(mode);
    if (factor?.kind === "unit" && factor.row !== factor.column) after++;
  }
  if (counted.length === 0) return () => 1;
  return (state) => signOf(counted.filter((mode) => isFull(basis, state, mode)).length);
}

/**
 * The sign of each product state when the modes of a part are moved before all others. With these signs for the row
 * and the column of ρ the trace over the others leaves Tr[ρ_part O] = Tr[ρ O] for every operator O of the part.
 */
export function partSign(subsystems: readonly number[], basis: ProductBasis): (state: number) => 1 | -1 {
  const isInside = new Map(basis.fermionic.map((mode) => [mode, subsystems.includes(mode)]));
  return (state) => {
    let swaps = 0;
    let passed = 0;
    for (const [mode, inside] of isInside) {
      if (!isFull(basis, state, mode)) continue;
      if (inside) swaps += passed;
      else passed++;
    }
    return signOf(swaps);
  };
}
