import type { Factor, NormalForm, Space, Term } from "./term.ts";

// The Jordan–Wigner order of fermionic modes is the order of the subsystems. Factors of a term stand in that order, and
// signs are counted from the factors that are off the diagonal of a mode (c or c†): parity strings are never written out.

/** Whether a factor is c or c† of a fermionic mode. */
const isOddFactor = (subsystem: number, factor: Factor, space: Space): boolean => {
  const basis = space[subsystem]!;
  return (
    basis.kind === "finite" &&
    basis.isFermionic === true &&
    factor.kind === "unit" &&
    factor.row !== factor.column
  );
};

/** The modes of which a term holds c or c†. */
function oddPlaces(factors: Term["factors"], space: Space): number[] {
  const places: number[] = [];
  for (const [subsystem, factor] of factors) {
    if (isOddFactor(subsystem, factor, space)) places.push(subsystem);
  }
  return places;
}

/** Whether a term changes the number of fermions by an odd number. */
export const isOddTerm = ({ factors }: Term, space: Space): boolean =>
  oddPlaces(factors, space).length % 2 === 1;

/** The terms that change the number of fermions by an odd number. */
export const oddPart = (form: NormalForm, space: Space): NormalForm =>
  new Map([...form].filter(([, term]) => isOddTerm(term, space)));

/** The terms that keep the parity of the number of fermions. */
export const evenPart = (form: NormalForm, space: Space): NormalForm =>
  new Map([...form].filter(([, term]) => !isOddTerm(term, space)));

/**
 * Whether X₁X₂…·Y₁Y₂… is minus X₁Y₁·X₂Y₂…: each odd Y_j passes the odd X_i with i > j, and each passing is a factor −1.
 */
export function isProductNegative(x: Term["factors"], y: Term["factors"], space: Space): boolean {
  const passing = oddPlaces(y, space);
  if (passing.length === 0) return false;
  const passed = oddPlaces(x, space);
  let swaps = 0;
  for (const j of passing) for (const i of passed) if (i > j) swaps++;
  return swaps % 2 === 1;
}

/** Whether (X₁X₂…)† is minus X₁†X₂†…: putting m odd factors into reverse order takes m(m − 1)/2 swaps. */
export function isAdjointNegative(factors: Term["factors"], space: Space): boolean {
  const m = oddPlaces(factors, space).length;
  return ((m * (m - 1)) / 2) % 2 === 1;
}
