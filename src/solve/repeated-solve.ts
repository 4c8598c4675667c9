import type { Image } from "../lower/image.ts";
import type { PlacedSum } from "../lower/linear-generator.ts";
import { bytesOf, type SparseKernels, sparseKernels } from "../numerics/sparse-kernels.ts";
import type { SparseLu } from "../numerics/sparse-lu.ts";
import { SMALLEST_RATIO } from "../numerics/sparse-lu-refactorise.ts";
import { type SteadySystem, weightOfTrace } from "./steady-system.ts";

/** A solution of a steady system with what it is certified by. */
export interface SystemSolution {
  readonly unknowns: Float64Array;
  /** About the relative error of the unknowns before rounding. */
  readonly lastCorrection: number;
  readonly condition: number;
  /** max|Lρ|/(‖L‖₁ max|ρ|) */
  readonly residual: number;
  /** L_b ρ of each dissipator, where that was worked out. */
  readonly images?: readonly Image[];
}

/** A steady system that is solved again and again on the same pivots, in kernels. */
export interface RepeatedSolve {
  /** The factors of the last solve. */
  readonly lu: SparseLu;
  /** Undefined where the pivots are not stable or an entry is not finite. */
  readonly at: (slots: Float64Array) => SystemSolution | undefined;
}

/**
 * Puts a system with its sum and pivots into the memory of kernels, which come to the same bits as what is in TypeScript.
 * Undefined where there are no kernels.
 */
export function repeatedSolve(sum: PlacedSum, system: SteadySystem, lu: SparseLu): RepeatedSolve | undefined {
  const { pattern, parts } = sum;
  const { skeleton, origin, traceRow } = system;
  const slotCount = parts.reduce((n, { slot }) => slot.reduce((most, s) => Math.max(most, s + 1), n), 0);
  const size = lu.size;
  const kernels = sparseKernels(
    parts.reduce((n, part) => n + bytesOf.entries(part), 0) +
      bytesOf.matrix(pattern) +
      bytesOf.matrix(skeleton) +
      bytesOf.factors(lu) +
      bytesOf.numbers(slotCount + 8 * size + origin.length + 16),
  );
  return kernels && inKernels(kernels, { sum, system, lu, slotCount, traceRow });
}

interface Operands {
  readonly sum: PlacedSum;
  readonly system: SteadySystem;
  readonly lu: SparseLu;
  readonly slotCount: number;
  readonly traceRow: number;
}

function inKernels(
  { functions, numbers, copied, matrix, factors, entries }: SparseKernels,
  { sum, system, lu, slotCount, traceRow }: Operands,
): RepeatedSolve {
  const size = lu.size;
  const liouvillian = matrix(sum.pattern);
  const steady = matrix(system.skeleton);
  const found = factors(lu);
  const parts = sum.parts.map(entries);
  const dissipators = parts.slice(1);
  const origin = copied(system.origin);
  const slotValues = numbers(slotCount);
  const [right, x, change, gross] = [numbers(size), numbers(size), numbers(size), numbers(size)];
  const room = numbers(4 * size).byteOffset;
  const [values, low] = [liouvillian.matrix.values, liouvillian.low];
  const pick = (from: Float64Array, other: number, to: Float64Array) =>
    functions.pick(origin.length, origin.byteOffset, from.byteOffset, other, to.byteOffset);
  const imageBy = (part: number): Image => {
    change.fill(0);
    gross.fill(0);
    functions.applyEntries(part, slotValues.byteOffset, x.byteOffset, change.byteOffset, gross.byteOffset);
    return { change: change.slice(), gross: gross.slice() };
  };
  return {
    lu: found.lu,
    at: (slots) => {
      slotValues.set(slots.subarray(0, slotCount));
      values.fill(0);
      low.fill(0);
      for (const part of parts) {
        functions.addEntries(part, slotValues.byteOffset, values.byteOffset, low.byteOffset);
      }
      const norm = functions.norm1(liouvillian.place);
      const traceWeight = weightOfTrace(norm);
      pick(values, traceWeight, steady.matrix.values);
      pick(low, 0, steady.low);
      if (functions.refactorise(found.place, steady.place, SMALLEST_RATIO) !== -1) return undefined;
      right[traceRow] = traceWeight;
      const lastCorrection = functions.solveExtended(
        found.place,
        steady.place,
        right.byteOffset,
        x.byteOffset,
        room,
      );
      const inverse = functions.inverseNorm(found.place, room);
      functions.multiplySparse(liouvillian.place, x.byteOffset, room);
      return {
        unknowns: x.slice(),
        lastCorrection,
        condition: Number.isNaN(inverse) ? Number.POSITIVE_INFINITY : functions.norm1(steady.place) * inverse,
        residual: functions.largest(room, size) / (norm * functions.largest(x.byteOffset, size)),
        images: dissipators.map(imageBy),
      };
    },
  };
}
