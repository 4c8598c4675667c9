/** More monomials than any formula that a person reads; past it an expression is refused. */
export const MAX_MONOMIALS = 4000;

/** Thrown where an exact expression would grow beyond a stated limit; the callers turn it into a diagnostic. */
export class ExpressionTooLarge extends Error {
  constructor(message = `the expression has more than ${MAX_MONOMIALS} terms when it is multiplied out`) {
    super(message);
  }
}
