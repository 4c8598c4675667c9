import { afterEach, describe, expect, it, vi } from "vitest";
import { experimentWork } from "../../src/experiment-work.ts";
import { compile } from "../../src/pipeline.ts";
import { sweepCsv, sweepText } from "../../src/report/sweep-text.ts";
import { runSweep } from "../../src/run-sweep.ts";
import { modelText, steady } from "./steady.ts";

function sweep(text: string, experiment: string, sets: readonly string[] = []) {
  const compiled = compile({ name: "m", text }, { sets, quantities: [], readLibrary: () => undefined });
  const outcome = runSweep(compiled, { experiment });
  const codes = outcome.diagnostics.map((d) => d.code);
  return { ...outcome, codes, rows: outcome.results.results.flatMap((r) => r.rows) };
}

afterEach(() => vi.unstubAllGlobals());

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

  it("has the same bits where there is no WebAssembly", () => {
    vi.stubGlobal("WebAssembly", undefined);
    expect(sweep(ROTOR, "operation").rows).toEqual(rows);
  });

  it("gives what single runs give, up to other windows and pivots", () => {
    for (const k of [0, 30, 60, 88]) {
      const { sweep: at, quantities } = rows[k]!;
      const single = steady(ROTOR, { set: { β2: at!.β2! } });
      for (const key of ["heat(cold)", "heat(hot)", "work", "carnot_efficiency"]) {
        expect(Math.abs((quantities[key] as number) / single.of(key) - 1)).toBeLessThan(1e-9);
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
experiment crossings { steady weak; sweep b in [1, 3]; find heat(hot) == 1e-3*T over T in 0.1..5 }
experiment fixed { steady weak; maximise heat(hot) over T in 1..2 }
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

  it("cannot vary what --set fixes", () => {
    expect(sweep(PAIR, "nested", ["b=2"]).codes).toContain("E505");
    expect(sweep(PAIR, "fixed", ["T=2"]).codes).toContain("E505");
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
      expect(quantities["heat(hot)"]).toBeCloseTo(exact, 14);
    }
  });

  it("is looked for at each point of the grid", () => {
    const { rows } = sweep(PAIR, "crossings");
    expect([...new Set(rows.map((r) => r.sweep!.b))]).toEqual([1, 3]);
    for (const { sweep: at } of rows) {
      const exact = steady(PAIR, { set: { b: at!.b!, T: at!.T! } }).of("heat(hot)");
      expect(Math.abs(exact - 1e-3 * at!.T!)).toBeLessThan(1e-14);
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

describe("a point of an experiment", () => {
  const compiled = compile(
    { name: "m", text: ROTOR },
    { sets: [], quantities: [], readLibrary: () => undefined },
  );
  const definition = compiled.model.sweeps.find((s) => s.name === "operation")!;

  it("has the same bits whatever was solved before it", () => {
    const forward = experimentWork(compiled.derived!, definition);
    const backward = experimentWork(compiled.derived!, definition);
    const places = [0, 3, 40, 88];
    const there = places.map((k) => JSON.stringify(forward.run(forward.jobs[k]!)));
    const back = [...places].reverse().map((k) => JSON.stringify(backward.run(backward.jobs[k]!)));
    expect(back.reverse()).toEqual(there);
  });

  it("is the same after it was written and read", () => {
    const { jobs, run } = experimentWork(compiled.derived!, definition);
    for (const k of [0, 60]) {
      const result = run(jobs[k]!);
      expect(JSON.parse(JSON.stringify(result))).toStrictEqual(result);
    }
  });
});

describe("random values", () => {
  const values = (grid: string) =>
    sweep(PAIR + `\nexperiment r { steady weak; sweep b in ${grid}; record heat(hot) }`, "r").rows.map(
      (r) => r.sweep!.b!,
    );

  it("are the same for a seed and others for another, within their range", () => {
    const first = values("random(2, 4, 40)");
    expect(first).toEqual(values("random(2, 4, 40, 1)"));
    expect(new Set([...first, ...values("random(2, 4, 40, 2)")]).size).toBe(80);
    expect(first.every((x) => x >= 2 && x < 4)).toBe(true);
    // the mean of 40 has the standard deviation 2/√(12·40) = 0.09
    expect(Math.abs(first.reduce((a, x) => a + x / 40, 0) - 3)).toBeLessThan(0.4);
  });
});

const DRIVEN = `model driven
parameter χ = 0 in -1..1
parameter x = 0
parameter y = 0
parameter β2 = 0.5
subsystem q : qubit
hamiltonian { free q.σz }
bath cold : bosonic { β = 1; couples 0.1*(1 - χ)*q.σ⁻ }
bath hot : bosonic { β = β2; couples 0.1*(1 + χ)*q.σ⁻ }
equation weak { local cold, hot }
quantity bump = 1 - (x - 0.3)^2 - 10*(y - x^2)^2
quantity ramp = x - (x - 0.25)^2*(x - 0.75)^2
quantity wave = sin(14*x) + x
quantity nowhere = x when x > 3
quantity steep = 1 - (x - 0.3)^2 + 1e-3/abs(x - 0.8123)
experiment best { steady weak; sweep β2 in [0.1, 0.5]; maximise heat(hot) over χ in -1..1; record heat(cold) }
experiment least { steady weak; minimise heat(cold) over χ in -1..1 }
experiment pair { steady weak; maximise bump over x in 0..1, y in -1..1 }
experiment corner { steady weak; minimise bump over x in 0..1, y in -1..1 }
experiment climbing { steady weak; maximise ramp over x in 0..1 }
experiment two { steady weak; maximise wave over x in 0..0.97 }
experiment unbounded { steady weak; maximise steep over x in 0..1 }
experiment undefined { steady weak; maximise nowhere over x in 0..1 }`;

describe("an optimum", () => {
  it("is where the derivative of the closed formula vanishes, at each point of the grid", () => {
    // one qubit between rates (1 − χ)²(2n_c + 1) and (1 + χ)²(2n_h + 1): J ∝ (1 − χ²)² over their sum
    const { rows, recorded } = sweep(DRIVEN, "best");
    expect(recorded).toEqual(["heat(hot)", "heat(cold)"]);
    expect(rows.map((r) => r.sweep!.β2)).toEqual([0.1, 0.5]);
    for (const { sweep: at, quantities, optimum } of rows) {
      const [c, h] = [1, at!.β2!].map((β) => 1 / Math.tanh(β)) as [number, number];
      const χ = at!.χ!;
      const sum = (1 - χ) ** 2 * c + (1 + χ) ** 2 * h;
      const slope = -4 * χ * sum - (1 - χ ** 2) * 2 * ((1 + χ) * h - (1 - χ) * c);
      // a maximum is known to about the root of round-off
      expect(Math.abs(slope / sum)).toBeLessThan(1e-6);
      expect(optimum).toMatchObject({ kind: "maximise", of: "heat(hot)", atEnds: [], isLocal: false });
      expect(quantities["heat(hot)"]).toBeCloseTo(-(quantities["heat(cold)"] as number), 14);
    }
  });

  it("of the negative quantity is the same point", () => {
    const [least] = sweep(DRIVEN, "least").rows;
    const best = sweep(DRIVEN, "best").rows[1]!;
    expect(least!.sweep!.χ).toBeCloseTo(best.sweep!.χ!, 6);
  });

  it("over several parameters is found, also in a corner", () => {
    const [top] = sweep(DRIVEN, "pair").rows;
    expect(top!.quantities.bump).toBeCloseTo(1, 12);
    expect(top!.sweep!.x).toBeCloseTo(0.3, 6);
    expect(top!.sweep!.y).toBeCloseTo(0.09, 6);
    // of the four corners (1, −1) is the lowest: 1 − 0.49 − 40
    const [corner] = sweep(DRIVEN, "corner").rows;
    expect([corner!.sweep!.x, corner!.sweep!.y]).toEqual([1, -1]);
    expect(corner!.optimum!.atEnds).toEqual(["x", "y"]);
    expect(corner!.quantities.bump).toBeCloseTo(-39.49, 12);
  });

  it("on an end of its range says so, and comes with the best between the ends where there is one", () => {
    const [end, ...more] = sweep(DRIVEN, "climbing").rows;
    expect(end!.sweep!.x).toBe(1);
    expect(end!.optimum).toMatchObject({ atEnds: ["x"], hasInside: false });
    expect(more).toEqual([]);
    // sin 14x + x rises to the end 0.97, and has maxima inside where cos 14x = −1/14: the best of them the last
    const [top, inside] = sweep(DRIVEN, "two").rows;
    const last = (2 * Math.PI + Math.acos(-1 / 14)) / 14;
    const isEndHigher = Math.sin(14 * 0.97) + 0.97 > Math.sin(14 * last) + last;
    expect(isEndHigher).toBe(true);
    expect(top!.optimum).toMatchObject({ atEnds: ["x"], isLocal: false, hasInside: true });
    expect(inside!.optimum).toMatchObject({ atEnds: [], isLocal: true, hasInside: true });
    expect(inside!.sweep!.x).toBeCloseTo(last, 6);
  });

  it("of what grows without bound is none, and that is said with what there is besides", () => {
    const { rows, diagnostics } = sweep(DRIVEN, "unbounded");
    expect(rows).toHaveLength(1);
    expect(rows[0]!.sweep!.x).toBeCloseTo(0.3, 2);
    expect(diagnostics.map((d) => `${d.code} ${d.message}`).join()).toMatch(
      /W512 .*without bound at 0\.8123:/,
    );
  });

  it("in a table says where it lies", () => {
    const { results, recorded } = sweep(DRIVEN, "two");
    expect(sweepText(results, recorded)).toMatch(/x = 0\.97 .* end of x *\n.* inside, lower/);
    const [head, end, inside] = sweepCsv(results, recorded).trim().split("\n");
    expect(head).toBe("equation,x,wave,optimum");
    expect(end).toMatch(/,end of x$/);
    expect(inside).toMatch(/,"inside, lower"$/);
  });

  it("of what has no value anywhere is none, and that is said", () => {
    const { rows, codes } = sweep(DRIVEN, "undefined");
    expect(rows).toEqual([]);
    expect(codes).toContain("W509");
  });
});
