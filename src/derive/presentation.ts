import { type AsWritten, asWritten } from "../algebra/as-written.ts";
import { type NormalForm, type Space, sumOperators } from "../algebra/normal-form.ts";
import { type Notation, notationOf } from "../algebra/notation.ts";
import { type OperatorWords, operatorWords } from "../algebra/words/operator-words.ts";
import { type DerivedModel, deriveEquations } from "../equation/derive.ts";
import { generatingHamiltonian } from "../equation/generating-hamiltonian.ts";
import type { RatedJump } from "../equation/heisenberg.ts";
import type { JumpTerm, MasterEquation } from "../equation/master-equation.ts";
import type { Method } from "../equation/method.ts";
import type { Formula } from "../formula/formula.ts";
import { scalarFormula } from "../formula/scalar-formula.ts";
import type { Model } from "../model/model.ts";
import { canonicalFromScalar } from "../scalar/canonical-from-scalar.ts";
import { namedOccupations, type Occupation } from "./occupations.ts";
import { withOpaqueSums } from "./opaque-sums.ts";

/**
 * One equation of a model made ready to be written down: sums inside coefficients, such as 1 − χ, stay together, and
 * occupations have names. Formulas over it are equal to those over the original model.
 */
export interface Presentation {
  /** With further derived parameters: sums that stay together, and occupations. */
  readonly model: Model;
  readonly derived: DerivedModel;
  readonly equation: MasterEquation;
  readonly space: Space;
  readonly notation: Notation;
  readonly words: OperatorWords;
  readonly written: AsWritten;
  /** H₀, V and H as normal forms, in the frame where there is one. */
  readonly free: NormalForm;
  readonly interaction: NormalForm;
  readonly hamiltonian: NormalForm;
  /** H − G in a frame, else H. */
  readonly generating: NormalForm;
  /** The jumps of each bath, in the order of `equation.dissipators`. */
  readonly jumps: readonly (readonly RatedJump[])[];
  readonly occupations: readonly Occupation[];
}

/** Prepares an equation, by its place in `Model.equations`. `derived` must be free of errors. */
export function presentationOf(
  original: DerivedModel,
  place: number,
  methods: ReadonlyMap<string, Method>,
): Presentation {
  const opaque = withOpaqueSums(original.model);
  const { value: derived } = deriveEquations(opaque.model, methods);
  const named = namedOccupations(derived, place);
  const equation = named.equation;
  const special = (symbol: string): Formula | undefined => {
    const sum = opaque.sums.get(symbol);
    return sum && scalarFormula(sum, notation.symbol);
  };
  const notation: Notation = notationOf(named.model, special);
  const { space } = derived.algebra;
  return {
    model: named.model,
    derived,
    equation,
    space,
    notation,
    words: operatorWords(derived.algebra, named.model),
    written: asWritten(derived.algebra, notation),
    free: equation.free,
    interaction: equation.interaction,
    hamiltonian: sumOperators([equation.free, equation.interaction], space),
    generating: generatingHamiltonian(equation),
    jumps: equation.dissipators.map((d) => d.jumps.map(ratedJump)),
    occupations: named.occupations,
  };
}

const ratedJump = ({ operator, rate, levelwise }: JumpTerm): RatedJump => ({
  operator,
  rate: canonicalFromScalar(rate),
  levelwise,
});
