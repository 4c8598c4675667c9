import type { Model } from "../../model/model.ts";
import { canonicalSymbols, multiply, negate } from "../../scalar/canonical.ts";
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
  const tables = (keepFunctions: boolean): readonly (UnitWords | ShiftWords)[] =>
    model.subsystems.map(({ kind }, s) =>
      kind.basis.kind === "finite" ? unitWords(kind) : shiftWords(s, algebra, model, keepFunctions),
    );
  const [expanded, compact] = [tables(false), tables(true)];
  const words = (form: NormalForm, of: typeof expanded) =>
    collectWords([...form.values()].flatMap((t) => termWords(t, of, model).map((w) => signed(w, model))));
  return { expanded: (form) => words(form, expanded), compact: (form) => words(form, compact) };
}

/** The coefficient for the order in which a word's fermionic letters are written. */
function signed(term: WordTerm, model: Model): WordTerm {
  const isFermionic = (s: number): boolean => model.subsystems[s]!.kind.isFermionic === true;
  return isOddOrder(term.word, isFermionic) ? { ...term, coefficient: negate(term.coefficient) } : term;
}

function termWords(
  { factors, coefficient }: Term,
  tables: readonly (UnitWords | ShiftWords)[],
  model: Model,
): readonly WordTerm[] {
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
  return words(shift, term.coefficient).map(({ letters, coefficient }) => ({
    word: withLetters(term.word, subsystem, letters),
    coefficient,
  }));
}

const withLetters = (word: Word, subsystem: number, letters: readonly Letter[]): Word =>
  letters.length === 0 ? word : new Map(word).set(subsystem, letters);
