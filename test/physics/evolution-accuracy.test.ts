import { describe, expect, it } from "vitest";
import type { EvolutionRoute } from "../../src/numerics/evolution-route.ts";
import { evolve } from "./evolve.ts";

/** What a model gives at its times, and what it should. */
interface Case {
  readonly name: string;
  readonly text: string;
  /** Columns by key: elements of ρ, or sums of few of them. */
  readonly exact: (t: number) => Readonly<Record<string, number>>;
  /** Populations of the levels of the first subsystem. */
  readonly population?: (t: number, n: number) => number;
}

const n = (β: number, ω: number): number => 1 / Math.expm1(β * ω);

const relaxation: Case = {
  name: "a qubit that relaxes",
  text: `model m
subsystem q : qubit
hamiltonian { free 0.7*q.σz }
bath b : bosonic { β = 1.2; couples 0.3*q.σ⁻ }
equation e { local b }
state s { q = (|up> + (1 + 2*i)*|down>)/sqrt(2) }
experiment x { evolve e from s over time in linear(0, 30, 7); record mean(q.σz), re(mean(q.σ⁻)), im(mean(q.σ⁻)) }`,
  exact: (t) => {
    const rate = 0.09 * (2 * n(1.2, 1.4) + 1);
    const rest = -1 / (2 * n(1.2, 1.4) + 1);
    const d = Math.exp((-rate * t) / 2) / 6;
    // ρ_up,down(0) = (1 − 2i)/6, which turns with e^{−iωt}; of the populations 1/6 is up
    return {
      "mean(q.σz)": rest + (-2 / 3 - rest) * Math.exp(-rate * t),
      "re(mean(q.σ⁻))": d * (Math.cos(1.4 * t) - 2 * Math.sin(1.4 * t)),
      "im(mean(q.σ⁻))": d * (-2 * Math.cos(1.4 * t) - Math.sin(1.4 * t)),
    };
  },
};

const exchange: Case = {
  name: "two qubits that exchange an excitation, of which one decays",
  text: `model m
subsystem a, b : qubit
hamiltonian { free a.σz + b.σz
  interaction 0.4*(a.σ⁺*b.σ⁻ + h.c.) }
bath c : bosonic { β = inf; couples sqrt(0.3)*a.σ⁻ }
equation e { local c }
state s { a = |up>; b = |down> }
experiment x { evolve e from s over time in linear(0, 20, 9); record mean(a.σ⁺*a.σ⁻), mean(b.σ⁺*b.σ⁻), im(mean(a.σ⁺*b.σ⁻)) }`,
  exact: (t) => {
    // ċ_a = −Γc_a/2 − ig c_b, ċ_b = −ig c_a
    const [g, Γ] = [0.4, 0.3];
    const Ω = Math.sqrt(g * g - (Γ * Γ) / 16);
    const d = Math.exp((-Γ * t) / 4);
    const a = d * (Math.cos(Ω * t) - (Γ / 4 / Ω) * Math.sin(Ω * t));
    const b = ((-g * d) / Ω) * Math.sin(Ω * t);
    return { "mean(a.σ⁺*a.σ⁻)": a * a, "mean(b.σ⁺*b.σ⁻)": b * b, "im(mean(a.σ⁺*b.σ⁻))": a * b };
  },
};

/** L_n(x) by its recursion. */
function laguerre(order: number, x: number): number {
  let [before, now] = [0, 1];
  for (let k = 0; k < order; k++) [before, now] = [now, ((2 * k + 1 - x) * now - k * before) / (k + 1)];
  return now;
}

const oscillator = (β: string, thermal: number): Case => ({
  name: `an oscillator that is damped from a coherent state, β = ${β}`,
  text: `model m
subsystem o : oscillator
hamiltonian { free 1.3*o.N }
bath b : bosonic { β = ${β}; couples 0.3*o.a }
equation e { local b }
state s { o = coherent(0.8 - 0.6*i) }
experiment x { evolve e from s over time in linear(0, 20, 5); record re(mean(o.a)), im(mean(o.a)), mean(o.N); plot population(o) by time }`,
  exact: (t) => {
    const d = Math.exp((-0.09 * t) / 2);
    const [c, s] = [Math.cos(1.3 * t), Math.sin(1.3 * t)];
    return {
      "re(mean(o.a))": d * (0.8 * c - 0.6 * s),
      "im(mean(o.a))": d * (-0.6 * c - 0.8 * s),
      "mean(o.N)": d * d + thermal * (1 - d * d),
    };
  },
  // a thermal state of m quanta that is displaced to |α|² = e^{−γt}
  population: (t, level) => {
    const size = Math.exp(-0.09 * t);
    const m = thermal * (1 - size);
    if (m === 0) {
      let p = Math.exp(-size);
      for (let k = 1; k <= level; k++) p *= size / k;
      return p;
    }
    const ratio = m / (1 + m);
    return (ratio ** level / (1 + m)) * Math.exp(-size / (1 + m)) * laguerre(level, -size / (m * (1 + m)));
  },
});

