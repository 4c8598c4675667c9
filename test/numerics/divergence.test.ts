import { describe, expect, it } from "vitest";
import { firstDivergence } from "../../src/numerics/divergence.ts";

const found = (f: (x: number) => number, end: number): number | undefined =>
  firstDivergence(
    f,
    Float64Array.from({ length: 4097 }, (_, k) => f((k / 4096) * end)),
    end,
  );

describe("the first divergence of a function", () => {
  it.each([
    ["a pole", (x: number) => 1 / (x - 1.0137), 2, 1.0137],
    ["a pole on a sample", (x: number) => 1 / (x - 1), 2, 1],
    ["a weak pole beside an oscillation", (x: number) => 1e-3 / (x - 1.0137) + Math.cos(9 * x), 2, 1.0137],
    ["a double pole", (x: number) => -1 / (x - 1.0137) ** 2, 2, 1.0137],
    ["the first of many", (x: number) => 0.3 / Math.cos(x), 30, Math.PI / 2],
    ["an inverse root", (x: number) => 1 / Math.sqrt(Math.abs(x - 1.0137)), 2, 1.0137],
    ["a logarithm", (x: number) => Math.log(Math.abs(x - 1.0137)), 2, 1.0137],
    ["a root that ends", (x: number) => Math.sqrt(1.0137 - x), 2, 1.0137],
    ["a pole at the start", (x: number) => 1 / x, 2, 0],
    ["a pole at the end", (x: number) => 1 / (x - 2), 2, 2],
    ["a pole late in a long time", (x: number) => Math.tan(x / 1e5), 2e5, (Math.PI / 2) * 1e5],
  ])("is found: %s", (_, f, end, at) => {
    expect(Math.abs(found(f, end)! - at)).toBeLessThan(1e-9 * end);
  });

  it.each([
    ["a constant", () => 3, 2],
    ["nothing", () => 0, 2],
    ["an oscillation", (x: number) => Math.cos(40 * x), 2],
    ["an oscillation that the samples do not resolve", (x: number) => Math.cos(1e5 * x), 2],
    ["growth", (x: number) => Math.exp(20 * x), 2],
    ["a pulse between samples", (x: number) => Math.exp(-(((x - 1.0137) / 1e-5) ** 2)), 2],
    ["a high and narrow peak", (x: number) => 1e-6 / ((x - 1.0137) ** 2 + 1e-14), 2],
    ["a step", (x: number) => Math.tanh((x - 1.0137) / 1e-8), 2],
    ["a cusp", (x: number) => Math.sqrt(Math.abs(x - 1.0137)), 2],
    ["a pole beyond the end", (x: number) => 1 / (x - 2.0001), 2],
  ])("is none: %s", (_, f, end) => {
    expect(found(f, end)).toBeUndefined();
  });
});
