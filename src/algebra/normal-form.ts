import {
  type Canonical,
  conjugate,
  constant,
  isZero,
  multiply,
  negate,
  ONE,
  substituteCanonical,
} from "../scalar/canonical.ts";
import { equivalent, type LowestLevel } from "../scalar/equivalent.ts";
import { isAdjointNegative } from "./fermion-sign.ts";
import { type Factor, levelSymbol, type NormalForm, type Space } from "./term.ts";
import { addProduct, atLevel, shiftedLevel } from "./term-product.ts";
import { TermSum } from "./term-sum.ts";

export { commutator } from "./commutator.ts";
export { type Factor, levelSymbol, type NormalForm, type Space, type Term, termKey } from "./term.ts";

const ZERO_OPERATOR: NormalForm = new Map();

/** A scalar times the identity. */
export const scalarOperator = (value: Canonical): NormalForm =>
  isZero(value) ? ZERO_OPERATOR : new Map([["", { factors: new Map(), coefficient: value }]]);

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

/** (Σ f(n)|n+k⟩⟨n|)† = Σ f*(n−k)|n−k⟩⟨n|, fermion operators in reverse order. */
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
    sum.add({ factors: turned, coefficient: isAdjointNegative(factors, space) ? negate(value) : value });
  }
  return sum.result();
}

/** a·b. */
export function multiplyOperators(a: NormalForm, b: NormalForm, space: Space): NormalForm {
  const sum = new TermSum(space);
  for (const x of a.values()) for (const y of b.values()) addProduct(x, y, space, sum);
  return sum.result();
}

/** Where the levels of each subsystem begin, for `equivalent`. */
export const lowestLevel =
  (space: Space): LowestLevel =>
  (symbol) => {
    const basis = space[Number(symbol.slice(1))];
    return basis?.kind === "infinite" ? basis.from : 0;
  };

/**
 * Whether a = b; identities between functions in coefficients are decided as `equivalent` does, with levels from 0 on
 * where no space says otherwise. `expand` brings coefficients to a common alphabet (derived values replaced by their definitions) before they are compared.
 */
export function areEqual(a: NormalForm, b: NormalForm, space: Space = [], expand = unchanged): boolean {
  const zero = constant(0);
  const at = (form: NormalForm, key: string) => expand(form.get(key)?.coefficient ?? zero);
  return [...new Set([...a.keys(), ...b.keys()])].every((key) =>
    equivalent(at(a, key), at(b, key), lowestLevel(space)),
  );
}

const unchanged = (value: Canonical): Canonical => value;

/** Whether O = O†; `expand` as in `areEqual`. */
export const isHermitian = (a: NormalForm, space: Space, expand = unchanged): boolean =>
  areEqual(a, adjointOperator(a, space), space, expand);
