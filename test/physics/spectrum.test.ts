import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile } from "../../src/pipeline.ts";
import type { SpectrumReport } from "../../src/report/results.ts";
import { runEvolve } from "../../src/run-evolve.ts";
import { runSteady } from "../../src/run-steady.ts";
import { liouvillianEigenvalues } from "./brute-force.ts";
import { machine, machineText } from "./random-machine.ts";
import { bose, expectClose, modelText, steady } from "./steady.ts";

const compiled = (text: string, sets: readonly string[] = []) =>
  compile({ name: "m", text }, { sets, quantities: [], readLibrary: () => undefined });

function spectrum(text: string, count: number, equation?: string): SpectrumReport {
  const { results, diagnostics } = runSteady(compiled(text), {
    spectrum: count,
    ...(equation && { equation }),
  });
  const found = results.results[0]?.rows[0]?.spectrum;
  if (!found) throw new Error(diagnostics.map((d) => d.message).join("\n"));
  return found;
}

const valuesOf = ({ modes }: SpectrumReport) => modes.map(({ re, im }) => [re, im] as const);

function expectValues(found: SpectrumReport, expected: readonly (readonly [number, number])[]): void {
  const values = valuesOf(found);
  expect(values.length).toBe(expected.length);
  for (const [k, [re, im]] of expected.entries()) {
    expectClose(values[k]![0], re, 1e-13);
    expectClose(values[k]![1], im, 1e-13, 1e-14);
  }
}

describe("modes of closed form", () => {
  const qubit = `model m\nsubsystem q : qubit\nhamiltonian { free 0.7*q.σz }
bath b : bosonic { β = 0.9; couples 0.2*q.σ⁻ }\nequation e { local b }
equation g { global b }\nequation u { unified b }\nequation r { redfield b }\nequation c { collision b with { τ = 0.1 } }`;

  it.each(["e", "g", "u", "r"])("a damped qubit, by equation %s: Γ(2n + 1), and half of it ± iω", (name) => {
    const total = 0.04 * (2 * bose(0.9 * 1.4) + 1);
    const found = spectrum(qubit, 6, name);
    expectValues(found, [
      [-total / 2, 1.4],
      [-total, 0],
    ]);
    const [coherence, population] = found.modes;
    expect([coherence!.isInSector, population!.isInSector]).toEqual([false, true]);
    expect(coherence!.means).toEqual([]);
    // up minus down
    expect(population!.means.map(({ quantity }) => quantity)).toEqual(["mean(q.σz)", "energy"]);
    expectClose(population!.means[0]!.change, 2, 1e-13);
    expectClose(population!.means[1]!.change, 1.4, 1e-13);
    expect([found.isWhole, found.kernelDimension, found.completeBelow]).toEqual([true, 1, null]);
    expectClose(found.gap!, total / 2, 1e-13);
  });

  it("of collisions are refused", () => {
    const { status, diagnostics } = runSteady(compiled(qubit), { spectrum: 6, equation: "c" });
    expect(status).toBe("not-vouched");
    expect(diagnostics.map((d) => d.code)).toContain("E506");
    expect(diagnostics.at(-1)!.message).toContain("there is no Liouvillian");
  });

  it("a cold damped oscillator: multiples of κ/2, turning by up to as many ω", () => {
    const text = `model m\nsubsystem o : oscillator(n in 0..7)\nhamiltonian { free 1.3*o.N }
bath b : bosonic { β = inf; couples 0.3*o.a }\nequation e { local b }`;
    const half = 0.09 / 2;
    const found = spectrum(text, 5);
    const ordered = [...found.modes].sort((a, b) => Math.round((b.re - a.re) / half) || a.im - b.im);
    expectValues({ ...found, modes: ordered }, [
      [-half, 1.3],
      [-2 * half, 0],
      [-2 * half, 2.6],
      [-3 * half, 1.3],
      [-3 * half, 3.9],
    ]);
  });

  it("two coupled oscillators at resonance: the gap is the smaller decay of their amplitudes", () => {
    const text = `model m\nsubsystem a, b : oscillator(n in 0..4)\nhamiltonian { free a.N + b.N
  interaction 0.04*(a.a†*b.a + h.c.) }
bath left : bosonic { β = inf; couples 0.5*a.a }\nbath right : bosonic { β = inf; couples 0.1*b.a }\nequation e { local left, right }
quantity g = gap`;
    // amplitudes: λ² + (κ₁ + κ₂)/2 λ + κ₁κ₂/4 + g² = 0
    const [k1, k2, g] = [0.25 / 2, 0.01 / 2, 0.04];
    const root = Math.sqrt(((k1 - k2) / 2) ** 2 - g * g);
    const [slow, fast] = [(k1 + k2) / 2 - root, (k1 + k2) / 2 + root];
    const found = spectrum(text, 3);
    expectClose(found.gap!, slow, 1e-11);
    expectValues({ ...found, modes: found.modes.slice(0, 1) }, [[-slow, 1]]);
    expect(found.modes.slice(1).map(({ re }) => Number((re / slow).toFixed(9)))).toEqual([-2, -2]);
    expect(fast).toBeGreaterThan(2 * slow);
    expectClose(steady(text).of("g"), slow, 1e-11);
  });

  // The thermal oscillator's gap is κ/2 at any temperature.
  it("of truncated levels are compared with those of more levels", () => {
    const text = (window: string) => `model m\nsubsystem o : oscillator${window}\nhamiltonian { free o.N }
bath b : bosonic { β = 1; couples 0.3*o.a }\nequation e { local b }`;
    const found = spectrum(text(""), 4);
    expectClose(found.gap!, 0.045, 1e-9);
    if (found.windows.kind !== "verified") throw new Error(found.windows.kind);
    expect(found.windows.levels).toBeGreaterThan(0);
    expect(found.windows.gap).toBeLessThan(1e-9);
    expect(Math.abs(found.gap! - 0.045)).toBeLessThan(10 * found.windows.gap!);
    expect(spectrum(text("(n in 0..40)"), 4).windows).toEqual({ kind: "unverified" });
    expect(spectrum(qubit, 2).windows).toEqual({ kind: "whole" });
  });

  // Its rates fall with the level like e^(-2n/3), while populations do like e^(-3n): the slowest mode sits at the window's end.
  it("that live beyond the steady state are warned about", () => {
    const { results, diagnostics, status } = runSteady(
      compiled(`model m\nkind clay { basis n in 0..inf; operator b = sum(n) exp(-n/3)*|n-1><n|; operator N = sum(n) n*|n><n| }
subsystem o : clay\nhamiltonian { free 3*o.N }\nbath b : bosonic { β = 1; couples o.b }\nequation e { local b }`),
      { spectrum: 2 },
    );
    expect([status, diagnostics.map((d) => d.code)]).toEqual(["good", ["W513"]]);
    const { gap, windows } = results.results[0]!.rows[0]!.spectrum!;
    expect(windows.kind === "verified" && windows.gap! > 0.5 * gap!).toBe(true);
  });

  it("coherences that never decay leave no gap", () => {
    const text = `model m\nsubsystem q, s : qubit\nhamiltonian { free q.σz }
bath c : jumps { jump 0.3*s.σx }\nbath d : bosonic { β = 1; couples q.σ⁻ }\nequation e { local d; jumps c }`;
    const found = spectrum(text, 3);
    expect([found.gap, found.kernelDimension]).toEqual([0, 2]);
  });
});

