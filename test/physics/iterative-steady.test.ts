import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyContributions } from "../../src/lower/generator.ts";
import { createLyapunovSolver } from "../../src/solve/lyapunov-steady.ts";
import { productSolverOf } from "../../src/solve/product-solver.ts";
import { createSteadySolver, type SteadyOutcome, type SteadyState } from "../../src/solve/steady-state.ts";
import { lowered } from "./lowered.ts";
import { machine, machineText } from "./random-machine.ts";
import { expectClose, modelText, steady } from "./steady.ts";

const chain = modelText("spin-chain");

/** The chain in a field that is tilted to the side as well, so that no charge is conserved. */
const tilted = chain.replace("interaction sum", "interaction sum(j in 1..N) 0.3*q[j].σx + sum");

/** Two oscillators of n levels each with nonlinear levels, driven and coupled; `phase` makes H complex. */
const kerr = (n: number, phase: number) => `
model kerr_pair
subsystem a, b : oscillator(n in 0..${n - 1})
hamiltonian {
  free 0.3*a.N + 0.5*b.N
  interaction 0.5*a.a†*a.a†*a.a*a.a + 0.4*b.a†*b.a†*b.a*b.a + 0.6*(a.a + a.a†)
            + 0.3*(exp(i*${phase})*a.a†*b.a + h.c.) + 0.2*(b.a + b.a†)
}
bath left  : jumps { jump sqrt(0.3)*a.a; jump sqrt(0.05)*a.a† }
bath right : jumps { jump sqrt(0.2)*b.a }
equation e { jumps left, right }
`;

function solved(outcome: SteadyOutcome): SteadyState {
  if (outcome.kind === "failed") throw new Error(outcome.failure.reason);
  return outcome.state;
}

const largestDifference = (x: Float64Array, y: Float64Array): number =>
  x.reduce((most, v, k) => Math.max(most, Math.abs(v - y[k]!)), 0);

/** Solves by both routes, and compares the states and what each bath does to them. */
function expectAgreement(
  text: string,
  set: Readonly<Record<string, number>>,
  equation: number,
  within: number,
) {
  const { generator: make, denseGenerator, parameters } = lowered(text, set, equation);
  const [generator, dense] = [make(), denseGenerator()];
  const direct = solved(createSteadySolver(generator)(parameters));
  for (const populations of ["joint", "single"] as const) {
    const state = solved(createLyapunovSolver(dense, { populations })(parameters));
    expect(largestDifference(state.unknowns, direct.unknowns)).toBeLessThan(within);
    expect(state.certificate.residual).toBeLessThan(1e-14);
  }
  const slots = generator.slotsAt(parameters);
  const images = dense.at(parameters).imagesOf(direct.unknowns);
  for (const [b, part] of generator.dissipators.entries()) {
    const expected = applyContributions(part, slots, direct.unknowns);
    expect(largestDifference(images[b]!.change, expected.change)).toBeLessThan(1e-14);
    // what is summed before the moduli are taken differs a little
    for (const [k, gross] of images[b]!.gross.entries()) {
      expect(gross).toBeGreaterThanOrEqual(expected.gross[k]! / 4);
    }
  }
}

