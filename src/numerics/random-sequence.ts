/**
 * Numbers that look random, uniform in [0, 1), the same for a seed on every machine: 53 bits from two steps of sfc32
 * (Doty-Humphrey, PractRand), which passes BigCrush.
 */
export function randomSequence(seed: number): () => number {
  let [a, b, c, counter] = [seed | 0, Math.floor(seed / 2 ** 32) | 0, 0x9e3779b9 | 0, 1];
  const step = (): number => {
    const result = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result >>> 0;
  };
  for (let k = 0; k < 15; k++) step();
  return () => ((step() >>> 5) * 2 ** 26 + (step() >>> 6)) / 2 ** 53;
}
