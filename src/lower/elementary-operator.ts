import { type NormalForm, type Term, termKey } from "../algebra/normal-form.ts";
import {
  atomsOf,
  type Canonical,
  canonicalKey,
  canonicalSymbols,
  constant,
  DivisionByZero,
  divide,
  isZero,
  ONE,
  substituteCanonical,
  symbolCanonical,
} from "../scalar/canonical.ts";
import { compileReal } from "../scalar/compile.ts";
import {
  type Atom,
  atomPolynomial,
  constantPolynomial,
  type Monomial,
  multiplyPolynomials,
  type Polynomial,
} from "../scalar/polynomial.ts";
import { gaussian } from "../scalar/rational.ts";
import { scalarFromCanonical } from "../scalar/scalar-from-canonical.ts";
import { termSign } from "./jordan-wigner.ts";
import type { ProductBasis } from "./window.ts";

/**
 * A real operator without parameters that takes each product state to at most one other: a shift of levels with a
 * weight that depends on the levels before it. Every operator is a sum of parameters' expressions times such ones.
 */
export interface ElementaryOperator {
  readonly key: string;
  readonly factors: Term["factors"];
  /** In level symbols only. */
  readonly weight: Canonical;
  /** Subsystems whose level is fixed, where the weight could not be separated from the parameters. */
  readonly only: ReadonlyMap<number, number>;
}

/** coefficient · operator, the coefficient in parameters (and rate symbols) only. */
export interface WeightedElementary {
  readonly coefficient: Canonical;
  readonly operator: ElementaryOperator;
}

/** An operator as Σ coefficient(parameters)·elementary operator in a window. */
export function expandOperator(form: NormalForm, basis: ProductBasis): WeightedElementary[] {
  return [...form.values()].flatMap((term) => expandTerm(term, basis));
}

/** Whether an operator is the same sum in all windows. */
export const isExpandedAlike = (form: NormalForm): boolean =>
  [...form.values()].every(({ coefficient }) => levelsOf(coefficient).length === 0 || separate(coefficient));

function expandTerm(term: Term, basis: ProductBasis): WeightedElementary[] {
  const levels = levelsOf(term.coefficient);
  if (levels.length === 0) return [elementary(term, term.coefficient, ONE)];
  const separated = separate(term.coefficient);
  if (separated) return separated.map(([coefficient, weight]) => elementary(term, coefficient, weight));
  return atEachLevel(term, levels, basis);
}

function elementary(
  { factors }: Term,
  coefficient: Canonical,
  weight: Canonical,
  only: ReadonlyMap<number, number> = new Map(),
): WeightedElementary {
  const fixed = [...only].map(([s, level]) => `${s}=${level}`).join(" ");
  const key = `${termKey(factors)}|${weight === ONE ? "" : canonicalKey(weight)}|${fixed}`;
  return { coefficient, operator: { key, factors, weight, only } };
}

/** The subsystems whose level symbols an expression holds. */
const levelsOf = (a: Canonical): number[] =>
  [...canonicalSymbols(a)].filter((s) => /^n\d+$/.test(s)).map((s) => Number(s.slice(1)));

const isLevelSymbol = (name: string): boolean => /^n\d+$/.test(name);

type Dependence = "levels" | "parameters" | "both";

function dependenceOf(atom: Atom<Canonical>): Dependence {
  const symbols = new Set<string>();
  if (atom.operands) for (const operand of atom.operands) canonicalSymbols(operand, symbols);
  else symbols.add(atom.name);
  const levels = [...symbols].filter(isLevelSymbol).length;
  return levels === 0 ? "parameters" : levels === symbols.size ? "levels" : "both";
}

/** Σ (in parameters)·(in levels), or undefined where an atom or a denominator holds both. */
function separate(value: Canonical): (readonly [Canonical, Canonical])[] | undefined {
  if ([...atomsOf(value)].some((atom) => dependenceOf(atom) === "both")) return undefined;
  const below = splitPolynomial(value.denominator);
  if (below.length !== 1) return undefined;
  const [bottom] = below;
  return splitPolynomial(value.numerator).map(
    ([parameters, levels]) => [divide(parameters, bottom![0]), divide(levels, bottom![1])] as const,
  );
}

/** A polynomial as Σ (in parameters)·(monomial in levels), or as one product where it holds only one of them. */
function splitPolynomial(polynomial: Polynomial<Canonical>): (readonly [Canonical, Canonical])[] {
  const whole: Canonical = { numerator: polynomial, denominator: constantPolynomial(gaussian(1)) };
  if (levelsOf(whole).length === 0) return [[whole, ONE]];
  if ([...canonicalSymbols(whole)].every(isLevelSymbol) && isRealPolynomial(polynomial))
    return [[ONE, whole]];
  const groups = new Map<string, { parameters: Map<string, Monomial<Canonical>>; levels: Canonical }>();
  for (const { coefficient, factors } of polynomial.values()) {
    const inLevels = factors.filter(([atom]) => dependenceOf(atom) === "levels");
    const inParameters = factors.filter(([atom]) => dependenceOf(atom) === "parameters");
    const key = inLevels.map(([atom, exponent]) => `${atom.key}^${exponent}`).join("*");
    const group = groups.get(key) ?? { parameters: new Map(), levels: monomial(inLevels) };
    group.parameters.set(
      inParameters.map(([atom, e]) => (e === 1 ? atom.key : `${atom.key}^${e}`)).join("*"),
      {
        coefficient,
        factors: inParameters,
      },
    );
    groups.set(key, group);
  }
  return [...groups.values()].map(({ parameters, levels }) => [
    { numerator: parameters, denominator: constantPolynomial(gaussian(1)) },
    levels,
  ]);
}

