import { describe, expect, it } from "vitest";
import { randomStream } from "../../src/numerics/random-stream.ts";
import { type Compiled, compile } from "../../src/pipeline.ts";
import type { JumpReport } from "../../src/report/evolution-results.ts";
import { runEvolve } from "../../src/run-evolve.ts";
import type { TrajectoryRequest } from "../../src/run-trajectories.ts";
import { expectClose, fermi } from "./steady.ts";

const compiledOf = (text: string): Compiled =>
  compile({ name: "m", text }, { sets: [], quantities: [], readLibrary: () => undefined });

function evolved(model: string | Compiled, trajectories: TrajectoryRequest, equation?: string) {
  const compiled = typeof model === "string" ? compiledOf(model) : model;
  const outcome = runEvolve(compiled, { trajectories, ...(equation && { equation }) });
  return { ...outcome, report: outcome.results.trajectories[0]! };
}

function jumpsOf(model: string | Compiled, request: TrajectoryRequest, equation?: string): JumpReport {
  const { report, diagnostics } = evolved(model, request, equation);
  if (!report?.jumps) throw new Error(diagnostics.map((d) => d.message).join("\n"));
  return report.jumps;
}

const DECAY = `model m\nsubsystem q : qubit\nhamiltonian { free 0.5*q.σz }
bath vacuum : bosonic { β = inf; couples 0.3*q.σ⁻ }
equation e { local vacuum }
state s { q = |up> }
experiment x { evolve e from s over time in [0, 10, 60, 200]; record mean(q.σz) }`;

describe("the jump of a decaying qubit", () => {
  it("comes when e^(−Γt) has fallen to the first number that is drawn for it, and hands over ω", () => {
    const decay = compiledOf(DECAY);
    for (let number = 1; number <= 12; number++) {
      const { single, resolution } = jumpsOf(decay, { count: 0, seed: 5, single: number });
      // the first number chooses the initial state
      const [, drawn] = [0, 0].map(
        (
          (stream) => () =>
            stream()
        )(randomStream(5, number)),
      );
      const expected = -Math.log(drawn!) / 0.09;
      if (expected > 200) {
        expect(single!.jumps).toEqual([]);
        continue;
      }
      expect(single!.jumps.length).toBe(1);
      const [jump] = single!.jumps;
      expect([jump!.bath, jump!.channel, jump!.energy]).toEqual(["vacuum", 1, 1]);
      expect(Math.abs(jump!.time - expected)).toBeLessThan(resolution + 1e-11);
      for (const [k, t] of [0, 10, 60, 200].entries()) {
        expectClose(single!.quantities["mean(q.σz)"]![k]!, t < expected ? 1 : -1, 1e-14);
      }
    }
  });
});

const PAIR = `model pair
parameter G = 0.2
subsystem a, b : qubit
hamiltonian { free a.σz + 1.1*b.σz
  interaction 0.1*(a.σ⁺*b.σ⁻ + h.c.) }
bath cold : bosonic { β = 3; couples 0.1*a.σ⁻ }
bath hot : bosonic { β = 0.5; couples G*b.σ⁻ }
equation weak { local cold, hot }
equation eigen { global cold, hot }
equation clusters { unified cold, hot }
equation bloch { redfield cold, hot }
state start { a, b = (|up, down> + i*|down, up>)/sqrt(2) }
state warm { a = thermal(0.4); b = (|up> + |down>)/sqrt(2) }
experiment x { evolve weak from start over time in linear(5, 40, 8)
  record mean(a.σz), re(mean(a.σ⁺*b.σ⁻)), im(mean(a.σ⁺*b.σ⁻)), concurrence(a, b) }`;

/** Σ of squared deviations of as many independent averages, in standard errors: one of each seed, each at another time. */
function chiSquare(text: string, key: string, equation: string, count: number, exactText = text): number {
  const exact = evolved(exactText, { count: 0, seed: 1, single: 1 }, equation).report.quantities[key]!;
  const compiled = compiledOf(text);
  let sum = 0;
  for (let seed = 1; seed <= 8; seed++) {
    const { average, standardError } = jumpsOf(compiled, { count, seed }, equation).quantities[key]!;
    sum += ((average[seed - 1]! - (exact[seed - 1] as number)) / standardError[seed - 1]!) ** 2;
  }
  return sum;
}

