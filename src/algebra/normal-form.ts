import {
  add,
  type Canonical,
  canonicalSymbols,
  conjugate,
  constant,
  isZero,
  multiply,
  negate,
  ONE,
  substituteCanonical,
  symbolCanonical,
} from "../scalar/canonical.ts";
import { equivalent } from "../scalar/equivalent.ts";
import { ExpressionTooLarge, MAX_MONOMIALS } from "../scalar/polynomial.ts";

/**
 * What a term does to one subsystem: a matrix unit |row⟩⟨column|, or a shift of the level by k ≠ 0 on an infinite
 * basis. A subsystem without a factor keeps its level.
 */
export type Factor =
  | { readonly kind: "unit"; readonly row: number; readonly column: number }
  | { readonly kind: "shift"; readonly by: number };

/**
 * coefficient(n)·⊗ factors. The coefficient may hold the symbols `levelSymbol(s)`: the level of subsystem s (of those
 * with infinite bases) before the term acts. So one term is Σ_n f(n)|n+k⟩⟨n|.
 */
export interface Term {
  readonly factors: ReadonlyMap<number, Factor>;
  readonly coefficient: Canonical;
}

/**
 * A sum of terms with different factors, by their key: equal operators of the untruncated algebra have equal normal
 * forms. Of the diagonal units of a finite basis the last is written as 1 minus the others.
 */
export type NormalForm = ReadonlyMap<string, Term>;

/** Of each subsystem the number of levels of its finite basis, or the ends of its infinite one. */
export type Space = readonly (
  | { readonly kind: "finite"; readonly dimension: number }
  | { readonly kind: "infinite"; readonly from: number; readonly to: number }
)[];

export const levelSymbol = (subsystem: number): string => `n${subsystem}`;

const ZERO_OPERATOR: NormalForm = new Map();

/** A scalar times the identity. */
export const scalarOperator = (value: Canonical): NormalForm =>
  isZero(value) ? ZERO_OPERATOR : new Map([["", { factors: new Map(), coefficient: value }]]);

export const termKey = (factors: Term["factors"]): string =>
  [...factors]
    .sort(([a], [b]) => a - b)
    .map(([s, f]) => (f.kind === "unit" ? `${s}:${f.row},${f.column}` : `${s}:${f.by}`))
    .join(" ");

/** Collects terms into a normal form; the one place where terms are added up. */
class TermSum {
  readonly #terms = new Map<string, Term>();

  constructor(private readonly space: Space) {}

  /** Adds a term; the last diagonal unit of a finite basis is replaced. */
  add(term: Term): void {
    for (const [subsystem, factor] of term.factors) {
      const place = this.space[subsystem]!;
      if (place.kind !== "finite" || factor.kind !== "unit") continue;
      const last = place.dimension - 1;
      if (factor.row !== last || factor.column !== last) continue;
      this.#addCompleted(term, subsystem, last);
      return;
    }
    this.#accumulate(term);
  }

  /** |last⟩⟨last| = 1 − Σ of the other diagonal units. */
  #addCompleted(term: Term, subsystem: number, last: number): void {
    const factors = new Map(term.factors);
    factors.delete(subsystem);
    this.add({ factors, coefficient: term.coefficient });
    const coefficient = negate(term.coefficient);
    for (let level = 0; level < last; level++) {
      const unit: Factor = { kind: "unit", row: level, column: level };
      this.add({ factors: new Map(factors).set(subsystem, unit), coefficient });
    }
  }

  #accumulate(term: Term): void {
    const key = termKey(term.factors);
    const present = this.#terms.get(key);
    const coefficient = present ? add(present.coefficient, term.coefficient) : term.coefficient;
    if (isZero(coefficient)) this.#terms.delete(key);
    else this.#terms.set(key, { factors: term.factors, coefficient });
    if (this.#terms.size > MAX_MONOMIALS) throw new ExpressionTooLarge();
  }

  result(): NormalForm {
    return this.#terms;
  }
}

/** A single unit |row⟩⟨column| on a subsystem. */
export function unitOperator(subsystem: number, row: number, column: number, space: Space): NormalForm {
  const sum = new TermSum(space);
  sum.add({ factors: new Map([[subsystem, { kind: "unit", row, column }]]), coefficient: ONE });
  return sum.result();
}

