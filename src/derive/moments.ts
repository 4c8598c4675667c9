import {
  adjointOperator,
  multiplyOperators,
  type NormalForm,
  scalarOperator,
  sumOperators,
} from "../algebra/normal-form.ts";
import type { Letter, Word } from "../algebra/words/word.ts";
import { orderedLetters, wordKey, wordOrder } from "../algebra/words/word.ts";
import { wordFormula } from "../algebra/words/word-formula.ts";
import { adjointLiouvillian } from "../equation/heisenberg.ts";
import { timeDependence } from "../equation/time-derivative.ts";
import { equationFormula, type Formula, type FormulaEquation, meanFormula } from "../formula/formula.ts";
import { formulaText } from "../formula/formula-text.ts";
import type { OperatorExpression } from "../model/operator-expression.ts";
import { isZero, multiply, ONE, subtract } from "../scalar/canonical.ts";
import { hasCollisions } from "./collision-thermodynamics.ts";
import type { Derivation } from "./derivation.ts";
import type { Presentation } from "./presentation.ts";
import { meanOf } from "./thermodynamics.ts";

/** How far to follow the operators that an equation of motion leads to. */
export type Closure =
  | { readonly kind: "none" }
  /** Until they close, or `order` where it is given. */
  | { readonly kind: "hierarchy"; readonly order?: number };

/** More equations of one hierarchy than anybody reads. */
const MAX_EQUATIONS = 120;

/** d⟨O⟩/dt = ⟨L†O⟩, closed in operators; with a closure also the equations of the moments on its right. */
export function momentDerivation(
  operator: OperatorExpression,
  text: string,
  closure: Closure,
  p: Presentation,
): Derivation {
  if (p.equation.dissipators.some((d) => d.spectral)) {
    return withoutMoments(
      text,
      "a bath of this equation acts between the eigenstates of H, which are known as numbers only",
    );
  }
  if (hasCollisions(p)) return withoutMoments(text, "collisions of finite duration move the state in steps");
  const written = p.written(operator);
  const form = p.derived.algebra.normalForm(operator);
  const first = equationFormula(derivative(written), meanOf(rateOf(form, p), p));
  const base = { name: `d<${text}>/dt`, title: `Equation of motion of ${text}` };
  if (closure.kind === "none") return { ...base, equations: [first], notes: [] };
  const { equations, note } = hierarchy(form, closure.order, p);
  // the operator as typed, a†a as N, stands for its word
  const isSame = equations[0] && formulaText(equations[0].right[0]!) === formulaText(first.right[0]!);
  return { ...base, equations: [first, ...(isSame ? equations.slice(1) : equations)], notes: [note] };
}

/** Where L†O is no sum of operators with coefficients known as formulas. */
const withoutMoments = (text: string, why: string): Derivation => ({
  name: `d<${text}>/dt`,
  title: `Equation of motion of ${text}`,
  equations: [],
  notes: [`no formula: ${why}`],
});

const derivative = (operator: Formula): Formula => ({ kind: "derivative", operand: meanFormula(operator) });

/** L†O + ∂O/∂t */
const rateOf = (form: NormalForm, { generating, jumps, space, derived }: Presentation): NormalForm =>
  sumOperators(
    [
      adjointLiouvillian(generating, jumps.flat(), form, space),
      timeDependence(derived.model, space).derivative(form),
    ],
    space,
  );

interface Hierarchy {
  readonly equations: readonly FormulaEquation[];
  readonly note: string;
}

/** Follows the words on the right-hand sides, lowest order first. */
function hierarchy(form: NormalForm, order: number | undefined, p: Presentation): Hierarchy {
  const wordsOf = (f: NormalForm): Word[] =>
    p.words.expanded(f).flatMap(({ word }) => (word.size > 0 ? [word] : []));
  const start = wordsOf(form);
  const bound = order ?? Number.POSITIVE_INFINITY;
  const all = follow(start, bound, wordsOf, p);
  if (all.isCut && order !== undefined) {
    return {
      equations: all.equations,
      note: `not followed to its end: ${all.equations.length} equations of order ${order} or less, and there are more`,
    };
  }
  if (all.isClosed) {
    const count = all.equations.length;
    return { equations: all.equations, note: `closed: ${count} ${count === 1 ? "equation" : "equations"}` };
  }
  const cut = order ?? Math.max(...start.map(wordOrder));
  const { equations, open } = order === undefined ? follow(start, cut, wordsOf, p) : all;
  const needed = open.map((word) => formulaText(meanFormula(wordFormula(word, p.notation))));
  const shown = needed.length > 6 ? [...needed.slice(0, 6), "…"] : needed;
  return {
    equations,
    note: `open: the moments up to order ${cut} need those of higher order: ${shown.join(", ")}`,
  };
}

function follow(
  start: readonly Word[],
  bound: number,
  wordsOf: (f: NormalForm) => Word[],
  p: Presentation,
): {
  readonly equations: FormulaEquation[];
  readonly open: Word[];
  readonly isClosed: boolean;
  /** Whether it was left at `MAX_EQUATIONS`. */
  readonly isCut: boolean;
} {
  const equations: FormulaEquation[] = [];
  const known = new Set<string>();
  const open: Word[] = [];
  const waiting: Word[] = [];
  const meet = (word: Word): void => {
    const key = wordKey(word);
    if (known.has(key)) return;
    known.add(key);
    const conjugate = adjointWord(word, p);
    // ⟨A†⟩ = ⟨A⟩*
    if (conjugate) known.add(wordKey(conjugate));
    if (wordOrder(word) > bound) open.push(word);
    else waiting.push(word);
  };
  for (const word of start) meet(word);
  while (waiting.length > 0) {
    if (equations.length === MAX_EQUATIONS) {
      return { equations, open: waiting, isClosed: false, isCut: true };
    }
    waiting.sort((a, b) => wordOrder(a) - wordOrder(b));
    const word = waiting.shift()!;
    const rate = rateOf(wordOperator(word, p), p);
    equations.push(equationFormula(derivative(wordFormula(word, p.notation)), meanOf(rate, p)));
    for (const next of wordsOf(rate)) meet(next);
  }
  return { equations, open, isClosed: open.length === 0, isCut: false };
}

/** The adjoint of a word where it is a word, too, but for a sign. */
function adjointWord(word: Word, p: Presentation): Word | undefined {
  const [only, ...others] = p.words.expanded(adjointOperator(wordOperator(word, p), p.space));
  if (!only || others.length > 0) return undefined;
  const isUnit = isZero(subtract(multiply(only.coefficient, only.coefficient), ONE));
  return isUnit ? only.word : undefined;
}

/** The normal form of a word. */
export function wordOperator(word: Word, { derived, space }: Presentation): NormalForm {
  let product = scalarOperator(ONE);
  const { subsystems } = derived.model;
  for (const [subsystem, letter] of orderedLetters(word, (s) => subsystems[s]!.kind.isFermionic === true)) {
    product = multiplyOperators(product, letterOperator(subsystem, letter, derived.algebra), space);
  }
  return product;
}

function letterOperator(
  subsystem: number,
  letter: Letter,
  algebra: Presentation["derived"]["algebra"],
): NormalForm {
  switch (letter.kind) {
    case "named": {
      const named = { kind: "named", subsystem, name: letter.name } as const;
      const base = letter.isAdjoint ? ({ kind: "adjoint", operand: named } as const) : named;
      return algebra.normalForm({ kind: "power", base, exponent: letter.power });
    }
    case "phase":
    case "unit":
      return algebra.normalForm({ ...letter, subsystem });
    case "function":
      return scalarOperator(letter.of);
  }
}
