import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alignAtPoint, numberText } from "../../src/report/number-text.ts";

describe("numbers in a report", () => {
  it("keep seven digits and no zeros at their end", () => {
    const texts: readonly (readonly [number, string])[] = [
      [0, "0"],
      [-0, "0"],
      [0.7, "0.7"],
      [1 / 3, "0.3333333"],
      [-5.694397421278683e-4, "-5.694397e-4"],
      [5e-5, "5e-5"],
      [1e-3, "0.001"],
      [9.99999999e-4, "0.001"],
      [999999.96, "1e6"],
      [123456.78, "123456.8"],
      [1e21, "1e21"],
      [100, "100"],
    ];
    for (const [x, text] of texts) expect(numberText(x)).toBe(text);
    expect(numberText(5284688.05, 2)).toBe("5.3e6");
  });

  it("read back within half a unit of the seventh digit", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 }), (x) => {
        fc.pre(x === 0 || Math.abs(x) > 1e-300);
        expect(Math.abs(Number(numberText(x)) - x)).toBeLessThanOrEqual(Math.abs(x) * 5.0001e-7);
      }),
    );
  });

  it("stand with their points below each other", () => {
    expect(alignAtPoint(["-12.5", "0", "1e-12", "undefined", ""])).toEqual([
      "-12.5    ",
      "  0      ",
      "  1e-12  ",
      "undefined",
      "         ",
    ]);
  });
});