/** Σ_n f(n)|n+k⟩⟨n| on a subsystem; `coefficient` is an expression in the symbol `levelSymbol(subsystem)`. */
export function bandOperator(
  subsystem: number,
  shift: number,
  coefficient: Canonical,
  space: Space,
): NormalForm {
  const basis = space[subsystem]!;
  const sum = new TermSum(space);
  if (basis.kind === "infinite") {
    const factors = new Map<number, Factor>(shift === 0 ? [] : [[subsystem, { kind: "shift", by: shift }]]);
    if (!isZero(coefficient)) sum.add({ factors, coefficient });
    return sum.result();
  }
  for (let n = 0; n < basis.dimension; n++) {
    const row = n + shift;
    if (row < 0 || row >= basis.dimension) continue;
    const value = atLevel(coefficient, subsystem, constant(n));
    if (isZero(value)) continue;
    sum.add({ factors: new Map([[subsystem, { kind: "unit", row, column: n }]]), coefficient: value });
  }
  return sum.result();
}

export function sumOperators(operators: readonly NormalForm[], space: Space): NormalForm {
  const sum = new TermSum(space);
  for (const operator of operators) for (const term of operator.values()) sum.add(term);
  return sum.result();
}

/** Multiplies by a scalar without level symbols. */
export function scaleOperator(a: NormalForm, by: Canonical): NormalForm {
  if (isZero(by)) return ZERO_OPERATOR;
  return new Map(
    [...a].map(([key, t]) => [key, { factors: t.factors, coefficient: multiply(t.coefficient, by) }]),
  );
}

export const subtractOperators = (a: NormalForm, b: NormalForm, space: Space): NormalForm =>
  sumOperators([a, scaleOperator(b, constant(-1))], space);

/** (Σ f(n)|n+k⟩⟨n|)† = Σ f*(n−k)|n−k⟩⟨n|. */
export function adjointOperator(a: NormalForm, space: Space): NormalForm {
  const sum = new TermSum(space);
  for (const { factors, coefficient } of a.values()) {
    const turned = new Map<number, Factor>();
    const shifts = new Map<string, Canonical>();
    for (const [subsystem, factor] of factors) {
      if (factor.kind === "unit") {
        turned.set(subsystem, { kind: "unit", row: factor.column, column: factor.row });
      } else {
        turned.set(subsystem, { kind: "shift", by: -factor.by });
        shifts.set(levelSymbol(subsystem), shiftedLevel(subsystem, -factor.by));
      }
    }
    const value = conjugate(substituteCanonical(coefficient, (name) => shifts.get(name)));
    sum.add({ factors: turned, coefficient: value });
  }
  return sum.result();
}

const shiftedLevel = (subsystem: number, by: number): Canonical =>
  add(symbolCanonical(levelSymbol(subsystem)), constant(by));

/** The coefficient with the level of one subsystem given. */
const atLevel = (coefficient: Canonical, subsystem: number, level: Canonical): Canonical =>
  substituteCanonical(coefficient, (name) => (name === levelSymbol(subsystem) ? level : undefined));

/** a·b. */
export function multiplyOperators(a: NormalForm, b: NormalForm, space: Space): NormalForm {
  const sum = new TermSum(space);
  for (const x of a.values()) for (const y of b.values()) multiplyTerms(x, y, space, sum);
  return sum.result();
}

/** Adds x·y to the sum: y acts first, so that x sees the level that y leaves. */
function multiplyTerms(x: Term, y: Term, space: Space, sum: TermSum): void {
  const factors = new Map<number, Factor>();
  const seenByX = new Map<string, Canonical>();
  const seenByY = new Map<string, Canonical>();
  const cuts: [subsystem: number, shiftOfY: number, shift: number][] = [];
  for (const subsystem of new Set([...x.factors.keys(), ...y.factors.keys()])) {
    const f = x.factors.get(subsystem);
    const g = y.factors.get(subsystem);
    const symbol = levelSymbol(subsystem);
    if (f?.kind === "unit" && g?.kind === "unit") {
      if (f.column !== g.row) return;
      factors.set(subsystem, { kind: "unit", row: f.row, column: g.column });
    } else if (g?.kind === "unit") {
      const row = g.row + (f?.kind === "shift" ? f.by : 0);
      if (!isInBasis(row, space[subsystem]!)) return;
      factors.set(subsystem, { kind: "unit", row, column: g.column });
      seenByX.set(symbol, constant(g.row));
    } else if (f?.kind === "unit") {
      const column = f.column - (g?.kind === "shift" ? g.by : 0);
      if (!isInBasis(column, space[subsystem]!)) return;
      factors.set(subsystem, { kind: "unit", row: f.row, column });
      seenByY.set(symbol, constant(column));
    } else {
      const byY = g?.by ?? 0;
      const by = (f?.kind === "shift" ? f.by : 0) + byY;
      if (by !== 0) factors.set(subsystem, { kind: "shift", by });
      if (byY !== 0) {
        seenByX.set(symbol, shiftedLevel(subsystem, byY));
        cuts.push([subsystem, byY, by]);
      }
    }
  }
  const coefficient = multiply(
    substituteCanonical(x.coefficient, (name) => seenByX.get(name)),
    substituteCanonical(y.coefficient, (name) => seenByY.get(name)),
  );
  if (isZero(coefficient)) return;
  sum.add({ factors, coefficient });
  for (const cut of cuts) subtractCut({ factors, coefficient }, cut, space, sum);
}

