import {
  commutator,
  levelSymbol,
  lowestLevel,
  multiplyOperators,
  type NormalForm,
  type Space,
  scalarOperator,
  subtractOperators,
  sumOperators,
  type Term,
  unitOperator,
} from "../algebra/normal-form.ts";
import {
  type Canonical,
  canonicalSymbols,
  constant,
  divide,
  negate,
  ONE,
  substituteCanonical,
} from "../scalar/canonical.ts";
import { NoCanonicalForm } from "../scalar/canonical-from-scalar.ts";
import { equivalent } from "../scalar/equivalent.ts";
import { isDiagonalFactor, joinedTerms, single } from "./joined-terms.ts";

/** A part of a coupling operator with [H₀, A_ω] = −ω A_ω, ω as a formula. */
export interface Eigenoperator {
  readonly operator: NormalForm;
  /** May hold level symbols where neighbouring levels are not equally spaced. */
  readonly frequency: Canonical;
  /** The subsystems whose level symbols stand in the frequency. */
  readonly levelwise: readonly number[];
}

/** The eigenoperators that A is the sum of, or terms of A that split into none, with their commutator. */
export type EigenoperatorSplit =
  | { readonly kind: "split"; readonly parts: readonly Eigenoperator[] }
  | { readonly kind: "none"; readonly terms: NormalForm; readonly commutator: NormalForm };

/** Parts of one term, by the states of the subsystems that its frequency depends on, beyond which it is refused. */
const MAX_PIECES = 256;

/**
 * Splits A into eigenoperators of H₀ by symbolic algebra. The groups of terms that H₀ joins are tried as a whole; what is
 * none is taken term by term, each split by projectors on the states of other subsystems that shift its frequency.
 * Parts with the same frequency become one operator; `expand` brings frequencies to a common alphabet (derived values
 * replaced by their definitions) before they are compared.
 */
export function splitIntoEigenoperators(
  operator: NormalForm,
  free: NormalForm,
  space: Space,
  expand: (value: Canonical) => Canonical,
): EigenoperatorSplit {
  const isDiagonal = [...free.values()].every(({ factors }) => [...factors.values()].every(isDiagonalFactor));
  const groups = isDiagonal ? [...operator.values()].map(single) : joinedTerms(operator, free, space);
  const parts: Eigenoperator[] = [];
  for (const group of groups) {
    const found =
      asWhole(group, free, space) ??
      all([...group.values()].map((term) => piecesOf(term, free, isDiagonal, space)))?.flat();
    if (!found) return { kind: "none", terms: group, commutator: commutator(free, group, space) };
    parts.push(...found);
  }
  return { kind: "split", parts: collected(parts, space, expand) };
}

/** A group that is an eigenoperator as it stands; of several terms only where all have one frequency at every level. */
function asWhole(group: NormalForm, free: NormalForm, space: Space): Eigenoperator[] | undefined {
  if (group.size === 1) return undefined;
  const frequency = frequencyOf(group, free, space);
  return frequency && levelsIn(frequency).length === 0
    ? [{ operator: group, frequency, levelwise: [] }]
    : undefined;
}

/** One term as eigenoperators, or undefined where it is no sum of them in this way. */
function piecesOf(
  term: Term,
  free: NormalForm,
  isDiagonal: boolean,
  space: Space,
): Eigenoperator[] | undefined {
  // a diagonal H₀ commutes with the term's own function of the levels, so that only the shift matters
  const shape = single(isDiagonal ? { ...term, coefficient: ONE } : term);
  const pieces = projectors(term, commutator(free, shape, space), space).map((projector) => {
    const frequency = frequencyOf(multiplyOperators(shape, projector, space), free, space);
    const operator = multiplyOperators(single(term), projector, space);
    return frequency && { operator, frequency, levelwise: levelsIn(frequency) };
  });
  return all(pieces);
}

/**
 * Projectors that add up to 1, on the states that make a difference to a term's commutator with H₀: those are the units
 * that the commutator has beside the term's own factors.
 */
