import { describe, expect, it } from "vitest";
import { initialWindows, productBasis } from "../../src/lower/window.ts";
import { compileParameters } from "../../src/model/parameter-values.ts";
import { evolveRungeKutta } from "../../src/numerics/runge-kutta.ts";
import { compile } from "../../src/pipeline.ts";
import { runEvolve } from "../../src/run-evolve.ts";
import { equationTrajectory } from "../../src/solve/equation-trajectory.ts";
import { initialState } from "../../src/solve/initial-state.ts";
import { compileClean } from "../model-text.ts";
import { evolve, farthest, largest } from "./evolve.ts";
import { bose } from "./steady.ts";

// A qubit whose field changes: the bath follows the frequency 2B(t), and populations obey
// dp/dt = −γ(n + 1)p + γn(1 − p) with n at that frequency.

const swept = (field: string, more = "") => `model swept
${field.includes("τ") ? "parameter τ = 50" : ""}
parameter γ = 0.4
parameter β = 0.7
let B = ${field}
subsystem q : qubit
hamiltonian { free B*q.σz
  ${more} }
bath wall : bosonic { β = β; couples sqrt(γ)*q.σ⁻ }
equation weak { local wall }
state start { q = thermal(β) }
experiment e { evolve weak from start over time in linear(0, 60, 31)
  record mean(q.|up><up|), drive_power, accumulated_drive_work, energy }`;

const rest = (B: number): number => 1 / (1 + Math.exp(0.7 * 2 * B));

/** Populations by the pair of order 8 on the one equation of theirs, which shares nothing with the model. */
function populations(B: (t: number) => number, γ: number, times: readonly number[]): number[] {
  const { states } = evolveRungeKutta(
    (t, [p], out) => {
      const n = bose(0.7 * 2 * B(t));
      out[0] = γ * (n - (2 * n + 1) * p!);
    },
    Float64Array.of(rest(B(0))),
    times,
    { relative: 1e-13, absolute: 1e-13 },
  );
  return states.map(([p]) => p!);
}

describe("a qubit whose field is swept", () => {
  const field = (t: number) => 1 + 0.5 * Math.tanh((t - 25) / 50);

  it("has the populations of its rate equation, and the drive's power is ⟨∂H/∂t⟩", () => {
    const run = evolve(swept("1 + 0.5*tanh((time - 25)/τ)"));
    const times = run.times as number[];
    const p = populations(field, 0.4, times);
    expect(farthest(run.of("mean(q.|up><up|)"), p)).toBeLessThan(1e-11);
    const slope = (t: number) => 0.5 / 50 / Math.cosh((t - 25) / 50) ** 2;
    expect(
      farthest(
        run.of("drive_power"),
        times.map((t, k) => slope(t) * (2 * p[k]! - 1)),
      ),
    ).toBeLessThan(1e-12);
    expect(largest(run.of("first_law_residual"))).toBeLessThan(1e-14);
    const [U, W, Q] = ["energy", "accumulated_drive_work", "accumulated_heat(wall)"].map(run.of);
    expect(largest(times.map((_, k) => U![k]! - U![0]! - W![k]! - Q![k]!))).toBeLessThan(1e-11);
    // |dω/dt|/ω² is largest where the field is small and changes fast
    expect(run.codes).toEqual(["W510"]);
  });

  // To first order in the speed the state lags by p' of the instantaneous Gibbs state over the rate.
  it("follows the instantaneous Gibbs state, with a lag that is proportional to the speed", () => {
    const lag = (τ: number): number => {
      const text = swept("1 + 0.5*tanh((time - 25)/τ)").replace("linear(0, 60, 31)", `[${25 * (τ / 50)}]`);
      const run = evolve(text.replace("(time - 25)/τ", "time/τ - 1/2"), { sets: [`τ=${τ}`] });
      const [p] = run.of("mean(q.|up><up|)");
      return (rest(1) - p!) * τ;
    };
    const n = bose(1.4);
    const slope = (0.5 * (rest(1 + 1e-5) - rest(1 - 1e-5))) / 2e-5;
    const expected = slope / (0.4 * (2 * n + 1));
    const [slow, slower] = [lag(400), lag(800)];
    expect(Math.abs(slower - expected)).toBeLessThan(0.01 * Math.abs(expected));
    expect(Math.abs(slower - expected)).toBeLessThan(0.6 * Math.abs(slow - expected));
    expect(farthest([lag(3200)], [expected])).toBeLessThan(0.003 * Math.abs(expected));
  });

  it("goes by Radau's method where its rates are fast", () => {
    const run = evolve(swept("1 + 0.5*tanh((time - 25)/τ)").replace("γ = 0.4", "γ = 3e3"));
    expect(run.certificate.route).toBe("radau");
    const p = populations(field, 3e3, [0, 2]);
    expect(Math.abs(run.of("mean(q.|up><up|)")[1]! - p[1]!)).toBeLessThan(1e-11);
    expect(largest(run.of("first_law_residual"))).toBeLessThan(1e-10);
    expect(run.certificate.traceError).toBeLessThan(1e-12);
  });

  it("sees a pulse that is short and comes late", () => {
    const pulse = "0.3*exp(-((time - 50)/0.2)^2)";
    const run = evolve(swept("1", `drive ${pulse}*q.σx`));
    const [before, after] = [24, 26].map((k) => run.of("mean(q.|up><up|)")[k]!);
    expect(Math.abs(before! - rest(1))).toBeLessThan(1e-11);
    expect(after! - before!).toBeGreaterThan(1e-3);
  });

  it.each([
    ["crosses", "cos(time/10)", 5 * Math.PI],
    ["touches", "(time - 20)^2/100", 20],
  ])("is refused where the frequency %s zero, with the time", (_, B, time) => {
    const compiled = compileClean(swept(B));
    const { status, diagnostics } = runEvolve(compiled, {});
    expect(status).toBe("not-vouched");
    expect(diagnostics.map((d) => d.code)).toEqual(["E507"]);
    expect(Number(/at the time ([\d.]+)/.exec(diagnostics[0]!.message)![1])).toBeCloseTo(time, 4);
  });

  // dw/dt = −Γ(t)(w − w₀) with Γ = γ(1 + cos t)²(2n + 1): w − w₀ falls by exp(−∫Γ).
  it("may be coupled and uncoupled in time", () => {
    const text = swept("1", "")
      .replace("couples sqrt(γ)", "couples sqrt(γ)*(1 + cos(time))")
      .replace("thermal(β)", "|up>");
    const run = evolve(text);
    const [n, w0] = [bose(1.4), rest(1)];
    const gone = (t: number) => 1.5 * t + 2 * Math.sin(t) + Math.sin(2 * t) / 4;
    const p = (run.times as number[]).map((t) => w0 + (1 - w0) * Math.exp(-0.4 * (2 * n + 1) * gone(t)));
    expect(farthest(run.of("mean(q.|up><up|)"), p)).toBeLessThan(1e-11);
    expect(run.of("drive_power").every((x) => x === 0)).toBe(true);
    expect(run.codes).toEqual([]);
  });
});

