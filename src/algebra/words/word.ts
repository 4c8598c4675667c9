import type { Canonical } from "../../scalar/canonical.ts";
import { add, canonicalKey, isZero } from "../../scalar/canonical.ts";

/** A factor of a word: an operator of one subsystem as formulas name it. */
export type Letter =
  | {
      readonly kind: "named";
      readonly name: string;
      readonly power: number;
      /** For the adjoint of an operator whose kind has no name for it. */
      readonly isAdjoint?: true;
    }
  | { readonly kind: "phase"; readonly multiple: number }
  | { readonly kind: "unit"; readonly row: number; readonly column: number }
  /** A function of the level operator, as an expression in the subsystem's level symbol (and parameters). */
  | { readonly kind: "function"; readonly of: Canonical };

/**
 * A product of letters: subsystems in their order, the letters of each from left to right; but of fermionic modes all
 * creations stand before all annihilations (`orderedLetters`).
 */
export type Word = ReadonlyMap<number, readonly Letter[]>;

/** coefficient · word, the coefficient without the levels of the subsystems in the word. */
export interface WordTerm {
  readonly word: Word;
  readonly coefficient: Canonical;
}

/** A letter with its subsystem. */
export type PlacedLetter = readonly [subsystem: number, letter: Letter];

const isCreation = (letter: Letter): boolean => letter.kind === "named" && letter.name === "c†";

/** The letters of a word as a product from left to right; the modes stand together at the place of the first of them. */
export function orderedLetters(
  word: Word,
  isFermionic: (subsystem: number) => boolean,
): readonly PlacedLetter[] {
  const letters = [...word].flatMap(([s, list]) => list.map((l): PlacedLetter => [s, l]));
  const odd = letters.filter(([s]) => isFermionic(s));
  if (odd.length < 2) return letters;
  const first = letters.indexOf(odd[0]!);
  const ordered = [...odd.filter(([, l]) => isCreation(l)), ...odd.filter(([, l]) => !isCreation(l))];
  const rest = (list: readonly PlacedLetter[]) => list.filter(([s]) => !isFermionic(s));
  return [...rest(letters.slice(0, first)), ...ordered, ...rest(letters.slice(first))];
}

/** Whether the normal order of a word's fermionic letters is an odd permutation of their order by subsystems. */
export function isOddOrder(word: Word, isFermionic: (subsystem: number) => boolean): boolean {
  let annihilations = 0;
  let exchanges = 0;
  for (const [subsystem, letters] of word) {
    if (!isFermionic(subsystem)) continue;
    for (const letter of letters) {
      if (isCreation(letter)) exchanges += annihilations;
      else annihilations++;
    }
  }
  return exchanges % 2 === 1;
}

export const letterKey = (letter: Letter): string => {
  switch (letter.kind) {
    case "named":
      return `${letter.name}${letter.isAdjoint ? "†" : ""}^${letter.power}`;
    case "phase":
      return `e${letter.multiple}`;
    case "unit":
      return `${letter.row},${letter.column}`;
    case "function":
      return canonicalKey(letter.of);
  }
};

export const wordKey = (word: Word): string =>
  [...word].map(([subsystem, letters]) => `${subsystem}:${letters.map(letterKey).join(" ")}`).join("|");

/** Number of elementary operators in a word: its order as a moment. */
export function wordOrder(word: Word): number {
  let order = 0;
  for (const letters of word.values()) {
    for (const letter of letters) order += letter.kind === "named" ? letter.power : 1;
  }
  return order;
}

/** Adds up equal words and drops those that cancel, in the order of their first appearance. */
export function collectWords(terms: Iterable<WordTerm>): readonly WordTerm[] {
  const sum = new Map<string, WordTerm>();
  for (const { word, coefficient } of terms) {
    const key = wordKey(word);
    const present = sum.get(key);
    sum.set(key, { word, coefficient: present ? add(present.coefficient, coefficient) : coefficient });
  }
  return [...sum.values()].filter((t) => !isZero(t.coefficient));
}
