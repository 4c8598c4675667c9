import { negate } from "../scalar/canonical.ts";
import { isOddTerm } from "./fermion-sign.ts";
import { type NormalForm, type Space, supportOfTerm, type Term } from "./term.ts";
import { addProduct } from "./term-product.ts";
import { TermSum } from "./term-sum.ts";

/**
 * [a, b] = ab − ba. Terms without a common subsystem commute unless both are odd in fermion operators, so that only
 * pairs that meet are multiplied: the commutator of a long chain with one of its bonds costs no more than that of a
 * short one, but for one look at each term.
 */
export function commutator(a: NormalForm, b: NormalForm, space: Space): NormalForm {
  const sum = new TermSum(space);
  const meeting = termsMeeting(b, space);
  for (const x of a.values()) {
    const partners = meeting(x);
    if (partners.size === 0) continue;
    const minusX: Term = { factors: x.factors, coefficient: negate(x.coefficient) };
    for (const y of partners) {
      addProduct(x, y, space, sum);
      addProduct(y, minusX, space, sum);
    }
  }
  return sum.result();
}

/** Finds the terms of an operator with which a term may not commute. */
function termsMeeting(operator: NormalForm, space: Space): (x: Term) => ReadonlySet<Term> {
  const bySubsystem = new Map<number, Term[]>();
  const odd: Term[] = [];
  for (const term of operator.values()) {
    if (isOddTerm(term, space)) odd.push(term);
    for (const subsystem of supportOfTerm(term)) {
      const present = bySubsystem.get(subsystem);
      if (present) present.push(term);
      else bySubsystem.set(subsystem, [term]);
    }
  }
  return (x) => {
    const found = new Set<Term>();
    for (const subsystem of supportOfTerm(x)) {
      for (const term of bySubsystem.get(subsystem) ?? []) found.add(term);
    }
    if (odd.length > 0 && isOddTerm(x, space)) for (const term of odd) found.add(term);
    return found;
  };
}
