import { Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { initialWindows, productBasis } from "../../src/lower/window.ts";
import { compileParameters } from "../../src/model/parameter-values.ts";
import { runSweep } from "../../src/run-sweep.ts";
import { productStatistics } from "../../src/solve/count-currents.ts";
import type { StatisticsOf } from "../../src/solve/current-statistics.ts";
import { createLyapunovSolver } from "../../src/solve/lyapunov-steady.ts";
import { steadyPointSolver } from "../../src/solve/steady-point.ts";
import { createSteadySolver, type SteadyOutcome } from "../../src/solve/steady-state.ts";
import { compileText } from "../model-text.ts";
import { lowered } from "./lowered.ts";
import { expectClose, modelText, steady } from "./steady.ts";
import { cumulants } from "./tilted-liouvillian.ts";

const TWO = `
model two "free terms that no jump is an eigenoperator of"
parameter T = 3
subsystem p, q : qubit
hamiltonian {
  free 0.7*p.σz + 0.4*p.σx + 1.1*q.σz + 0.3*p.σz*q.σz
  interaction 0.25*p.σx*q.σx + 0.2*(p.σ⁺*q.σ⁻ + h.c.)
}
bath wall : jumps { β = 1; jump 0.4*p.σ⁻; jump 0.2*(p.σ⁺ + 0.5*p.σz) }
bath room : jumps { β = 0.5; jump 0.3*q.σ⁻; jump 0.25*q.σ⁺; jump 0.2*q.σx }
bath hot  : bosonic { β = 1/T; couples 0.3*q.σ⁻; spectrum = ohmic(cutoff = 5) }
equation jumping   { jumps wall, room }
equation secular   { jumps wall; global hot }
equation clustered { jumps wall; unified hot }
`;

describe("the mean of what is counted is Tr[K L_b ρ]", () => {
  const cases = [
    ["two", TWO, ["jumping", "secular", "clustered"]],
    [
      "rotor-qubit",
      modelText("rotor-qubit").replace(": rotor ", ": rotor(l in -3..4) "),
      ["collisions", "spin_boson"],
    ],
    [
      "double dot",
      `model dots
subsystem a, b : mode
hamiltonian { free 0.5*a.n + 0.8*b.n; interaction 0.3*(a.c†*b.c + h.c.) + 0.4*a.n*b.n }
bath left  : fermionic { β = 2; μ = 0.7; couples 0.3*a.c }
bath right : fermionic { β = 1; couples 0.2*b.c }
equation secular { global left, right }
equation mixed { unified left; unified right }`,
      ["secular", "mixed"],
    ],
  ] as const;
  it.each(cases)("%s", (_, text, equations) => {
    const { derived } = compileText(text);
    const { model } = derived!;
    const parameters = compileParameters(model.parameters).at([]);
    for (const name of equations) {
      const equation = derived!.equations.find((e) => e.name === name)!;
      const outcome = steadyPointSolver(
        equation,
        model,
        productBasis(initialWindows(model).windows),
      )(parameters);
      if (outcome.kind === "failed") throw new Error(outcome.failure.reason);
      const { flows, statistics } = outcome.point;
      for (const [place, { spectral, particleNumber }] of equation.dissipators.entries()) {
        const { free, interaction, thermodynamic, particles } = flows[place]!;
        const expected = spectral ? (thermodynamic ?? free + interaction) : free;
        for (const [counted, mean] of [
          ["energy", expected],
          ["particles", particles],
        ] as const) {
          const found = statistics!(place, counted);
          if (mean === undefined) expect([particleNumber, found.kind]).toEqual([undefined, "undefined"]);
          else if (found.kind === "undefined") throw new Error(found.reason);
          else expectClose(found.mean, mean, 0, 1e-12 * found.traffic);
        }
      }
    }
  });
});

describe("free terms off the diagonal", () => {
  const kron = (a: Matrix, b: Matrix): Matrix => a.kroneckerProduct(b);
  const [one, z, x] = [
    Matrix.eye(2),
    Matrix.diag([1, -1]),
    new Matrix([
      [0, 1],
      [1, 0],
    ]),
  ];
  const lower = new Matrix([
    [0, 0],
    [1, 0],
  ]);
  const raise = lower.transpose();
  const sum = (...terms: readonly (readonly [number, Matrix])[]): Matrix =>
    terms.reduce<Matrix>((total, [c, m]) => Matrix.add(total, Matrix.mul(m, c)), Matrix.zeros(4, 4));
  const P = (m: Matrix) => kron(m, one);
  const Q = (m: Matrix) => kron(one, m);
  const H0 = sum([0.7, P(z)], [0.4, P(x)], [1.1, Q(z)], [0.3, kron(z, z)]);
  const hop = kron(raise, lower);
  const machine = {
    H: sum([1, H0], [0.25, kron(x, x)], [0.2, Matrix.add(hop, hop.transpose())]),
    baths: {
      wall: { jumps: [sum([0.4, P(lower)]), sum([0.2, P(raise)], [0.1, P(z)])], K: H0 },
      room: { jumps: [sum([0.3, Q(lower)]), sum([0.25, Q(raise)]), sum([0.2, Q(x)])], K: H0 },
    },
  };
  it("are counted as the tilted Liouvillian counts them, and called symmetrised", () => {
    const quantities = ["energy_noise(wall)", "energy_noise(room)"];
    const point = steady(TWO, { equation: "jumping", quantities });
    for (const bath of ["wall", "room"] as const) {
      const { mean, noise } = cumulants(machine, bath, 0.01);
      expectClose(point.of(`energy_noise(${bath})`), noise, 1e-9);
      expectClose(point.of(`heat(${bath})`), mean, 1e-9);
    }
    expect(point.certificate.noise!.map((n) => n.isSymmetrised)).toEqual([true, true]);
  });
});

describe("the iteration counts as the factorisation does", () => {
  const chain = modelText("spin-chain").replace(
    "interaction sum",
    "interaction sum(j in 1..N) 0.3*q[j].σx + sum",
  );
  const kerr = `
model kerr_pair
subsystem a, b : oscillator(n in 0..4)
hamiltonian {
  free 0.3*a.N + 0.5*b.N
  interaction 0.5*a.a†*a.a†*a.a*a.a + 0.6*(a.a + a.a†) + 0.3*(exp(i*0.7)*a.a†*b.a + h.c.) + 0.2*(b.a + b.a†)
}
bath left  : jumps { jump sqrt(0.3)*a.a; jump sqrt(0.05)*a.a† }
bath right : jumps { jump sqrt(0.2)*b.a }
equation e { jumps left, right }`;

  it.each([
    ["a tilted chain", chain, { N: 3 }, 0],
    ["a driven pair of oscillators", kerr, {}, 0],
  ] as const)("for %s", (_, text, set, equation) => {
    const {
      sector,
      basis,
      equation: master,
      generator,
      denseGenerator,
      parameters,
    } = lowered(text, set, equation);
    const [sparse, dense] = [generator(), denseGenerator()];
    const stateOf = (outcome: SteadyOutcome) => {
      if (outcome.kind === "failed") throw new Error(outcome.failure.reason);
      return outcome.state;
    };
    const slots = sparse.slotsAt(parameters);
    const liouvillian = dense.at(parameters);
    const direct = productStatistics(master, basis, {
      sector,
      jumpsAt: () => sparse.gains().map((entries) => ({ kind: "entries", entries, slots })),
    })(parameters, stateOf(createSteadySolver(sparse)(parameters)));
    const iterative = productStatistics(master, basis, {
      sector,
      jumpsAt: () =>
        master.dissipators.map((_d, b) => ({ kind: "map", apply: (x) => liouvillian.gainOf(b, x) })),
    })(parameters, stateOf(createLyapunovSolver(dense)(parameters)));
    const noise = (statistics: StatisticsOf, place: number) => {
      const found = statistics(place, "energy");
      if (found.kind === "undefined") throw new Error(found.reason);
      return found;
    };
    for (const place of master.dissipators.keys()) {
      const [a, b] = [noise(direct, place), noise(iterative, place)];
      expectClose(b.noise, a.noise, 1e-10);
      expectClose(b.mean, a.mean, 1e-11);
      expect(b.isSymmetrised).toBe(a.isSymmetrised);
      expect(Math.abs(b.noise - a.noise)).toBeLessThan(a.uncertainty + b.uncertainty);
    }
  });
});

describe("noise in experiments", () => {
  const text = `${modelText("absorption-refrigerator")}
variant cooler { T_hot = T_hot/2 }
quantity ratio = cooler.energy_noise(cold)/energy_noise(cold)
experiment noise {
  steady weak
  sweep T_hot in [3, 6, 12]
  record energy_noise(room), ratio, energy_noise(cold), uncertainty_product(cold)
}`;

  it("is that of single runs at each point of a sweep and in variants, whose factors later points overwrite", () => {
    const { results, status } = runSweep(compileText(text), { experiment: "noise" });
    expect(status).toBe("good");
    for (const { sweep, quantities } of results.results[0]!.rows) {
      const asked = ["energy_noise(room)", "energy_noise(cold)", "uncertainty_product(cold)"];
      const single = steady(text, { set: { T_hot: sweep!.T_hot! }, quantities: asked });
      const cooler = steady(text, { set: { T_hot: sweep!.T_hot! / 2 }, quantities: asked });
      for (const key of asked) expectClose(quantities[key] as number, single.of(key), 1e-12);
      const ratio = cooler.of("energy_noise(cold)") / single.of("energy_noise(cold)");
      expectClose(quantities.ratio as number, ratio, 1e-12);
    }
  });
});
