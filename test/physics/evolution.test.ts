import { describe, expect, it } from "vitest";
import { compile } from "../../src/pipeline.ts";
import { runEvolve } from "../../src/run-evolve.ts";
import { evolve, farthest } from "./evolve.ts";
import { modelText, steady } from "./steady.ts";

const QUBIT = `model relaxing
parameter B = 0.7
parameter Γ = 0.05
parameter T = 1.3
subsystem q : qubit
hamiltonian { free B*q.σz }
bath b : bosonic { β = 1/T; couples sqrt(Γ)*q.σ⁻ }
equation weak { local b }
equation eigen { global b }
equation clusters { unified b }
equation bloch { redfield b }
state up { q = |up> }
state tilted { q = (|up> + (1 + 2*i)*|down>)/sqrt(2) }
state half { q = 0.3*|up><up| + 0.7*|down><down| + 0.1*i*|up><down| - 0.1*i*|down><up| }
experiment e { evolve weak, eigen, clusters, bloch from up over time in linear(0, 40, 21); record mean(q.σz), entropy(q) }
experiment f { evolve weak from tilted over time in logarithmic(1e-3, 1e4, 40); record mean(q.σz), re(mean(q.σ⁻)), im(mean(q.σ⁻)), purity(q) }
experiment h { evolve weak from half over time in [0, 1, 5]; record im(mean(q.σ⁻)), energy }`;

describe("one qubit that relaxes", () => {
  const n = 1 / Math.expm1(1.4 / 1.3);
  const rate = 0.05 * (2 * n + 1);
  const rest = -1 / (2 * n + 1);

  it("follows the exponential, under every equation, and so do its heat and entropy", () => {
    const compiled = compile(
      { name: "m", text: QUBIT },
      { sets: [], quantities: [], readLibrary: () => undefined },
    );
    const { results } = runEvolve(compiled, { experiment: "e" });
    expect(results.trajectories.map((t) => t.equation)).toEqual(["weak", "eigen", "clusters", "bloch"]);
    for (const { times, quantities } of results.trajectories) {
      const z = times.map((t) => rest + (1 - rest) * Math.exp(-rate * t!));
      expect(farthest(quantities["mean(q.σz)"] as number[], z)).toBeLessThan(1e-11);
      const heat = z.map((x) => -0.7 * rate * (x - rest));
      expect(farthest(quantities["heat(b)"] as number[], heat)).toBeLessThan(1e-11);
      const brought = z.map((x) => 0.7 * (x - 1));
      expect(farthest(quantities["accumulated_heat(b)"] as number[], brought)).toBeLessThan(1e-10);
      const S = z.map(
        (x) => -[(1 + x) / 2, (1 - x) / 2].reduce((s, p) => (p > 0 ? s + p * Math.log(p) : s), 0),
      );
      expect(farthest(quantities["entropy(q)"] as number[], S)).toBeLessThan(1e-10);
      const produced = S.map((s, k) => s - brought[k]! / 1.3);
      expect(farthest(quantities.accumulated_entropy as number[], produced)).toBeLessThan(1e-9);
      expect(quantities.entropy_production![0]).toBeNull();
    }
  });

  it("a superposition turns and decays at half of the rate, over seven decades of time", () => {
    const { times, of, certificate } = evolve(QUBIT, { experiment: "f" });
    // ρ_up,down(0) = (1 − 2i)/6, e^{−iωt − Γ(2n+1)t/2}
    const amplitude = (t: number) => Math.exp((-rate * t) / 2);
    const re = times.map((t) => (amplitude(t!) * (Math.cos(1.4 * t!) - 2 * Math.sin(1.4 * t!))) / 6);
    const im = times.map((t) => (amplitude(t!) * (-2 * Math.cos(1.4 * t!) - Math.sin(1.4 * t!))) / 6);
    expect(farthest(of("re(mean(q.σ⁻))"), re)).toBeLessThan(1e-10);
    expect(farthest(of("im(mean(q.σ⁻))"), im)).toBeLessThan(1e-10);
    expect(certificate.traceError).toBeLessThan(1e-12);
    expect(certificate.smallestEigenvalue).toBeGreaterThan(-1e-10);
    expect(certificate.longTime!.distance).toBeLessThan(1e-12);
  });

  it("starts from a density operator as it is written", () => {
    const { of } = evolve(QUBIT, { experiment: "h" });
    expect(of("im(mean(q.σ⁻))")[0]).toBeCloseTo(0.1, 14);
    expect(of("energy")[0]).toBeCloseTo(-0.28, 14);
  });
});

