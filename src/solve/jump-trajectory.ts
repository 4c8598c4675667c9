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

/**
 * One quantum-jump trajectory from a state of length 1 (which it overwrites): Dalibard, Castin and Mølmer, Phys. Rev. Lett. 68
 * (1992) 580, by waiting times. Between jumps ψ goes as e^{tG}ψ until ‖ψ‖² has fallen to a random number; the time of that is
 * found to a tick by trying ever shorter propagators. `visit` sees the state, of length 1, at each of the `marks`, which ascend
 * and are in ticks, with the heat that jumps have taken from the bath of each dissipator before.
 */
export function jumpTrajectory(
  { channels, dimension, baths }: JumpSystem,
  propagators: Propagators,
  start: StateVector,
  marks: readonly number[],
  random: RandomStream,
  visit: (mark: number, state: StateVector, counted: Float64Array) => void,
): readonly Jump[] {
  const { tick, levels, apply } = propagators;
  const jumps: Jump[] = [];
  let [state, spare] = [start, zeroVector(dimension)];
  const counted = new Float64Array(baths.length);
  const images = channels.map(() => 0);
  const image = zeroVector(dimension);
  let passed = 0;
  let least = random();
  const advance = (level: number): boolean => {
    apply(level, state, spare);
    if (squaredNorm(spare) <= least) return false;
    [state, spare] = [spare, state];
    passed += 2 ** level;
    return true;
  };
  const jump = (): void => {
    let total = 0;
    for (const [k, { operator }] of channels.entries()) {
      applySparse(operator, state, image);
      total += squaredNorm(image);
      images[k] = total;
    }
    const drawn = random() * total;
    const chosen = images.findIndex((sum) => drawn < sum);
    const channel = channels[chosen];
    if (channel) {
      applySparse(channel.operator, state, spare);
      [state, spare] = [spare, state];
      counted[channel.dissipator]! -= channel.heat ?? 0;
      jumps.push({ time: passed * tick, channel });
    }
    normalise(state);
    least = random();
  };
  for (const [mark, target] of marks.entries()) {
    while (passed < target) {
      let level = Math.min(levels - 1, Math.floor(Math.log2(target - passed)));
      // within the interval of a propagator that leads too far, shorter ones are tried once each
      let isBracketed = false;
      while (level >= 0 && passed < target) {
        if (2 ** level > target - passed) level--;
        else if (advance(level)) {
          if (isBracketed) level--;
        } else {
          isBracketed = true;
          level--;
        }
      }
      if (!isBracketed) continue;
      apply(0, state, spare);
      [state, spare] = [spare, state];
      passed++;
      jump();
    }
    const seen = { re: state.re.slice(), im: state.im.slice() };
    normalise(seen);
    visit(mark, seen, counted);
  }
  return jumps;
}