function projectors(term: Term, image: NormalForm, space: Space): NormalForm[] {
  const deciding = new Map<number, Set<number>>();
  for (const { factors } of image.values()) {
    for (const [subsystem, factor] of factors) {
      if (factor.kind !== "unit" || term.factors.get(subsystem)?.kind === "unit") continue;
      deciding.set(subsystem, (deciding.get(subsystem) ?? new Set()).add(factor.column));
    }
  }
  let products = [scalarOperator(ONE)];
  for (const [subsystem, levels] of deciding) {
    const choices = projectorsOf(subsystem, [...levels], space);
    if (products.length * choices.length > MAX_PIECES) {
      throw new NoCanonicalForm(
        `its Bohr frequency depends on the states of ${deciding.size} other subsystems, in more than ${MAX_PIECES} ways`,
      );
    }
    products = products.flatMap((p) => choices.map((choice) => multiplyOperators(p, choice, space)));
  }
  return products;
}

/** |k⟩⟨k| for the given levels, and 1 − Σ |k⟩⟨k| where others are left. */
function projectorsOf(subsystem: number, levels: readonly number[], space: Space): NormalForm[] {
  const basis = space[subsystem]!;
  const listed =
    basis.kind === "finite" ? Array.from({ length: basis.dimension }, (_, level) => level) : levels;
  const units = listed.map((level) => unitOperator(subsystem, level, level, space));
  const rest = subtractOperators(scalarOperator(ONE), sumOperators(units, space), space);
  return rest.size > 0 ? [...units, rest] : units;
}

/** Parts of the same frequency in one operator; levelwise ones only where they start and end at the same levels. */
function collected(
  parts: readonly Eigenoperator[],
  space: Space,
  expand: (value: Canonical) => Canonical,
): Eigenoperator[] {
  const found: Eigenoperator[] = [];
  const isSame = (a: Eigenoperator, b: Eigenoperator) =>
    a.levelwise.every((s) => shiftOf(a.operator, s) === shiftOf(b.operator, s)) &&
    equivalent(expand(a.frequency), expand(b.frequency), lowestLevel(space));
  for (const part of parts) {
    const place = found.findIndex((other) => isSame(other, part));
    const other = found[place];
    if (!other) found.push(part);
    else found[place] = { ...other, operator: sumOperators([other.operator, part.operator], space) };
  }
  return found.filter(({ operator }) => operator.size > 0);
}

/** By how much the terms of an eigenoperator move a subsystem with levels in its frequency. */
export function shiftOf(operator: NormalForm, subsystem: number): number {
  for (const { factors } of operator.values()) {
    const factor = factors.get(subsystem);
    if (factor?.kind === "shift") return factor.by;
  }
  return 0;
}

/** ω with [H₀, A] = −ωA, or undefined. */
function frequencyOf(operator: NormalForm, free: NormalForm, space: Space): Canonical | undefined {
  const result = commutator(free, operator, space);
  if (result.size === 0) return constant(0);
  if ([...result.keys()].some((key) => !operator.has(key))) return undefined;
  const ratios = [...operator].map(([key, term]) => {
    const counterpart = result.get(key);
    const ratio = counterpart ? negate(divide(counterpart.coefficient, term.coefficient)) : constant(0);
    return { term, ratio };
  });
  // units stand at one level: they must have the frequency that the formula gives there
  const formula = ratios.find(({ ratio }) => levelsIn(ratio).length > 0) ?? ratios[0]!;
  const isOne = ratios.every(({ term, ratio }) =>
    equivalent(atUnits(formula.ratio, term), ratio, lowestLevel(space)),
  );
  return isOne ? formula.ratio : undefined;
}

/** A formula with the levels at which the units of a term stand. */
const atUnits = (formula: Canonical, { factors }: Term): Canonical =>
  substituteCanonical(formula, (name) => {
    for (const [subsystem, factor] of factors) {
      if (factor.kind === "unit" && levelSymbol(subsystem) === name) return constant(factor.column);
    }
    return undefined;
  });

const levelsIn = (frequency: Canonical): number[] =>
  [...canonicalSymbols(frequency)]
    .filter((s) => /^n\d+$/.test(s))
    .map((s) => Number(s.slice(1)))
    .sort((a, b) => a - b);

function all<T>(list: readonly (T | undefined)[]): T[] | undefined {
  return list.every((x) => x !== undefined) ? (list as T[]) : undefined;
}
