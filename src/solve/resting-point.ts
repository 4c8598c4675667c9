import type { LiouvillianMatrix } from "../lower/linear-generator.ts";
import type { Sector } from "../lower/sector.ts";
import { evolveShiftInvert } from "../numerics/shift-invert-evolution.ts";
import { type EvolvingSystem, traceOfUnknowns } from "./evolving-system.ts";

/** Where an evolution has come to rest. */
export interface LaterPoint {
  readonly time: number;
  readonly sector: Sector;
  readonly rho: Float64Array;
}

/** Times a state is evolved on, each four times as long as before; and the steps of one of them. */
const LATER = { times: 16, maxSteps: 30 };

/** A state that changes by less than this from one time to one four times as late has come to rest. */
const AT_REST = 1e-12;

/** Follows the state until it no longer changes. */
export function restingPoint(
  system: EvolvingSystem,
  { matrix, low }: LiouvillianMatrix,
  last: Float64Array,
  end: number,
  tolerance: number,
): LaterPoint | undefined {
  if (end === 0) return undefined;
  const { sector } = system;
  const conserved = traceOfUnknowns(sector, sector.size);
  let state = last;
  let time = end;
  for (let k = 0; k < LATER.times; k++) {
    const { outcome, states } = evolveShiftInvert(matrix, low, state, [3 * time], {
      tolerance,
      conserved,
      maxSteps: LATER.maxSteps,
    });
    const next = states[0];
    if (outcome !== "evolved" || !next) return undefined;
    time *= 4;
    let change = 0;
    for (let i = 0; i < sector.size; i++) change = Math.max(change, Math.abs(next[i]! - state[i]!));
    state = next;
    if (change > AT_REST) continue;
    const product = system.toProduct(state);
    return { time, sector: product.sector, rho: product.unknowns };
  }
  return undefined;
}
