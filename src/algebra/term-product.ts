import {
  add,
  type Canonical,
  constant,
  constantValue,
  DivisionByZero,
  isZero,
  multiply,
  negate,
  substituteCanonical,
  symbolCanonical,
} from "../scalar/canonical.ts";
import { NoCanonicalForm } from "../scalar/canonical-from-scalar.ts";
import { rationalToNumber } from "../scalar/rational.ts";
import { isProductNegative } from "./fermion-sign.ts";
import { type Factor, levelSymbol, type Space, type Term } from "./term.ts";
import type { TermSum } from "./term-sum.ts";

/** The level of a subsystem plus a whole number. */
export const shiftedLevel = (subsystem: number, by: number): Canonical =>
  add(symbolCanonical(levelSymbol(subsystem)), constant(by));

/** A coefficient such as 1/n has no value at a level that an operator reaches. */
export class DivergentCoefficient extends NoCanonicalForm {
  readonly fix =
    "write a coefficient that is finite at every level, e.g. with max(n, 1), or give single levels as |j><k|";
}

/** The coefficient with the levels of some subsystems, by their symbols, replaced. */
export function atLevels(coefficient: Canonical, levels: ReadonlyMap<string, Canonical>): Canonical {
  try {
    return substituteCanonical(coefficient, (name) => levels.get(name));
  } catch (error) {
    if (!(error instanceof DivisionByZero)) throw error;
    const places = [...levels.values()]
      .map(constantValue)
      .flatMap((at) => (at ? [rationalToNumber(at.re)] : []));
    throw new DivergentCoefficient(`its coefficient diverges at level n = ${places.join(", ")}`);
  }
}

/** The coefficient with the level of one subsystem given. */
export const atLevel = (coefficient: Canonical, subsystem: number, level: Canonical): Canonical =>
  atLevels(coefficient, new Map([[levelSymbol(subsystem), level]]));

/** Adds x·y to the sum: y acts first, so that x sees the level that y leaves. */
export function addProduct(x: Term, y: Term, space: Space, sum: TermSum): void {
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
  const size = multiply(atLevels(x.coefficient, seenByX), atLevels(y.coefficient, seenByY));
  if (isZero(size)) return;
  const coefficient = isProductNegative(x.factors, y.factors, space) ? negate(size) : size;
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