describe("an oscillator that is damped from a coherent state", () => {
  const text = `model ringing
subsystem m : oscillator
hamiltonian { free 1.3*m.N }
bath b : bosonic { β = 2; couples 0.2*m.a }
equation weak { local b }
state start { m = coherent(1.5 - 0.5*i) }
experiment ring { evolve weak from start over time in linear(0, 60, 13); record re(mean(m.a)), im(mean(m.a)), mean(m.N) }`;

  it("keeps its amplitude's exponential, and finds its window", () => {
    const { times, of, certificate } = evolve(text);
    const n = 1 / Math.expm1(2.6);
    const γ = 0.04;
    const decay = times.map((t) => Math.exp((-γ * t!) / 2));
    const turn = (t: number) => [Math.cos(1.3 * t), Math.sin(1.3 * t)] as const;
    const re = times.map((t, k) => decay[k]! * (1.5 * turn(t!)[0] - 0.5 * turn(t!)[1]));
    const im = times.map((t, k) => decay[k]! * (-0.5 * turn(t!)[0] - 1.5 * turn(t!)[1]));
    expect(farthest(of("re(mean(m.a))"), re)).toBeLessThan(1e-9);
    expect(farthest(of("im(mean(m.a))"), im)).toBeLessThan(1e-9);
    const N = decay.map((d) => 2.5 * d * d + n * (1 - d * d));
    expect(farthest(of("mean(m.N)"), N)).toBeLessThan(1e-9);
    expect(certificate.windows.m!.isAutomatic).toBe(true);
    expect(certificate.windows.m!.edgePopulations[1]!).toBeLessThan(1e-12);
  });
});

describe("two qubits that exchange an excitation without baths' noise", () => {
  const text = `model rabi
parameter g = 0.1
subsystem a, b : qubit
hamiltonian { free a.σz + b.σz
  interaction g*(a.σ⁺*b.σ⁻ + h.c.) }
bath cold : bosonic { β = inf; couples 1e-9*a.σ⁻ }
equation weak { local cold }
state start { a = |up>; b = |down> }
state bell { a, b = (|up, down> + |down, up>)/sqrt(2) }
experiment flop { evolve weak from start over time in linear(0, 100, 51); record mean(a.σz), concurrence(a, b), negativity(a), mutual_information(a), l1_coherence(all), coherence(all) }
experiment still { evolve weak from bell over time in [0, 10]; record concurrence(a, b), negativity(a), mutual_information(b) }`;

  it("shows Rabi's oscillation and the entanglement of its states", () => {
    const { times, of } = evolve(text, { experiment: "flop" });
    const p = times.map((t) => Math.cos(0.1 * t!) ** 2);
    expect(
      farthest(
        of("mean(a.σz)"),
        p.map((x) => 2 * x - 1),
      ),
    ).toBeLessThan(1e-10);
    const c = p.map((x) => 2 * Math.sqrt(x * (1 - x)));
    expect(farthest(of("concurrence(a,b)"), c)).toBeLessThan(1e-7);
    expect(
      farthest(
        of("negativity(a)"),
        c.map((x) => x / 2),
      ),
    ).toBeLessThan(1e-7);
    expect(farthest(of("l1_coherence(all)"), c)).toBeLessThan(1e-9);
    const h = p.map((x) => -[x, 1 - x].reduce((s, y) => (y > 1e-300 ? s + y * Math.log(y) : s), 0));
    expect(
      farthest(
        of("mutual_information(a)"),
        h.map((x) => 2 * x),
      ),
    ).toBeLessThan(1e-7);
    expect(farthest(of("coherence(all)"), h)).toBeLessThan(1e-7);
  });

  it("keeps a Bell state", () => {
    const { of } = evolve(text, { experiment: "still" });
    for (const key of ["concurrence(a,b)", "negativity(a)", "mutual_information(b)"]) {
      const [first, last] = of(key);
      expect(first).toBeCloseTo(key.startsWith("m") ? 2 * Math.log(2) : key.startsWith("c") ? 1 : 0.5, 9);
      expect(last).toBeCloseTo(first!, 7);
    }
  });
});

