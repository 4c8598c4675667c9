/** Where a function changes its sign. */
export interface Root {
  readonly at: number;
  /** The value there: near zero, unless the function jumps. */
  readonly value: number;
  /** Whether the sign changes by a jump and not through zero. */
  readonly isJump: boolean;
}

/** The function's values at a root against those at the ends of its bracket: more is a jump. */
const JUMP = 1e-6;

/**
 * The root of f between a and b, where its signs differ, to within `tolerance`: regula falsi in the Illinois form (Dowell,
 * Jarratt, BIT 11, 168 (1971)), with a bisection where that is slow. Undefined where f has no value on the way.
 */
export function rootBetween(
  f: (x: number) => number | undefined,
  [a0, fa0]: readonly [number, number],
  [b0, fb0]: readonly [number, number],
  tolerance: number,
): Root | undefined {
  let [a, fa, b, fb] = [a0, fa0, b0, fb0];
  const largest = Math.max(Math.abs(fa0), Math.abs(fb0));
  let [wa, wb] = [fa, fb];
  for (let k = 0; k < 200 && Math.abs(b - a) > tolerance; k++) {
    // every third step halves the bracket, whatever the secants do
    const x = k % 3 === 2 ? (a + b) / 2 : (a * wb - b * wa) / (wb - wa);
    const inside = x > Math.min(a, b) && x < Math.max(a, b) ? x : (a + b) / 2;
    const fx = f(inside);
    if (fx === undefined) return undefined;
    if (fx === 0) return { at: inside, value: 0, isJump: false };
    if (Math.sign(fx) === Math.sign(fb)) {
      [b, fb, wb] = [inside, fx, fx];
      wa /= 2;
    } else {
      [a, fa, wa] = [inside, fx, fx];
      wb /= 2;
    }
  }
  const [at, value] = Math.abs(fa) < Math.abs(fb) ? [a, fa] : [b, fb];
  return { at, value, isJump: Math.abs(value) > JUMP * largest };
}
