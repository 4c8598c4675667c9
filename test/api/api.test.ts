import { describe, expect, it } from "vitest";
import { compile, evolve, ModelError, steadyState, sweep } from "../../src/api.ts";
import { modelText, steady } from "../physics/steady.ts";

const qubits = () => compile(modelText("coupled-qubits"));

/** What is thrown. */
function refusal(work: () => unknown): ModelError {
  try {
    work();
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("the library", () => {
  it("says what a model holds", () => {
    const machine = compile(modelText("rotor-qubit"));
    expect(machine).toMatchObject({ name: "rotor_qubit", states: ["start"] });
    expect(machine.equations).toEqual(["collisions", "spin_boson", "unloaded"]);
    expect(machine.parameters).toMatchObject({ β1: 0.1, g1: 1 });
    expect(machine.experiments.evolve).toContain("powers");
    expect(machine.warnings).toEqual([]);
  });

  it("solves at set values as `--set` does, derived values included", () => {
    const set = { β1: 0.08, chi: 0.25 };
    const machine = compile(modelText("rotor-qubit"));
    const here = steadyState(machine, { set, quantities: ["mean(r.L^2)"] });
    const there = steady(modelText("rotor-qubit"), { set, quantities: ["mean(r.L^2)"] });
    expect(here.parameters.g1).toBe(0.75);
    expect(here.quantities).toEqual(there.quantities);
    expect(here.certificate.windows).toEqual(there.certificate.windows);
  });

  it("lets defaults that are made of others follow, as `--set` does", () => {
    const machine = compile(modelText("coupled-qubits").replace("ω2 = 3", "ω2 = 1.5*ω1"));
    expect(steadyState(machine, { set: { ω1: 4 } }).parameters.ω2).toBe(6);
  });

  it("is the same after other values as before", () => {
    const machine = qubits();
    const before = steadyState(machine).quantities;
    steadyState(machine, { set: { T2: 6, g: 0.3 } });
    expect(steadyState(machine).quantities).toEqual(before);
  });

  it("compiles anew where an integer shapes the model", () => {
    const machine = compile(modelText("spin-chain"));
    const three = steadyState(machine, { set: { N: 3, J: 0.3 } });
    expect(Object.keys(three.quantities)).not.toContain("mean(q[4].σz)");
    expect(three.value("inflow")).toBeCloseTo(three.value("current[2]"), 12);
  });

  it("gives the density operator: its diagonal makes the means", () => {
    const state = steadyState(qubits());
    const { dimension, dimensions, re } = state.density();
    expect(dimensions).toEqual([2, 2]);
    const p = Array.from({ length: dimension }, (_, k) => re[k * dimension + k]!);
    expect(p[0]! + p[1]! - p[2]! - p[3]!).toBeCloseTo(state.value("mean(q1.σz)"), 13);
  });

  it("sweeps: the same as point by point, the first parameter slowest", () => {
    const machine = qubits();
    const { points, diagnostics } = sweep(machine, {
      over: { T2: [2, 5], g: [0.1, 0.2] },
      set: { omega1: 2.2 },
      quantities: ["heat(hot)", "mean(q1.σz * q2.σz)"],
    });
    expect(diagnostics).toEqual([]);
    expect(points.map(({ at }) => [at.T2, at.g])).toEqual([
      [2, 0.1],
      [2, 0.2],
      [5, 0.1],
      [5, 0.2],
    ]);
    for (const { at, quantities } of points) {
      const alone = steadyState(machine, { set: { ...at, ω1: 2.2 } });
      expect(quantities["heat(hot)"]).toBeCloseTo(alone.value("heat(hot)"), 14);
      expect(Object.keys(quantities)).toHaveLength(2);
    }
  });

  it("leaves points out that have no solution, and says why", () => {
    const { points, diagnostics } = sweep(qubits(), { over: { T2: [2, -1] }, quantities: ["work"] });
    expect(points).toHaveLength(1);
    expect(diagnostics.map((d) => d.message).join()).toContain("T2 = -1");
  });

  it("runs the experiments of the file", () => {
    const cooling = compile(modelText("optomechanical-cooling").replace("1e-4, 0.1, 61", "1e-3, 0.1, 3"));
    const { points } = sweep(cooling, { experiment: "cooling", set: { T_cold: 0.3 } });
    expect(points.map((p) => p.at.g)).toHaveLength(3);
    expect(points[0]!.parameters.T_cold).toBe(0.3);
  });

  it("evolves: from the initial state to the steady one", () => {
    const machine = compile(`${modelText("coupled-qubits")}
state up { q1 = |up>; q2 = |down> }`);
    const { times, quantities, density } = evolve(machine, {
      from: "up",
      times: [Number.POSITIVE_INFINITY, 0],
      quantities: ["mean(q1.σz)"],
      set: { T2: 3 },
    });
    expect(times).toEqual([0, Number.POSITIVE_INFINITY]);
    const rest = steadyState(machine, { set: { T2: 3 } });
    expect(quantities["mean(q1.σz)"]![0]).toBeCloseTo(1, 13);
    expect(quantities["mean(q1.σz)"]![1]).toBeCloseTo(rest.value("mean(q1.σz)"), 13);
    // |up, down> is the second product state
    expect(density(0).re[1 * 4 + 1]).toBeCloseTo(1, 13);
    expect(density(1).re).toEqual(rest.density().re);
  });

  it("says what it is asked for and does not have", () => {
    const machine = qubits();
    const error = refusal(() => compile("model m\nsubsystem q : qubit\nhamiltonian { free q.σq }"));
    expect(error.diagnostics[0]).toMatchObject({ code: "E206", line: 3 });
    expect(error.message).toContain("q.σq");
    expect(refusal(() => steadyState(machine, { set: { T3: 1 } })).message).toContain("no parameter 'T3'");
    expect(refusal(() => steadyState(machine, { set: { T2: -1 } })).message).toContain("must be positive");
    expect(refusal(() => steadyState(machine, { equation: "no" })).message).toContain("there are collisions");
    expect(refusal(() => steadyState(machine).value("heat(warm)")).message).toContain("heat(cold)");
    expect(refusal(() => steadyState(machine).value("COP")).message).toContain("refrigerator");
    expect(refusal(() => sweep(machine, { over: { T9: [1] }, quantities: [] })).message).toContain("'T9'");
    expect(refusal(() => evolve(machine, { from: "there", times: [1] })).message).toContain(
      "no state 'there'",
    );
    expect(refusal(() => steadyState(machine, { quantities: ["mean(q3.σz)"] })).diagnostics).not.toEqual([]);
  });
});
