import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EDGE_TOLERANCE, levelsToAdd, levelsToShare } from "../../src/truncate/levels-to-add.ts";

/** Populations from level `end` inwards. */
const inwards = (population: (level: number) => number, end: number, width: number): Float64Array =>
  Float64Array.from({ length: width }, (_, k) => population(end - k));

const gaussian = (mean: number, deviation: number) => (level: number) =>
  Math.exp(-((level - mean) ** 2) / (2 * deviation ** 2));

const exponential = (rate: number) => (level: number) => Math.exp(-rate * level);

/** The first level beyond which a tail holds no more than `aim`. */
function lastAbove(aim: number, population: (level: number) => number, from: number): number {
  let level = from;
  while (population(level + 1) > aim) level++;
  return level;
}

const run = (property: fc.IRawProperty<unknown>) => fc.assert(property, { numRuns: 200, seed: 3 });

describe("levels that an end of a window lacks", () => {
  it("are those of a Gaussian tail, and at most three too many", () => {
    const property = fc.property(
      fc.double({ min: 3, max: 12, noNaN: true }),
      fc.double({ min: 0.5, max: 4, noNaN: true }),
      (deviation, cut) => {
        const population = gaussian(0, deviation);
        const end = Math.round(cut * deviation);
        const width = Math.round(8 * deviation) + end;
        const added = levelsToAdd(inwards(population, end, width), 1);
        expect(population(end + added)).toBeLessThan(EDGE_TOLERANCE);
        expect(end + added).toBeLessThanOrEqual(lastAbove(1e-13, population, end) + 3);
      },
    );
    run(property);
  });

  it("are those of an exponential tail, as far as the window is wide", () => {
    const property = fc.property(
      fc.double({ min: 0.05, max: 3, noNaN: true }),
      fc.integer({ min: 6, max: 60 }),
      (rate, end) => {
        const population = exponential(rate);
        const added = levelsToAdd(inwards(population, end, end + 1), 1);
        if (population(end) <= EDGE_TOLERANCE) expect(added).toBe(0);
        else {
          const needed = lastAbove(1e-13, population, end) - end;
          expect(added).toBeGreaterThanOrEqual(Math.min(needed, end + 1));
          expect(added).toBeLessThanOrEqual(Math.max(2, Math.min(needed + 1, end + 1)));
        }
      },
    );
    run(property);
  });

  it("are looked for among levels that are populated, where every other one is empty", () => {
    const even = (level: number) => (level % 2 === 0 ? exponential(1)(level) : 0);
    for (const end of [20, 21])
      expect(even(end + levelsToAdd(inwards(even, end, end + 1), 2))).toBeLessThan(1e-12);
  });

  it("are a third of the window where its populations do not fall towards the end, and none where they are small", () => {
    expect(levelsToAdd(new Float64Array(30).fill(1 / 30), 1)).toBe(10);
    expect(
      levelsToAdd(
        inwards((level) => Math.exp(level), 0, 30),
        1,
      ),
    ).toBe(10);
    expect(levelsToAdd(new Float64Array(30).fill(1e-13), 1)).toBe(0);
  });
});

describe("levels of a window that other points share", () => {
  it("hold a thousandth of what they may, wherever the window ended", () => {
    const population = gaussian(0, 4);
    for (let end = 8; end < 60; end++) {
      const width = end + 40;
      const shared = end + levelsToShare(inwards(population, end, width), 1);
      expect(population(shared), `from ${end}`).toBeLessThan(1e-15);
      // an eighth of the window may be kept without need
      const spare = end > lastAbove(1e-15, population, 0) ? 2 + width / 8 : 3;
      expect(shared).toBeLessThanOrEqual(lastAbove(1e-16, population, 0) + spare);
    }
  });
});
