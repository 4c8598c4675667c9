import type { Model } from "../../model/model.ts";
import {
  add,
  type Canonical,
  canonicalSymbols,
  constant,
  isZero,
  multiply,
  ONE,
  substituteCanonical,
  symbolCanonical,
} from "../../scalar/canonical.ts";
import { divideByRoots, polynomialIn } from "../../scalar/polynomial-in.ts";
import type { OperatorAlgebra } from "../graph-normal-form.ts";
import { adjointOperator, levelSymbol } from "../normal-form.ts";
import type { Letter } from "./word.ts";

/** Words of one subsystem, with what is left of the coefficient. */
export interface LocalTerm {
  readonly letters: readonly Letter[];
  readonly coefficient: Canonical;
}

/** How Σ_n f(n)|n+k⟩⟨n| on a subsystem with an infinite basis is written. */
export interface ShiftWords {
  /** The words of Σ_n f(n)|n+k⟩⟨n|, where f holds the level of no other subsystem unless it is a polynomial in its own. */
  readonly words: (shift: number, coefficient: Canonical) => readonly LocalTerm[];
  /** The letters that move the level by k, and the amplitude f(n) that they have. */
  readonly ladder: (shift: number) => { readonly letters: readonly Letter[]; readonly amplitude: Canonical };
}

/**
 * The words of a subsystem with an infinite basis: normal order for bosons, e^{ikφ}f(L) for rotors, a power of the
 * kind's ladder operator times a function of its level operator for others. `keepFunctions` leaves f as one letter.
 */
export function shiftWords(
  subsystem: number,
  algebra: OperatorAlgebra,
  model: Model,
  keepFunctions: boolean,
): ShiftWords {
  const { kind } = model.subsystems[subsystem]!;
  const level = levelSymbol(subsystem);
  const counting = levelOperator(subsystem, algebra, model);
  const withFunction = (ladder: readonly Letter[], f: Canonical): readonly LocalTerm[] => {
    const coefficients = counting === undefined ? undefined : polynomialIn(f, level);
    const isPlain =
      coefficients !== undefined && (!keepFunctions || coefficients.filter(isPresent).length === 1);
    if (isPlain) return powersOf(counting!, ladder, coefficients);
    const front = coefficients?.find(isPresent) ?? ONE;
    return [{ letters: [...ladder, { kind: "function", of: divideByRoots(f, front) }], coefficient: front }];
  };
  const ladder: ShiftWords["ladder"] = (shift) => {
    if (shift === 0) return { letters: [], amplitude: ONE };
    const found =
      kind.angles.size > 0 ? undefined : ladderOperator(subsystem, Math.sign(shift), algebra, model);
    if (!found) return { letters: [{ kind: "phase", multiple: shift }], amplitude: ONE };
    return {
      letters: [{ ...found.letter, power: Math.abs(shift) }],
      amplitude: ladderAmplitude(found.amplitude, level, shift),
    };
  };
  const words: ShiftWords["words"] = (shift, coefficient) => {
    if (shift === 0 && !canonicalSymbols(coefficient).has(level)) return [{ letters: [], coefficient }];
    const { letters, amplitude } = ladder(shift);
    const f = divideByRoots(coefficient, amplitude);
    const polynomial = kind.name === "oscillator" ? polynomialIn(f, level) : undefined;
    return polynomial ? normalOrdered(shift, polynomial) : withFunction(letters, f);
  };
  return { words, ladder };
}

const isPresent = (c: Canonical): boolean => !isZero(c);

const powersOf = (
  counting: string,
  ladder: readonly Letter[],
  coefficients: readonly Canonical[],
): LocalTerm[] =>
  coefficients.flatMap((coefficient, power) => {
    if (isZero(coefficient)) return [];
    const letters: Letter[] =
      power === 0 ? [...ladder] : [...ladder, { kind: "named", name: counting, power }];
    return [{ letters, coefficient }];
  });

/**
 * Σ_j c_j nʲ before the shift, as Σ b_i a†^{i+k} a^i (k ≥ 0) or a†^i a^{i+k}: powers of N become falling factorials
 * N(N−1)…(N−i+1) = a†^i a^i, where for lowering the level after it counts.
 */