/** The largest error of any recorded element, at any time. */
function errorOf({ text, exact, population }: Case, tolerance: number, route: EvolutionRoute): number {
  const { times, of, distributions, certificate } = evolve(text, { tolerance, route });
  expect(certificate.route).toBe(route);
  let most = 0;
  for (const [k, t] of times.entries()) {
    for (const [key, value] of Object.entries(exact(t!)))
      most = Math.max(most, Math.abs(of(key)[k]! - value));
    for (const p of population ? distributions : []) {
      for (const [l, x] of p.populations[k]!.entries())
        most = Math.max(most, Math.abs(x - population!(t!, l)));
    }
  }
  return most;
}

/** The slope of log y over log x, by least squares. */
function slope(x: readonly number[], y: readonly number[]): number {
  const [a, b] = [x.map(Math.log), y.map(Math.log)];
  const mean = (v: readonly number[]) => v.reduce((sum, e) => sum + e, 0) / v.length;
  const [ma, mb] = [mean(a), mean(b)];
  const covariance = a.reduce((sum, e, k) => sum + (e - ma) * (b[k]! - mb), 0);
  return covariance / a.reduce((sum, e) => sum + (e - ma) ** 2, 0);
}

/** Six decades. */
const TOLERANCES = [1e-4, 1e-6, 1e-8, 1e-10];

/** Errors of this size are rounding. */
const ROUNDING = 1e-14;

function keeps(system: Case, route: EvolutionRoute): readonly number[] {
  const errors = TOLERANCES.map((tolerance) => errorOf(system, tolerance, route));
  for (const [k, error] of errors.entries()) expect(error, `${TOLERANCES[k]}`).toBeLessThan(TOLERANCES[k]!);
  return errors;
}

describe.each([relaxation, exchange])("$name", (system) => {
  it.each(["runge-kutta", "radau", "shift-invert"] as const)(
    "by the %s route: the error is below the tolerance, and falls in proportion to it",
    (route) => {
      const errors = keeps(system, route);
      expect(Math.min(...errors)).toBeGreaterThan(ROUNDING / 10);
      expect(Math.abs(slope(TOLERANCES, errors) - 1)).toBeLessThan(0.2);
    },
  );

  // four elements are all that products with L make of a state: one step is exact
  it.each(["dense", "krylov"] as const)(
    "by the %s route is exact to rounding, whatever is asked for",
    (route) => {
      for (const error of keeps(system, route)) expect(error).toBeLessThan(ROUNDING);
    },
  );
});

describe(oscillator("inf", 0).name, () => {
  it("by the krylov route: the error is below the tolerance, and falls in proportion to it", () => {
    const errors = keeps(oscillator("inf", 0), "krylov");
    expect(Math.abs(slope(TOLERANCES, errors) - 1)).toBeLessThan(0.2);
  });
});

describe(oscillator("1.5", n(1.5, 1.3)).name, () => {
  it.each(["krylov", "shift-invert", "dense"] as const)(
    "by the %s route, as exact as was asked for",
    (route) => {
      keeps(oscillator("1.5", n(1.5, 1.3)), route);
    },
  );
});

describe("a route that cannot do what it is asked to", () => {
  it("says so", () => {
    const text = `model m
subsystem r : rotor(l in 0..3100)
hamiltonian { free r.L^2/2 }
bath kick : jumps { jump exp(i*r.φ) }
equation e { jumps kick }
state s { r = |0> }
experiment x { evolve e from s over time in [0, 1] by dense; record mean(r.L) }`;
    expect(() => evolve(text)).toThrow(/by the route dense: its matrices would be too large/);
    expect(evolve(text, { route: "krylov" }).of("mean(r.L)")[1]).toBeCloseTo(1, 10);
  });
});