describe("the iteration", () => {
  it.each([
    ["a chain", chain, { N: 4 }, 0],
    ["a noisy chain", chain, { N: 5 }, 1],
    ["a chain of six", chain, { N: 6 }, 0],
    ["a tilted chain", tilted, { N: 4 }, 0],
    ["a noisy tilted chain", tilted, { N: 4 }, 1],
    ["a tilted chain of five", tilted, { N: 5 }, 0],
    ["a driven pair of oscillators", kerr(5, 0), {}, 0],
    ["one with a complex Hamiltonian", kerr(5, 0.7), {}, 0],
  ] as const)("agrees with the factorisation for %s", (_, text, set, equation) => {
    expectAgreement(text, set, equation, 1e-13);
  });

  it("agrees with the factorisation for machines made at random", () => {
    const property = fc.property(machine, (m) => {
      const { sector } = lowered(machineText(m));
      fc.pre(sector.components.length === 1);
      expectAgreement(machineText(m), {}, 0, 1e-11);
    });
    fc.assert(property, { numRuns: 30, seed: 12 });
  });

  it("sees that a steady state is not unique", () => {
    const { denseGenerator, parameters, sector } = lowered(`
model half_reached
subsystem a, b, c : qubit
hamiltonian {
  free 0.5*a.σz + 0.3*b.σx + 0.2*b.σz + 0.3*c.σx
  interaction 0.1*a.σz*b.σx + 0.2*a.σx
}
bath j : jumps { jump 0.3*a.σ⁻; jump 0.1*a.σx }
equation e { jumps j }
`);
    expect(sector.components).toHaveLength(1);
    const outcome = createLyapunovSolver(denseGenerator())(parameters);
    expect(outcome.kind === "failed" && outcome.failure.kind).toBe("not-unique");
  });

  it("keeps its digits where rates are small, and says so where it cannot", () => {
    const weak = (g: number) =>
      `
model slow
subsystem a, b : qubit
hamiltonian { free 0.5*a.σz + 0.3*b.σz; interaction 0.2*a.σx + ${g}*b.σx*a.σx + 0.1*b.σx }
bath j : jumps { jump 0.3*a.σ⁻; jump 0.1*a.σx }
bath k : jumps { jump ${g}*b.σ⁻ }
equation e { jumps j, k }
`.replace("; interaction", "\n  interaction");
    for (const g of [1e-2, 1e-3]) expectAgreement(weak(g), {}, 0, 1e-9);
    const { denseGenerator, parameters } = lowered(weak(1e-6));
    const outcome = createLyapunovSolver(denseGenerator())(parameters);
    expect(outcome.kind).toBe("failed");
  });

  it("is off by no more than its condition says", () => {
    for (const Γ of [1e-3, 1e-5, 1e-7]) {
      const { generator, denseGenerator, parameters } = lowered(tilted, { N: 4, Γ });
      const direct = solved(createSteadySolver(generator())(parameters));
      const state = solved(createLyapunovSolver(denseGenerator())(parameters));
      const error = state.certificate.conditionEstimate * Number.EPSILON;
      expect(error).toBeLessThan(1e-6);
      expect(largestDifference(state.unknowns, direct.unknowns)).toBeLessThan(2 * error);
    }
  });

  it("finds states from which nothing leaves", () => {
    expectAgreement(
      `
model dark
subsystem s : levels(g, h, e)
hamiltonian { 
  free s.|e><e|
  interaction 0.3*(s.|e><g| + s.|g><e|) + 0.3*(s.|e><h| + s.|h><e|)
}
bath j : jumps { jump 0.3*s.|g><e|; jump 0.2*s.|h><e| }
equation e { jumps j }
`,
      {},
      0,
      1e-13,
    );
  });
});

describe("the route to a steady state between product states", () => {
  const solverOf = (
    text: string,
    set: Readonly<Record<string, number>>,
    onProgress?: (m: string) => void,
  ) => {
    const { equation, basis, parameters } = lowered(text, set);
    const found = productSolverOf(equation, basis, parameters.length, onProgress);
    if (found.kind === "failed") throw new Error(found.failure.reason);
    return solved(found.solve(parameters)).certificate.solver;
  };

  it("is a factorisation where that is small, else the iteration, which tells how far it is", () => {
    expect(solverOf(chain, { N: 4 })).toMatch(/^sparse LU/);
    const messages: string[] = [];
    expect(solverOf(tilted, { N: 6 }, (m) => messages.push(m))).toMatch(/^GMRES/);
    expect(messages[0]).toMatch(/^steady state: step 10, residual \d/);
    expect(messages.length).toBeGreaterThan(1);
  });

  it("is a factorisation of a band, however long it is", () => {
    const text = modelText("rotor-qubit").replace(
      /subsystem r : rotor.*/,
      "subsystem r : rotor(l in -1000..999)",
    );
    expect(solverOf(text, {})).toMatch(/^sparse LU/);
  });

  it("is a factorisation after all where the iteration has too few digits", () => {
    const messages: string[] = [];
    expect(solverOf(tilted, { N: 5, Γ: 1e-7 }, (m) => messages.push(m))).toMatch(/^sparse LU/);
    expect(messages.at(-1)).toBe("too few digits by iteration: factorising");
  });

  it("reports the same currents by either, and conserves energy and spin where there is no other way", () => {
    const { of, certificate } = steady(chain, { set: { N: 8 } });
    expect(certificate.solver).toMatch(/^GMRES/);
    for (const j of [1, 4, 7]) expectClose(of(`current[${j}]`), of("inflow"), 1e-11);
    expect(Math.abs(of("first_law_residual"))).toBeLessThan(1e-14);
  });
});

