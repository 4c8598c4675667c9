/** Equally distributed numbers between −1 and 1, the same at every call: xorshift, Marsaglia, J. Stat. Softw. 8 (2003) 14. */
export function randomVector(size: number): Float64Array {
  let state = 2463534242;
  return Float64Array.from({ length: size }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 2 ** 31;
  });
}
