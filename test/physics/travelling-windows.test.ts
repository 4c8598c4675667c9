import { describe, expect, it } from "vitest";
import { evolve, farthest } from "./evolve.ts";
import { modelText } from "./steady.ts";

const moments = (levels: readonly string[], p: readonly number[]): [number, number] => {
  const mean = p.reduce((s, x, k) => s + x * Number(levels[k]), 0);
  return [mean, p.reduce((s, x, k) => s + x * (Number(levels[k]) - mean) ** 2, 0)];
};

describe("a rotor that is kicked", () => {
  const text = (jumps: string, times: string, window = "") => `model m
subsystem r : rotor${window}
hamiltonian { free r.L^2/2 }
bath kicks : jumps { ${jumps} }
equation e { jumps kicks }
state s { r = |0> }
experiment go { evolve e from s over time in ${times}; record mean(r.L), mean(r.L^2); plot population(r) by time }`;

  it("is followed for a thousand levels, which it fills as Poisson's distribution says", () => {
    const { distributions, certificate, windows, times } = evolve(
      text("jump exp(i*r.φ)", "[0, 1, 10, 100, 1000]"),
    );
    const [{ levels, populations }] = distributions as [(typeof distributions)[number]];
    for (const [k, t] of times.entries()) {
      let logarithm = -t!;
      const exact = levels.map(Number).map((l) => {
        if (l > 0) logarithm += Math.log(t! / l);
        return l < 0 ? 0 : t === 0 ? Number(l === 0) : Math.exp(logarithm);
      });
      expect(farthest(populations[k]!, exact), `t = ${t}`).toBeLessThan(1e-11);
    }
    expect(certificate.windows.r!.last).toBeGreaterThan(1200);
    // at most 16 standard deviations, and half of them ahead
    expect(windows.r!.last.at(-1)! - windows.r!.first.at(-1)!).toBeLessThan(24 * Math.sqrt(1000));
    expect(certificate.moves).toBeGreaterThan(5);
    expect(certificate.leftBehind).toBeLessThan(1e-12);
    expect(certificate.windows.r!.edgePopulations[1]!).toBeLessThan(1e-12);
  }, 20_000);

  it("both ways spreads without bound: what was come to is kept, with the reason", () => {
    const { times, of, codes, messages } = evolve(
      text("jump exp(i*r.φ); jump exp(-i*r.φ)", "[0, 10, 1000, 1e6]"),
      { isPartial: true },
    );
    expect(times).toEqual([0, 10, 1000]);
    expect(farthest(of("mean(r.L^2)"), [0, 20, 2000])).toBeLessThan(1e-7);
    expect(codes).toEqual(["E501"]);
    expect(messages[0]).toMatch(/the times after 1000 were not come to: .*more than 1500 levels/);
  }, 20_000);
});

describe("an oscillator that loses 60 quanta to a cold bath", () => {
  const text = `model m
subsystem o : oscillator
hamiltonian { free o.N }
bath b : bosonic { β = inf; couples sqrt(0.2)*o.a }
equation e { local b }
state s { o = |60> }
experiment go { evolve e from s over time in [0, 1, 5, 20, 60]; record mean(o.N); plot population(o) by time }`;

  it("keeps fewer and fewer levels, filled as the binomial distribution says", () => {
    const { distributions, windows, times, certificate } = evolve(text);
    const [{ populations }] = distributions as [(typeof distributions)[number]];
    for (const [k, t] of times.entries()) {
      const q = Math.exp(-0.2 * t!);
      // of 60 quanta each is still there with probability q
      let p = (1 - q) ** 60;
      const exact = Array.from({ length: 61 }, (_, n) => {
        if (q === 1) return Number(n === 60);
        if (n > 0) p *= ((61 - n) / n) * (q / (1 - q));
        return p;
      });
      expect(farthest(exact, populations[k]!.slice(0, 61)), `t = ${t}`).toBeLessThan(1e-11);
    }
    expect(windows.o!.last[0]!).toBeGreaterThan(60);
    expect(windows.o!.last.at(-1)!).toBeLessThan(30);
    expect(certificate.longTime!.distance).toBeLessThan(1e-12);
  });
});

