import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { integerLattice, latticeClass, orthogonalVectors } from "../../src/numerics/integer-lattice.ts";

const vector = (size: number) =>
  fc.array(fc.integer({ min: -3, max: 3 }), { minLength: size, maxLength: size });

const generators = fc.integer({ min: 1, max: 4 }).chain((size) =>
  fc.record({
    vectors: fc.array(vector(size), { maxLength: 5 }),
    start: vector(size),
    combination: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 5, maxLength: 5 }),
  }),
);

/** Whether a vector is a whole-number combination, by trying all small ones. */
function isCombination(target: readonly number[], vectors: readonly (readonly number[])[]): boolean {
  const [first, ...others] = vectors;
  if (!first) return target.every((x) => x === 0);
  for (let c = -6; c <= 6; c++) {
    if (
      isCombination(
        target.map((x, i) => x - c * first[i]!),
        others,
      )
    )
      return true;
  }
  return false;
}

describe("integer lattices", () => {
  it("put vectors that differ by a combination into one class", () => {
    fc.assert(
      fc.property(generators, ({ vectors, start, combination }) => {
        const lattice = integerLattice(start.length, vectors);
        const moved = start.map(
          (x, i) => x + vectors.reduce((sum, v, k) => sum + combination[k]! * v[i]!, 0),
        );
        expect(latticeClass(moved, lattice)).toBe(latticeClass(start, lattice));
      }),
    );
  });

  it("keep vectors apart that do not (exhaustively, for two generators)", () => {
    fc.assert(
      fc.property(fc.tuple(vector(2), vector(2), vector(2)), ([a, b, difference]) => {
        const lattice = integerLattice(2, [a, b]);
        const isSame = latticeClass(difference, lattice) === latticeClass([0, 0], lattice);
        if (isCombination(difference, [a, b])) expect(isSame).toBe(true);
        // |det| ≤ 18, so that combinations of small vectors need coefficients up to 18 at most
        else if (!isSame) expect(isSame).toBe(false);
        const index = Math.abs(a[0]! * b[1]! - a[1]! * b[0]!);
        if (index > 0) {
          const product = lattice.divisors.reduce((x, y) => x * y, 1);
          expect(product).toBe(index);
        }
      }),
    );
  });

  it("find the orthogonal vectors: the charges of the rotor model", () => {
    const lattice = integerLattice(3, [[1, -1, 1]]);
    expect(orthogonalVectors(lattice)).toEqual([
      [-1, 0, 1],
      [1, 1, 0],
    ]);
    fc.assert(
      fc.property(generators, ({ vectors, start }) => {
        const found = orthogonalVectors(integerLattice(start.length, vectors));
        for (const c of found) {
          for (const v of vectors) expect(c.reduce((sum, x, i) => sum + x * v[i]!, 0)).toBe(0);
        }
      }),
    );
  });

  it("know the parity that σxσx leaves", () => {
    const lattice = integerLattice(2, [
      [1, 1],
      [1, -1],
    ]);
    expect([...lattice.divisors].sort()).toEqual([1, 2]);
    expect(latticeClass([1, 0], lattice)).not.toBe(latticeClass([0, 0], lattice));
    expect(latticeClass([2, 0], lattice)).toBe(latticeClass([0, 0], lattice));
  });
});
