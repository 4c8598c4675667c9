import type { NormalForm } from "../algebra/normal-form.ts";
import type { JumpTerm, MasterEquation } from "../equation/master-equation.ts";
import type { Model } from "../model/model.ts";
import { parameterSlot } from "../model/parameter-values.ts";
import { compileComplex, compileReal } from "../scalar/compile.ts";
import { scalarFromCanonical } from "../scalar/scalar-from-canonical.ts";
import { leadsOutside, levelCombinations } from "./elementary-operator.ts";
import type { ProductBasis } from "./window.ts";

/** A rate with which no dissipator is of GKLS form. */
export interface BadRate {
  readonly bath: string;
  /** Negative, infinite or not a number. */
  readonly rate: number;
  readonly frequency: number;
  /** Of a bath between the eigenstates of H: what is wrong is J(ω), of which its rates are made. */
  readonly isDensity?: true;
}

/** Thrown where a spectral density is met that makes such a rate. */
export class BadRateError extends Error {
  constructor(readonly bad: BadRate) {
    super("a rate is negative");
  }
}

/** What is wrong with a rate, and what to do. */
export function describeBadRate({ bath, rate, frequency, isDensity }: BadRate): {
  reason: string;
  advice: string;
} {
  const at = `at the Bohr frequency ${numberText(frequency)}`;
  if (rate < 0 && Number.isFinite(rate)) {
    return {
      reason: `${isDensity ? "the spectral density" : "a rate"} of the bath '${bath}' is negative, ${numberText(rate)} ${at}`,
      advice: "give it a spectral density that is nowhere negative; one of a fermionic bath also at ω < 0",
    };
  }
  return {
    reason: `a rate of the bath '${bath}' is ${Number.isNaN(rate) ? "not a number" : "infinite"} ${at}`,
    advice: "look for a Bohr frequency of zero, or a spectral density without a value there",
  };
}

const numberText = (x: number): string => String(Number(x.toPrecision(6)));

/** Finds a rate that is negative or no finite number, at given parameters; rates of jumps that do nothing may be any. */
export type RateCheck = (parameters: ArrayLike<number>) => BadRate | undefined;

/** Checks the rates of the jumps that an equation names beforehand, at every level of the windows. */
export function rateCheck(equation: MasterEquation, model: Model, basis: ProductBasis): RateCheck {
  const checks = equation.dissipators.flatMap(({ bath, jumps }) =>
    jumps.flatMap((jump) => (jump.frequency ? [jumpCheck(jump, model.baths[bath]!.name, model, basis)] : [])),
  );
  return (parameters) => {
    for (const check of checks) {
      const bad = check(parameters);
      if (bad) return bad;
    }
    return undefined;
  };
}

function jumpCheck(jump: JumpTerm, bath: string, model: Model, basis: ProductBasis): RateCheck {
  const count = model.parameters.length;
  const slot = (name: string) => (/^n\d+$/.test(name) ? count + Number(name.slice(1)) : parameterSlot(name));
  const rateAt = compileReal(jump.evaluatedRate, slot);
  const frequencyAt = compileReal(scalarFromCanonical(jump.frequency!), slot);
  const strengthAt = strength(jump.operator, basis, slot);
  const places = levelCombinations(jump.levelwise, basis);
  return (parameters) => {
    const known = new Float64Array(count + basis.windows.length);
    for (let k = 0; k < count; k++) known[k] = parameters[k]!;
    for (const levels of places) {
      for (const [subsystem, level] of levels) known[count + subsystem] = level;
      const rate = rateAt(known);
      if ((rate >= 0 && rate < Number.POSITIVE_INFINITY) || strengthAt(known, levels) === 0) continue;
      return { bath, rate, frequency: frequencyAt(known) };
    }
    return undefined;
  };
}

/** Σ|coefficient|² of the terms that act at given levels. */
function strength(operator: NormalForm, basis: ProductBasis, slot: (name: string) => number) {
  const terms = [...operator.values()].map((term) => ({
    term,
    value: compileComplex(scalarFromCanonical(term.coefficient), slot),
  }));
  return (known: Float64Array, levels: ReadonlyMap<number, number>): number =>
    terms.reduce((sum, { term, value }) => {
      if (leadsOutside(term, levels, basis)) return sum;
      return sum + value.re(known) ** 2 + (value.im?.(known) ?? 0) ** 2;
    }, 0);
}
