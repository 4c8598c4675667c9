import { describe, expect, it } from "vitest";
import { evolve, farthest } from "./evolve.ts";
import { bose } from "./steady.ts";

// A field along z that diverges: populations do not see it, and a coherence turns by 2∫(1 + c)dt while it decays.

const turning = (field: string, end: number, points: number) => `model turning
subsystem q : qubit
hamiltonian { free q.σz
  drive ${field}*q.σz }
bath wall : bosonic { β = 0.7; couples 0.3*q.σ⁻ }
equation weak { local wall }
state start { q = (|up> + |down>)/sqrt(2) }
experiment e { evolve weak from start over time in linear(0, ${end}, ${points})
  record mean(q.σx) }`;

const decay = (t: number): number => Math.exp(-0.5 * 0.09 * (2 * bose(1.4) + 1) * t);

describe("a drive that diverges", () => {
  it.each([
    ["a pole", "0.3/(time - 1.0137)", 1.0137, (t: number) => 0.3 * Math.log(Math.abs(t - 1.0137) / 1.0137)],
    ["a pole at a time asked for", "0.3/(time - 1)", 1, (t: number) => 0.3 * Math.log(Math.abs(t - 1))],
    [
      "zeros of a cosine",
      "0.3/cos(time)",
      Math.PI / 2,
      (t: number) => 0.3 * Math.log(Math.abs(1 / Math.cos(t) + Math.tan(t))),
    ],
    [
      "an inverse root",
      "0.3/sqrt(abs(time - 1.0137))",
      1.0137,
      (t: number) => 0.6 * (Math.sqrt(1.0137) - Math.sqrt(1.0137 - t)),
    ],
  ])("is followed to where it does, and that is said: %s", (_, field, end, phase) => {
    const run = evolve(turning(field, 3, 31).replace("linear(0, 3, 31)", "[0, 0.3, 0.9, 2, 3]"), {
      isPartial: true,
    });
    expect(run.codes).toEqual(["E501"]);
    expect(
      Number(/at the time ([\d.]+) a coefficient of the Hamiltonian/.exec(run.messages[0]!)![1]),
    ).toBeCloseTo(end, 5);
    expect(run.times).toEqual([0, 0.3, 0.9]);
    const exact = (run.times as number[]).map((t) => Math.cos(2 * (t + phase(t))) * decay(t));
    expect(farthest(run.of("mean(q.σx)"), exact)).toBeLessThan(1e-10);
    expect(run.certificate.estimatedError).toBeLessThan(1e-11);
  });

  it("is no fault where it lies beyond the end, or where the drive is only high and narrow", () => {
    const beyond = evolve(turning("0.3/(time - 3.01)", 3, 4));
    expect(beyond.codes).toEqual([]);
    const phase = (t: number) => 0.3 * Math.log((3.01 - t) / 3.01);
    const exact = (run: readonly number[], of: (t: number) => number) =>
      run.map((t) => Math.cos(2 * (t + of(t))) * decay(t));
    expect(farthest(beyond.of("mean(q.σx)"), exact(beyond.times as number[], phase))).toBeLessThan(1e-10);
    const narrow = evolve(turning("1e-2/((time - 1.0137)^2 + 1e-4)", 3, 4), { tolerance: 1e-8 });
    const atan = (t: number) => Math.atan((t - 1.0137) / 1e-2) + Math.atan(1.0137 / 1e-2);
    expect(narrow.codes).toEqual([]);
    expect(farthest(narrow.of("mean(q.σx)"), exact(narrow.times as number[], atan))).toBeLessThan(1e-8);
  });

  it("leads nowhere where it diverges at the start", () => {
    expect(() => evolve(turning("0.3/time", 3, 4))).toThrow(
      "at the time 0 a coefficient of the Hamiltonian is infinite or not a number",
    );
  });

  it("names the bath whose coupling diverges", () => {
    const text = turning("0.1", 3, 4).replace("couples 0.3", "couples 0.3/(2 - time)");
    const run = evolve(text, { isPartial: true });
    expect(run.messages[0]).toContain("at the time 2 a coefficient of the bath 'wall' is infinite");
  });
});

describe("an error estimate above the tolerance", () => {
  const fast = (more: string) => `model fast
parameter γ = 3e3
subsystem q : qubit
hamiltonian { free (1 + 0.5*tanh((time - 25)/50))*q.σz }
bath wall : bosonic { β = 0.7; couples sqrt(γ)*q.σ⁻ }
equation weak { local wall }
state start { q = thermal(0.7) }
experiment e { evolve weak from start over time in linear(0, 60, 31) ${more}
  record mean(q.σz) }`;

  it("is met by Radau's method with smaller steps where it can be", () => {
    for (const tolerance of [1e-6, 1e-9, 1e-11]) {
      const run = evolve(fast("by radau"), { tolerance });
      expect(run.certificate.route).toBe("radau");
      expect(run.certificate.estimatedError).toBeLessThan(tolerance);
      expect(run.codes).toEqual(["W510"]);
    }
  });

  it("is said where double precision cannot meet it", () => {
    const run = evolve(fast("by radau"), { tolerance: 1e-14 });
    expect(run.certificate.estimatedError).toBeGreaterThan(1e-14);
    expect(run.codes).toContain("W511");
  });
});