describe("an oscillator under a constant force", () => {
  // α̇ = −(i + γ/2)α − iF: it goes out to 2F, four quanta, and is back after each period
  const text = `model m
parameter F = 1
parameter Γ = 0.01
subsystem o : oscillator
hamiltonian { free o.N
  interaction F*(o.a + o.a†) }
bath b : bosonic { β = inf; couples sqrt(Γ)*o.a }
equation e { local b }
state s { o = |0> }
experiment go { evolve e from s over time in [0, 2*pi, 4*pi]; record re(mean(o.a)), im(mean(o.a)), mean(o.N) }`;

  it("is seen where it is between the times that are asked for", () => {
    const { of, certificate, times } = evolve(text);
    const [Γ, F] = [0.01, 1];
    // α(t) = α∞(1 − e^{−(i + Γ/2)t}), α∞ = −iF/(i + Γ/2)
    const size = 1 + Γ ** 2 / 4;
    const [ar, ai] = [-F / size, (-F * Γ) / 2 / size];
    const α = times.map((t) => {
      const d = Math.exp((-Γ / 2) * t!);
      const [c, s] = [1 - d * Math.cos(t!), d * Math.sin(t!)];
      return [ar * c - ai * s, ar * s + ai * c] as const;
    });
    const exact = (of: (a: readonly [number, number]) => number) => α.map(of);
    expect(
      farthest(
        of("re(mean(o.a))"),
        exact(([x]) => x),
      ),
    ).toBeLessThan(1e-9);
    expect(
      farthest(
        of("im(mean(o.a))"),
        exact(([, y]) => y),
      ),
    ).toBeLessThan(1e-9);
    expect(
      farthest(
        of("mean(o.N)"),
        exact(([x, y]) => x * x + y * y),
      ),
    ).toBeLessThan(1e-9);
    expect(certificate.windows.o!.last).toBeGreaterThan(20);
  }, 20_000);
});

const ROTOR = modelText("rotor-qubit");

/** The model with times of its own for the rotor without a load, and a stated window. */
const unloaded = (times: string, window = ""): string =>
  ROTOR.replace(/subsystem r : rotor.*/, `subsystem r : rotor${window}`).replace(
    /(evolve unloaded from start over time in ).*/,
    `$1${times}`,
  );

describe("the rotor without a load", () => {
  it("is the same in windows that follow it as in a wide one", () => {
    const times = "logarithmic(1, 1e5, 11)";
    const following = evolve(unloaded(times), { experiment: "running_away" });
    const wide = evolve(unloaded(times, "(l in -60..90)"), { experiment: "running_away" });
    expect(following.certificate.moves).toBeGreaterThan(2);
    for (const [key, column] of Object.entries(wide.quantities)) {
      const exact = column.map((x) => x as number);
      const scale = Math.max(1, ...exact.map(Math.abs));
      expect(farthest(following.of(key), exact), key).toBeLessThan(1e-9 * scale);
    }
    const [a, b] = [following, wide].map(({ distributions }) =>
      distributions[0]!.populations.flatMap((p) => moments(distributions[0]!.levels, p)),
    );
    expect(farthest(a!, b!)).toBeLessThan(1e-8);
  }, 20_000);

  it("is followed to t = 10⁷, over decades of rates, with the energy that came in", () => {
    const { of, certificate, windows } = evolve(unloaded("[0, 1e5, 1e7]"), { experiment: "running_away" });
    const U = of("energy");
    const brought = [
      "accumulated_heat(cold)",
      "accumulated_heat(hot)",
      "accumulated_work(cold)",
      "accumulated_work(hot)",
    ]
      .map(of)
      .reduce((sum, column) => sum.map((x, k) => x + column[k]!));
    // of a thousand that flowed through
    const scale = Math.max(...of("accumulated_heat(hot)"));
    expect(scale).toBeGreaterThan(1000);
    expect(
      farthest(
        U.map((u) => u - U[0]!),
        brought,
      ),
    ).toBeLessThan(1e-9 * scale);
    // the levels that a stated window of -5..10 would hold are left
    expect(windows.r!.first.at(-1)!).toBeGreaterThan(10);
    expect(certificate.leftBehind).toBeLessThan(1e-12);
  });

  it("overflows a stated window when the wide one says so, and no sooner", () => {
    const times = "logarithmic(10, 1e4, 31)";
    const narrow = evolve(unloaded(times, "(l in -5..10)"), { experiment: "running_away" });
    const wide = evolve(unloaded("linear(100, 800, 71)"), { experiment: "running_away" });
    const [{ levels, populations }] = wide.distributions as [(typeof wide.distributions)[number]];
    const at = (l: number) => levels.indexOf(String(l));
    const held = populations.map((p) => Math.max(p[at(-5)]!, p[at(10)]!));
    const said = Number(
      /from the time (\d+)/.exec(narrow.messages.find((m) => m.includes("too small"))!)![1],
    );
    const k = held.findIndex((p) => p > 1e-8);
    expect(k).toBeGreaterThan(0);
    expect(said).toBeGreaterThan(wide.times[k - 1]! * 0.98);
    expect(said).toBeLessThan(wide.times[k]! * 1.02);
  });
});
