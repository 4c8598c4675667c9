import { describe, expect, it } from "vitest";
import { expectClose, shannon, steady } from "./steady.ts";

// One subsystem and one thermal bath: every jump obeys detailed balance with its own Bohr frequency, whatever the rates,
// so the steady state is e^{−βH₀}/Z. The energies are written out here level by level.

interface Case {
  readonly name: string;
  readonly declarations: string;
  readonly free: string;
  readonly couplings: readonly string[];
  readonly kind?: "fermionic";
  readonly levels: readonly (number | string)[];
  readonly energy: (level: number) => number;
}

const kerr = `kind kerr {
  basis n in 0..inf
  operator b = sum(n) sqrt(n)*|n-1><n|
  operator N = sum(n) n*|n><n|
}
`;

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, k) => first + k);

const ladder = [0, 0.5, 1.7];

const CASES: readonly Case[] = [
  {
    name: "a qubit",
    declarations: "subsystem s : qubit",
    free: "0.8*s.σz",
    couplings: ["0.3*s.σ⁻"],
    levels: ["up", "down"],
    energy: (place) => 0.8 - 1.6 * place,
  },
  {
    name: "a qubit on an upside-down field, lowered by σ⁺",
    declarations: "subsystem s : qubit",
    free: "-0.8*s.σz",
    couplings: ["0.3*s.σ⁺"],
    levels: ["up", "down"],
    energy: (place) => -0.8 + 1.6 * place,
  },
  {
    name: "a qubit with a Hermitian coupling",
    declarations: "subsystem s : qubit",
    free: "0.8*s.σz",
    couplings: ["0.3*s.σx"],
    levels: ["up", "down"],
    energy: (place) => 0.8 - 1.6 * place,
  },
  {
    name: "a qubit and a fermionic bath at μ = 0",
    declarations: "subsystem s : qubit",
    free: "0.8*s.σz",
    couplings: ["0.3*s.σ⁻"],
    kind: "fermionic",
    levels: ["up", "down"],
    energy: (place) => 0.8 - 1.6 * place,
  },
  {
    name: "a spin 1",
    declarations: "subsystem s : spin(j = 1)",
    free: "0.7*s.Sz",
    couplings: ["0.3*s.S⁻"],
    levels: [1, 0, -1],
    energy: (place) => 0.7 * (1 - place),
  },
  {
    // From m = 0 to −1 S⁻ raises the energy, by 0.3; from 1 to 0 it lowers it, by 1.3.
    name: "a spin 1 with an anisotropy that turns one of its Bohr frequencies round",
    declarations: "subsystem s : spin(j = 1)",
    free: "0.5*s.Sz + 0.8*s.Sz^2",
    couplings: ["0.3*s.S⁻"],
    levels: [1, 0, -1],
    energy: (place) => 0.5 * (1 - place) + 0.8 * (1 - place) ** 2,
  },
  {
    name: "a spin 2 with a Hermitian coupling",
    declarations: "subsystem s : spin(j = 2)",
    free: "0.5*s.Sz + 0.31*s.Sz^2",
    couplings: ["0.3*s.Sx"],
    levels: [2, 1, 0, -1, -2],
    energy: (place) => 0.5 * (2 - place) + 0.31 * (2 - place) ** 2,
  },
  {
    name: "a ladder of named levels, each step a channel",
    declarations: "subsystem s : levels(g, x, e)",
    free: "0.5*s.|x><x| + 1.7*s.|e><e|",
    couplings: ["0.3*s.|g><x|", "0.1*s.|x><e|"],
    levels: ["g", "x", "e"],
    energy: (place) => ladder[place]!,
  },
  {
    name: "a ladder of named levels, one collective coupling with all three frequencies",
    declarations: "subsystem s : levels(g, x, e)",
    free: "0.5*s.|x><x| + 1.7*s.|e><e|",
    couplings: ["0.3*s.|g><x| + 0.1*s.|x><e| + 0.2*s.|g><e|"],
    levels: ["g", "x", "e"],
    energy: (place) => ladder[place]!,
  },
  {
    name: "an oscillator",
    declarations: "subsystem s : oscillator",
    free: "0.9*s.N",
    couplings: ["0.3*s.a"],
    levels: range(0, 12),
    energy: (place) => 0.9 * place,
  },
  {
    name: "an oscillator with a Hermitian coupling",
    declarations: "subsystem s : oscillator",
    free: "0.9*s.N",
    couplings: ["0.3*(s.a + s.a†)"],
    levels: range(0, 12),
    energy: (place) => 0.9 * place,
  },
  {
    name: "an anharmonic oscillator, a frequency for each of its steps",
    declarations: `${kerr}subsystem s : kerr`,
    free: "0.9*s.N + 0.15*s.N^2",
    couplings: ["0.3*s.b"],
    levels: range(0, 8),
    energy: (place) => 0.9 * place + 0.15 * place ** 2,
  },
  {
    // ω = (l + 1/2)/I between l and l + 1: negative for l < 0, where the sum of both directions is what counts.
    name: "a rotor whose angle couples to the bath",
    declarations: "subsystem s : rotor",
    free: "s.L^2/(2*1.3)",
    couplings: ["0.3*cos(s.φ)"],
    levels: range(-5, 5),
    energy: (place) => (place - 5) ** 2 / 2.6,
  },
];

