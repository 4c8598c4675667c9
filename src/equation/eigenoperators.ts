import {
  commutator,
  type Factor,
  type NormalForm,
  type Space,
  sumOperators,
  type Term,
  termKey,
} from "../algebra/normal-form.ts";
import { type Canonical, canonicalSymbols, constant, divide, negate, ONE } from "../scalar/canonical.ts";
import { equivalent } from "../scalar/equivalent.ts";

/** A part of a coupling operator with [H₀, A_ω] = −ω A_ω, ω as a formula. */
export interface Eigenoperator {
  readonly operator: NormalForm;
  /** May hold level symbols where neighbouring levels are not equally spaced. */
  readonly frequency: Canonical;
  /** The subsystems whose level symbols stand in the frequency. */
  readonly levelwise: readonly number[];
}

/** The eigenoperators that A is the sum of, or the commutator that shows that there are none. */
export type EigenoperatorSplit =
  | { readonly kind: "split"; readonly parts: readonly Eigenoperator[] }
  | { readonly kind: "none"; readonly commutator: NormalForm };

/**
 * Splits A into eigenoperators of H₀ by symbolic algebra: term by term, or as a whole where single terms are none.
 * Terms with the same frequency stay together in one operator; `expand` brings frequencies to a common alphabet
 * (derived values replaced by their definitions) before they are compared.
 */
export function splitIntoEigenoperators(
  operator: NormalForm,
  free: NormalForm,
  space: Space,
  expand: (value: Canonical) => Canonical,
): EigenoperatorSplit {
  const parts: { terms: Term[]; frequency: Canonical }[] = [];
  const isDiagonal = [...free.values()].every(({ factors }) => [...factors.values()].every(isDiagonalFactor));
  for (const term of operator.values()) {
    // a diagonal H₀ commutes with the term's own function of the levels, so that only the shift matters
    const shift = isDiagonal ? { ...term, coefficient: ONE } : term;
    const frequency = frequencyOf(single(shift), free, space);
    if (!frequency) return asWhole(operator, free, space);
    const same = parts.find((p) => equivalent(expand(p.frequency), expand(frequency)));
    if (same) same.terms.push(term);
    else parts.push({ terms: [term], frequency });
  }
  return {
    kind: "split",
    parts: parts.map(({ terms, frequency }) => ({
      operator: sumOperators(terms.map(single), space),
      frequency,
      levelwise: levelsIn(frequency),
    })),
  };
}

const isDiagonalFactor = (factor: Factor): boolean => factor.kind === "unit" && factor.row === factor.column;

const single = (term: Term): NormalForm => new Map([[termKey(term.factors), term]]);

function asWhole(operator: NormalForm, free: NormalForm, space: Space): EigenoperatorSplit {
  const frequency = frequencyOf(operator, free, space);
  if (frequency && levelsIn(frequency).length === 0) {
    return { kind: "split", parts: [{ operator, frequency, levelwise: [] }] };
  }
  return { kind: "none", commutator: commutator(free, operator, space) };
}

/** ω with [H₀, A] = −ωA, or undefined. */
function frequencyOf(operator: NormalForm, free: NormalForm, space: Space): Canonical | undefined {
  const result = commutator(free, operator, space);
  if (result.size === 0) return constant(0);
  if (result.size !== operator.size) return undefined;
  let frequency: Canonical | undefined;
  for (const [key, term] of operator) {
    const counterpart = result.get(key);
    if (!counterpart) return undefined;
    const ratio = negate(divide(counterpart.coefficient, term.coefficient));
    if (frequency && !equivalent(frequency, ratio)) return undefined;
    frequency ??= ratio;
  }
  return frequency;
}

const levelsIn = (frequency: Canonical): number[] =>
  [...canonicalSymbols(frequency)]
    .filter((s) => /^n\d+$/.test(s))
    .map((s) => Number(s.slice(1)))
    .sort((a, b) => a - b);
