import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rootBetween } from "../../src/numerics/root.ts";

describe("roots between two points", () => {
  it("are found to the tolerance, for cubics with one of them there", () => {
    const double = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(double(-0.99, 0.99), double(0.1, 5), double(0.01, 9), (r, c, scale) => {
        let evaluations = 0;
        const f = (x: number) => {
          evaluations++;
          return scale * (x - r) * ((x + 3) ** 2 + c);
        };
        const found = rootBetween(f, [-1, f(-1)], [1, f(1)], 1e-12)!;
        expect(Math.abs(found.at - r)).toBeLessThan(1e-11);
        expect(found.isJump).toBe(false);
        expect(evaluations).toBeLessThan(130);
      }),
    );
  });

  it("are told from jumps, and not made up where there is no value", () => {
    expect(rootBetween((x) => (x < 0.3 ? -1 : 1), [0, -1], [1, 1], 1e-12)).toMatchObject({ isJump: true });
    expect(
      rootBetween((x) => (x > 0.2 && x < 0.7 ? undefined : x - 0.5), [0, -0.5], [1, 0.5], 1e-12),
    ).toBeUndefined();
  });
});