// Of the whole route from a model to its numbers, over the decades of tolerance that are asked for in practice.
describe("the error against the tolerance", () => {
  const text = `model bloch
subsystem q : qubit
hamiltonian { free 1.5*q.σz
  drive 0.4*(exp(3*i*time)*q.σ⁻ + h.c.) }
bath vacuum : bosonic { β = inf; couples sqrt(0.2)*q.σ⁻ }
equation e { local vacuum }
state ground { q = |down> }`;
  const { derived, model } = compile(
    { name: "m", text },
    { sets: [], quantities: [], readLibrary: () => undefined },
  );
  const basis = productBasis(initialWindows(model).windows);
  const parameters = compileParameters(model.parameters).at([]);
  const state = model.states[0]!;
  const start = initialState(state.kind === "product" ? state.parts : [], derived!, basis, parameters);

  /** The population of the upper level at t = 20 (Torrey's solution as in driven-qubit.test.ts). */
  const exact = ((): number => {
    const [a, μ] = [0.15, Math.sqrt(0.64 - 0.04 / 16)];
    const growth = Math.cos(20 * μ) + (a / μ) * Math.sin(20 * μ);
    return (0.64 / (0.04 + 1.28)) * (1 - Math.exp(-20 * a) * growth);
  })();

  const errorAt = (tolerance: number): number => {
    if (start.kind !== "made") throw new Error(start.reason);
    const found = equationTrajectory(
      derived!.equations[0]!,
      model,
      basis,
      parameters,
      { time: 0, rho: start.rho },
      [20],
      {
        tolerance,
      },
    );
    if (found.kind === "failed") throw new Error(found.failure.reason);
    const { rho, sector } = found.trajectory.points[0]!;
    return Math.abs(rho[sector.unknown[sector.pairOf(0, 0)]!]! - exact);
  };

  it("stays below it over five decades, and falls in proportion to it", () => {
    const tolerances = [1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10];
    const errors = tolerances.map(errorAt);
    for (const [k, error] of errors.entries()) expect(error).toBeLessThan(tolerances[k]!);
    // a pair of order 8 whose steps are bounded by their errors: slope 1
    const x = tolerances.map(Math.log10);
    const y = errors.map(Math.log10);
    const mean = (v: readonly number[]) => v.reduce((s, t) => s + t, 0) / v.length;
    const [mx, my] = [mean(x), mean(y)];
    const slope =
      x.reduce((s, t, k) => s + (t - mx) * (y[k]! - my), 0) / x.reduce((s, t) => s + (t - mx) ** 2, 0);
    expect(slope).toBeGreaterThan(0.8);
    expect(slope).toBeLessThan(1.3);
  });
});
