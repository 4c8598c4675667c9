import { describe, expect, it } from "vitest";
import { QUANTITY_SYMBOLS } from "../../src/figure/symbols.ts";
import { QUANTITIES } from "../../src/vocabulary.ts";
import { modelText } from "../physics/steady.ts";
import { figureOf, linesOf, marked, PAIR } from "./figures.ts";

const pair = (clauses: string) => figureOf(`${PAIR}experiment e "a title" { ${clauses} }`, "e");
const SWEEP = "sweep β2 in linear(0.1, 0.9, 5)";

describe("labels", () => {
  const y = (value: string) =>
    marked(linesOf(pair(`steady weak; ${SWEEP}; plot ${value} against β2`)).y.title);
  const x = (value: string) =>
    marked(linesOf(pair(`steady weak; ${SWEEP}; plot work against ${value}`)).x.title);

  it("are the field's symbols, with what the model says of them", () => {
    expect(x("β2/β1")).toBe("β_{2}/β_{1}");
    expect(x("beta2")).toBe("inverse temperature, hot β_{2}");
    expect(x("1/(B1*β2)")).toBe("1/(B_{1}\u2009β_{2})");
    expect(y("mean(q1.σz)")).toBe("mean value ⟨σ^{z}_{q}_{1}⟩");
    expect(y("abs(heat(hot))^2")).toBe("|Q̇_{hot}|^{2}");
    expect(y("efficiency")).toBe("efficiency η");
    expect(y("weak.work - 5e-5*B1")).toBe("(Ẇ^{(weak)} − 5×10^{−5}\u2009B_{1}) / 10^{−4}");
  });

  it("of several ordinates name what they share, and tell the lines apart", () => {
    const { y: axis, series } = linesOf(pair(`steady weak; ${SWEEP}; plot heat(cold), work against β2`));
    expect(marked(axis.title)).toMatch(/^energy current( \/ 10\^\{−\d\})?$/);
    expect(series.map((s) => marked(s.label))).toEqual(["Q̇_{cold}", "Ẇ"]);
    const parts = linesOf(
      pair(`steady weak; ${SWEEP}; plot entropy(q1), entropy(q1, q2), entropy(all) against β2`),
    );
    expect(marked(parts.y.title)).toBe("entropy S");
    expect(parts.series.map((s) => marked(s.label))).toEqual(["q_{1}", "q_{1}, q_{2}", "all"]);
  });

  it("have symbols for quantities that there are", () => {
    expect(Object.keys(QUANTITY_SYMBOLS).filter((name) => !QUANTITIES.has(name))).toEqual([]);
  });
});

describe("lines", () => {
  it("are one for each equation and for each value of the slower parameters", () => {
    const { series } = linesOf(
      pair(`steady weak, secular; sweep B1 in [1, 2]; ${SWEEP}; plot heat(hot) against β2 by B1`),
    );
    expect(series.map((s) => marked(s.label))).toEqual([
      "weak, B_{1} = 1",
      "weak, B_{1} = 2",
      "secular, B_{1} = 1",
      "secular, B_{1} = 2",
    ]);
    for (const { pieces } of series) expect(pieces.map((p) => p.length)).toEqual([5]);
  });

  it("run along the slower parameter where the faster one names them", () => {
    const { series } = linesOf(
      pair(`steady weak; ${SWEEP}; sweep B1 in [1, 2]; plot heat(hot) against β2/β1 by B1`),
    );
    expect(series).toHaveLength(2);
    expect(series[0]!.pieces[0]!.map(([x]) => x)).toEqual(
      [0.1, 0.3, 0.5, 0.7, 0.9].map((v) => expect.closeTo(v, 12)),
    );
  });

  it("end where the quantity is undefined", () => {
    const { series } = linesOf(
      pair("steady weak; sweep β2 in linear(0.1, 0.9, 9); plot COP, efficiency, carnot_COP against β2"),
    );
    // the engine stops and the refrigerator begins at β2 = β1 B1/B2 = 2/3
    expect(series[0]!.pieces.map((p) => p.map(([x]) => Number(x.toFixed(6))))).toEqual([[0.7, 0.8, 0.9]]);
    expect(series[1]!.pieces.map((p) => p.length)).toEqual([6]);
    expect(series.map((s) => s.role)).toEqual(["value", "value", "bound"]);
  });

  it("have logarithmic axes where values are laid out so, or are too far apart", () => {
    const grid = pair(
      "steady weak; sweep β2 in logarithmic(1e-4, 1e-1, 4); plot heat(hot), 1/β2^2 against β2",
    );
    const { x, y } = linesOf(grid);
    expect(x.isLogarithmic && x.ticks).toEqual([1e-4, 1e-3, 1e-2, 1e-1]);
    expect(y.isLogarithmic).toBe(true);
    const signed = linesOf(
      pair("steady weak; sweep β2 in logarithmic(1e-4, 1e-1, 4); plot heat(cold), 1/β2^2 against β2"),
    );
    expect(signed.y.isLogarithmic).toBe(false);
  });

  it("are drawn in units of a power of ten where values are small", () => {
    const { y, series } = linesOf(pair(`steady weak; ${SWEEP}; plot β2*1e-6 against β2`));
    expect(y.exponent).toBe(-7);
    expect(marked(y.title)).toContain(" / 10^{−7}");
    expect(series[0]!.pieces[0]!.map(([, v]) => Number(v.toFixed(9)))).toEqual([1, 3, 5, 7, 9]);
  });

  it("go over the elements of an array, at whole numbers", () => {
    const { x, series, isDiscrete } = linesOf(pair("steady weak, secular; plot flow against j by equation"));
    expect(isDiscrete && x.ticks).toEqual([1, 2]);
    expect(x.domain).toEqual([0.5, 2.5]);
    expect(series.map((s) => marked(s.label))).toEqual(["weak", "secular"]);
    const [[one, two]] = series[0]!.pieces as [[[number, number], [number, number]]];
    expect(two[1]).toBeCloseTo(2 * one[1], 12);
  });

  it("show populations level by level, in the order of time, and the state of long times apart", () => {
    const { series, isSequence, x } = linesOf(
      pair("evolve weak from start over time in [0, 5, inf]; plot population(q1) by time"),
    );
    expect(series.map((s) => [marked(s.label), s.role])).toEqual([
      ["t = 0", "value"],
      ["t = 5", "value"],
      ["steady state", "rest"],
    ]);
    expect(isSequence && x.ticks).toEqual([0, 1]);
    expect(series[0]!.pieces[0]).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });
});

