/** Uniformly distributed numbers in (0, 1), of 53 bits. */
export type RandomStream = () => number;

const ROUNDS = 10;
const MULTIPLIER = [0xd2511f53, 0xcd9e8d57] as const;
const WEYL = [0x9e3779b9, 0xbb67ae85] as const;

/**
 * Philox 4×32-10 (Salmon, Moraes, Dror and Shaw, SC'11, doi:10.1145/2063384.2063405): four random words as a function of a
 * counter and a key, so that any stream begins at once wherever it is wanted.
 */
export function philox(counter: readonly [number, number, number, number], key: readonly [number, number]) {
  let [a, b, c, d] = counter;
  let [k, l] = key;
  for (let round = 0; round < ROUNDS; round++) {
    const [high0, low0] = product(MULTIPLIER[0], a);
    const [high1, low1] = product(MULTIPLIER[1], c);
    [a, b, c, d] = [(high1 ^ b ^ k) >>> 0, low1, (high0 ^ d ^ l) >>> 0, low0];
    k = (k + WEYL[0]) >>> 0;
    l = (l + WEYL[1]) >>> 0;
  }
  return [a, b, c, d] as const;
}

/** The upper and lower 32 bits of a product of two 32-bit numbers. */
function product(a: number, b: number): readonly [high: number, low: number] {
  const [a1, a0, b1, b0] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff];
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  const carried = (middle & 0xffff) + a0 * b1;
  const high = a1 * b1 + Math.floor(middle / 0x10000) + Math.floor(carried / 0x10000);
  return [high >>> 0, Math.imul(a, b) >>> 0];
}

/** The stream of a seed (an integer from 0 to 2⁵³ − 1) with a number from 0 to 2³² − 1; streams of other numbers share nothing with it. */
export function randomStream(seed: number, number: number): RandomStream {
  const key = [seed >>> 0, Math.floor(seed / 2 ** 32)] as const;
  let drawn = 0;
  let words: readonly number[] = [];
  return () => {
    // a block of four words is two numbers
    const place = 2 * (drawn % 2);
    if (place === 0) {
      const block = drawn / 2;
      words = philox([block >>> 0, Math.floor(block / 2 ** 32), number, 0], key);
    }
    drawn++;
    return ((words[place]! >>> 5) * 2 ** 26 + (words[place + 1]! >>> 6) + 0.5) / 2 ** 53;
  };
}
