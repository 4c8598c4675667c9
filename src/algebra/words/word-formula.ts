import {
  type Formula,
  negativeFormula,
  numberFormula,
  ONE_FORMULA,
  powerFormula,
  productFormula,
  sumFormula,
} from "../../formula/formula.ts";
import { scalarFormula } from "../../formula/scalar-formula.ts";
import { add, type Canonical, canonicalKey, isZero, negate, ONE } from "../../scalar/canonical.ts";
import { factoredScalar } from "../../scalar/factored.ts";
import { polynomialIn } from "../../scalar/polynomial-in.ts";
import { levelSymbol } from "../normal-form.ts";
import type { Notation } from "../notation.ts";
import { type Letter, letterKey, orderedLetters, type Word, type WordTerm, wordOrder } from "./word.ts";

/** A product of operators; 1 for the empty word. */
export const wordFormula = (word: Word, notation: Notation): Formula =>
  productFormula(
    orderedLetters(word, (s) => notation.model.subsystems[s]!.kind.isFermionic === true).map(([s, l]) =>
      letterFormula(s, l, notation),
    ),
  );

function letterFormula(subsystem: number, letter: Letter, notation: Notation): Formula {
  switch (letter.kind) {
    case "named": {
      const operator = notation.named(subsystem, letter.name);
      const base: Formula = letter.isAdjoint ? { kind: "adjoint", operand: operator } : operator;
      return powerFormula(base, numberFormula(letter.power));
    }
    case "phase":
      return notation.phase(subsystem, letter.multiple);
    case "unit":
      return notation.unit(subsystem, letter.row, letter.column);
    case "function":
      return functionFormula(subsystem, letter.of, notation);
  }
}

/** A function of the level operator; a polynomial in ascending powers, 1 − kL. */
function functionFormula(subsystem: number, of: Canonical, notation: Notation): Formula {
  const level = levelSymbol(subsystem);
  const coefficients = polynomialIn(of, level);
  if (!coefficients) return scalarFormula(factoredScalar(of), notation.symbol);
  const operator = notation.symbol(level);
  return sumFormula(
    coefficients.map((c, exponent) => {
      const power = exponent === 0 ? ONE_FORMULA : powerFormula(operator, numberFormula(exponent));
      return productFormula([coefficientFormula(c, notation), power]);
    }),
  );
}

/**
 * Σ coefficient·of(word): words with the same coefficient, up to sign, share it, and coefficients are factored. Words
 * of few subsystems come first, the identity last.
 */
export function wordsFormula(
  terms: readonly WordTerm[],
  notation: Notation,
  of: (word: Formula) => Formula = (f) => f,
): Formula {
  const groups = new Map<string, WordGroup>();
  for (const { word, coefficient } of [...terms].sort((a, b) => compareWords(a.word, b.word))) {
    const member = word.size === 0 ? ONE_FORMULA : of(wordFormula(word, notation));
    const opposite = groups.get(canonicalKey(negate(coefficient)));
    if (opposite) {
      opposite.members.push(negativeFormula(member));
      continue;
    }
    const key = canonicalKey(coefficient);
    const group = groups.get(key) ?? { coefficient, members: [] };
    group.members.push(member);
    groups.set(key, group);
  }
  return sumFormula([...groups.values()].map((group) => groupFormula(group, notation)));
}

interface WordGroup {
  readonly coefficient: Canonical;
  readonly members: Formula[];
}

function groupFormula({ coefficient, members }: WordGroup, notation: Notation): Formula {
  // −(a − b) is −a + b
  if (isZero(add(coefficient, ONE))) return sumFormula(members.map(negativeFormula));
  return productFormula([coefficientFormula(coefficient, notation), sumFormula(members)]);
}

/** A coefficient, factored, in the words of the notation. */
export const coefficientFormula = (coefficient: Canonical, notation: Notation): Formula =>
  scalarFormula(factoredScalar(coefficient), notation.symbol);

function compareWords(a: Word, b: Word): number {
  const [x, y] = [sortKey(a), sortKey(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** The identity last; fewer subsystems and lower orders first; then by place, raising before lowering. */
function sortKey(word: Word): string {
  if (word.size === 0) return "~";
  const padded = (n: number): string => String(n).padStart(4, "0");
  const letters = [...word].map(([s, list]) => `${padded(s)}${list.map(letterRank).join(",")}`);
  return [padded(word.size), padded(wordOrder(word)), ...letters].join(" ");
}

function letterRank(letter: Letter): string {
  const key = letterKey(letter);
  if (letter.kind === "phase") return `${letter.multiple > 0 ? 0 : 2}${Math.abs(letter.multiple)}`;
  const direction = /plus|†/.test(key) ? 0 : /minus|^a\^|^c\^/.test(key) ? 2 : 1;
  return `${direction}${key}`;
}
