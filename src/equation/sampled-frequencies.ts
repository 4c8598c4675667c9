import type { NormalForm } from "../algebra/normal-form.ts";
import { parameterSlot } from "../model/parameter-values.ts";
import { compileComplex, compileReal } from "../scalar/compile.ts";
import { scalarFromCanonical } from "../scalar/scalar-from-canonical.ts";
import type { Eigenoperator } from "./eigenoperators.ts";
import type { Derivation } from "./method.ts";

/** Levels that are looked at, from the first of the window. */
const LEVELS = 12;

/** An eigenoperator at one set of levels, at the point where the model is checked. */
export interface FrequencySample {
  /** In the order of `Eigenoperator.levelwise`. */
  readonly levels: readonly number[];
  readonly frequency: number;
  /** Σ|coefficient|² of the terms that lead to levels of the basis. */
  readonly strength: number;
}

/**
 * The frequencies of an eigenoperator at the lowest levels of the windows, one subsystem's level running and the others
 * at their first; one value where the frequency does not depend on levels.
 */
export function sampledFrequencies(
  { operator, frequency, levelwise }: Eigenoperator,
  { algebra, model, values }: Derivation,
): FrequencySample[] {
  const firsts = model.subsystems.map(({ kind, window }) => window?.from ?? kind.firstWindow?.[0] ?? 0);
  const point = Float64Array.from([...Array.from(values), ...firsts]);
  const slot = (name: string) =>
    /^n\d+$/.test(name) ? values.length + Number(name.slice(1)) : parameterSlot(name);
  const frequencyAt = compileReal(scalarFromCanonical(frequency), slot);
  const strengthAt = strengthOf(operator, algebra.space, slot, values.length);
  const sample = (): FrequencySample => ({
    levels: levelwise.map((s) => point[values.length + s]!),
    frequency: frequencyAt(point),
    strength: strengthAt(point),
  });
  if (levelwise.length === 0) return [sample()];
  return levelwise.flatMap((subsystem) => {
    const first = firsts[subsystem]!;
    const last = model.subsystems[subsystem]!.window?.to ?? first + LEVELS - 1;
    const samples: FrequencySample[] = [];
    for (let level = first; level <= Math.min(last, first + 64); level++) {
      point[values.length + subsystem] = level;
      samples.push(sample());
    }
    point[values.length + subsystem] = first;
    return samples;
  });
}

function strengthOf(
  operator: NormalForm,
  space: Derivation["algebra"]["space"],
  slot: (name: string) => number,
  offset: number,
): (point: Float64Array) => number {
  const terms = [...operator.values()].map(({ factors, coefficient }) => ({
    factors,
    value: compileComplex(scalarFromCanonical(coefficient), slot),
  }));
  return (point) =>
    terms.reduce((sum, { factors, value }) => {
      for (const [s, factor] of factors) {
        const basis = space[s]!;
        if (basis.kind !== "infinite") continue;
        const level = point[offset + s]!;
        if (factor.kind === "unit" && factor.column !== level) return sum;
        const to = factor.kind === "shift" ? level + factor.by : factor.row;
        if (to < basis.from || to > basis.to) return sum;
      }
      return sum + value.re(point) ** 2 + (value.im?.(point) ?? 0) ** 2;
    }, 0);
}
