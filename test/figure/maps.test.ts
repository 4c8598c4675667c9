import { describe, expect, it } from "vitest";
import { zeroLines } from "../../src/figure/zero-lines.ts";
import { figureOf, mapOf, marked, PAIR } from "./figures.ts";

const GRID = "steady weak; sweep B1 in linear(0.55, 2.5, 9); sweep β2 in linear(0.1, 0.9, 9)";
const map = (clauses: string) => mapOf(figureOf(`${PAIR}experiment e { ${clauses} }`, "e"));

describe("a map of regimes", () => {
  const { cells, regimes, borders, x, y } = map(
    `${GRID}; record heat(cold), heat(hot), work; plot regime against β2/β1, B1/B2`,
  );

  it("covers its grid, cells of one regime joined", () => {
    expect(regimes).toEqual(["engine", "refrigerator"]);
    const area = cells.reduce((sum, c) => sum + (c.x[1] - c.x[0]) * (c.y[1] - c.y[0]), 0);
    expect(area).toBeCloseTo((x.domain[1] - x.domain[0]) * (y.domain[1] - y.domain[0]), 9);
    // a column of the picture falls into one or two
    expect(cells.length).toBeLessThan(900);
    expect(marked(x.title)).toBe("β_{2}/β_{1}");
  });

  it("is cut along its border", () => {
    for (const { x: u, y: v, value } of cells) {
      for (const [β, B] of [
        [u[0], v[0]],
        [u[1], v[0]],
        [u[0], v[1]],
        [u[1], v[1]],
      ] as const) {
        if (Math.abs(B - β) > 0.02) expect([β, B, value]).toEqual([β, B, B > β ? "engine" : "refrigerator"]);
      }
    }
  });

  it("without the currents that decide it, or with points left out, shows the regime of the nearest point", () => {
    const plain = map(`${GRID}; plot regime against β2/β1, B1/B2`);
    expect(plain.cells.length).toBeLessThan(30);
    expect(plain.borders).toEqual([]);
  });

  it("has its border where the Otto cycle turns round, at β2/β1 = B1/B2", () => {
    const points = borders.flat();
    expect(points.length).toBeGreaterThan(8);
    for (const [u, v] of points) expect(Math.abs(u - v)).toBeLessThan(0.02);
  });
});

describe("a map of regimes of a dot between leads", () => {
  const DOT = (power: string) => `model dot
parameter V = 0.3
parameter T = 0.4
subsystem d : mode
hamiltonian { free d.n }
bath hot  : fermionic { β = 1; μ = 0; role = hot; couples 0.1*d.c }
bath cold : fermionic { β = 1/T; μ = V; role = cold; couples 0.1*d.c }
equation sequential { local hot, cold }
experiment e {
  steady sequential
  sweep V in linear(-0.52, 0.98, 16)
  sweep T in linear(0.2, 0.6, 9)
  record heat(cold), heat(hot), ${power}
  plot regime against V, T
}`;

  // electrons flow from hot to cold where (1 − V)/T > 1, and work against μ where V > 0
  it("counts chemical work: engines work between V = 0 and 1 − T", () => {
    const { cells, borders } = mapOf(figureOf(DOT("work, chemical_work"), "e"));
    const [width, height] = [0.01, 0.01];
    for (const { x, y, value } of cells) {
      const [V, T] = [(x[0] + x[1]) / 2, y];
      const at = (temperature: number): string =>
        V < 0 ? "accelerator" : V < 1 - temperature ? "engine" : "refrigerator";
      const isClear = Math.abs(V) > width && T.every((end) => Math.abs(V - 1 + end) > width + height);
      if (isClear) expect([V, T, value]).toEqual([V, T, at((T[0] + T[1]) / 2)]);
    }
    expect(borders.flat().some(([V]) => Math.abs(V) < 5e-3)).toBe(true);
  });

  it("without it takes the regime of the nearest point where the heats do not tell", () => {
    const { cells } = mapOf(figureOf(DOT("work"), "e"));
    expect(cells.some(({ x, value }) => x[1] < -0.03 && value !== "accelerator")).toBe(false);
    expect(cells.some(({ x, value }) => x[0] > 0.04 && value === "accelerator")).toBe(false);
  });
});

describe("a map of a quantity", () => {
  it("has a scale of colours, two-sided where values have both signs", () => {
    const { z, cells } = map(`${GRID}; plot work against β2, B1`);
    expect(cells).toHaveLength(81);
    expect(z!.domain[0]).toBeCloseTo(-z!.domain[1], 12);
    expect(marked(z!.title)).toContain("Ẇ");
  });

  it("leaves out points without a value", () => {
    const { cells, z } = map(`${GRID}; plot efficiency against β2, B1`);
    expect(cells.length).toBeGreaterThan(10);
    expect(cells.length).toBeLessThan(81);
    expect(z!.domain[0]).toBeGreaterThanOrEqual(0);
  });

  it("takes the parameter that moves the abscissa for it, whichever is swept first", () => {
    const one = map(`${GRID}; plot work against β2, B1`);
    const other = map(`${GRID}; plot work against B1, β2`);
    expect(other.x.domain).toEqual(one.y.domain);
    expect(other.borders.flat().length).toBe(one.borders.flat().length);
  });
});

describe("lines of zeros", () => {
  const grid = (f: (x: number, y: number) => number | undefined, n = 41) =>
    Array.from({ length: n }, (_, i) =>
      Array.from({ length: n }, (_, j) => {
        const at = [-2 + (4 * i) / (n - 1), -2 + (4 * j) / (n - 1)] as const;
        return { at, value: f(...at) };
      }),
    );

  it("close around a circle, in one piece, to second order in the mesh", () => {
    const lines = zeroLines(grid((x, y) => x * x + y * y - 1.44));
    expect(lines).toHaveLength(1);
    const [line] = lines as [[number, number][]];
    expect(line[0]).toEqual(line.at(-1));
    for (const [x, y] of line)
      expect(Math.abs(Math.hypot(x, y) - 1.2)).toBeLessThan(0.1 ** 2 / 8 / 1.2 + 1e-12);
  });

  it("keep the two branches of a saddle apart", () => {
    const lines = zeroLines(grid((x, y) => x * y - 0.01, 40));
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(new Set(line.map(([x]) => Math.sign(x))).size).toBe(1);
  });

  it("stop where values are unknown", () => {
    const [line] = zeroLines(grid((x, y) => (x > 0 ? undefined : y - 0.05))) as [[number, number][]];
    for (const [x, y] of line) {
      expect(x).toBeLessThanOrEqual(1e-12);
      expect(y).toBeCloseTo(0.05, 12);
    }
  });
});

describe("populations at many times", () => {
  it("are a map of time and level, without the state of rest", () => {
    const times = "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, inf";
    const panel = mapOf(
      figureOf(
        `${PAIR}experiment e { evolve weak from start over time in [${times}]; plot population(q1) by time }`,
        "e",
      ),
    );
    const { cells, x, y, z } = panel;
    expect([x.domain, y.domain, z!.domain[0]]).toEqual([[0, 14], [-0.5, 1.5], 0]);
    // 13 times, two levels: each column is filled up to 1
    expect(cells).toHaveLength(26);
    for (let k = 0; k < 26; k += 2) {
      const unit = 10 ** z!.exponent;
      expect(((cells[k]!.value as number) + (cells[k + 1]!.value as number)) * unit).toBeCloseTo(1, 10);
    }
    expect(cells.map((c) => c.x[1] - c.x[0]).reduce((a, b) => a + b)).toBeCloseTo(28, 10);
  });
});
