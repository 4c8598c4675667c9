import { sumOperators } from "../algebra/normal-form.ts";
import { observable } from "../lower/observable.ts";
import type { ProductState } from "../lower/product-state.ts";
import { blockEigenvalues, densityBlocks } from "../solve/density.ts";
import {
  type LiouvillianMode,
  type LiouvillianSpectrum,
  liouvillianSpectrum,
} from "../solve/liouvillian-spectrum.ts";
import type { SolveFailure } from "../solve/steady-state.ts";
import { type StandardQuantity, undefinedBecause, value } from "./quantity.ts";
import type { SolvedPoint } from "./solved-point.ts";

/** A mean value that a mode moves, and by how much between two states whose difference is the mode. */
export interface MovedMean {
  readonly key: string;
  readonly change: number;
}

/** The slow end of the Liouvillian's spectrum at a point, or why it is not known. */
export function slowestModes(
  { equation, derived, steady, parameters }: SolvedPoint,
  count: number,
): LiouvillianSpectrum | SolveFailure {
  const outcome = liouvillianSpectrum(equation, derived.model, steady.basis, parameters, count);
  return outcome.kind === "found" ? outcome.spectrum : outcome.failure;
}

/** Means that change by less than this part of the most that they could are left alone. */
const UNMOVED = 1e-9;

/**
 * What a mode X does to some means, largest first: |Tr[O X]| with X scaled to the trace norm 2, that of the difference
 * between two states that can be told apart with certainty. Of a mode that turns it is the amplitude.
 */
export function movedMeans(
  { real, imaginary }: LiouvillianMode,
  { equation, derived, steady, parameters }: SolvedPoint,
  means: readonly { readonly key: string; readonly operand: Parameters<StandardQuantity["evaluate"]>[1] }[],
): MovedMean[] {
  const size = Math.hypot(traceNorm(real), traceNorm(imaginary));
  const whole = sumOperators([equation.free, equation.interaction], equation.space);
  const operators = [
    ...means.flatMap(({ key, operand }) =>
      operand.kind === "operator" ? [{ key, form: derived.algebra.normalForm(operand.operator) }] : [],
    ),
    { key: "energy", form: whole },
  ];
  const moved = operators.flatMap(({ key, form }): MovedMean[] => {
    const traces = [real, imaginary].map(({ sector, unknowns }) => {
      const o = observable(form, sector, steady.basis);
      return { value: o.trace(parameters, unknowns).re, bound: o.bound(parameters, unknowns.map(Math.abs)) };
    });
    const [u, v] = traces as [(typeof traces)[0], (typeof traces)[0]];
    const change = (2 * Math.hypot(u.value, v.value)) / size;
    const most = (2 * Math.hypot(u.bound, v.bound)) / size;
    return change > UNMOVED * Math.max(most, 1) ? [{ key, change }] : [];
  });
  return moved.sort((a, b) => b.change - a.change);
}

const traceNorm = ({ sector, unknowns }: ProductState): number =>
  blockEigenvalues(densityBlocks(sector, unknowns)).reduce((sum, x) => sum + Math.abs(x), 0);

/** The smallest −Re λ of the modes that are no steady state; 0 where something never decays. */
export function gapOf({ modes, kernelDimension }: LiouvillianSpectrum): number {
  if (kernelDimension > 1) return 0;
  const first = modes[0];
  if (!first) return Infinity;
  return Math.abs(first.value.re) <= first.error ? 0 : -first.value.re;
}

/** Modes that are looked at for the gap: enough that those next to zero are not all that is known. */
const FOR_GAP = 2;

const gap: StandardQuantity = {
  name: "gap",
  description:
    "the Liouvillian's gap, the rate at which the slowest mode decays; over all elements of ρ up to d² = 5000, beyond over those joined to the diagonal",
  operand: "none",
  isText: false,
  evaluate: (point) => {
    const found = slowestModes(point, FOR_GAP);
    if ("reason" in found) return undefinedBecause(found.reason);
    const rate = gapOf(found);
    if (found.completeBelow < rate) {
      return undefinedBecause(
        `a mode that decays slower than at ${rate.toPrecision(4)} cannot be excluded: 'thermill run --spectrum' shows those that were found`,
      );
    }
    return rate === Infinity ? undefinedBecause("nothing moves in a space of one dimension") : value(rate);
  },
};

export const SPECTRUM: readonly StandardQuantity[] = [gap];
