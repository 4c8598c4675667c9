import type { Model } from "../../model/model.ts";
import { canonicalSymbols, multiply, negate, ONE } from "../../scalar/canonical.ts";
import { divideByRoots, polynomialIn } from "../../scalar/polynomial-in.ts";
import type { OperatorAlgebra } from "../graph-normal-form.ts";
import { levelSymbol, type NormalForm, type Term } from "../normal-form.ts";
import { type UnitWords, unitWords } from "./finite-words.ts";
import { type ShiftWords, shiftWords } from "./infinite-words.ts";
import { collectWords, isOddOrder, type Letter, type Word, type WordTerm } from "./word.ts";

/** Turns normal forms of one model into sums of words. */
export interface OperatorWords {
  /** Every polynomial multiplied out: for means and equations of motion. */
  readonly expanded: (form: NormalForm) => readonly WordTerm[];
  /** Functions of a rotor's (or own kind's) level kept together, as in e^{iφ}(1 − kL): for jumps. */
  readonly compact: (form: NormalForm) => readonly WordTerm[];
}

/**
 * The normal order in which operators are printed: for each kind the products that its field uses (Pauli, su(2),
 * a†^k a^l, e^{ikφ}f(L), c†c, |i⟩⟨j|).
 */
export function operatorWords(algebra: OperatorAlgebra, model: Model): OperatorWords {
  const tables = (keepFunctions: boolean): Tables =>
    model.subsystems.map(({ kind }, s) =>
      kind.basis.kind === "finite" ? unitWords(kind) : shiftWords(s, algebra, model, keepFunctions),
    );
  const [expanded, compact] = [tables(false), tables(true)];
  const words = (form: NormalForm, own: Tables) =>
    collectWords(
      [...form.values()].flatMap((t) =>
        wordsOfTerm(t, { own, expanded }, model).map((w) => signed(w, model)),
      ),
    );
  return { expanded: (form) => words(form, expanded), compact: (form) => words(form, compact) };
}

type Tables = readonly (UnitWords | ShiftWords)[];

/**
 * The words of one term. A coefficient with the levels of several subsystems is multiplied out where it is a polynomial
 * in each; else it stays one function, to the right of everything that moves these levels.
 */
function wordsOfTerm(
  term: Term,
  { own, expanded }: { readonly own: Tables; readonly expanded: Tables },
  model: Model,
): readonly WordTerm[] {
  const levels = model.subsystems.flatMap(({ kind }, s) =>
    kind.basis.kind === "infinite" && canonicalSymbols(term.coefficient).has(levelSymbol(s)) ? [s] : [],
  );
  if (levels.length < 2) return termWords(term, own, model);
  let f = term.coefficient;
  const ladders = new Map<number, readonly Letter[]>();
  for (const [s, factor] of term.factors) {
    if (factor.kind !== "shift") continue;
    const { letters, amplitude } = (expanded[s] as ShiftWords).ladder(factor.by);
    ladders.set(s, letters);
    f = divideByRoots(f, amplitude);
  }
  if (levels.every((s) => polynomialIn(f, levelSymbol(s)) !== undefined))
    return termWords(term, expanded, model);
  const last = levels.at(-1)!;
  const finite = new Map([...term.factors].filter(([, factor]) => factor.kind === "unit"));
  return termWords({ factors: finite, coefficient: ONE }, own, model).map(({ word, coefficient }) => {
    const letters = new Map<number, readonly Letter[]>();
    for (const s of model.subsystems.keys()) {
      const moved = [...(word.get(s) ?? []), ...(ladders.get(s) ?? [])];
      const joint: readonly Letter[] = s === last ? [...moved, { kind: "function", of: f }] : moved;
      if (joint.length > 0) letters.set(s, joint);
    }
    return { word: letters, coefficient };
  });
}

/** The coefficient for the order in which a word's fermionic letters are written. */
function signed(term: WordTerm, model: Model): WordTerm {
  const isFermionic = (s: number): boolean => model.subsystems[s]!.kind.isFermionic === true;
  return isOddOrder(term.word, isFermionic) ? { ...term, coefficient: negate(term.coefficient) } : term;
}

function termWords({ factors, coefficient }: Term, tables: Tables, model: Model): readonly WordTerm[] {
  let terms: readonly WordTerm[] = [{ word: new Map(), coefficient }];
  for (const [subsystem, { kind }] of model.subsystems.entries()) {
    const factor = factors.get(subsystem);
    if (kind.basis.kind === "finite") {
      if (factor?.kind !== "unit") continue;
      const local = (tables[subsystem] as UnitWords)(factor.row, factor.column);
      terms = terms.flatMap((term) =>
        local.map(({ letters, factor: by }) => ({
          word: withLetters(term.word, subsystem, letters),
          coefficient: multiply(term.coefficient, by),
        })),
      );
    } else {
      terms = terms.flatMap((term) =>
        infiniteWords(term, subsystem, factor, tables[subsystem] as ShiftWords),
      );
    }
  }
  return terms;
}

function infiniteWords(
  term: WordTerm,
  subsystem: number,
  factor: Term["factors"] extends ReadonlyMap<number, infer F> ? F | undefined : never,
  words: ShiftWords,
): readonly WordTerm[] {
  if (factor?.kind === "unit") {
    return [{ word: withLetters(term.word, subsystem, [factor]), coefficient: term.coefficient }];
  }
  const shift = factor?.kind === "shift" ? factor.by : 0;
  if (shift === 0 && !canonicalSymbols(term.coefficient).has(levelSymbol(subsystem))) return [term];
  return words.words(shift, term.coefficient).map(({ letters, coefficient }) => ({
    word: withLetters(term.word, subsystem, letters),
    coefficient,
  }));
}

const withLetters = (word: Word, subsystem: number, letters: readonly Letter[]): Word =>
  letters.length === 0 ? word : new Map(word).set(subsystem, letters);
