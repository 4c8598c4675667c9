import { describe, expect, it } from "vitest";
import { steady } from "./steady.ts";

/** A qubit at β = 1 beside others on which σx acts as noise: 1 and σx of each are stationary. */
const noisy = (count: number) => {
  const noise = Array.from({ length: count }, (_, k) => `jump 0.3*q[${k + 1}].σx`).join("\n");
  return `model m\nsubsystem q[1..${count + 1}] : qubit\nhamiltonian { free q[${count + 1}].σz }\nbath c : jumps {\n${noise} }\nbath d : bosonic { β = 1; couples q[${count + 1}].σ⁻ }\nequation e { local d; jumps c }\n`;
};

const thermal = (subsystems: string, free: string, bath: string) =>
  `model m\n${subsystems}\nhamiltonian { free ${free} }\n${bath}\nequation e { local b }\n`;

const kernel = (text: string) => {
  const { certificate, codes } = steady(text);
  return [certificate.kernelDimension, certificate.wholeKernelDimension, codes];
};

describe("the kernel of the whole Liouvillian", () => {
  it("counts coherences that the diagonal never reaches and that never decay", () => {
    expect(kernel(noisy(1))).toEqual([1, 2, ["W504"]]);
    expect(kernel(noisy(2))).toEqual([1, 4, ["W504"]]);
    // coherences between levels that are left by jumps decay
    const levels = (detuning: string) =>
      `model m\nsubsystem s : levels(g, a, b)\nhamiltonian { free s.|a><a| + ${detuning}*s.|b><b| }\nbath c : jumps { jump 0.3*s.|g><g|; jump 0.1*s.|a><g|; jump 0.1*s.|g><a|; jump 0.2*s.|b><g|; jump 0.2*s.|g><b| }\nequation e { jumps c }\n`;
    expect(kernel(levels("1"))).toEqual([1, 1, []]);
  });

  it("has dimension 1 for machines that forget every start", () => {
    const bath = "bath b : bosonic { β = 1; couples 0.1*q.σ⁻ }";
    expect(kernel(thermal("subsystem q : qubit", "q.σz", bath))).toEqual([1, 1, []]);
    const oscillator = "bath b : bosonic { β = 1; couples 0.1*o.a }";
    expect(kernel(thermal("subsystem o : oscillator(n in 0..34)", "o.N", oscillator))).toEqual([1, 1, []]);
    // elements of ρ between even and odd numbers of fermions are no coherences
    const modes = "bath b : fermionic { β = 1; couples 0.1*d1.c; couples 0.2*d2.c }";
    expect(kernel(thermal("subsystem d1, d2 : mode", "d1.n + 2*d2.n", modes))).toEqual([1, 1, []]);
  });

  it("is not claimed where it was not looked at", () => {
    const text = thermal(
      "subsystem o : oscillator(n in 0..60)",
      "o.N",
      "bath b : bosonic { β = 1; couples 0.1*o.a }",
    );
    expect(kernel(text)).toEqual([1, null, []]);
    expect(kernel(noisy(1).replace("local d", "global d"))[1]).toBeNull();
  });
});
