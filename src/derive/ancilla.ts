import { bandOperator, type NormalForm, type Space, unitOperator } from "../algebra/normal-form.ts";
import {
  add,
  type Canonical,
  constant,
  functionCanonical,
  multiply,
  ONE,
  power,
  subtract,
  symbolCanonical,
} from "../scalar/canonical.ts";
import { polynomialIn } from "../scalar/polynomial-in.ts";

const BOSON: Space = [{ kind: "infinite", from: 0, to: Number.POSITIVE_INFINITY }];
const FERMION: Space = [{ kind: "finite", dimension: 2, isFermionic: true }];

/** The space of one ancilla: an oscillator, or a fermionic mode. */
export const ancillaSpace = (isFermionic: boolean): Space => (isFermionic ? FERMION : BOSON);

/** b and b† of an ancilla. */
export function ancillaOperators(isFermionic: boolean): {
  readonly annihilation: NormalForm;
  readonly creation: NormalForm;
} {
  if (isFermionic) {
    return { annihilation: unitOperator(0, 0, 1, FERMION), creation: unitOperator(0, 1, 0, FERMION) };
  }
  const level = symbolCanonical("n0");
  return {
    annihilation: bandOperator(0, -1, functionCanonical("sqrt", [level]), BOSON),
    creation: bandOperator(0, 1, functionCanonical("sqrt", [add(level, ONE)]), BOSON),
  };
}

/**
 * The mean value of an ancilla's operator in a thermal state with ⟨b†b⟩ = n. Bosons: only terms that keep the level
 * count, and ⟨N(N−1)…(N−k+1)⟩ = k! nᵏ. Throws where a term is no polynomial in the level.
 */
export function ancillaMean(operator: NormalForm, occupation: Canonical, isFermionic: boolean): Canonical {
  let sum = constant(0);
  for (const { factors, coefficient } of operator.values()) {
    const factor = factors.get(0);
    if (isFermionic) {
      if (!factor) sum = add(sum, coefficient);
      else if (factor.kind === "unit" && factor.row === factor.column) {
        const weight = factor.row === 0 ? subtract(ONE, occupation) : occupation;
        sum = add(sum, multiply(coefficient, weight));
      }
    } else if (!factor) sum = add(sum, bosonicMean(coefficient, occupation));
  }
  return sum;
}

/** ⟨Σ c_j Nʲ⟩, powers as falling factorials by Stirling numbers of the second kind. */
function bosonicMean(coefficient: Canonical, occupation: Canonical): Canonical {
  const coefficients = polynomialIn(coefficient, "n0");
  if (!coefficients) throw new Error("the mean of an ancilla's operator needs a polynomial in its level");
  let sum = constant(0);
  let stirling = [1];
  for (const c of coefficients) {
    for (const [k, count] of stirling.entries()) {
      sum = add(sum, multiply(multiply(c, constant(count * factorial(k))), power(occupation, k)));
    }
    stirling = Array.from(
      { length: stirling.length + 1 },
      (_, k) => k * (stirling[k] ?? 0) + (stirling[k - 1] ?? 0),
    );
  }
  return sum;
}

const factorial = (k: number): number => (k < 2 ? 1 : k * factorial(k - 1));
