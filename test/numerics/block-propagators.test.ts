import { describe, expect, it } from "vitest";
import { blockPropagators } from "../../src/numerics/block-propagators.ts";
import { complexSparse, newEntries } from "../../src/numerics/complex-sparse.ts";
import { zeroVector } from "../../src/numerics/state-vector.ts";
import { expectClose } from "../physics/steady.ts";

/** −iH − Γ/2|0⟩⟨0| with H = g(|0⟩⟨1| + |1⟩⟨0|), and beside it a level of energy E by itself. */
function generator(g: number, rate: number, E: number) {
  const entries = newEntries();
  const add = (row: number, column: number, re: number, im: number) => {
    entries.row.push(row);
    entries.column.push(column);
    entries.re.push(re);
    entries.im.push(im);
  };
  add(0, 0, -rate / 2, 0);
  add(0, 1, 0, -g);
  add(1, 0, 0, -g);
  add(2, 2, 0, -E);
  return complexSparse(3, entries);
}

describe("propagators of blocks", () => {
  it("are e^{tG} at all lengths: Rabi oscillations that decay, and a level that turns", () => {
    const [g, rate, E, tick] = [0.7, 0.4, 3, 2 ** -30];
    const made = blockPropagators(generator(g, rate, E), tick, 2 ** 5);
    if (made.kind === "too-large") throw new Error("too large");
    const { levels, apply, occupied } = made.propagators;
    expect(2 ** (levels - 1) * tick).toBe(32);
    const root = Math.sqrt(g * g - (rate / 4) ** 2);
    for (let level = 0; level < levels; level++) {
      const t = tick * 2 ** level;
      const start = zeroVector(3);
      start.re[0] = start.re[2] = 1;
      const out = zeroVector(3);
      const square = apply(level, start, out, occupied(start));
      const decay = Math.exp((-rate * t) / 4);
      const upper = decay * (Math.cos(root * t) - (rate / (4 * root)) * Math.sin(root * t));
      const lower = -decay * (g / root) * Math.sin(root * t);
      const error = Math.max(
        Math.abs(out.re[0]! - upper),
        Math.abs(out.im[1]! - lower),
        Math.hypot(out.re[2]! - Math.cos(E * t), out.im[2]! + Math.sin(E * t)),
      );
      expectClose(square, upper ** 2 + lower ** 2 + 1, 1e-14 * (4 + 20 * t));
      // each squaring doubles the rounding of the one before
      expect(error).toBeLessThan(1e-15 * (4 + 20 * t));
    }
  });

  it("are refused where they would not fit", () => {
    const entries = newEntries();
    for (let k = 0; k < 400; k++) {
      entries.row.push(0, k);
      entries.column.push(k, 0);
      entries.re.push(1, 1);
      entries.im.push(0, 0);
    }
    expect(blockPropagators(complexSparse(400, entries), 1, 1)).toEqual({
      kind: "too-large",
      entries: 160_000,
    });
  });
});
