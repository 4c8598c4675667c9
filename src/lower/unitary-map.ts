import type { CollisionFlow } from "./collision-map.ts";
import { addFunctional, mapBuilder } from "./map-builder.ts";
import type { Sector } from "./sector.ts";
import type { JointUnitary } from "./unitary-collision.ts";

/** The ancillas of a unitary collision. */
export interface MapAncillas {
  /** p of each of their M joint states. */
  readonly populations: Float64Array;
  readonly each: readonly MapAncilla[];
}

export interface MapAncilla {
  /** By joint state of the ancillas. */
  readonly levels: Int32Array;
  /** ω */
  readonly frequency: number;
  /** The particles that the system loses with each quantum that the ancilla gains: 1 or −1. */
  readonly charge: number;
  /** The place of its bath among the flows. */
  readonly flow: number;
}

/**
 * (E − 1)/τ and the flows of a unitary collision. With W = e^{iτe}U − 1, column by column, the element (a, b) of the
 * image of |i⟩⟨j| is Σ_l p_l Σ_k (W W* + δ W* + W δ), l and k the ancillas before and after.
 */
export function unitaryMap(
  { blockOf, placeOf, blocks }: JointUnitary,
  { populations, each }: MapAncillas,
  duration: number,
  sector: Sector,
  flowCount: number,
) {
  const builder = mapBuilder(sector);
  const count = populations.length;
  const flows: (CollisionFlow & { readonly particles: Float64Array })[] = Array.from(
    { length: flowCount },
    () => ({
      heat: new Float64Array(sector.size),
      particles: new Float64Array(sector.size),
      gross: new Float64Array(sector.size),
    }),
  );
  for (let pair = 0; pair < sector.row.length; pair++) {
    const [i, j] = [sector.row[pair]!, sector.column[pair]!];
    for (let before = 0; before < count; before++) {
      const weight = populations[before]! / duration;
      if (weight === 0) continue;
      const [first, second] = [i * count + before, j * count + before];
      const [left, right] = [blocks[blockOf[first]!]!, blocks[blockOf[second]!]!];
      const [n, m] = [left.states.length, right.states.length];
      const [c, d] = [placeOf[first]!, placeOf[second]!];
      for (const [after, rows] of left.byAncillas) {
        const others = right.byAncillas.get(after);
        if (!others) continue;
        for (const r of rows) {
          const [xr, xi] = [left.change.re[r * n + c]!, left.change.im[r * n + c]!];
          if (xr === 0 && xi === 0 && left.states[r] !== first) continue;
          const a = Math.floor(left.states[r]! / count);
          for (const s of others) {
            const [yr, yi] = [right.change.re[s * m + d]!, -right.change.im[s * m + d]!];
            let [re, im] = [xr * yr - xi * yi, xr * yi + xi * yr];
            if (left.states[r] === first) {
              re += yr;
              im += yi;
            }
            if (right.states[s] === second) {
              re += xr;
              im += xi;
            }
            if (re === 0 && im === 0) continue;
            const b = Math.floor(right.states[s]! / count);
            builder.image(pair, a, b, weight * re, weight * im);
            if (a !== b || after === before) continue;
            for (const { levels, frequency, charge, flow } of each) {
              const lost = (levels[before]! - levels[after]!) * weight;
              if (lost === 0) continue;
              const { heat, particles, gross } = flows[flow]!;
              const energy = frequency * lost;
              addFunctional(heat, sector, pair, energy * re, energy * im);
              addFunctional(particles, sector, pair, charge * lost * re, charge * lost * im);
              const size = Math.abs(energy) * Math.hypot(re, im);
              const unknown = sector.unknown[pair]!;
              gross[unknown]! += i === j ? size : 2 * size;
              if (i !== j) gross[unknown + 1]! += 2 * size;
            }
          }
        }
      }
    }
  }
  return { rate: builder.finish(), flows };
}
