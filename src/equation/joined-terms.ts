import {
  commutator,
  type Factor,
  type NormalForm,
  type Space,
  scaleOperator,
  sumOperators,
  type Term,
  termKey,
} from "../algebra/normal-form.ts";
import { constant, divide } from "../scalar/canonical.ts";

/**
 * The smallest groups of an operator's terms that [H₀, ·] does not join: what belongs to one eigenoperator is within one
 * of them. Diagonal units count without their trace, since σz = 2|up⟩⟨up| − 1 of one qubit would else share the
 * identity with every other.
 */
export function joinedTerms(operator: NormalForm, free: NormalForm, space: Space): NormalForm[] {
  const groups: { terms: Term[]; reach: Set<string> }[] = [];
  for (const [key, term] of traceless(operator, space)) {
    const image = commutator(free, withTraces(single(term), space), space);
    const joined = { terms: [term], reach: new Set([key, ...traceless(image, space).keys()]) };
    for (let k = groups.length - 1; k >= 0; k--) {
      const { terms, reach } = groups[k]!;
      if (![...joined.reach].some((reached) => reach.has(reached))) continue;
      joined.terms.unshift(...terms);
      for (const reached of reach) joined.reach.add(reached);
      groups.splice(k, 1);
    }
    groups.push(joined);
  }
  return groups.map(({ terms }) => withTraces(sumOperators(terms.map(single), space), space));
}

export const single = (term: Term): NormalForm => new Map([[termKey(term.factors), term]]);

/** With |k⟩⟨k| = τ + 1/d: the same map, in which a diagonal unit of a finite basis stands for τ, which has no trace. */
const traceless = (form: NormalForm, space: Space): NormalForm => movedTraces(form, 1, space);

/** From τ back to |k⟩⟨k|. */
const withTraces = (form: NormalForm, space: Space): NormalForm => movedTraces(form, -1, space);

function movedTraces(form: NormalForm, sign: 1 | -1, space: Space): NormalForm {
  return sumOperators(
    [...form.values()].flatMap((term) => partsOfTerm(term, sign, space)),
    space,
  );
}

function partsOfTerm(term: Term, sign: 1 | -1, space: Space): NormalForm[] {
  let parts: NormalForm[] = [single(term)];
  for (const [subsystem, factor] of term.factors) {
    const basis = space[subsystem]!;
    if (basis.kind !== "finite" || !isDiagonalFactor(factor)) continue;
    const share = divide(constant(sign), constant(basis.dimension));
    parts = parts.flatMap((part) => [part, scaleOperator(withoutFactor(part, subsystem), share)]);
  }
  return parts;
}

const withoutFactor = (form: NormalForm, subsystem: number): NormalForm =>
  new Map(
    [...form.values()].map(({ factors, coefficient }) => {
      const rest = new Map([...factors].filter(([s]) => s !== subsystem));
      return [termKey(rest), { factors: rest, coefficient }];
    }),
  );

export const isDiagonalFactor = (factor: Factor): boolean =>
  factor.kind === "unit" && factor.row === factor.column;
