import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frequencyClusters, type Transition } from "../../src/lower/frequency-clusters.ts";

const pairs = (list: readonly (readonly [number, number])[]): Transition[] =>
  list.map(([upper, lower]) => ({ upper, lower, weight: 1 }));

describe("joint clusters of levels and gaps", () => {
  it("leave different gaps and their levels alone", () => {
    const found = frequencyClusters(
      Float64Array.of(0, 1, 3),
      pairs([
        [1, 0],
        [2, 1],
        [2, 0],
      ]),
      0.1,
    );
    expect(Array.from(found.energies, (E) => Number(E.toFixed(13)) + 0)).toEqual([0, 1, 3]);
    expect(Array.from(found.frequencies, (ω) => Number(ω.toFixed(13)))).toEqual([1, 2, 3]);
    expect(found.largestShift).toBeLessThan(1e-14);
  });

  it("two weakly coupled, resonant qubits: all four gaps become one, the middle levels one", () => {
    // energies −1, ∓g, 1; transitions from the top to both, from both to the bottom
    const g = 1e-3;
    const found = frequencyClusters(
      Float64Array.of(-1, -g, g, 1),
      pairs([
        [3, 2],
        [3, 1],
        [2, 0],
        [1, 0],
      ]),
      0.1,
    );
    expect(found.frequencies).toHaveLength(1);
    expect(found.frequencies[0]).toBeCloseTo(1, 14);
    expect(Array.from(found.energies, (E) => Number(E.toFixed(12)) + 0)).toEqual([-1, 0, 0, 1]);
    expect(found.largestShift).toBeCloseTo(g, 14);
    expect(found.isConsistent).toBe(true);
  });

  it("levels that a coupling joins within the width are one, at the frequency zero", () => {
    const found = frequencyClusters(
      Float64Array.of(0, 0.01, 1),
      pairs([
        [1, 0],
        [2, 0],
        [2, 1],
      ]),
      0.05,
    );
    expect(Array.from(found.frequencies, (ω) => Number(ω.toFixed(12)))).toEqual([0, 0.995]);
    expect(found.energies[1]! - found.energies[0]!).toBeCloseTo(0, 14);
  });

  it("make the gaps of each cluster equal, and move gaps no more than the known solution does", () => {
    const model = fc.record({
      steps: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 7 }),
      noise: fc.array(fc.double({ min: -1e-3, max: 1e-3, noNaN: true }), { minLength: 8, maxLength: 8 }),
      joined: fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { minLength: 1, maxLength: 14 }),
    });
    fc.assert(
      fc.property(model, ({ steps, noise, joined }) => {
        const exact = [0];
        for (const s of steps) exact.push(exact.at(-1)! + s);
        const levels = Float64Array.from(exact, (E, k) => E + noise[k]!);
        const transitions = pairs(
          joined.flatMap(([a, b]) =>
            a !== b && a < exact.length && b < exact.length
              ? [[Math.max(a, b), Math.min(a, b)] as const]
              : [],
          ),
        );
        const found = frequencyClusters(levels, transitions, 0.1);
        expect(found.isConsistent).toBe(true);
        for (const [t, { upper, lower }] of transitions.entries()) {
          const gap = found.energies[upper]! - found.energies[lower]!;
          expect(Math.abs(gap - found.frequencies[found.cluster[t]!]!)).toBeLessThan(1e-11);
          // transitions with equal whole gaps are in one cluster, others are not
          for (const [s, other] of transitions.entries()) {
            const isSame = exact[upper]! - exact[lower]! === exact[other.upper]! - exact[other.lower]!;
            expect(found.cluster[s] === found.cluster[t]).toBe(isSame);
          }
        }
        const moved = (energies: ArrayLike<number>): number =>
          transitions.reduce((sum, { upper, lower }) => {
            const gap = levels[upper]! - levels[lower]!;
            return sum + (energies[upper]! - energies[lower]! - gap) ** 2;
          }, 0);
        expect(moved(found.energies)).toBeLessThan(moved(exact) * (1 + 1e-9) + 1e-20);
      }),
    );
  });
});
