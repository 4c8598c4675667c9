import { describe, expect, it } from "vitest";
import { algebraicTail } from "../../src/truncate/algebraic-tail.ts";

const tail = (f: (l: number) => number, levels = 120): Float64Array =>
  Float64Array.from({ length: levels }, (_, l) => f(l));

describe("the power of a tail", () => {
  it.each([1, 2, 3.5, 6])("is found where it falls like l^-%f", (k) => {
    const found = algebraicTail(
      tail((l) => 1 / (1 + l * l) ** (k / 2)),
      1,
    );
    expect(Math.abs(found! - k)).toBeLessThan(0.02 * k);
  });

  it("is found where every second level is empty", () => {
    const found = algebraicTail(
      tail((l) => (l % 2 === 0 ? 1 / (1 + l * l) : 0)),
      2,
    );
    expect(Math.abs(found! - 2)).toBeLessThan(0.1);
  });

  it.each([
    ["an exponential", (l: number) => Math.exp(-l / 10)],
    ["a slow exponential", (l: number) => Math.exp(-l / 100)],
    ["a Gaussian", (l: number) => Math.exp(-((l / 30) ** 2))],
    [
      "Poisson's distribution",
      (l: number) => 40 ** l / Array.from({ length: l }, (_, k) => k + 1).reduce((p, k) => p * k, 1),
    ],
    ["one that rises", (l: number) => l + 1],
    ["one that is flat", () => 1],
  ])("is none: %s", (_, f) => {
    expect(algebraicTail(tail(f), 1)).toBeUndefined();
  });

  it("is not told of a few levels", () => {
    expect(
      algebraicTail(
        tail((l) => 1 / (1 + l * l), 20),
        1,
      ),
    ).toBeUndefined();
  });
});
