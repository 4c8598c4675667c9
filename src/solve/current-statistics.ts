import type { MasterEquation } from "../equation/master-equation.ts";
import { type Counting, traceOf } from "../lower/counting.ts";
import type { Sector } from "../lower/sector.ts";
import { randomVector } from "../numerics/random-vector.ts";
import type { LinearResponse, ResponseOutcome } from "./linear-response.ts";

/** What a bath exchanges with the system and is counted: energy (of the operator that its heat is made of), or particles. */
export type Counted = "energy" | "particles";

/** Mean and zero-frequency noise of one current, positive into the system. */
export interface CurrentStatistics {
  /** J = Tr[K L_b ρ] */
  readonly mean: number;
  /** What goes back and forth: Σ of the moduli that the mean is a sum of. */
  readonly traffic: number;
  /** S = lim Var(t)/t of what has been counted in the time t. */
  readonly noise: number;
  /** About how much of the noise may be round-off. */
  readonly uncertainty: number;
  /** Whether jumps do not change K by definite amounts, so that counting depends on the order of O and K. */
  readonly isSymmetrised: boolean;
}

export type StatisticsOutcome =
  | ({ readonly kind: "found" } & CurrentStatistics)
  | { readonly kind: "undefined"; readonly reason: string };

/** The statistics of what a dissipator (its place in the equation) exchanges. */
export type StatisticsOf = (dissipator: number, counted: Counted) => StatisticsOutcome;

/** A noise whose round-off may be a larger part of it is refused … */
const MAX_UNCERTAINTY = 1e-6;

/** … unless it is below this part of its terms, and so zero. */
const ZERO_NOISE = 1e-10;

/**
 * Full counting statistics to second order. With L(ξ) = L + iξL₁ − ½ξ²L₂ (`Counting`) the cumulants are derivatives of the
 * eigenvalue λ(ξ) = iξJ − ½ξ²S + … that begins at λ(0) = 0, and perturbation theory gives J = Tr L₁ρ and
 * S = Tr L₂ρ + 2 Tr L₁x with Lx = Jρ − L₁ρ, Tr x = 0: one linear solve. A second one shows what round-off in its
 * right-hand side does to S.
 */
export function currentStatistics(
  { first, second, isDefinite }: Counting,
  rho: Float64Array,
  sector: Sector,
  { respond, stateError }: LinearResponse,
): StatisticsOutcome {
  const flow = first(rho);
  const { value: mean, bound: traffic } = traceOf(flow, sector);
  const disturbance = rho.map((v, k) => mean * v - flow.change[k]!);
  const response = respondTo(disturbance, respond);
  if (response.kind === "failed") return undefinedBecause(response.reason);
  const shot = second(rho);
  const pulled = traceOf(first(response.x), sector);
  const noise = shot.value + 2 * pulled.value;

  const lost = roundOff(rho, flow.gross, mean, first, stateError);
  const error = respondTo(withoutTrace(lost, sector), respond);
  if (error.kind === "failed") return undefinedBecause(error.reason);
  const uncertainty =
    2 * traceOf(first(error.x), sector).bound +
    2 * Math.max(response.relativeError, Number.EPSILON) * pulled.bound +
    Number.EPSILON * shot.bound;
  const scale = Math.max(shot.bound, 2 * Math.abs(pulled.value));
  const isZero = Math.abs(noise) <= uncertainty && uncertainty <= ZERO_NOISE * scale;
  if (!isZero && !(uncertainty <= MAX_UNCERTAINTY * Math.abs(noise))) {
    return undefinedBecause(
      `round-off may change it by ${uncertainty.toExponential(1)}, and it is ${noise.toExponential(1)}`,
    );
  }
  return {
    kind: "found",
    mean,
    traffic,
    noise: isZero ? 0 : noise,
    uncertainty,
    isSymmetrised: !isDefinite(),
  };
}

/** Nothing responds to nothing, which no solver need be asked. */
const respondTo = (right: Float64Array, respond: LinearResponse["respond"]): ResponseOutcome =>
  right.every((v) => v === 0)
    ? { kind: "found", x: new Float64Array(right.length), relativeError: 0 }
    : respond(right);

export const undefinedBecause = (reason: string): StatisticsOutcome => ({ kind: "undefined", reason });

/** What is lost to rounding in Jρ − L₁ρ, and what the error of ρ does to L₁ρ, of either sign. */
function roundOff(
  rho: Float64Array,
  gross: Float64Array,
  mean: number,
  first: Counting["first"],
  stateError: number,
): Float64Array {
  const largest = rho.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  const signs = randomVector(2 * rho.length).map(Math.sign);
  const { change } = first(rho.map((_, k) => signs[rho.length + k]! * stateError * largest));
  return gross.map((v, k) => signs[k]! * Number.EPSILON * (v + Math.abs(mean * rho[k]!)) + change[k]!);
}

function withoutTrace(x: Float64Array, sector: Sector): Float64Array {
  const { row, column, unknown, dimension } = sector;
  const excess = traceOf({ change: x, gross: x }, sector).value / dimension;
  const y = x.slice();
  for (let k = 0; k < row.length; k++) if (row[k] === column[k]) y[unknown[k]!]! -= excess;
  return y;
}

/** Why the currents of an equation have no counting statistics; undefined where they have. */
export function whyUncounted({ dissipators, name }: MasterEquation): string | undefined {
  if (dissipators.some((d) => d.collision)) {
    return `collisions of finite duration, as in '${name}', have no current at each time whose noise this could be`;
  }
  if (dissipators.some((d) => d.spectral?.approximation === "redfield")) {
    return `Redfield's equation, as in '${name}', has no jumps that could be counted`;
  }
  return undefined;
}