/** ρ of a chain as two dense matrices, row by row. */
function denseOf({ blocks }: SteadyState, d: number) {
  const re = Array.from({ length: d }, () => new Float64Array(d));
  const im = Array.from({ length: d }, () => new Float64Array(d));
  for (const block of blocks) {
    const n = block.states.length;
    for (const [a, i] of block.states.entries()) {
      for (const [b, j] of block.states.entries()) {
        re[i]![j] = block.re[a * n + b]!;
        im[i]![j] = block.im[a * n + b]!;
      }
    }
  }
  return { re, im };
}

/**
 * Lρ of the tilted chain of N spins (quiet), spin by spin: nothing is shared with src/. A state is a word of N bits, the
 * first spin's the highest, 0 for up.
 */
function tiltedImage(N: number, { re, im }: { re: Float64Array[]; im: Float64Array[] }): number {
  const d = 2 ** N;
  const [B, δ, J, Δ, Γ] = [1, 0.1, 0.2, 0.5, 0.05];
  const bit = (j: number) => 1 << (N - j);
  const z = (s: number, j: number) => (s & bit(j) ? -1 : 1);
  /** The entries of a row of H. */
  const row = (s: number): [number, number][] => {
    let diagonal = 0;
    const entries: [number, number][] = [];
    for (let j = 1; j <= N; j++) {
      diagonal += (B + δ * (j - 1)) * z(s, j);
      entries.push([s ^ bit(j), 0.3]);
      if (j === N) continue;
      diagonal += J * Δ * z(s, j) * z(s, j + 1);
      if (z(s, j) !== z(s, j + 1)) entries.push([s ^ bit(j) ^ bit(j + 1), 2 * J]);
    }
    return [[s, diagonal], ...entries];
  };
  const rows = Array.from({ length: d }, (_, s) => row(s));
  const baths = [
    { j: 1, n: 1 / Math.expm1((2 * B) / 2) },
    { j: N, n: 1 / Math.expm1((2 * (B + δ * (N - 1))) / 0.5) },
  ];
  let largest = 0;
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++) {
      let x = 0;
      let y = 0;
      // −i(Hρ − ρH), with a real symmetric H
      for (const [c, h] of rows[a]!) {
        x += h * im[c]![b]!;
        y -= h * re[c]![b]!;
      }
      for (const [c, h] of rows[b]!) {
        x -= h * im[a]![c]!;
        y += h * re[a]![c]!;
      }
      for (const { j, n } of baths) {
        const [up, down] = [Γ * n, Γ * (n + 1)];
        const loss = (s: number) => (z(s, j) === 1 ? down : up);
        x -= 0.5 * (loss(a) + loss(b)) * re[a]![b]!;
        y -= 0.5 * (loss(a) + loss(b)) * im[a]![b]!;
        if (z(a, j) !== z(b, j)) continue;
        const gain = z(a, j) === 1 ? up : down;
        x += gain * re[a ^ bit(j)]![b ^ bit(j)]!;
        y += gain * im[a ^ bit(j)]![b ^ bit(j)]!;
      }
      largest = Math.max(largest, Math.hypot(x, y));
    }
  }
  return largest;
}

it.each([5, 7])("a tilted chain of %i spins stands still under a Liouvillian made otherwise", (N) => {
  const { denseGenerator, parameters } = lowered(tilted, { N });
  const state = solved(createLyapunovSolver(denseGenerator())(parameters));
  expect(state.unknowns).toHaveLength(4 ** N);
  expect(tiltedImage(N, denseOf(state, 2 ** N))).toBeLessThan(2e-15);
});
