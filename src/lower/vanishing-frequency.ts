import type { MasterEquation } from "../equation/master-equation.ts";
import type { Model } from "../model/model.ts";
import { parameterSlot } from "../model/parameter-values.ts";
import { movingSymbols } from "../model/time-dependence.ts";
import { canonicalSymbols } from "../scalar/canonical.ts";
import { compileReal } from "../scalar/compile.ts";
import { scalarFromCanonical } from "../scalar/scalar-from-canonical.ts";
import { levelCombinations } from "./elementary-operator.ts";
import type { ProductBasis } from "./window.ts";

/** A Bohr frequency of a bosonic bath that becomes zero, where its occupation has no value. */
export interface VanishingFrequency {
  readonly bath: string;
  readonly time: number;
}

/** Times at which frequencies are looked at; between them lowest points are followed. */
const SAMPLES = 4096;

/** A frequency below this fraction of its largest is zero. */
const ZERO = 1e-9;

/** The first time from 0 to `end` at which a frequency of a local bosonic bath changes its sign or touches zero. */
export function vanishingFrequency(
  equation: MasterEquation,
  model: Model,
  basis: ProductBasis,
  valuesAt: (time: number) => ArrayLike<number>,
  end: number,
): VanishingFrequency | undefined {
  const found = movingFrequencies(equation, model, basis, valuesAt).flatMap(({ bath, at }) => {
    const time = firstZero(at, end);
    return time === undefined ? [] : [{ bath, time }];
  });
  return found.sort((a, b) => a.time - b.time)[0];
}

interface MovingFrequency {
  readonly bath: string;
  readonly at: (time: number) => number;
}

function movingFrequencies(
  { dissipators }: MasterEquation,
  model: Model,
  basis: ProductBasis,
  valuesAt: (time: number) => ArrayLike<number>,
): MovingFrequency[] {
  const moving = movingSymbols(model.parameters);
  const count = model.parameters.length;
  const slot = (name: string) => (/^n\d+$/.test(name) ? count + Number(name.slice(1)) : parameterSlot(name));
  return dissipators.flatMap(({ bath, jumps }) => {
    const { kind, name } = model.baths[bath]!;
    const emissions = jumps.filter((j) => j.direction === "emission" && j.frequency);
    return emissions.flatMap(({ frequency, levelwise }) => {
      if (kind !== "bosonic" || ![...canonicalSymbols(frequency!)].some((s) => moving.has(s))) return [];
      const evaluate = compileReal(scalarFromCanonical(frequency!), slot);
      const known = new Float64Array(count + basis.windows.length);
      return [...levelCombinations(levelwise, basis)].map((levels) => ({
        bath: name,
        at: (time: number): number => {
          const values = valuesAt(time);
          for (let k = 0; k < count; k++) known[k] = values[k]!;
          for (const [subsystem, level] of levels) known[count + subsystem] = level;
          return evaluate(known);
        },
      }));
    });
  });
}

function firstZero(at: (time: number) => number, end: number): number | undefined {
  const timeOf = (k: number): number => (k / SAMPLES) * end;
  const values = Float64Array.from({ length: SAMPLES + 1 }, (_, k) => at(timeOf(k)));
  const floor = ZERO * values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  for (let k = 0; k <= SAMPLES; k++) {
    const [before, here, after] = [values[k - 1] ?? values[k]!, values[k]!, values[k + 1] ?? values[k]!];
    if (Math.abs(here) <= floor) return timeOf(k);
    if (Math.sign(before) !== Math.sign(here)) return signChange(at, timeOf(k - 1), timeOf(k));
    const isLowest = Math.abs(here) <= Math.abs(before) && Math.abs(here) <= Math.abs(after);
    const isBeforeChange = Math.sign(after) !== Math.sign(here);
    if (!isLowest || isBeforeChange || k === 0 || k === SAMPLES) continue;
    const lowest = lowestPoint((t) => at(t) * Math.sign(here), timeOf(k - 1), timeOf(k + 1));
    if (lowest.value <= floor) return lowest.time;
  }
  return undefined;
}

function signChange(at: (time: number) => number, from: number, to: number): number {
  const sign = Math.sign(at(from));
  let [low, high] = [from, to];
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (Math.sign(at(middle)) === sign) low = middle;
    else high = middle;
  }
  return high;
}

/** By golden section. */
function lowestPoint(at: (time: number) => number, from: number, to: number) {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  for (let k = 0; k < 60; k++) {
    const [a, b] = [high - ratio * (high - low), low + ratio * (high - low)];
    if (at(a) < at(b)) high = b;
    else low = a;
  }
  const time = (low + high) / 2;
  return { time, value: at(time) };
}