const isInBasis = (level: number, basis: Space[number]): boolean =>
  basis.kind === "finite" ? level >= 0 && level < basis.dimension : level >= basis.from && level <= basis.to;

/**
 * Levels whose intermediate ket lies outside the basis give nothing in the product, although the product of the two
 * coefficients may not vanish there: those matrix elements are taken away. (For a and a† the coefficients vanish.)
 */
function subtractCut(
  { factors, coefficient }: Term,
  [subsystem, shiftOfY, shift]: readonly [number, number, number],
  space: Space,
  sum: TermSum,
): void {
  const basis = space[subsystem]!;
  if (basis.kind !== "infinite") return;
  const end = shiftOfY < 0 ? basis.from : basis.to;
  if (!Number.isFinite(end)) return;
  const direction = shiftOfY < 0 ? 1 : -1;
  for (let i = 0; i < Math.abs(shiftOfY); i++) {
    const column = end + direction * i;
    const row = column + shift;
    if (!isInBasis(row, basis) || !isInBasis(column, basis)) continue;
    const value = atLevel(coefficient, subsystem, constant(column));
    if (isZero(value)) continue;
    const unit: Factor = { kind: "unit", row, column };
    sum.add({ factors: new Map(factors).set(subsystem, unit), coefficient: negate(value) });
  }
}

/** [a, b] = ab − ba. */
export const commutator = (a: NormalForm, b: NormalForm, space: Space): NormalForm =>
  subtractOperators(multiplyOperators(a, b, space), multiplyOperators(b, a, space), space);

/** Whether a = b; identities between functions in coefficients are decided as `equivalent` does. */
export function areEqual(a: NormalForm, b: NormalForm): boolean {
  const zero = constant(0);
  return [...new Set([...a.keys(), ...b.keys()])].every((key) =>
    equivalent(a.get(key)?.coefficient ?? zero, b.get(key)?.coefficient ?? zero),
  );
}

/** Whether O = O†. */
export const isHermitian = (a: NormalForm, space: Space): boolean => areEqual(a, adjointOperator(a, space));

/** The subsystems on which an operator acts. */
function supportOfForm(a: NormalForm): ReadonlySet<number> {
  const support = new Set<number>();
  for (const { factors, coefficient } of a.values()) {
    for (const subsystem of factors.keys()) support.add(subsystem);
    for (const symbol of canonicalSymbols(coefficient)) {
      if (/^n\d+$/.test(symbol)) support.add(Number(symbol.slice(1)));
    }
  }
  return support;
}

/**
 * The summands of an operator that act on the given subsystems alone. Functions of levels of several subsystems stand
 * in one term, so that its coefficient is taken apart; constants count as acting on none.
 */
export function partActingOn(a: NormalForm, subsystems: readonly number[], space: Space): NormalForm {
  const sum = new TermSum(space);
  const isInside = (support: ReadonlySet<number>) => [...support].every((s) => subsystems.includes(s));
  for (const { factors, coefficient } of a.values()) {
    if (!isInside(new Set(factors.keys()))) continue;
    for (const [key, monomial] of coefficient.numerator) {
      const summand = { numerator: new Map([[key, monomial]]), denominator: coefficient.denominator };
      const term: Term = { factors, coefficient: summand };
      if (isInside(supportOfForm(new Map([["", term]])))) sum.add(term);
    }
  }
  return sum.result();
}