const ROTOR = modelText("rotor-qubit");

describe("the reference model in time", () => {
  it("Fig. 8: powers along the way, and the state that the solver finds at rest in the end", () => {
    const { of, certificate, times } = evolve(ROTOR, { experiment: "powers" });
    const [kinetic, intrinsic, back] = ["kinetic_power(r)", "intrinsic_power(r)", "back_action_heat(r)"].map(
      of,
    );
    const net = of("net_power(r)");
    expect(
      farthest(
        kinetic!,
        intrinsic!.map((x, k) => x + back![k]!),
      ),
    ).toBeLessThan(1e-12 * Math.max(...kinetic!.map(Math.abs)));
    expect(times.at(-1)).toBe(2e5);
    expect(Math.abs(kinetic!.at(-1)!)).toBeLessThan(1e-9);
    expect(Math.abs(net.at(-1)!)).toBeLessThan(1e-9);
    // under the local equation the load alone acts back
    expect(intrinsic!.at(-1)! / -back!.at(-1)!).toBeCloseTo(1, 4);
    expect(certificate.traceError).toBeLessThan(1e-12);
    expect(certificate.smallestEigenvalue).toBeGreaterThan(-1e-10);
    expect(certificate.longTime!.distance).toBeLessThan(1e-9);
    // the gap is the rate at which the kinetic power dies out at last: compared after 25 of its times at least
    const gap = Math.log(kinetic!.at(-2)! / kinetic!.at(-1)!) / (times.at(-1)! - times.at(-2)!);
    expect(gap).toBeGreaterThan(4e-5);
    expect(gap).toBeLessThan(7e-5);
    expect(certificate.longTime!.time * gap).toBeGreaterThan(25);
    expect(Math.max(...of("first_law_residual").map(Math.abs))).toBeLessThan(1e-13);
    const rest = steady(ROTOR, { set: { β2: 0.08 } });
    expect(of("heat(hot)").at(-1)! / rest.of("heat(hot)")).toBeCloseTo(1, 5);
  });

  it("the energy that came in is the energy that is there", () => {
    const { of } = evolve(ROTOR, { experiment: "powers" });
    const U = of("energy");
    const brought = ["cold", "hot", "load"].flatMap((b) => [
      of(`accumulated_heat(${b})`),
      of(`accumulated_work(${b})`),
    ]);
    const start = evolve(ROTOR.replace("logarithmic(1e-1, 2e5, 200)", "[0]"), { experiment: "powers" }).of(
      "energy",
    )[0]!;
    const balance = U.map((u, k) => u - start - brought.reduce((sum, q) => sum + q[k]!, 0));
    const largest = Math.max(...brought.flat().map(Math.abs));
    expect(largest).toBeGreaterThan(10);
    expect(Math.max(...balance.map(Math.abs))).toBeLessThan(1e-11 * largest);
  });

  it("Fig. 6: without its load the packet leaves a stated window, which is said with the time", () => {
    const narrow = ROTOR.replace(/subsystem r : rotor.*/, "subsystem r : rotor(l in -5..10)");
    const stated = evolve(narrow, { experiment: "running_away" });
    expect(stated.codes).toContain("W501");
    // where the packet ends up is said, too: at the end of the window
    expect(stated.messages.find((m) => m.includes("too small"))).toMatch(
      /from the time \d+ on: one of its ends holds the population 1.0e-8 then, and up to \d.\de-1 later/,
    );
    const free = evolve(ROTOR, { experiment: "running_away" });
    const [{ levels, populations }] = free.distributions as [(typeof free.distributions)[number]];
    const likeliest = populations.map((p) => Number(levels[p.indexOf(Math.max(...p))]));
    const outside = populations.map((p) =>
      p.reduce((sum, x, k) => (Number(levels[k]) < -5 || Number(levels[k]) > 10 ? sum + x : sum), 0),
    );
    const [before, after] = [free.times.findIndex((t) => t! > 9e3), free.times.findIndex((t) => t! > 9e4)];
    expect(likeliest[before]!).toBeLessThan(10);
    expect(outside[before]!).toBeLessThan(0.02);
    expect(likeliest[after]!).toBeGreaterThan(10);
    expect(outside[after]!).toBeGreaterThan(0.95);
    expect(free.codes).toEqual([]);
  });

  it("Fig. 7: with its load it stays, and its limit is the steady state", () => {
    const { distributions, certificate, times, codes } = evolve(ROTOR, { experiment: "held" });
    expect(codes).not.toContain("W501");
    expect(times.at(-1)).toBeNull();
    expect(certificate.longTime!.distance).toBeLessThan(1e-9);
    const [last, rest] = distributions[0]!.populations.slice(-2);
    expect(farthest(last!, rest!)).toBeLessThan(1e-8);
  });
});

