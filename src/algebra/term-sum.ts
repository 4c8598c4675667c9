import { add, isZero, negate } from "../scalar/canonical.ts";
import { ExpressionTooLarge, MAX_MONOMIALS } from "../scalar/polynomial.ts";
import { type Factor, type NormalForm, type Space, type Term, termKey } from "./term.ts";

/** Collects terms into a normal form; the one place where terms are added up. */
export class TermSum {
  readonly #terms = new Map<string, Term>();

  constructor(private readonly space: Space) {}

  /** Adds a term; the one redundant diagonal unit of a finite basis is replaced. */
  add(term: Term): void {
    for (const [subsystem, factor] of term.factors) {
      const basis = this.space[subsystem]!;
      if (basis.kind !== "finite" || factor.kind !== "unit") continue;
      const redundant = basis.isFermionic ? 0 : basis.dimension - 1;
      if (factor.row !== redundant || factor.column !== redundant) continue;
      this.#addCompleted(term, subsystem, redundant, basis.dimension);
      return;
    }
    this.#accumulate(term);
  }

  /** |redundant⟩⟨redundant| = 1 − Σ of the other diagonal units. */
  #addCompleted(term: Term, subsystem: number, redundant: number, dimension: number): void {
    const factors = new Map(term.factors);
    factors.delete(subsystem);
    this.add({ factors, coefficient: term.coefficient });
    const coefficient = negate(term.coefficient);
    for (let level = 0; level < dimension; level++) {
      if (level === redundant) continue;
      const unit: Factor = { kind: "unit", row: level, column: level };
      this.add({ factors: new Map(factors).set(subsystem, unit), coefficient });
    }
  }

  #accumulate(term: Term): void {
    const key = termKey(term.factors);
    const present = this.#terms.get(key);
    const coefficient = present ? add(present.coefficient, term.coefficient) : term.coefficient;
    if (isZero(coefficient)) this.#terms.delete(key);
    else this.#terms.set(key, { factors: term.factors, coefficient });
    if (this.#terms.size > MAX_MONOMIALS) throw new ExpressionTooLarge();
  }

  result(): NormalForm {
    return this.#terms;
  }
}