describe.each(CASES)("one bath thermalises $name", (c) => {
  const β = 1.1;
  const model = `
model one
${c.declarations}
hamiltonian { free ${c.free} }
bath only : ${c.kind ?? "bosonic"} { β = ${β}; ${c.couplings.map((o) => `couples ${o}`).join("; ")} }
equation e { local only }
`;
  const units = c.levels.map((l) => `mean(s.|${l}><${l}|)`);
  const point = steady(model, { quantities: units });
  const weights = c.levels.map((_, place) => Math.exp(-β * c.energy(place)));

  // Ratios of neighbours need no partition function, and so do not see where the window ends.
  it("to e^{−βH₀}, level by level", () => {
    for (let k = 1; k < weights.length; k++) {
      expectClose(point.of(units[k]!) / point.of(units[k - 1]!), weights[k]! / weights[k - 1]!, 1e-11);
    }
  });

  it("and nothing flows", () => {
    expectClose(point.of("heat(only)"), 0, 0, 1e-15);
    expect(point.of("work(only)")).toBe(0);
    expectClose(point.of("ergotropy(all)"), 0, 0, 1e-14);
  });

  if (c.levels.length > 5) return; // of an infinite basis: its partition function is not written out here
  it("with the entropy of that state", () => {
    const Z = weights.reduce((sum, w) => sum + w, 0);
    expectClose(point.of("entropy(all)"), shannon(...weights.map((w) => w / Z)), 1e-13);
    const purity = weights.reduce((sum, w) => sum + (w / Z) ** 2, 0);
    expectClose(point.of("purity(all)"), purity, 1e-13);
  });
});

describe("steady states that are not unique are not reported", () => {
  const pair = (coupling: string) => `
model pair
subsystem q1, q2 : qubit
hamiltonian { free q1.σz + q2.σz }
bath common : bosonic { β = 1; ${coupling} }
equation e { local common }
`;

  // The singlet of two equal qubits is dark to σ₁⁻ + σ₂⁻.
  it("where two qubits emit only together", () => {
    expect(() => steady(pair("couples q1.σ⁻ + q2.σ⁻"))).toThrow(
      /E501.*kernel of the Liouvillian has dimension 2/s,
    );
  });

  it("but they are where each emits on its own", () => {
    expectClose(steady(pair("couples q1.σ⁻; couples q2.σ⁻")).of("mean(q1.σz)"), -Math.tanh(1), 1e-13);
  });
});
