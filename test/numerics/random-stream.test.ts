import { describe, expect, it } from "vitest";
import { philox, randomStream } from "../../src/numerics/random-stream.ts";

const words = (...args: Parameters<typeof philox>): string =>
  philox(...args)
    .map((w) => w.toString(16).padStart(8, "0"))
    .join(" ");

describe("Philox 4×32-10", () => {
  // the known answers that come with Random123
  it("gives the words of its authors", () => {
    const ones = 0xffffffff;
    expect(words([0, 0, 0, 0], [0, 0])).toBe("6627e8d5 e169c58d bc57ac4c 9b00dbd8");
    expect(words([ones, ones, ones, ones], [ones, ones])).toBe("408f276d 41c83b0e a20bc7c6 6d5451fd");
    expect(words([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0])).toBe(
      "d16cfe09 94fdcceb 5001e420 24126ea1",
    );
  });
});

describe("random streams", () => {
  const first = (seed: number, number: number, count: number): number[] => {
    const stream = randomStream(seed, number);
    return Array.from({ length: count }, stream);
  };

  it("are the same for the same seed and number, and differ for others", () => {
    expect(first(7, 3, 5)).toEqual(first(7, 3, 5));
    const all = [first(7, 3, 5), first(7, 4, 5), first(8, 3, 5), first(7 + 2 ** 32, 3, 5)].flat();
    expect(new Set(all).size).toBe(20);
  });

  it("are uniform: mean, variance and the correlation of neighbours within five standard errors", () => {
    const n = 40_000;
    const x = first(1, 0, n + 1);
    const mean = (of: (u: number, k: number) => number): number =>
      x.slice(0, n).reduce((s, u, k) => s + of(u, k), 0) / n;
    expect(Math.abs(mean((u) => u) - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / n));
    expect(Math.abs(mean((u) => (u - 1 / 2) ** 2) - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / n));
    expect(Math.abs(mean((u, k) => (u - 1 / 2) * (x[k + 1]! - 1 / 2)))).toBeLessThan(5 / 12 / Math.sqrt(n));
    expect(x.every((u) => u > 0 && u < 1)).toBe(true);
  });
});
