import type { Space } from "../algebra/normal-form.ts";
import type { JumpTerm } from "../equation/master-equation.ts";
import { timeDependence } from "../equation/time-derivative.ts";
import type { Model } from "../model/model.ts";
import { parameterSlot } from "../model/parameter-values.ts";
import { type Canonical, canonicalSymbols, isZero } from "../scalar/canonical.ts";
import { compileReal } from "../scalar/compile.ts";
import { scalarFromCanonical } from "../scalar/scalar-from-canonical.ts";

/** Times that are looked at. */
const SAMPLES = 512;

/**
 * The largest |dω/dt|/ω² of the Bohr frequencies of some jumps, from 0 to `end`; 0 where none changes. Frequencies that
 * depend on the level are taken at the lowest level above 0.
 */
export function fastestChange(
  jumps: readonly JumpTerm[],
  model: Model,
  space: Space,
  end: number,
  valuesAt: (time: number) => Float64Array,
): number {
  const time = timeDependence(model, space);
  const count = model.parameters.length;
  const levels = (a: Canonical) => [...canonicalSymbols(a)].filter((s) => /^n\d+$/.test(s));
  const moving = jumps.flatMap(({ frequency }) => {
    const change = frequency && time.scalarDerivative(frequency);
    if (!frequency || !change || isZero(change)) return [];
    const slot = (name: string) => (levels(frequency).includes(name) ? count : parameterSlot(name));
    return [[frequency, change].map((x) => compileReal(scalarFromCanonical(x!), slot))];
  });
  let most = 0;
  for (let k = 0; k <= SAMPLES && moving.length > 0; k++) {
    const known = Float64Array.from([...valuesAt((k / SAMPLES) * end), 1]);
    for (const [ω, change] of moving) most = Math.max(most, Math.abs(change!(known)) / ω!(known) ** 2);
  }
  return most;
}
