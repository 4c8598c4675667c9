import { multiply, type SparseMatrix } from "../numerics/sparse-matrix.ts";
import type { Sector } from "./sector.ts";

/**
 * One collision, ρ → Eρ = Tr_B[e^{τ𝓛}(ρ ⊗ ρ_B)], on the unknowns of the elements of ρ that it joins to the diagonal, at one
 * point of the parameters. Differences are kept in the place of images, (E − 1)/τ in the place of E, so that short
 * collisions lose no digits.
 */
export interface CollisionMap {
  readonly sector: Sector;
  /** τ */
  readonly duration: number;
  /** (E − 1)/τ, real, on the sector's unknowns. */
  readonly rate: SparseMatrix;
  /** What each dissipator of the equation brings in, per time of the collision. */
  readonly flows: readonly CollisionFlow[];
  /** Tr[(H₀ + V)(Eρ − ρ)]/τ as weights of the unknowns of ρ. */
  readonly energy: Float64Array;
}

/** Energy and particles that enter the system through one bath, divided by τ, as weights of the unknowns of ρ. */
export interface CollisionFlow {
  /** −Tr[H_B Δρ] of a bath of ancillas; ∫Tr[H₀ L_b ρ(t)]dt of another one. */
  readonly heat: Float64Array;
  /** ∫Tr[(H − H₀) L_b ρ(t)]dt of a bath that is none of ancillas; that of those is defined for all of them together. */
  readonly work?: Float64Array;
  /** −Tr[N_B Δρ] of ancillas, ∫Tr[N L_b ρ(t)]dt else. */
  readonly particles?: Float64Array;
  /** What round-off in the heat is measured against. */
  readonly gross: Float64Array;
}

/** What one collision does to a state. */
export interface Collision {
  /** The state after it. */
  readonly unknowns: Float64Array;
  /** By dissipator, per time. */
  readonly flows: readonly FlowValues[];
  /** Tr[(H + H_B)Δρ]/τ of system and ancillas, without what baths that are no ancillas brought: the work of the collision. */
  readonly work: number;
  /** Tr[H Δρ]/τ of the system. */
  readonly energy: number;
}

export interface FlowValues {
  readonly heat: number;
  readonly work?: number;
  readonly particles?: number;
  readonly bound: number;
}

/** One collision of a state that is given by the unknowns of the map's sector. */
export function collide({ rate, duration, flows, energy }: CollisionMap, unknowns: Float64Array): Collision {
  const change = multiply(rate, unknowns);
  const values = flows.map(({ heat, work, particles, gross }) => ({
    heat: dot(heat, unknowns),
    ...(work && { work: dot(work, unknowns) }),
    ...(particles && { particles: dot(particles, unknowns) }),
    bound: gross.reduce((sum, g, u) => sum + g * Math.abs(unknowns[u]!), 0),
  }));
  const gained = dot(energy, unknowns);
  return {
    unknowns: unknowns.map((x, u) => x + duration * change[u]!),
    flows: values,
    work: values.reduce((rest, { heat, work = 0 }) => rest - heat - work, gained),
    energy: gained,
  };
}

/** One collision after another: the stroboscopic evolution of a state, with the heat and work of every collision. */
export function* collisions(map: CollisionMap, start: Float64Array, count: number): Generator<Collision> {
  let unknowns = start;
  for (let k = 0; k < count; k++) {
    const next = collide(map, unknowns);
    yield next;
    unknowns = next.unknowns;
  }
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, k) => sum + x * b[k]!, 0);