function normalOrdered(shift: number, before: readonly Canonical[]): LocalTerm[] {
  const polynomial = shift < 0 ? shifted(before, -shift) : before;
  return fallingFactorials(polynomial).flatMap((coefficient, i) => {
    if (isZero(coefficient)) return [];
    const [up, down] = shift > 0 ? [i + shift, i] : [i, i - shift];
    const letters: Letter[] = [];
    if (up > 0) letters.push({ kind: "named", name: "a†", power: up });
    if (down > 0) letters.push({ kind: "named", name: "a", power: down });
    return [{ letters, coefficient }];
  });
}

/** p(n) as a polynomial in the level after lowering, p(n' + by). */
function shifted(p: readonly Canonical[], by: number): Canonical[] {
  const x = "n";
  let sum: Canonical = constant(0);
  let power: Canonical = ONE;
  const argument = add(symbolCanonical(x), constant(by));
  for (const c of p) {
    sum = add(sum, multiply(c, power));
    power = multiply(power, argument);
  }
  return [...polynomialIn(sum, x)!];
}

/** The coefficients of a polynomial in falling factorials, by repeated division by n, n − 1, …. */
function fallingFactorials(p: readonly Canonical[]): Canonical[] {
  const result: Canonical[] = [];
  let rest = [...p];
  for (let root = 0; rest.length > 0; root++) {
    // Horner: rest = (x − root)·quotient + remainder
    const quotient: Canonical[] = [];
    let carry: Canonical = constant(0);
    for (let j = rest.length - 1; j >= 0; j--) {
      carry = add(rest[j]!, multiply(carry, constant(root)));
      if (j > 0) quotient.unshift(carry);
    }
    result.push(carry);
    rest = quotient;
  }
  return result;
}

interface Ladder {
  readonly letter: Extract<Letter, { kind: "named" }>;
  /** f(n) of Σ f(n)|n ± 1⟩⟨n| */
  readonly amplitude: Canonical;
}

/** The operator of a kind that moves the level by ±1, or the adjoint of one that moves it the other way. */
function ladderOperator(
  subsystem: number,
  direction: number,
  algebra: OperatorAlgebra,
  model: Model,
): Ladder | undefined {
  if (direction === 0) return undefined;
  const names = [...model.subsystems[subsystem]!.kind.operators.keys()];
  const moving = (name: string, isAdjoint: boolean): Canonical | undefined => {
    const own = algebra.normalForm({ kind: "named", subsystem, name });
    const form = isAdjoint ? adjointOperator(own, algebra.space) : own;
    const [term] = form.values();
    const factor = form.size === 1 ? term!.factors.get(subsystem) : undefined;
    return factor?.kind === "shift" && factor.by === direction ? term!.coefficient : undefined;
  };
  for (const name of names) {
    const amplitude = moving(name, false);
    if (amplitude) return { letter: { kind: "named", name, power: 1 }, amplitude };
  }
  for (const name of names) {
    const amplitude = moving(name, true);
    if (amplitude) return { letter: { kind: "named", name, power: 1, isAdjoint: true }, amplitude };
  }
  return undefined;
}

/** f(n)·f(n ± 1)·…, the amplitude of the |k|-th power. */
function ladderAmplitude(amplitude: Canonical, level: string, shift: number): Canonical {
  let product = ONE;
  for (let i = 0; i < Math.abs(shift); i++) {
    const at = add(symbolCanonical(level), constant(Math.sign(shift) * i));
    product = multiply(
      product,
      substituteCanonical(amplitude, (name) => (name === level ? at : undefined)),
    );
  }
  return product;
}

/** The name of the operator whose value is the level. */
function levelOperator(subsystem: number, algebra: OperatorAlgebra, model: Model): string | undefined {
  for (const name of model.subsystems[subsystem]!.kind.operators.keys()) {
    const form = algebra.normalForm({ kind: "named", subsystem, name });
    const [term] = form.values();
    if (form.size !== 1 || term!.factors.size > 0) continue;
    const [only] = term!.coefficient.numerator.values();
    const isLevel =
      term!.coefficient.numerator.size === 1 &&
      only!.factors.length === 1 &&
      only!.factors[0]![0].name === levelSymbol(subsystem) &&
      only!.factors[0]![1] === 1 &&
      isZero(add(term!.coefficient, multiply(constant(-1), symbolCanonical(levelSymbol(subsystem)))));
    if (isLevel) return name;
  }
  return undefined;
}
