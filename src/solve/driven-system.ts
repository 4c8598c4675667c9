import type { MasterEquation } from "../equation/master-equation.ts";
import { timeDependence } from "../equation/time-derivative.ts";
import type { Contributions } from "../lower/contributions.ts";
import type { Generator } from "../lower/generator.ts";
import { weightedSum } from "../lower/linear-generator.ts";
import { type Observable, observable } from "../lower/observable.ts";
import type { Model } from "../model/model.ts";
import { movingSymbols } from "../model/time-dependence.ts";
import { multiply, type SparseMatrix } from "../numerics/sparse-matrix.ts";

/**
 * ρ̇ = L(t)ρ together with what each bath and the drive have brought in: the unknowns of ρ, then for each dissipator the
 * integrals of Tr[H₀ L_b ρ] and Tr[(H − H₀) L_b ρ], then that of Tr[ρ ∂H/∂t], the integrals divided by `scale`.
 */
export interface DrivenSystem {
  readonly size: number;
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

/** One part of L(t): a matrix that stays, and entries that change. */
interface Part {
  readonly constant: SparseMatrix;
  readonly moving: Contributions;
}

/** Functionals over the unknowns at one time. */
interface Weights {
  readonly free: Float64Array;
  readonly interaction: Float64Array;
  readonly power: Float64Array;
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
      constant: weightedSum([only(part, (slot) => !isIn[slot])], n)(kept).matrix,
      moving: only(part, (slot) => isIn[slot]!),
    }),
  );
  const { isMoving } = timeDependence(model, equation.space);
  const [free, interaction, power] = [equation.free, equation.interaction, equation.power ?? new Map()].map(
    (form) => functionalInTime(observable(form, sector, basis), isMoving(form), valuesAt),
  );
  const weightsAt = (time: number): Weights => ({
    free: free!(time),
    interaction: interaction!(time),
    power: power!(time),
  });
  const first = weightsAt(0);
  const rates = dissipators.flatMap((d) => [
    broughtRate(d, slots, first.free, n),
    broughtRate(d, slots, first.interaction, n),
  ]);
  const largest = (rate: Float64Array): number => rate.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const scale = Float64Array.from([...rates, first.power], (rate) => Math.max(1, largest(rate)));
  const image = new Float64Array(n);
  const apply = ({ constant, moving }: Part, x: Float64Array): Float64Array => {
    multiply(constant, x, image);
    const { row, column, slot, weight } = moving;
    for (let e = 0; e < row.length; e++) {
      image[row[e]!]! += slots[slot[e]!]! * weight[e]! * x[column[e]!]!;
    }
    return image;
  };
  const derivative = (time: number, x: Float64Array, out: Float64Array): void => {
    update(valuesAt(time), slots);
    const { free, interaction, power } = weightsAt(time);
    out.fill(0);
    for (const [k, part] of parts.entries()) {
      const y = apply(part, x);
      for (let i = 0; i < n; i++) out[i]! += y[i]!;
      if (k === 0) continue;
      const meter = 2 * (k - 1);
      out[n + meter] = dot(free, y) / scale[meter]!;
      out[n + meter + 1] = dot(interaction, y) / scale[meter + 1]!;
    }
    out[n + scale.length - 1] = dot(power, x) / scale[scale.length - 1]!;
  };
  return {
    size: n + scale.length,
    scale,
    derivative,
    matrixAt: matrixInTime(generator, scale, (time) => {
      update(valuesAt(time), slots);
      return { slots, weights: weightsAt(time) };
    }),
    imagesAt: (time, unknowns) => {
      update(valuesAt(time), slots);
      const change = apply(parts[0]!, unknowns).slice();
      const dissipative = new Float64Array(n);
      for (const part of parts.slice(1)) {
        const y = apply(part, unknowns);
        for (let i = 0; i < n; i++) dissipative[i]! += y[i]!;
      }
      for (let i = 0; i < n; i++) change[i]! += dissipative[i]!;
      return { change, dissipative };
    },
    movingAt: (time) => {
      update(valuesAt(time), slots);
      return slots.filter((_, k) => isIn[k]);
    },
    movingIn: isIn.flatMap((isMeant, slot) =>
      isMeant ? [parts.findIndex(({ moving }) => moving.slot.includes(slot))] : [],
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

/** wᵀL_b of a functional w. */
function broughtRate(
  { row, column, slot, weight }: Contributions,
  slots: Float64Array,
  w: Float64Array,
  size: number,
): Float64Array {
  const rate = new Float64Array(size);
  for (let e = 0; e < row.length; e++) {
    rate[column[e]!]! += w[row[e]!]! * slots[slot[e]!]! * weight[e]!;
  }
  return rate;
}

/** The matrix of the whole system; the rows of the integrals are full, so that the pattern never changes. */
function matrixInTime(
  { sector, hamiltonian, dissipators, slotCount }: Generator,
  scale: Float64Array,
  at: (time: number) => { readonly slots: Float64Array; readonly weights: Weights },
): (time: number) => SparseMatrix {
  const n = sector.size;
  const meters: Contributions = {
    row: Int32Array.from({ length: n * scale.length }, (_, e) => n + Math.floor(e / n)),
    column: Int32Array.from({ length: n * scale.length }, (_, e) => e % n),
    slot: Int32Array.from({ length: n * scale.length }, (_, e) => slotCount + e),
    weight: new Float64Array(n * scale.length).fill(1),
  };
  let assemble: ReturnType<typeof weightedSum> | undefined;
  return (time) => {
    const { slots, weights } = at(time);
    const rates = [
      ...dissipators.flatMap((d) => [
        broughtRate(d, slots, weights.free, n),
        broughtRate(d, slots, weights.interaction, n),
      ]),
      weights.power,
    ];
    const values = new Float64Array(slotCount + meters.slot.length);
    values.set(slots);
    for (const [m, rate] of rates.entries()) {
      for (let i = 0; i < n; i++) values[slotCount + m * n + i] = rate[i]! / scale[m]!;
    }
    assemble ??= weightedSum([hamiltonian, ...dissipators, meters], n + scale.length);
    return assemble(values).matrix;
  };
}