const isRealPolynomial = (polynomial: Polynomial<Canonical>): boolean =>
  [...polynomial.values()].every((m) => m.coefficient.im.numerator === 0n);

function monomial(factors: Monomial<Canonical>["factors"]): Canonical {
  let product = constantPolynomial<Canonical>(gaussian(1));
  for (const [atom, exponent] of factors) {
    for (let i = 0; i < exponent; i++) product = multiplyPolynomials(product, atomPolynomial(atom));
  }
  return { numerator: product, denominator: constantPolynomial(gaussian(1)) };
}

/** One operator for each combination of the levels on which the coefficient depends. */
function atEachLevel(term: Term, levels: readonly number[], basis: ProductBasis): WeightedElementary[] {
  return levelCombinations(levels, basis).flatMap((only) => {
    if (leadsOutside(term, only, basis)) return [];
    const coefficient = substituteLevels(term.coefficient, only);
    return isZero(coefficient) ? [] : [elementary(term, coefficient, ONE, only)];
  });
}

/** Whether a term takes given levels out of their windows, or does not act on them: its coefficient there says nothing. */
export function leadsOutside(
  { factors }: Term,
  levels: ReadonlyMap<number, number>,
  basis: ProductBasis,
): boolean {
  return [...levels].some(([subsystem, level]) => {
    const factor = factors.get(subsystem);
    if (!factor) return false;
    if (factor.kind === "unit") return factor.column !== level;
    const { first, last } = basis.windows[subsystem]!;
    return level + factor.by < first || level + factor.by > last;
  });
}

/** Every choice of one level in the window for each of the subsystems. */
export function levelCombinations(
  subsystems: readonly number[],
  basis: ProductBasis,
): ReadonlyMap<number, number>[] {
  let combinations: ReadonlyMap<number, number>[] = [new Map()];
  for (const s of subsystems) {
    const { first, last } = basis.windows[s]!;
    combinations = combinations.flatMap((c) =>
      Array.from({ length: last - first + 1 }, (_, i) => new Map(c).set(s, first + i)),
    );
  }
  return combinations;
}

/** A coefficient at given levels; infinite where it diverges there. */
export function substituteLevels(value: Canonical, levels: ReadonlyMap<number, number>): Canonical {
  try {
    return substituteCanonical(value, (name) => {
      const level = isLevelSymbol(name) ? levels.get(Number(name.slice(1))) : undefined;
      return level === undefined ? undefined : constant(level);
    });
  } catch (error) {
    if (!(error instanceof DivisionByZero)) throw error;
    return symbolCanonical("inf");
  }
}

/** A matrix with at most one entry in each column and each row: column c has `weight[c]` in row `target[c]`. */
export interface ShiftMatrix {
  /** −1 where the column is empty. */
  readonly target: Int32Array;
  readonly weight: Float64Array;
  /** The column that has its entry in a row, −1 where the row is empty. */
  readonly source: Int32Array;
}

/** The matrix of an elementary operator in the product basis, with the Jordan–Wigner signs of fermionic modes. */
export function shiftMatrix(operator: ElementaryOperator, basis: ProductBasis): ShiftMatrix {
  const { dimension } = basis;
  const target = new Int32Array(dimension).fill(-1);
  const source = new Int32Array(dimension).fill(-1);
  const weight = new Float64Array(dimension);
  const weightSubsystems = levelsOf(operator.weight);
  const slot = (name: string) => (isLevelSymbol(name) ? Number(name.slice(1)) : -1);
  const weightAt = weightSubsystems.length
    ? compileReal(scalarFromCanonical(operator.weight), slot)
    : undefined;
  const levels = Float64Array.from(basis.windows, ({ first }) => first);
  const isMoved = movement(operator, basis);
  const sign = termSign(operator.factors, basis);
  for (let state = 0; state < dimension; state++) {
    const by = isMoved(levels);
    const value = by === undefined ? 0 : weightAt ? weightAt(levels) : 1;
    if (by !== undefined && value !== 0) {
      target[state] = state + by;
      source[state + by] = state;
      weight[state] = sign(state) * value;
    }
    nextLevels(levels, basis);
  }
  return { target, weight, source };
}

/** The levels of the next product state. */
function nextLevels(levels: Float64Array, { windows }: ProductBasis): void {
  for (let s = windows.length - 1; s >= 0; s--) {
    if (levels[s]! < windows[s]!.last) {
      levels[s]!++;
      return;
    }
    levels[s] = windows[s]!.first;
  }
}

/** By how many places an operator moves a product state of given levels; undefined where it leaves nothing of it. */
function movement(
  { factors, only }: ElementaryOperator,
  { windows, strides }: ProductBasis,
): (levels: Float64Array) => number | undefined {
  const fixed = [...only];
  const moves = [...factors].map(([s, factor]) => ({
    s,
    // of a unit the level that it acts on, and what it makes of it
    from: factor.kind === "unit" ? factor.column : undefined,
    by: factor.kind === "unit" ? factor.row - factor.column : factor.by,
    stride: strides[s]!,
    ...windows[s]!,
  }));
  return (levels) => {
    for (const [s, level] of fixed) if (levels[s] !== level) return undefined;
    let places = 0;
    for (const { s, from, by, stride, first, last } of moves) {
      const level = levels[s]!;
      if (from !== undefined && level !== from) return undefined;
      if (level + by < first || level + by > last) return undefined;
      places += by * stride;
    }
    return places;
  };
}
