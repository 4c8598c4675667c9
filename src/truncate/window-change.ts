import { populations } from "../solve/density.ts";
import type { SteadyPoint } from "../solve/steady-point.ts";

/** What a steady state says that a window may change: the flows of each bath, and moments of the truncated levels. */
interface Measured {
  readonly flows: readonly number[];
  /** What the flows are measured against. */
  readonly scale: number;
  readonly moments: readonly number[];
}

/** Flows below this part of what goes back and forth are round-off. */
const ROUND_OFF = 1e-6;

/**
 * The largest relative change between the same state in two windows: of the heats and works against the largest of them,
 * of the mean and the variance of the levels against themselves.
 */
export function windowChange(before: SteadyPoint, after: SteadyPoint, subsystems: readonly number[]): number {
  const [a, b] = [measured(before, subsystems), measured(after, subsystems)];
  let most = 0;
  for (const [k, x] of a.flows.entries()) most = Math.max(most, Math.abs(x - b.flows[k]!) / a.scale);
  for (const [k, x] of a.moments.entries()) {
    most = Math.max(most, Math.abs(x - b.moments[k]!) / Math.max(1, Math.abs(x)));
  }
  return Number.isFinite(most) ? most : 0;
}

function measured(point: SteadyPoint, subsystems: readonly number[]): Measured {
  const flows = point.flows.flatMap(({ free, interaction, thermodynamic }) => [
    free,
    interaction,
    ...(thermodynamic === undefined ? [] : [thermodynamic]),
  ]);
  const gross = point.flows.reduce((most, f) => Math.max(most, f.bound), 0);
  const scale = flows.reduce((most, x) => Math.max(most, Math.abs(x)), ROUND_OFF * gross);
  const moments = subsystems.flatMap((s) => {
    const { first } = point.basis.windows[s]!;
    const p = populations(point, point.state.unknowns, s);
    const mean = p.reduce((sum, x, k) => sum + x * (first + k), 0);
    return [mean, p.reduce((sum, x, k) => sum + x * (first + k - mean) ** 2, 0)];
  });
  return { flows, scale: scale || 1, moments };
}