describe("an axis of one value", () => {
  it("shows it as such, and not its round-off", () => {
    // the efficiency of two qubits that exchange quanta is 1 − B1/B2 at all temperatures
    const { y, series } = linesOf(
      pair(`steady weak; sweep β2 in linear(0.1, 0.6, 9); plot efficiency against β2`),
    );
    const values = series.flatMap((s) => s.pieces.flat().map(([, v]) => v));
    expect(values).toHaveLength(9);
    for (const v of values) expect(v).toBeCloseTo(1 / 3, 12);
    expect(y.domain[1] - y.domain[0]).toBeGreaterThan(0.1);
    expect(new Set(y.ticks.map((t) => t.toFixed(y.decimals))).size).toBeGreaterThan(2);
  });
});

describe("regimes behind lines", () => {
  const ROTOR = modelText("rotor-qubit").replace(
    "linear(0.02*β1, 0.9*β1, 89)",
    "linear(0.41*β1, 0.53*β1, 5)",
  );

  it("meet where a straight line between the points of the grid is zero", () => {
    const { bands } = linesOf(figureOf(ROTOR, "operation"));
    expect(bands.map((b) => b.regime)).toEqual(["engine", "accelerator", "refrigerator"]);
    // the borders of docs/paper.md; on a grid of 0.03 a line is off by the curvature of the currents
    expect(bands[1]!.from).toBeCloseTo(0.434235, 2.5);
    expect(bands[1]!.to).toBeCloseTo(0.503882, 2.5);
    expect([bands[0]!.from, bands[2]!.to]).toEqual([0.41, 0.53].map((v) => expect.closeTo(v, 12)));
  });

  it("meet where find has found a zero", () => {
    const finds = `
  find work == 0 over β2 in 0.41*β1..0.53*β1
  find heat(cold) == 0 over β2 in 0.41*β1..0.53*β1
  record heat(cold)`;
    const { bands, series } = linesOf(figureOf(ROTOR.replace("  record heat(cold)", finds), "operation"));
    expect(bands[1]!.from).toBeCloseTo(0.434235, 6);
    expect(bands[1]!.to).toBeCloseTo(0.503882, 6);
    // what was found is no point of the lines
    expect(series[0]!.pieces.map((p) => p.length)).toEqual([5]);
  });

  it("are not shaded where several lines have their own", () => {
    const { bands } = linesOf(
      pair(`steady weak; sweep B1 in [1, 2]; ${SWEEP}; record regime; plot work against β2 by B1`),
    );
    expect(bands).toEqual([]);
  });
});

describe("marks", () => {
  it("lie on the plot of the same values, told apart by what its lines are not", () => {
    const text = `${PAIR}
experiment curves { steady weak; sweep B1 in [1, 2]; ${SWEEP}; plot heat(hot) against heat(cold) by B1 }
experiment dots {
  steady weak
  sweep B1 in [1, 2]; sweep β2 in [0.1, 0.5]
  mark heat(hot) against heat(cold) on curves
}`;
    const { marks, series, x } = linesOf(figureOf(text, "curves"));
    expect(marks.map((m) => [marked(m.label), m.points.length])).toEqual([
      ["β_{2} = 0.1", 2],
      ["β_{2} = 0.5", 2],
    ]);
    const onCurve = series.map((s) => s.pieces[0]![0]!);
    for (const [k, [u, v]] of marks[0]!.points.entries()) {
      expect(u).toBeCloseTo(onCurve[k]![0], 12);
      expect(v).toBeCloseTo(onCurve[k]![1], 12);
    }
    expect(x.isLogarithmic).toBe(false);
  });

  it("of optima tell those between the ends of a range from those at one of them", () => {
    const text = `${PAIR}quantity rise = β2
quantity hump = -(β2 - 0.3)^2
experiment curve { steady weak; ${SWEEP}; plot hump against rise}
experiment inside { steady weak; maximise hump over β2 in 0.1..0.9; mark hump against rise on curve }
experiment outside { steady weak; maximise rise over β2 in 0.1..0.9; mark hump against rise on curve }`;
    const [between, end] = linesOf(figureOf(text, "curve")).marks;
    expect(between!.points[0]![0]).toBeCloseTo(0.3, 8);
    expect([between!.ends, end!.points]).toEqual([[], []]);
    expect(end!.ends[0]![0]).toBe(0.9);
  });
});
