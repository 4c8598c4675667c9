import {
  adjointOperator,
  multiplyOperators,
  type NormalForm,
  scaleOperator,
} from "../algebra/normal-form.ts";
import type { Letter, Word, WordTerm } from "../algebra/words/word.ts";
import { wordFormula, wordsFormula } from "../algebra/words/word-formula.ts";
import type { JumpTerm } from "../equation/master-equation.ts";
import { type Formula, meanFormula, productFormula } from "../formula/formula.ts";
import {
  type Canonical,
  canonicalSymbols,
  conjugate,
  constant,
  divide,
  isZero,
  multiply,
  ONE,
  subtract,
} from "../scalar/canonical.ts";
import { canonicalFromScalar } from "../scalar/canonical-from-scalar.ts";
import { divideByRoots } from "../scalar/polynomial-in.ts";
import type { Presentation } from "./presentation.ts";

/** An emission jump and its absorption, taken apart: rate·D[cA] = rate·|c|²·D[A]. */
export interface ThermalChannel {
  /** A without its amplitude. */
  readonly lowering: NormalForm;
  readonly raising: NormalForm;
  /** c, and |c|² */
  readonly amplitude: Canonical;
  readonly strength: Canonical;
  readonly emission: Canonical;
  readonly absorption: Canonical;
  readonly frequency: Canonical;
  /** Not empty where the frequency depends on levels; there are no formulas by jump then. */
  readonly levelwise: readonly number[];
}

/** The channels of a thermal dissipator. */
export function thermalChannels(
  jumps: readonly JumpTerm[],
  { space, words }: Presentation,
): ThermalChannel[] {
  return jumps.flatMap((emission, k) => {
    const absorption = jumps[k + 1];
    if (emission.direction !== "emission" || !absorption || !emission.frequency) return [];
    const amplitude = amplitudeOf(words.compact(emission.operator));
    const lowering = scaleOperator(emission.operator, inverse(amplitude));
    return [
      {
        lowering,
        raising: adjointOperator(lowering, space),
        amplitude,
        strength: multiply(amplitude, conjugate(amplitude)),
        emission: canonicalFromScalar(emission.rate),
        absorption: canonicalFromScalar(absorption.rate),
        frequency: emission.frequency,
        levelwise: emission.levelwise,
      },
    ];
  });
}

/** 1/c, roots brought above the line. */
const inverse = (c: Canonical): Canonical =>
  canonicalSymbols(c).size === 0 || isZero(subtract(c, conjugate(c)))
    ? divideByRoots(ONE, c)
    : divide(ONE, c);

/** What all the terms of an operator have in common: the coefficient of the only one, or a common factor. */
export function amplitudeOf(terms: readonly WordTerm[]): Canonical {
  const [first, ...others] = terms;
  if (!first || hasLevels(first.coefficient)) return ONE;
  const isCommon = others.every(({ coefficient }) => {
    const ratio = divideByRoots(coefficient, first.coefficient);
    return canonicalSymbols(ratio).size === 0;
  });
  return isCommon ? first.coefficient : ONE;
}

const hasLevels = (c: Canonical): boolean => [...canonicalSymbols(c)].some((s) => /^n\d+$/.test(s));

/** An operator in compact words, as it stands in D[…]. */
export const compactFormula = (form: NormalForm, { words, notation }: Presentation): Formula =>
  wordsFormula(words.compact(form), notation);

/** ⟨A†A⟩ for A = `right`: the two words side by side where each is one, else in normal order. */
export function squareMean(right: NormalForm, presentation: Presentation): Formula {
  const { words, space, notation, model } = presentation;
  const left = adjointOperator(right, space);
  const [a, b] = [words.compact(left), words.compact(right)];
  if (a.length === 1 && b.length === 1 && isPlain(a[0]!) && isPlain(b[0]!)) {
    const [x, y] = [a[0]!.word, b[0]!.word];
    // words of modes are in normal order, which their product is not
    const isFermionic = [...x.keys()].some((s) => model.subsystems[s]!.kind.isFermionic);
    if (isFermionic) {
      return meanFormula(productFormula([wordFormula(x, notation), wordFormula(y, notation)]));
    }
    return meanFormula(wordFormula(productWord(x, y), notation));
  }
  const terms = words.expanded(multiplyOperators(left, right, space));
  return wordsFormula(terms, notation, meanFormula);
}

const isPlain = ({ coefficient }: WordTerm): boolean => isZero(subtract(coefficient, constant(1)));

/** The letters of both words, subsystem by subsystem; |g⟩⟨x|·|x⟩⟨e| is |g⟩⟨e|. */
function productWord(a: Word, b: Word): Word {
  const places = [...new Set([...a.keys(), ...b.keys()])].sort((x, y) => x - y);
  return new Map(places.map((s) => [s, joinedLetters(a.get(s) ?? [], b.get(s) ?? [])] as const));
}

function joinedLetters(a: readonly Letter[], b: readonly Letter[]): readonly Letter[] {
  const last = a.at(-1);
  const first = b[0];
  if (last?.kind === "unit" && first?.kind === "unit") {
    return [...a.slice(0, -1), { kind: "unit", row: last.row, column: first.column }, ...b.slice(1)];
  }
  return [...a, ...b];
}
