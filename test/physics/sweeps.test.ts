import { describe, expect, it } from "vitest";
import { compile } from "../../src/pipeline.ts";
import { runSweep } from "../../src/run-sweep.ts";
import { modelText, steady } from "./steady.ts";

function sweep(text: string, experiment: string, sets: readonly string[] = []) {
  const compiled = compile({ name: "m", text }, { sets, quantities: [], readLibrary: () => undefined });
  const outcome = runSweep(compiled, { experiment });
  const codes = outcome.diagnostics.map((d) => d.code);
  return { ...outcome, codes, rows: outcome.results.results.flatMap((r) => r.rows) };
}

const ROTOR = modelText("rotor-qubit");

describe("a sweep of the reference model", () => {
  const { rows, recorded, status } = sweep(ROTOR, "operation");

  it("has a row for each point of the grid, in its order, ends included", () => {
    expect(status).toBe("good");
    expect(rows).toHaveLength(89);
    const values = rows.map((r) => r.sweep!.β2!);
    expect([values[0], values.at(-1)]).toEqual([0.1 * 0.02, 0.1 * 0.9]);
    expect(values.every((x, k) => k === 0 || x > values[k - 1]!)).toBe(true);
    expect(recorded).toEqual([
      "heat(cold)",
      "heat(hot)",
      "work",
      "regime",
      "efficiency",
      "COP",
      "β2/β1",
      "carnot_efficiency",
      "carnot_COP",
    ]);
  });

  it("gives what single runs give", () => {
    for (const k of [0, 30, 60, 88]) {
      const { sweep: at, quantities } = rows[k]!;
      const single = steady(ROTOR, { set: { β2: at!.β2! } });
      for (const key of ["heat(cold)", "heat(hot)", "work", "carnot_efficiency"]) {
        expect(quantities[key]).toBe(single.quantities[key]);
      }
      expect(quantities.regime).toBe(single.regime);
    }
  });

  it("shows the regimes in the paper's order", () => {
    const regimes = rows.map((r) => r.quantities.regime);
    expect(regimes.filter((r, k) => r !== regimes[k - 1])).toEqual(["engine", "accelerator", "refrigerator"]);
  });
});

const PAIR = `model pair
parameter a = 1
parameter b = 2 in 0..10
parameter T = 1
subsystem q : qubit
hamiltonian { free a*q.σz }
bath cold : bosonic { β = 1/T; couples 0.1*q.σ⁻ }
bath hot : bosonic { β = 0.5/T; couples 0.1*b*q.σ⁻ }
equation weak { local cold, hot }
equation eigen { global cold, hot }
variant warmer { T = 2*T }
quantity lost[j in 1..2] = j*heat(cold)
experiment nested { steady weak, eigen; with { a = 1.5 }; sweep b in [1, 3]; sweep T in logarithmic(1, 4, 3); record heat(hot), warmer.heat(hot), lost }
experiment broken { steady weak; sweep T in [1, -1, 2]; record heat(hot) }
experiment sought { steady weak; maximise heat(hot) over T in 1..2 }
experiment nowhere { steady weak; find heat(hot) == 0 over T in 1..2 }
experiment crossing { steady weak; find heat(hot) == 1e-3*T over T in 0.1..5; record heat(hot) }`;

describe("an experiment's grid", () => {
  it("nests its axes in the order written, for each equation, with settings before it and variants after", () => {
    const { results } = sweep(PAIR, "nested");
    expect(results.results.map((r) => r.equation)).toEqual(["weak", "eigen"]);
    const points = results.results[0]!.rows.map((r) => [r.sweep!.b, r.sweep!.T]);
    expect(points.map(([b, T]) => [b, Number(T!.toFixed(12))])).toEqual(
      [1, 3].flatMap((b) => [1, 2, 4].map((T) => [b, T])),
    );
    const row = results.results[0]!.rows[4]!;
    const single = steady(PAIR, { set: { a: 1.5, b: 3, T: 2 } });
    const warm = steady(PAIR, { set: { a: 1.5, b: 3, T: 4 } });
    expect(row.quantities["heat(hot)"]).toBeCloseTo(single.of("heat(hot)"), 14);
    expect(row.quantities["warmer.heat(hot)"]).toBeCloseTo(warm.of("heat(hot)"), 14);
    expect(row.quantities["lost[2]"]).toBeCloseTo(2 * single.of("heat(cold)"), 14);
  });

  it("leaves out points without an answer, and says which", () => {
    const { rows, status, diagnostics } = sweep(PAIR, "broken");
    expect(status).toBe("not-vouched");
    expect(rows.map((r) => r.sweep!.T)).toEqual([1, 2]);
    expect(diagnostics.map((d) => d.message).join()).toContain("at T = -1: the inverse temperature");
  });

  it("cannot vary what --set fixes, and says what nothing runs yet", () => {
    expect(sweep(PAIR, "nested", ["b=2"]).codes).toContain("E505");
    expect(sweep(PAIR, "sought").codes).toContain("W508");
    expect(sweep(PAIR, "nowhere").codes).toContain("W509");
    expect(sweep(PAIR, "nothing").status).toBe("unknown-experiment");
  });
});

describe("where a condition holds", () => {
  it("is found to round-off, each crossing once", () => {
    const { rows, recorded } = sweep(PAIR, "crossing");
    expect(rows.length).toBeGreaterThan(0);
    expect(recorded).toEqual(["heat(hot)==1e-3*T", "heat(hot)"]);
    for (const { sweep: at, quantities } of rows) {
      const exact = steady(PAIR, { set: { T: at!.T! } }).of("heat(hot)");
      expect(Math.abs(exact - 1e-3 * at!.T!)).toBeLessThan(1e-15);
      expect(quantities["heat(hot)"]).toBe(exact);
    }
  });

  it("gives the borders between the regimes of Fig. 2", () => {
    const { rows } = sweep(ROTOR, "borders");
    const [work, cold] = rows.map((r) => r.sweep!.β2! / 0.1);
    for (const [border, key] of [
      [work!, "work"],
      [cold!, "heat(cold)"],
    ] as const) {
      const [below, above] = [-1, 1].map((s) =>
        steady(ROTOR, { set: { β2: 0.1 * (border + s * 1e-6) } }).of(key),
      );
      expect(Math.sign(below!)).toBe(-Math.sign(above!));
    }
    expect(work!).toBeCloseTo(0.434235, 6);
    expect(cold!).toBeCloseTo(0.503882, 6);
  });
});
