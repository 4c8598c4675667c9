import type { MasterEquation } from "../equation/master-equation.ts";
import { timeDependence } from "../equation/time-derivative.ts";
import type { Contributions } from "../lower/contributions.ts";
import type { Generator } from "../lower/generator.ts";
import { weightedSum } from "../lower/linear-generator.ts";
import { type Observable, observable } from "../lower/observable.ts";
import type { Model } from "../model/model.ts";
import { parameterSlot } from "../model/parameter-values.ts";
import { movingSymbols } from "../model/time-dependence.ts";
import {
  addTransposedProduct,
  fromTriplets,
  type SparseMatrix,
  transpose,
} from "../numerics/sparse-matrix.ts";
import { compileReal } from "../scalar/compile.ts";
import { broughtRate, type Meter, metersOf } from "./brought-energy.ts";

/**
 * ρ̇ = L(t)ρ together with what each bath and the drive have brought in: the unknowns of ρ, then what `meters` integrate,
 * divided by `scale`.
 */
export interface DrivenSystem {
  readonly size: number;
  readonly meters: readonly Meter[];
  readonly scale: Float64Array;
  readonly derivative: (time: number, x: Float64Array, out: Float64Array) => void;
  /** The same as a matrix, always of one pattern. */
  readonly matrixAt: (time: number) => SparseMatrix;
  /** Σ_b L_b ρ and L ρ. */
  readonly imagesAt: (
    time: number,
    unknowns: Float64Array,
  ) => { readonly dissipative: Float64Array; readonly change: Float64Array };
  /** The values of the coefficients that change in time. */
  readonly movingAt: (time: number) => Float64Array;
  /** Where each of them stands: 0 in the Hamiltonian, k in the k-th dissipator. */
  readonly movingIn: readonly number[];
}

/** One part of L(t), by the transposes of its matrices: one that stays, and one for each coefficient that changes. */
interface Part {
  readonly constant: SparseMatrix;
  readonly moving: readonly { readonly slot: number; readonly matrix: SparseMatrix }[];
}

/** Functionals over the unknowns at one time, and what they are multiplied with, by dissipator. */
interface Weights {
  readonly free: Float64Array;
  readonly interaction: Float64Array;
  readonly power: Float64Array;
  readonly numbers: readonly (Float64Array | undefined)[];
  readonly mu: readonly number[];
  readonly beta: readonly number[];
}

