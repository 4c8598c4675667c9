import type { MasterEquation } from "../equation/master-equation.ts";
import { meanOverTime } from "../numerics/exponential-action.ts";
import { fromTriplets, multiply } from "../numerics/sparse-matrix.ts";
import type { CollisionFlow } from "./collision-map.ts";
import { applyContributions, type Generator } from "./generator.ts";
import { observable } from "./observable.ts";
import { type Neighbours, type Sector, sectorOfPairs } from "./sector.ts";
import type { MapAncillas } from "./unitary-map.ts";

/**
 * A joint element (a, k; b, k) meets every other one of (a, b) with the ancillas in one state, before the next
 * collision: what this joins beside the Liouvillian of a collision.
 */
export const refreshed =
  (ancillaStates: number): Neighbours =>
  (i, j, visit) => {
    const ancillas = i % ancillaStates;
    if (j % ancillaStates !== ancillas) return;
    for (let k = 0; k < ancillaStates; k++) visit(i - ancillas + k, j - ancillas + k);
  };

/** The elements of the system's ρ that belong to a sector of system and ancillas. */
export function systemSector({ row, column, components, dimension }: Sector, ancillaStates: number): Sector {
  const rows: number[] = [];
  const columns: number[] = [];
  for (let k = 0; k < row.length; k++) {
    if (row[k]! % ancillaStates !== 0 || column[k]! % ancillaStates !== 0) continue;
    rows.push(row[k]! / ancillaStates);
    columns.push(column[k]! / ancillaStates);
  }
  const groups = components.map((states) =>
    states.filter((s) => s % ancillaStates === 0).map((s) => s / ancillaStates),
  );
  return sectorOfPairs(dimension / ancillaStates, rows, columns, groups);
}

/** A part of the joint equation that is no ancilla: what is asked of it, by its place among the flows. */
export interface JointDissipator {
  readonly flow: number;
  readonly source: MasterEquation["dissipators"][number];
}

/**
 * (E − 1)/τ and the flows of a collision during which other baths act: with X̄ the mean of e^{𝓛t}(ρ ⊗ ρ_B) over the
 * collision, (E − 1)ρ = τ Tr_B 𝓛X̄, the ancillas take Tr[H_B 𝓛X̄] and each other bath brings Tr[K L_b X̄].
 */
export function dissipativeMap(
  joint: Generator,
  parameters: Float64Array,
  { free, interaction }: Pick<MasterEquation, "free" | "interaction">,
  dissipators: readonly JointDissipator[],
  { populations, each }: MapAncillas,
  duration: number,
  sector: Sector,
  flowCount: number,
) {
  const count = populations.length;
  const slots = joint.slotsAt(parameters);
  const { matrix } = joint.matrixAt(slots);
  const [H0, V] = [free, interaction].map((form) => observable(form, joint.sector, joint.basis));
  const numbers = dissipators.map(
    ({ source }) => source.particleNumber && observable(source.particleNumber, joint.sector, joint.basis),
  );
  const zeros = () => new Float64Array(sector.size);
  const flows: (CollisionFlow & { readonly particles: Float64Array; readonly work: Float64Array })[] =
    Array.from({ length: flowCount }, () => ({
      heat: zeros(),
      work: zeros(),
      particles: zeros(),
      gross: zeros(),
    }));
  const rows: number[] = [];
  const columns: number[] = [];
  const values: number[] = [];
  const place = jointPlaces(sector, joint.sector, count);
  for (let source = 0; source < sector.size; source++) {
    const start = new Float64Array(joint.sector.size);
    for (const [k, p] of populations.entries()) start[place(source, k)] = p;
    const mean = meanOverTime(matrix, duration, start);
    const change = multiply(matrix, mean);
    for (let target = 0; target < sector.size; target++) {
      let sum = 0;
      for (let k = 0; k < count; k++) sum += change[place(target, k)]!;
      if (sum === 0) continue;
      rows.push(target);
      columns.push(source);
      values.push(sum);
    }
    for (let pair = 0; pair < sector.row.length; pair++) {
      if (sector.row[pair] !== sector.column[pair]) continue;
      for (let k = 0; k < count; k++) {
        const gained = change[place(sector.unknown[pair]!, k)]!;
        for (const { levels, frequency, charge, flow } of each) {
          const { heat, particles, gross } = flows[flow]!;
          const quanta = levels[k]! * gained;
          particles[source]! -= charge * quanta;
          heat[source]! -= frequency * quanta;
          gross[source]! += Math.abs(frequency * quanta);
        }
      }
    }
    for (const [k, { flow: own }] of dissipators.entries()) {
      const { change: brought, gross } = applyContributions(joint.dissipators[k]!, slots, mean);
      const target = flows[own]!;
      target.heat[source] = H0!.trace(parameters, brought).re;
      target.work[source] = V!.trace(parameters, brought).re;
      target.particles[source] = numbers[k]?.trace(parameters, brought).re ?? 0;
      target.gross[source] = H0!.bound(parameters, gross) + V!.bound(parameters, gross);
    }
  }
  return { rate: fromTriplets(sector.size, sector.size, rows, columns, values), flows };
}

/** The unknown of the joint sector for an unknown of the system's, with the ancillas in one state on either side. */
function jointPlaces(sector: Sector, joint: Sector, count: number) {
  const pairOf = new Int32Array(sector.size);
  const part = new Int32Array(sector.size);
  for (let k = 0; k < sector.row.length; k++) {
    const u = sector.unknown[k]!;
    pairOf[u] = k;
    if (sector.row[k] === sector.column[k]) continue;
    pairOf[u + 1] = k;
    part[u + 1] = 1;
  }
  return (unknown: number, ancillas: number): number => {
    const k = pairOf[unknown]!;
    const pair = joint.pairOf(sector.row[k]! * count + ancillas, sector.column[k]! * count + ancillas);
    return joint.unknown[pair]! + part[unknown]!;
  };
}
