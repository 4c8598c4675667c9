import { describe, expect, it } from "vitest";
import { orthonormalBasis } from "../../src/numerics/orthonormal-basis.ts";
import { randomNumbers } from "./test-matrices.ts";

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

describe("an orthonormal basis", () => {
  // one is small enough for the plain kernels
  it.each([37, 5003])(
    "is orthonormal to round-off, and gives back what was put in, of %i numbers",
    (size) => {
      const random = randomNumbers(size);
      const basis = orthonormalBasis(size, 12);
      const put: Float64Array[] = [];
      const taken: { overlaps: Float64Array; rest: number }[] = [];
      for (let k = 0; k < 12; k++) {
        // nearly dependent on the first
        const v = Float64Array.from(
          { length: size },
          (_, i) => (put[0]?.[i] ?? 0) + (k === 0 ? 1 : 1e-3) * (random() - 0.5),
        );
        put.push(v);
        basis.vectors[k]!.set(v);
        const { overlaps, rest } = basis.extend(k);
        taken.push({ overlaps: overlaps.slice(), rest });
      }
      for (let i = 0; i < 12; i++) {
        for (let j = 0; j <= i; j++) {
          expect(Math.abs(dot(basis.vectors[i]!, basis.vectors[j]!) - (i === j ? 1 : 0))).toBeLessThan(1e-14);
        }
        const { overlaps, rest } = taken[i]!;
        const back = basis.added(new Float64Array(size), Float64Array.of(...overlaps, rest));
        expect(Math.max(...back.map((x, k) => Math.abs(x - put[i]![k]!)))).toBeLessThan(1e-14 * size);
      }
    },
  );

  it("keeps a vector that is nothing as it is", () => {
    const basis = orthonormalBasis(5, 2);
    basis.vectors[0]!.set([3, 0, 4, 0, 0]);
    expect(basis.extend(0).rest).toBe(5);
    expect(basis.extend(1).rest).toBe(0);
    expect([...basis.vectors[1]!]).toEqual([0, 0, 0, 0, 0]);
  });
});
