import { describe, expect, it } from "vitest";
import { evolve, farthest } from "./evolve.ts";
import { expectClose, steady } from "./steady.ts";

// Kicks at rates γl² from l to l ± 1 leave p·l² without a slope at rest, so that a drive that feeds them has populations like
// l⁻²: no window holds them.

const kicked = `model kicked
parameter ω = 1
subsystem r : rotor
hamiltonian {
  free r.L^2/2
  drive 0.5*(exp(i*ω*time)*exp(-i*r.φ) + h.c.)
  frame ω*r.L
}
bath kicks : jumps { jump 0.05*exp(i*r.φ)*r.L; jump 0.05*exp(-i*r.φ)*r.L }
equation e { jumps kicks }
state s { r = |1> }
experiment go { evolve e from s over time in [0, 0.3, 0.6]; record mean(r.L^2) }`;

describe("a rotor that is kicked the more the faster it turns", () => {
  it("has no steady state in any window, and the power of its tail says so", () => {
    expect(() => steady(kicked)).toThrow(/the populations of 'r' fall only like \|l\|\^-2\.0/);
  });

  // d⟨L²⟩/dt = 2·0.0025⟨L²⟩ without the drive
  it("is followed in time as far as its windows can be", () => {
    const text = kicked.replace(/ {2}drive.*\n {2}frame.*\n/, "").replace("parameter ω = 1\n", "");
    const { times, of } = evolve(text);
    const exact = (times as number[]).map((t) => Math.exp(0.005 * t));
    expect(farthest(of("mean(r.L^2)"), exact)).toBeLessThan(1e-9);
  });
});

describe("a state with a long tail that is no power", () => {
  it("is found in wide windows: a hot oscillator", () => {
    const { of, certificate } = steady(`model hot
subsystem o : oscillator
hamiltonian { free o.N }
bath b : bosonic { β = 0.05; couples 0.3*o.a }
equation e { local b }`);
    expectClose(of("mean(o.N)"), 1 / Math.expm1(0.05), 1e-9);
    expect(certificate.windows.o!.last).toBeGreaterThan(500);
  });
});