/** L(t) = L_const + Σ_k c_k(t)L_k: what does not change is evaluated once. */
export function drivenSystem(
  equation: MasterEquation,
  model: Model,
  generator: Generator,
  valuesAt: (time: number) => Float64Array,
): DrivenSystem {
  const { sector, basis, hamiltonian, dissipators } = generator;
  const n = sector.size;
  const { isIn, update } = generator.slotsHolding(movingSymbols(model.parameters));
  const slots = generator.slotsAt(valuesAt(0));
  const kept = slots.map((value, k) => (isIn[k] ? 0 : value));
  const parts = [hamiltonian, ...dissipators].map(
    (part): Part => ({
      constant: transpose(weightedSum([only(part, (slot) => !isIn[slot])], n)(kept).matrix),
      moving: [...new Set(part.slot)]
        .filter((slot) => isIn[slot])
        .map((slot) => ({
          slot,
          matrix: transpose(
            patternOf(
              only(part, (other) => other === slot),
              n,
            ),
          ),
        })),
    }),
  );
  const { isMoving } = timeDependence(model, equation.space);
  const [free, interaction, power] = [equation.free, equation.interaction, equation.power ?? new Map()].map(
    (form) => functionalInTime(observable(form, sector, basis), isMoving(form), valuesAt),
  );
  const meters = metersOf(equation, model);
  const numbers = equation.dissipators.map(
    ({ particleNumber }) =>
      particleNumber &&
      functionalInTime(observable(particleNumber, sector, basis), isMoving(particleNumber), valuesAt),
  );
  const [mu, beta] = (["mu", "beta"] as const).map((name) =>
    equation.dissipators.map(({ bath }) => {
      const scalar = model.baths[bath]![name];
      return scalar ? compileReal(scalar, parameterSlot) : () => 0;
    }),
  );
  const weightsAt = (time: number): Weights => {
    const values = valuesAt(time);
    return {
      free: free!(time),
      interaction: interaction!(time),
      power: power!(time),
      numbers: numbers.map((number) => number?.(time)),
      mu: mu!.map((of) => of(values)),
      beta: beta!.map((of) => of(values)),
    };
  };
  const first = weightsAt(0);
  const rates = ratesOf(meters, generator, slots, first);
  const largest = (rate: Float64Array): number => rate.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const scale = Float64Array.from(rates, (rate) => Math.max(1, largest(rate)));
  /** Adds what a part makes of a state. */
  const apply = ({ constant, moving }: Part, x: Float64Array, out: Float64Array): void => {
    addTransposedProduct(constant, 1, x, out);
    for (const { slot, matrix } of moving) addTransposedProduct(matrix, slots[slot]!, x, out);
  };
  const image = new Float64Array(n);
  const derivative = (time: number, x: Float64Array, out: Float64Array): void => {
    update(valuesAt(time), slots);
    const weights = weightsAt(time);
    out.fill(0);
    apply(parts[0]!, x, out);
    let m = 0;
    for (let b = 0; b < dissipators.length; b++) {
      image.fill(0);
      apply(parts[b + 1]!, x, image);
      for (let i = 0; i < n; i++) out[i]! += image[i]!;
      for (; isOf(meters[m], b); m++) out[n + m] = brought(meters[m]!.kind, b, image, weights) / scale[m]!;
    }
    if (m < meters.length) out[n + m] = dot(weights.power, x) / scale[m]!;
  };
  return {
    size: n + scale.length,
    meters,
    scale,
    derivative,
    matrixAt: matrixInTime(generator, meters, scale, (time) => {
      update(valuesAt(time), slots);
      return { slots, weights: weightsAt(time) };
    }),
    imagesAt: (time, unknowns) => {
      update(valuesAt(time), slots);
      const [change, dissipative] = [new Float64Array(n), new Float64Array(n)];
      apply(parts[0]!, unknowns, change);
      for (const part of parts.slice(1)) apply(part, unknowns, dissipative);
      for (let i = 0; i < n; i++) change[i]! += dissipative[i]!;
      return { change, dissipative };
    },
    movingAt: (time) => {
      update(valuesAt(time), slots);
      return slots.filter((_, k) => isIn[k]);
    },
    movingIn: isIn.flatMap((isMeant, slot) =>
      isMeant ? [parts.findIndex(({ moving }) => moving.some((m) => m.slot === slot))] : [],
    ),
  };
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

/** The entries whose slots are meant. */
function only(part: Contributions, isMeant: (slot: number) => boolean): Contributions {
  const kept = [...part.row.keys()].filter((e) => isMeant(part.slot[e]!));
  return {
    row: Int32Array.from(kept, (e) => part.row[e]!),
    column: Int32Array.from(kept, (e) => part.column[e]!),
    slot: Int32Array.from(kept, (e) => part.slot[e]!),
    weight: Float64Array.from(kept, (e) => part.weight[e]!),
  };
}

/** The matrix of entries that share a coefficient, without it. */
const patternOf = ({ row, column, weight }: Contributions, n: number): SparseMatrix =>
  fromTriplets(n, n, row, column, weight);

/** The functional of an operator at each time; one that does not change is evaluated once. */
function functionalInTime(
  { functional }: Observable,
  isMoving: boolean,
  valuesAt: (time: number) => Float64Array,
): (time: number) => Float64Array {
  if (isMoving) return (time) => functional(valuesAt(time));
  const constant = functional(valuesAt(0));
  return () => constant;
}

const isOf = (meter: Meter | undefined, dissipator: number): boolean =>
  meter !== undefined && meter.kind !== "drive" && meter.dissipator === dissipator;

/** What a meter of a dissipator adds per time, from y = L_b ρ. */
function brought(kind: Meter["kind"], b: number, y: Float64Array, weights: Weights): number {
  if (kind === "free") return dot(weights.free, y);
  if (kind === "interaction") return dot(weights.interaction, y);
  const number = weights.numbers[b];
  const chemical = number && weights.mu[b] ? weights.mu[b] * dot(number, y) : 0;
  return kind === "chemical" ? chemical : weights.beta[b]! * (dot(weights.free, y) - chemical);
}

/** The same as functionals of ρ, of all meters. */
function ratesOf(
  meters: readonly Meter[],
  { dissipators }: Pick<Generator, "dissipators">,
  slots: Float64Array,
  { free, interaction, power, numbers, mu, beta }: Weights,
): Float64Array[] {
  return meters.map((meter) => {
    if (meter.kind === "drive") return power;
    const b = meter.dissipator;
    const rate = (w: Float64Array): Float64Array => broughtRate(dissipators[b]!, slots, w);
    if (meter.kind === "free") return rate(free);
    if (meter.kind === "interaction") return rate(interaction);
    const number = numbers[b];
    if (meter.kind === "chemical") return rate(number!.map((x) => mu[b]! * x));
    return rate(free.map((x, i) => beta[b]! * (x - (number ? mu[b]! * number[i]! : 0))));
  });
}

/** The matrix of the whole system; the rows of the integrals are full, so that the pattern never changes. */
function matrixInTime(
  { sector, hamiltonian, dissipators, slotCount }: Generator,
  meters: readonly Meter[],
  scale: Float64Array,
  at: (time: number) => { readonly slots: Float64Array; readonly weights: Weights },
): (time: number) => SparseMatrix {
  const n = sector.size;
  const rows: Contributions = {
    row: Int32Array.from({ length: n * scale.length }, (_, e) => n + Math.floor(e / n)),
    column: Int32Array.from({ length: n * scale.length }, (_, e) => e % n),
    slot: Int32Array.from({ length: n * scale.length }, (_, e) => slotCount + e),
    weight: new Float64Array(n * scale.length).fill(1),
  };
  let assemble: ReturnType<typeof weightedSum> | undefined;
  return (time) => {
    const { slots, weights } = at(time);
    const rates = ratesOf(meters, { dissipators }, slots, weights);
    const values = new Float64Array(slotCount + rows.slot.length);
    values.set(slots);
    for (const [m, rate] of rates.entries()) {
      for (let i = 0; i < n; i++) values[slotCount + m * n + i] = rate[i]! / scale[m]!;
    }
    assemble ??= weightedSum([hamiltonian, ...dissipators, rows], n + scale.length);
    return assemble(values).matrix;
  };
}
