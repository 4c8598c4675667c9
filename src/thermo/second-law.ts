import { entropyRate } from "./entropy-rate.ts";
import type { SolvedPoint } from "./solved-point.ts";

/** Σ̇, and how much of it may be round-off; or why it is undefined. */
export type EntropyProduction =
  | { readonly kind: "value"; readonly production: number; readonly roundOff: number }
  | { readonly kind: "undefined"; readonly reason: string };

/** A production below minus this fraction of its terms is a violation and not round-off. */
const ROUND_OFF = 1e-9;

/** Σ̇ = dS/dt − Σ β_b Q̇_b; dS/dt is zero at rest. */
export function entropyProduction(point: SolvedPoint): EntropyProduction {
  const { currents, derived } = point;
  let [production, roundOff] = [entropyRate(point), 0];
  for (const [place, current] of currents.entries()) {
    if (!current) continue;
    const { heat, beta } = current;
    const { name } = derived.model.baths[place]!;
    if (beta === undefined) return { kind: "undefined", reason: `the bath '${name}' has no temperature` };
    if (heat === 0) continue;
    if (beta === Number.POSITIVE_INFINITY) {
      return { kind: "undefined", reason: `the bath '${name}' is at zero temperature and takes heat` };
    }
    production -= beta * heat;
    roundOff += beta * (ROUND_OFF * Math.abs(heat) + current.roundOff);
  }
  return { kind: "value", production, roundOff };
}

/** Whether a production is negative by more than round-off. */
export const violatesSecondLaw = (found: EntropyProduction): boolean =>
  found.kind === "value" && found.production < -found.roundOff;