describe("modes of random machines", () => {
  it("are the eigenvalues of a Liouvillian made otherwise", () => {
    const small = machine.filter(
      ({ sites }) =>
        sites.every(({ part }) => !part.isFermionic) &&
        sites.reduce((d, { part }) => d * part.energies(1).length, 1) <= 9,
    );
    fc.assert(
      fc.property(small, (m) => {
        const found = spectrum(machineText(m), 8);
        const all = liouvillianEigenvalues(m).filter(({ im }) => im >= -1e-12);
        // all that decay slower than the last one of the list are in it
        const last = found.modes.at(-1)!.re;
        const slower = all.filter(({ re }) => re > last + 1e-9 && re < -1e-9);
        for (const { re, im } of slower) {
          expect(Math.min(...found.modes.map((mode) => Math.hypot(mode.re - re, mode.im - im)))).toBeLessThan(
            1e-9,
          );
        }
        for (const mode of found.modes) {
          expect(Math.min(...all.map(({ re, im }) => Math.hypot(mode.re - re, mode.im - im)))).toBeLessThan(
            1e-9,
          );
        }
      }),
      { numRuns: 8, seed: 5 },
    );
  });
});

describe("the gap of the rotor", () => {
  it("of Fig. 8 is the rate at which an evolution comes to rest", () => {
    const text = `${modelText("rotor-qubit")}
experiment late { evolve collisions from start over time in [2e5, 2.5e5, inf]; with { β2 = 0.8*β1 }; record mean(r.L) }`;
    const { results } = runEvolve(compiled(text), { experiment: "late" });
    const [first, second, rest] = results.trajectories[0]!.quantities["mean(r.L)"] as number[];
    const observed = Math.log((first! - rest!) / (second! - rest!)) / 5e4;
    const { gap } = spectrum(text.replace("parameter β2 = 0.03", "parameter β2 = 0.08"), 2);
    expectClose(gap!, 5.6e-5, 0.01);
    // the next mode, at twice the rate, has decayed to e^(−11) of the first
    expectClose(observed, gap!, 1e-4);
  });
});
