import type { MasterEquation } from "../equation/master-equation.ts";
import type { Contributions } from "../lower/contributions.ts";
import type { Model } from "../model/model.ts";
import { holds, movingSymbols } from "../model/time-dependence.ts";

/**
 * What is integrated along with ρ, one unknown each: of a dissipator Tr[H₀ L_b ρ], Tr[(H − H₀) L_b ρ] (with H_TD in the
 * place of H where a bath is unified), the chemical work μTr[N L_b ρ] where there is one, and the entropy flow βQ̇_b where
 * its temperature depends on time; and Tr[ρ ∂H/∂t] where there is a drive.
 */
export type Meter =
  | {
      readonly kind: "free" | "interaction" | "chemical" | "entropy";
      /** Its place in the equation. */
      readonly dissipator: number;
    }
  | { readonly kind: "drive" };

/** The meters of an equation, in the order of its dissipators, the drive's last. */
export function metersOf({ dissipators, power }: MasterEquation, { baths, parameters }: Model): Meter[] {
  const moving = movingSymbols(parameters);
  const meters = dissipators.flatMap(({ bath, particleNumber }, dissipator): Meter[] => {
    const { beta, mu } = baths[bath]!;
    return [
      { kind: "free", dissipator },
      { kind: "interaction", dissipator },
      ...(mu && particleNumber ? [{ kind: "chemical", dissipator } as const] : []),
      ...(beta && holds(beta, moving) ? [{ kind: "entropy", dissipator } as const] : []),
    ];
  });
  return power ? [...meters, { kind: "drive" }] : meters;
}

/** What a dissipator has brought in since the start. */
export interface Brought {
  readonly free: number;
  readonly interaction: number;
  readonly chemical: number;
  /** Where its temperature depends on time. */
  readonly entropy?: number;
}

/** What meters show, by dissipator and of the drive. */
export function readMeters(
  meters: readonly Meter[],
  shown: Float64Array,
  dissipators: number,
): { readonly accumulated: readonly Brought[]; readonly accumulatedDrive: number } {
  const accumulated = Array.from(
    { length: dissipators },
    (): { -readonly [K in keyof Brought]: Brought[K] } => ({ free: 0, interaction: 0, chemical: 0 }),
  );
  let accumulatedDrive = 0;
  for (const [m, meter] of meters.entries()) {
    if (meter.kind === "drive") accumulatedDrive = shown[m]!;
    else accumulated[meter.dissipator]![meter.kind] = shown[m]!;
  }
  return { accumulated, accumulatedDrive };
}

/** wᵀL_b of a functional w of L_b ρ: the functional of ρ that is integrated. */
export function broughtRate(
  { row, column, slot, weight }: Contributions,
  slots: Float64Array,
  w: Float64Array,
): Float64Array {
  const rate = new Float64Array(w.length);
  for (let e = 0; e < row.length; e++) {
    rate[column[e]!]! += w[row[e]!]! * slots[slot[e]!]! * weight[e]!;
  }
  return rate;
}

/** One unknown more, the integral of a functional of ρ divided by its scale; `slot` is that of 1. */
export function integral(
  rate: Float64Array,
  row: number,
  slot: number,
  length: number,
): { readonly contributions: Contributions; readonly scale: number } {
  // no element of ρ is larger than 1
  const scale = length * rate.reduce((most, x) => Math.max(most, Math.abs(x)), 0) || 1;
  const columns = Array.from(rate.keys()).filter((c) => rate[c] !== 0);
  return {
    scale,
    contributions: {
      row: Int32Array.from(columns, () => row),
      column: Int32Array.from(columns),
      slot: Int32Array.from(columns, () => slot),
      weight: Float64Array.from(columns, (c) => rate[c]! / scale),
    },
  };
}