describe("evolution between eigenstates of H", () => {
  const text = `model pair
subsystem a, b : qubit
hamiltonian { free 0.5*a.σz + 0.6*b.σz
  interaction 0.1*(a.σ⁺*b.σ⁻ + h.c.) }
bath cold : bosonic { β = 2; couples 0.1*a.σ⁻ }
bath hot : bosonic { β = 0.5; couples 0.1*b.σ⁻ }
equation eigen { global cold, hot }
equation bloch { redfield cold, hot }
equation clusters { unified cold, hot }
state start { a = |up>; b = (|up> + |down>)/sqrt(2) }
state settled = steady(clusters)
experiment again { evolve clusters from settled over time in [0, 1, 100]; record mean(a.σz) }
experiment e { evolve eigen, bloch, clusters from start over time in [0, 1, 10, 100, 1000]; record mean(a.σz), re(mean(a.σ⁺*b.σ⁻)) }`;

  it("keeps the first law at every time, and comes to rest where the solver does", () => {
    const compiled = compile({ name: "m", text }, { sets: [], quantities: [], readLibrary: () => undefined });
    const { results, status } = runEvolve(compiled, { experiment: "e" });
    expect(status).toBe("good");
    for (const { quantities, certificate, equation } of results.trajectories) {
      const residual = quantities.first_law_residual!.map((x) => Math.abs(x as number));
      expect(Math.max(...residual), equation).toBeLessThan(1e-15);
      expect(certificate.longTime!.distance, equation).toBeLessThan(1e-11);
      expect(quantities["mean(a.σz)"]![0]).toBeCloseTo(1, 13);
      const U = quantities.energy!.map((x) => x as number);
      if (equation === "clusters") continue;
      const brought = U.map((_, k) =>
        ["cold", "hot"].reduce((s, b) => s + (quantities[`accumulated_heat(${b})`]![k] as number), 0),
      );
      expect(
        farthest(
          U.map((u) => u - U[0]!),
          brought,
        ),
        equation,
      ).toBeLessThan(1e-9);
    }
  });

  it("from a steady state nothing changes", () => {
    const { of } = evolve(text, { experiment: "again" });
    const rest = steady(text, { equation: "clusters" }).of("heat(hot)");
    expect(farthest(of("heat(hot)"), [rest, rest, rest])).toBeLessThan(1e-16);
    expect(Math.max(...of("energy_rate").map(Math.abs))).toBeLessThan(1e-16);
  });
});

describe("what cannot be evolved", () => {
  const text = (state: string, times: string) => `model m
subsystem q : qubit
hamiltonian { free q.σz }
bath cold : bosonic { β = 2; couples 0.1*q.σ⁻ }
equation e { local cold }
equation c { collision cold with { τ = 0.1 } }
state s { q = ${state} }
experiment x { evolve e from s over time in ${times}; record mean(q.σz) }
experiment steps { evolve c from s over time in ${times} }`;

  it.each([
    ["|up>", "[-1, 1]", "one of its times is -1"],
    ["|up>", "[inf]", "no time is finite"],
    ["0*|up>", "[0, 1]", "its norm is 0"],
    ["|up><up| - 0.5*|down><down|", "[0, 1]", "one of its eigenvalues is negative"],
    ["|up><up| + |up><down|", "[0, 1]", "it is not Hermitian"],
    ["thermal(-1)", "[0, 1]", "its inverse temperature is -1"],
  ])("the state %s at the times %s", (state, times, reason) => {
    expect(() => evolve(text(state, times), { experiment: "x" })).toThrow(reason);
  });

  it("collisions of finite duration, which make steps", () => {
    expect(() => evolve(text("|up>", "[0, 1]"), { experiment: "steps" })).toThrow(
      "make steps and no flow in time",
    );
  });
});
