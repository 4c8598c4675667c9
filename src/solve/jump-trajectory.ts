import type { Propagators } from "../numerics/block-propagators.ts";
import type { RandomStream } from "../numerics/random-stream.ts";
import {
  applySparse,
  normalise,
  type StateVector,
  squaredNorm,
  zeroVector,
} from "../numerics/state-vector.ts";
import type { JumpChannel, JumpSystem } from "./jump-system.ts";

/** A jump on a trajectory. */
export interface Jump {
  readonly time: number;
  readonly channel: JumpChannel;
}

/** What a trajectory is asked for; each may be left out. */
export interface Watch {
  /** Sees the state, of length 1, at a mark, with the heat that jumps have taken from the bath of each dissipator before. */
  readonly visit: (mark: number, state: StateVector, counted: Float64Array) => void;
  readonly onJump?: (jump: Jump) => void;
}

/**
 * One quantum-jump trajectory from a state of length 1 (which it overwrites): Dalibard, Castin and Mølmer, Phys. Rev. Lett. 68
 * (1992) 580, by waiting times. Between jumps ψ goes as e^{tG}ψ until ‖ψ‖² has fallen to a random number; the time of that is
 * found to a tick by trying ever shorter propagators. `marks` are times to be seen, in ticks; they ascend. Returns the number of
 * jumps, undefined where there would be more than `most`.
 */
export function jumpTrajectory(
  { channels, dimension, baths }: JumpSystem,
  { tick, levels, occupied, apply }: Propagators,
  start: StateVector,
  marks: readonly number[],
  random: RandomStream,
  most: number,
  { visit, onJump }: Watch,
): number | undefined {
  let [state, spare] = [start, zeroVector(dimension)];
  let blocks = occupied(state);
  const counted = new Float64Array(baths.length);
  const sums = channels.map(() => 0);
  let [passed, count, least] = [0, 0, random()];
  const swap = (): void => {
    [state, spare] = [spare, state];
  };
  const jump = (): void => {
    let total = 0;
    for (const [k, { operator }] of channels.entries()) {
      applySparse(operator, state, spare);
      total += squaredNorm(spare);
      sums[k] = total;
    }
    const drawn = random() * total;
    const channel = channels[sums.findIndex((sum) => drawn < sum)];
    if (channel) {
      applySparse(channel.operator, state, spare);
      swap();
      counted[channel.dissipator]! -= channel.heat ?? 0;
      count++;
      onJump?.({ time: passed * tick, channel });
    }
    normalise(state);
    spare.re.fill(0);
    spare.im.fill(0);
    blocks = occupied(state);
    least = random();
  };
  for (const [mark, target] of marks.entries()) {
    while (passed < target) {
      let level = Math.min(levels - 1, Math.floor(Math.log2(target - passed)));
      // within the interval of a propagator that leads too far, shorter ones are tried once each
      let isBracketed = false;
      while (level >= 0 && passed < target) {
        if (2 ** level > target - passed) level--;
        else if (apply(level, state, spare, blocks) > least) {
          swap();
          passed += 2 ** level;
          if (isBracketed) level--;
        } else {
          isBracketed = true;
          level--;
        }
      }
      if (!isBracketed) continue;
      apply(0, state, spare, blocks);
      swap();
      passed++;
      jump();
      if (count > most) return undefined;
    }
    const seen = { re: state.re.slice(), im: state.im.slice() };
    normalise(seen);
    visit(mark, seen, counted);
  }
  return count;
}