describe("averages over trajectories", () => {
  // of 8 degrees of freedom: 99.9 % lie below 26.1, 0.1 % below 0.86
  it.each([
    ["weak", "mean(a.σz)"],
    ["weak", "im(mean(a.σ⁺*b.σ⁻))"],
    ["weak", "accumulated_heat(hot)"],
    ["weak", "work(hot)"],
    ["eigen", "accumulated_heat(cold)"],
    ["clusters", "heat(hot)"],
  ])("by '%s' of %s scatter about the equation's values as their errors say", (equation, key) => {
    const found = chiSquare(PAIR, key, equation, 80);
    expect(found).toBeLessThan(26.1);
    expect(found).toBeGreaterThan(0.86);
  });

  it("do not meet an equation with other rates", () => {
    const other = PAIR.replace("G = 0.2", "G = 0.4");
    expect(chiSquare(PAIR, "heat(hot)", "weak", 80, other)).toBeGreaterThan(26.1);
  });

  it("start from mixed states with the right means, and leave out what is not linear", () => {
    const text = PAIR.replace("from start over time in linear(5, 40, 8)", "from warm over time in [0]");
    const { quantities, leftOut } = jumpsOf(text, { count: 400, seed: 2 });
    expect(Math.abs(quantities["mean(a.σz)"]!.deviation[0]!)).toBeLessThan(4);
    expectClose(quantities["mean(a.σz)"]!.average[0]!, -Math.tanh(0.4), 0.3);
    expect(Object.keys(leftOut)).toEqual(["concurrence(a,b)"]);
  });
});

describe("a single trajectory", () => {
  it("is fixed by the seed and its number, and averages are those of single ones", () => {
    const alone = jumpsOf(PAIR, { count: 0, seed: 9, single: 3 });
    const amongMany = jumpsOf(PAIR, { count: 4, seed: 9, single: 3 });
    expect(amongMany.single).toEqual(alone.single);
    expect(jumpsOf(PAIR, { count: 0, seed: 10, single: 3 }).single).not.toEqual(alone.single);
    const four = [1, 2, 3, 4].map((single) => jumpsOf(PAIR, { count: 0, seed: 9, single }).single!);
    const key = "mean(a.σz)";
    for (const [k, average] of amongMany.quantities[key]!.average.entries()) {
      expectClose(average, four.reduce((sum, t) => sum + t.quantities[key]![k]!, 0) / 4, 1e-13, 1e-14);
    }
  });

  it("keeps the first law where jumps alone change the energy", () => {
    const text = `model m\nsubsystem q : qubit\nhamiltonian { free 0.5*q.σz }
bath cold : bosonic { β = 2; couples 0.3*q.σ⁻ }\nbath hot : bosonic { β = 0.2; couples 0.2*q.σ⁻ }
equation e { local cold, hot }\nstate s { q = |up> }
experiment x { evolve e from s over time in linear(0, 200, 21) }`;
    const { single } = jumpsOf(text, { count: 0, seed: 1, single: 1 });
    const { energy, "accumulated_heat(cold)": cold, "accumulated_heat(hot)": hot } = single!.quantities;
    expect(single!.jumps.length).toBeGreaterThan(20);
    for (const [k, U] of energy!.entries()) expectClose(U - energy![0]!, cold![k]! + hot![k]!, 1e-12, 1e-12);
    const handedOver = single!.jumps.filter((j) => j.bath === "hot").reduce((sum, j) => sum + j.energy!, 0);
    expectClose(hot!.at(-1)!, -handedOver, 1e-12, 1e-12);
  });

  it("counts what a fermionic bath brings as heat without what its potential brings", () => {
    const text = `model m\nsubsystem d : mode\nhamiltonian { free 1.5*d.n }
bath lead : fermionic { β = 1; μ = 0.4; couples 0.5*d.c }\nequation e { local lead }\nstate s { d = |empty> }
experiment x { evolve e from s over time in [0, 5, 40]; record mean(d.n) }`;
    const { single, quantities } = jumpsOf(text, { count: 300, seed: 4, single: 3 });
    expect(new Set(single!.jumps.map((j) => Math.abs(j.energy!)))).toEqual(new Set([1.5]));
    const heat = single!.quantities["accumulated_heat(lead)"]!;
    for (const x of heat) expect([0, 1.1].some((y) => Math.abs(x - y) < 1e-12)).toBe(true);
    // the mode fills as f(1 − e^(−Γt)), each particle with the heat ω − μ
    const filled = fermi(1.1) * (1 - Math.exp(-0.25 * 40));
    const { average, standardError, deviation } = quantities["accumulated_heat(lead)"]!;
    expect(Math.abs(average[2]! - 1.1 * filled)).toBeLessThan(4 * standardError[2]!);
    expect(Math.abs(quantities["mean(d.n)"]!.deviation[2]!)).toBeLessThan(4);
    expect(Math.abs(deviation[2]!)).toBeLessThan(4);
  });

  it("is refused where there are no jumps", () => {
    const { status, diagnostics, report } = evolved(PAIR, { count: 5, seed: 1 }, "bloch");
    expect([status, report.jumps]).toEqual(["not-vouched", undefined]);
    expect(diagnostics.find((d) => d.code === "E508")!.message).toContain("no jumps with rates");
  });
});
