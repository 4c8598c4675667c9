import { describe, expect, it } from "vitest";
import { evolveRungeKutta } from "../../src/numerics/runge-kutta.ts";
import { evolve, farthest, largest } from "./evolve.ts";

// What has come in since the start is integrated along with ρ. Here it is checked against rate equations of populations and
// their own integrals, which share nothing with the model, and against a quadrature of the recorded currents.

const fermi = (x: number): number => 1 / (Math.exp(x) + 1);

const leads = (more: string) => `model leads
parameter ε = 0.7
subsystem d : mode
hamiltonian { free ε*d.n }
bath left  : fermionic { β = 1.3; μ = -0.2; couples sqrt(0.3)*d.c }
bath right : fermionic { ${more}; couples sqrt(0.5)*d.c }
equation loc { local left, right }
equation glob { global left, right }
equation uni { unified left, right }
equation red { redfield left, right }
state filled { d = |full> }
experiment go { evolve loc from filled over time in linear(0, 8, 161) }`;

/** ∫₀^t of a column by Boole's rule, at every fourth time. */
function quadrature(times: readonly number[], rate: readonly number[]): number[] {
  const h = times[1]! - times[0]!;
  const sums = [0];
  for (let k = 4; k < times.length; k += 4) {
    const [a, b, c, d, e] = rate.slice(k - 4, k + 1) as [number, number, number, number, number];
    sums.push(sums.at(-1)! + ((2 * h) / 45) * (7 * a + 32 * b + 12 * c + 32 * d + 7 * e));
  }
  return sums;
}

const everyFourth = (column: readonly number[]): number[] => column.filter((_, k) => k % 4 === 0);

describe("a level between two leads", () => {
  // n(t) = n∞ + (1 − n∞)e^(−Γt); a lead of rate Γ_b brings in Γ_b(f_b − n) particles
  it.each(["loc", "glob", "uni", "red"])("%s: heat and chemical work since the start", (equation) => {
    const run = evolve(leads("β = 0.6; μ = 0.5"), { equation });
    const [fl, fr] = [fermi(1.3 * 0.9), fermi(0.6 * 0.2)];
    const rest = (0.3 * fl + 0.5 * fr) / 0.8;
    const particles = (rate: number, f: number) =>
      (run.times as number[]).map(
        (t) => rate * ((f - rest) * t - ((1 - rest) * (1 - Math.exp(-0.8 * t))) / 0.8),
      );
    for (const [bath, rate, f, μ] of [
      ["left", 0.3, fl, -0.2],
      ["right", 0.5, fr, 0.5],
    ] as const) {
      const N = particles(rate, f);
      const close = (key: string, factor: number) =>
        expect(
          farthest(
            run.of(`${key}(${bath})`),
            N.map((x) => factor * x),
          ),
          key,
        ).toBeLessThan(1e-10);
      close("accumulated_heat", 0.7 - μ);
      close("accumulated_chemical_work", μ);
      close("accumulated_work", 0);
    }
    const S = (n: number) => (n > 0 && n < 1 ? -n * Math.log(n) - (1 - n) * Math.log(1 - n) : 0);
    const [QL, QR] = ["left", "right"].map((b) => run.of(`accumulated_heat(${b})`));
    const produced = (run.times as number[]).map((t, k) => {
      const n = rest + (1 - rest) * Math.exp(-0.8 * t);
      return S(n) - 1.3 * QL![k]! - 0.6 * QR![k]!;
    });
    expect(farthest(run.of("accumulated_entropy"), produced)).toBeLessThan(1e-10);
    expect(run.codes).toEqual([]);
  });

  it("whose temperature and potential depend on time", () => {
    const [β, μ] = [(t: number) => 0.6 + 0.3 * Math.sin(t), (t: number) => 0.5 * Math.cos(t / 2)];
    const moving = leads("β = 0.6 + 0.3*sin(time); μ = 0.5*cos(time/2)");
    const run = evolve(moving.replace(/equation (glob|uni|red) .*\n/g, ""));
    const times = run.times as number[];
    // n, then of the right lead: heat, chemical work, ∫βQ̇
    const { states } = evolveRungeKutta(
      (t, [n], out) => {
        const flow = 0.5 * (fermi(β(t) * (0.7 - μ(t))) - n!);
        out[0] = 0.3 * (fermi(1.3 * 0.9) - n!) + flow;
        out[1] = (0.7 - μ(t)) * flow;
        out[2] = μ(t) * flow;
        out[3] = β(t) * out[1]!;
      },
      Float64Array.of(1, 0, 0, 0),
      times,
      { relative: 1e-13, absolute: 1e-13 },
    );
    const column = (k: number) => states.map((x) => x[k]!);
    expect(farthest(run.of("accumulated_heat(right)"), column(1))).toBeLessThan(1e-10);
    expect(farthest(run.of("accumulated_chemical_work(right)"), column(2))).toBeLessThan(1e-10);
    const S = (n: number) => (n < 1 ? -n * Math.log(n) - (1 - n) * Math.log(1 - n) : 0);
    const left = run.of("accumulated_heat(left)");
    const produced = states.map(([n, , , entropy], k) => S(n!) - 1.3 * left[k]! - entropy!);
    expect(farthest(run.of("accumulated_entropy"), produced)).toBeLessThan(1e-10);
  });
});

describe("a driven qubit whose bath warms up", () => {
  const text = `model warming
subsystem q : qubit
hamiltonian { free (1 + 0.2*sin(time/3))*q.σz
  drive 0.1*cos(time)*q.σx }
bath wall : bosonic { β = 0.7/(1 + time/10); couples 0.5*q.σ⁻ }
equation weak { local wall }
state start { q = thermal(0.3) }
experiment go { evolve weak from start over time in linear(0, 8, 161) }`;

  it.each(["runge-kutta", "radau"] as const)("%s: integrals are those of the recorded rates", (route) => {
    const run = evolve(text, { route });
    const times = run.times as number[];
    for (const [whole, rate] of [
      ["accumulated_heat(wall)", "heat(wall)"],
      ["accumulated_work(wall)", "work(wall)"],
      ["accumulated_drive_work", "drive_power"],
      ["accumulated_entropy", "entropy_production"],
    ] as const) {
      const expected = quadrature(times, run.of(rate));
      expect(farthest(everyFourth(run.of(whole)), expected), whole).toBeLessThan(1e-8);
    }
    const kept = ["accumulated_heat(wall)", "accumulated_work(wall)", "accumulated_drive_work"].map(run.of);
    const U = run.of("energy");
    const left = U.map((u, k) => u - U[0]! - kept.reduce((sum, c) => sum + c[k]!, 0));
    expect(largest(left)).toBeLessThan(1e-10);
  });
});
