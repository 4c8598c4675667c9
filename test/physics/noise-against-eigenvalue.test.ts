import { describe, expect, it } from "vitest";
import {
  chain,
  cooledMode,
  coupledQubits,
  drivenMaser,
  globalQubits,
  maser,
  refrigerator,
  rotor,
} from "./shipped-machines.ts";
import { expectClose, modelText, steady } from "./steady.ts";
import { cumulants, type DenseMachine } from "./tilted-liouvillian.ts";

// Mean and noise of every bath's energy current in every equation of every shipped model, against derivatives of the
// leading eigenvalue of the tilted Liouvillian in dense matrices. Truncation of the difference quotient is of order
// (step/radius of convergence)^8 and round-off ε/step relative to what goes back and forth: below 1e-9 at these steps.

const TOLERANCE = 1e-9;

const inWindow = (name: string, kind: string, window: string): string => {
  const text = modelText(name);
  if (!text.includes(`: ${kind} `)) throw new Error(`no ${kind} in ${name}`);
  return text.replace(`: ${kind} `, `: ${kind}(${window}) `);
};

const rotorText = (window: string) => inWindow("rotor-qubit", "rotor", window);

interface Case {
  readonly name: string;
  readonly text: string;
  readonly equation: string;
  readonly machine: DenseMachine;
  readonly step?: number;
  readonly set?: Readonly<Record<string, number>>;
}

const CASES: readonly Case[] = [
  {
    name: "coupled qubits",
    text: modelText("coupled-qubits"),
    equation: "collisions",
    machine: coupledQubits(),
  },
  {
    name: "coupled qubits, between eigenstates",
    text: `${modelText("coupled-qubits")}\nequation eigenstates { global cold, hot }`,
    equation: "eigenstates",
    machine: globalQubits(),
  },
  {
    name: "absorption refrigerator",
    text: modelText("absorption-refrigerator"),
    equation: "weak",
    machine: refrigerator(),
  },
  {
    name: "optomechanical cooling",
    text: inWindow("optomechanical-cooling", "oscillator", "n in 0..5"),
    equation: "weak",
    machine: cooledMode(6),
  },
  {
    name: "three-level maser",
    text: inWindow("three-level-maser", "oscillator", "n in 0..4"),
    equation: "weak",
    machine: maser(5),
  },
  {
    name: "driven maser",
    text: modelText("driven-maser"),
    equation: "weak",
    machine: drivenMaser(),
  },
  {
    name: "spin chain",
    text: modelText("spin-chain"),
    equation: "quiet",
    machine: chain(false),
    set: { N: 3 },
  },
  {
    name: "spin chain with noise",
    text: modelText("spin-chain"),
    equation: "noisy",
    machine: chain(true),
    set: { N: 3 },
  },
  {
    name: "rotor",
    text: rotorText("l in -2..2"),
    equation: "collisions",
    machine: rotor("collisions", [-2, 2], 5e-5),
    step: 3e-3,
  },
  {
    name: "rotor between eigenstates",
    text: rotorText("l in -1..1"),
    equation: "spin_boson",
    machine: rotor("spin_boson", [-1, 1], 5e-5),
    step: 3e-3,
  },
  {
    name: "rotor without load",
    text: rotorText("l in -2..2"),
    equation: "unloaded",
    machine: rotor("unloaded", [-2, 2], 5e-5),
    step: 3e-3,
  },
];

/** `noise3` of the matrices is `noise[3]` of the model. */
const bathName = (name: string): string => name.replace(/\d+$/, "[$&]");

describe("the noise of a current is the curvature of the tilted Liouvillian's eigenvalue", () => {
  it.each(CASES)("$name", ({ text, equation, machine, step = 0.01, set = {} }) => {
    const baths = Object.keys(machine.baths);
    const quantities = baths.flatMap((b) => [
      `energy_noise(${bathName(b)})`,
      `energy_current(${bathName(b)})`,
    ]);
    const point = steady(text, { set, equation, quantities });
    for (const bath of baths) {
      const { mean, noise } = cumulants(machine, bath, step);
      const S = point.of(`energy_noise(${bathName(bath)})`);
      if (bath.startsWith("noise")) expect(S).toBe(0);
      const J = point.of(`energy_current(${bathName(bath)})`);
      // without a load the rotor is a ledger of what has passed, which the window bounds: in the long run nothing flows
      if (equation === "unloaded") expect(S).toBe(0);
      const absolute = equation === "unloaded" ? 1e-10 : 1e-14;
      expectClose(S, noise, TOLERANCE, absolute);
      expectClose(J, mean, TOLERANCE, absolute);
    }
  });

  it("covers every equation of every model", async () => {
    const { readdirSync } = await import("node:fs");
    const folder = new URL("../../models/", import.meta.url);
    for (const file of readdirSync(folder).filter((f) => f.endsWith(".thermill"))) {
      const text = modelText(file.replace(".thermill", ""));
      const title = /^model (\w+)/m.exec(text)![1]!;
      for (const [, equation] of text.matchAll(/^equation (\w+)/gm)) {
        const isCovered = CASES.some((c) => c.equation === equation && c.text.includes(`model ${title} `));
        expect([file, equation, isCovered]).toEqual([file, equation, true]);
      }
    }
  });
});
