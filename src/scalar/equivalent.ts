import { type Canonical, canonicalSymbols, isZero, subtract } from "./canonical.ts";
import { compileComplex } from "./compile.ts";
import { scalarFromCanonical } from "./scalar-from-canonical.ts";

const PROBES = 6;

/**
 * Whether two expressions are equal: by canonical form, or, where functions occur whose identities the canonical form
 * does not know, by their values at fixed pseudo-random points (to 1e-11 of the values' size).
 */
export function equivalent(a: Canonical, b: Canonical): boolean {
  const difference = subtract(a, b);
  if (isZero(difference)) return true;
  const hasFunctions = [...difference.numerator.values()].some((m) =>
    m.factors.some(([atom]) => atom.operands),
  );
  return hasFunctions && vanishesAtProbes(difference, a);
}

function vanishesAtProbes(difference: Canonical, reference: Canonical): boolean {
  const symbols = [...canonicalSymbols(difference, canonicalSymbols(reference))];
  const slot = (name: string) => symbols.indexOf(name);
  const value = compileComplex(scalarFromCanonical(difference), slot);
  const scale = compileComplex(scalarFromCanonical(reference), slot);
  const point = new Float64Array(symbols.length);
  let seed = 12345;
  for (let probe = 0; probe < PROBES; probe++) {
    for (let i = 0; i < point.length; i++) {
      seed = (seed * 48271) % 2147483647;
      point[i] = symbols[i] === "inf" ? Number.POSITIVE_INFINITY : 0.3 + seed / 2147483647;
    }
    const size = Math.hypot(scale.re(point), scale.im?.(point) ?? 0) + 1e-3;
    if (!(Math.hypot(value.re(point), value.im?.(point) ?? 0) < 1e-11 * size)) return false;
  }
  return true;
}
