import type { MasterEquation } from "../equation/master-equation.ts";
import { ancillaKinds, ancillaPoints, levelsNeeded } from "../lower/ancillas.ts";
import { collisionLowering } from "../lower/collision-lowering.ts";
import { type CollisionMap, collide, type FlowValues } from "../lower/collision-map.ts";
import type { LinearGenerator } from "../lower/linear-generator.ts";
import type { Sector } from "../lower/sector.ts";
import type { ProductBasis } from "../lower/window.ts";
import type { Model } from "../model/model.ts";
import type { EnergyFlow } from "./energy-flow.ts";
import { createSteadySolver, type SolveFailure, type SteadyState } from "./steady-state.ts";

/** The fixed point of an equation's collisions, what stays the same from one to the next. */
export interface CollisionPoint {
  readonly sector: Sector;
  readonly state: SteadyState;
  readonly flows: readonly EnergyFlow[];
  readonly collision: CollisionFacts;
}

/** What is known of the collisions beyond the state. */
export interface CollisionFacts {
  /** τ */
  readonly duration: number;
  /** Tr[(H + H_B)Δρ]/τ of system and all ancillas, without what other baths brought meanwhile. */
  readonly work: number;
  /** The levels kept of each ancilla, by the name of its bath. */
  readonly ancillas: Readonly<Record<string, readonly number[]>>;
  /** The largest thermal population above those of an ancilla. */
  readonly leftOut: number;
  /** What one more level of each automatic ancilla changes, relative; undefined where all numbers are fixed. */
  readonly change?: number;
}

export type CollisionPointOutcome =
  | { readonly kind: "solved"; readonly point: CollisionPoint }
  | { readonly kind: "failed"; readonly failure: SolveFailure };

/** One more level of the ancillas may change results by this much, or by what round-off leaves of them. */
const SETTLED = 1e-12;

/** Levels above the thermal ones that are added where results have not settled. */
const MORE_ROOM = 2;

/** Solves for the fixed point of collisions; ancillas without a stated number of levels grow until results settle. */
export function collisionSolver(
  equation: MasterEquation,
  model: Model,
  basis: ProductBasis,
): (parameters: ArrayLike<number>) => CollisionPointOutcome {
  const kinds = ancillaKinds(equation, model);
  const pointsAt = ancillaPoints(equation, model);
  const lower = collisionLowering(equation, kinds, model, basis);
  const isAutomatic = kinds.some(
    ({ statistics, levels }) => statistics === "bosonic" && levels === undefined,
  );
  return (parameters) => {
    const ancillas = pointsAt(parameters);
    const solveWith = (room: number): CollisionPointOutcome => {
      const levels = kinds.map((kind, k) => levelsNeeded(kind, ancillas[k]!, room));
      const lowered = lower(parameters, ancillas, levels);
      if (lowered.kind !== "lowered") return { kind: "failed", failure: lowered };
      const outcome = createSteadySolver(generatorOf(lowered.map))(parameters);
      if (outcome.kind === "failed") return outcome;
      const named = Object.fromEntries(
        kinds.map(({ bath }) => [bath, levels.filter((_, k) => kinds[k]!.bath === bath)]),
      );
      return { kind: "solved", point: pointOf(lowered.map, outcome.state, named, lowered.leftOut) };
    };
    let room = 1;
    let before = solveWith(room);
    while (isAutomatic && before.kind === "solved") {
      const next = solveWith(++room);
      if (next.kind === "failed") return next;
      const change = changeBetween(before.point, next.point);
      const { conditionEstimate } = next.point.state.certificate;
      if (change <= Math.max(SETTLED, 8 * Number.EPSILON * conditionEstimate)) {
        const collision = { ...next.point.collision, change };
        return { kind: "solved", point: { ...next.point, collision } };
      }
      room += MORE_ROOM;
      before = solveWith(room);
    }
    return before;
  };
}

/** (E − 1)/τ as the generator of a steady state: its kernel holds the fixed points of E. */
const generatorOf = ({ sector, rate }: CollisionMap): LinearGenerator => ({
  sector,
  slotCount: 1,
  slotsAt: () => Float64Array.of(1),
  matrixAt: () => ({ matrix: rate, low: new Float64Array(rate.values.length) }),
});

function pointOf(
  map: CollisionMap,
  state: SteadyState,
  ancillas: CollisionFacts["ancillas"],
  leftOut: number,
): CollisionPoint {
  const { flows, work } = collide(map, state.unknowns);
  return {
    sector: map.sector,
    state,
    flows: flows.map(energyFlow),
    collision: { duration: map.duration, work, ancillas, leftOut },
  };
}

const energyFlow = ({ heat, work = 0, particles, bound }: FlowValues): EnergyFlow => ({
  free: heat,
  interaction: work,
  bound,
  ...(particles !== undefined && { particles }),
});

/** The largest change of an element of ρ, relative to the largest of them, or of a flow, relative to those that it is made of. */
function changeBetween(a: CollisionPoint, b: CollisionPoint): number {
  let [change, largest] = [0, 0];
  const { row, column, unknown } = b.sector;
  for (const [k, x] of unknown.entries()) {
    const pair = a.sector.pairOf(row[k]!, column[k]!);
    for (let part = 0; part < (row[k] === column[k] ? 1 : 2); part++) {
      const before = pair < 0 ? 0 : a.state.unknowns[a.sector.unknown[pair]! + part]!;
      const after = b.state.unknowns[x + part]!;
      change = Math.max(change, Math.abs(after - before));
      largest = Math.max(largest, Math.abs(after));
    }
  }
  const ofFlows = b.flows.map((flow, k) => {
    const moved =
      Math.abs(flow.free - a.flows[k]!.free) + Math.abs(flow.interaction - a.flows[k]!.interaction);
    return moved === 0 ? 0 : moved / flow.bound;
  });
  return Math.max(change / largest, ...ofFlows);
}
