import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { represent } from "../../src/represent.ts";
import { compileClean, compileText } from "../model-text.ts";

interface Equation {
  readonly free: string;
  readonly interaction: string;
  readonly dissipators: readonly {
    readonly bath: string;
    readonly jumps: readonly {
      readonly operator: string;
      readonly rate: string;
      readonly frequency?: string;
      readonly onePerLevelOf?: readonly string[];
    }[];
  }[];
}

const equationOf = (text: string): Equation => (represent(compileClean(text), "equation") as Equation[])[0]!;

const shipped = (name: string) =>
  readFileSync(new URL(`../../models/${name}.thermill`, import.meta.url), "utf8");

const machine = (subsystems: string, free: string, coupling: string, more = "") =>
  `model m\n${subsystems}\n${more}\nhamiltonian { free ${free} }\nbath b : bosonic { β = 1; couples ${coupling} }\nequation e { local b }\n`;

const frequencies = (text: string) => equationOf(text).dissipators[0]!.jumps.map((j) => j.frequency);

describe("the local equation of the reference model", () => {
  const equation = equationOf(shipped("rotor-qubit"));

  it("has the Hamiltonian of Eqs. (2) and (3)", () => {
    // σz = 2|up⟩⟨up| − 1
    expect(equation.free).toBe("2*B1*q1.|up><up| + n(r)^2/(2*I) - B1 - B2 + 2*B2*q2.|up><up|");
    expect(equation.interaction).toBe("λ*q1.σ⁺*q2.σ⁻*exp(i*r.φ) + λ*q1.σ⁻*q2.σ⁺*exp(-i*r.φ)");
  });

  it("derives 2*B1 and 2*B2 as formulas, and the rates of Eqs. (14)–(16)", () => {
    expect(equation.dissipators[0]).toEqual({
      bath: "cold",
      method: "local",
      jumps: [
        { operator: "g1*q1.σ⁻", rate: "bose(2*B1*β1) + 1", frequency: "2*B1" },
        { operator: "g1*q1.σ⁺", rate: "bose(2*B1*β1)", frequency: "2*B1" },
      ],
    });
    expect(equation.dissipators[1]!.jumps[0]).toEqual({
      operator: "g2*q2.σ⁻",
      rate: "bose(2*B2*β2) + 1",
      frequency: "2*B2",
    });
  });

  it("keeps the two jumps of Eq. (17)", () => {
    expect(equation.dissipators[2]!.jumps.map((j) => j.rate)).toEqual(["1", "1"]);
  });
});

describe("eigenoperators", () => {
  it("are found in a sum, one channel for each frequency", () => {
    const text = machine("subsystem a, b1 : qubit", "2*a.σz + 3*b1.σz", "0.1*(a.σ⁻ + b1.σ⁻)");
    expect(frequencies(text)).toEqual(["4", "4", "6", "6"]);
  });

  it("stay together where frequencies are the same formula, also through derived values", () => {
    const text = machine(
      "subsystem a, b1 : qubit",
      "w/2*a.σz + v/2*b1.σz",
      "0.1*(a.σ⁻ + b1.σ⁻)",
      "parameter w = 2\nparameter u = 1\nlet v = w + u - u",
    );
    const { jumps } = equationOf(text).dissipators[0]!;
    expect(jumps).toHaveLength(2);
    expect(jumps[0]!.operator).toBe("0.1*a.σ⁻ + 0.1*b1.σ⁻");
  });

  it("of a spin with quadratic anisotropy split by level", () => {
    const text = machine("subsystem s : spin(j = 1)", "3*s.Sz + 0.5*s.Sz^2", "0.1*s.S⁻");
    expect(frequencies(text)).toEqual(["7/2", "7/2", "5/2", "5/2"]);
  });

  it("of a rotor have a frequency for each level, and absorption that of the level it comes back to", () => {
    const text = machine("subsystem r : rotor(l in -5..5)", "r.L^2/2 + 20*r.L", "0.1*exp(-i*r.φ)");
    const { jumps } = equationOf(text).dissipators[0]!;
    // e^{−iφ} takes l to l − 1 and E(l) − E(l − 1) = l + 39/2; its adjoint starts at l − 1
    expect(jumps.map((j) => j.frequency)).toEqual(["n(r) + 39/2", "n(r) + 41/2"]);
    expect(jumps[0]!.onePerLevelOf).toEqual(["r"]);
  });

  it("of a Hermitian coupling count each frequency once", () => {
    const { jumps } = equationOf(machine("subsystem q : qubit", "2*q.σz", "0.1*q.σx")).dissipators[0]!;
    expect(jumps.map((j) => [j.operator, j.rate])).toEqual([
      ["0.1*q.σ⁻", "bose(4) + 1"],
      ["0.1*q.σ⁺", "bose(4)"],
    ]);
  });

  it("of a free Hamiltonian that is not diagonal are found as a whole", () => {
    // [σx, σy − iσz]: σz ∓ iσy are ladder operators along x
    const text = machine("subsystem q : qubit", "2*q.σx", "0.1*(q.σz + i*q.σy)");
    expect(frequencies(text)[0]).toMatch(/^-?4$/);
  });

  it("of a Hermitian coupling with levels count each pair of levels once", () => {
    const text = machine("subsystem o : oscillator", "o.N + 0.1*o.N^2", "0.1*(o.a + o.a†)");
    const { jumps } = equationOf(text).dissipators[0]!;
    expect(jumps.map((j) => [j.operator, j.frequency])).toEqual([
      ["0.1*sqrt(n(o))*o.|n-1><n|", "0.2*n(o) + 0.9"],
      ["0.1*sqrt(n(o) + 1)*o.|n+1><n|", "0.2*n(o) + 1.1"],
    ]);
  });

  it("of a Hermitian coupling are found through derived values", () => {
    const text = machine("subsystem q : qubit", "q.σz", "g*q.σ⁻ + k*q.σ⁺", "parameter g = 1\nlet k = g");
    expect(frequencies(text)).toEqual(["2", "2"]);
  });

  it("split by the states of the subsystems that shift their frequency", () => {
    const ising = machine("subsystem a, b1 : qubit", "2*a.σz + 3*b1.σz + 0.5*a.σz*b1.σz", "0.1*a.σ⁻");
    const { jumps } = equationOf(ising).dissipators[0]!;
    expect(jumps.map((j) => [j.operator, j.frequency])).toEqual([
      ["0.1*a.σ⁻*b1.|up><up|", "5"],
      ["0.1*a.σ⁺*b1.|up><up|", "5"],
      ["0.1*a.σ⁻ - 0.1*a.σ⁻*b1.|up><up|", "3"],
      ["0.1*a.σ⁺ - 0.1*a.σ⁺*b1.|up><up|", "3"],
    ]);
    const dispersive = machine(
      "subsystem q : qubit\nsubsystem o : oscillator",
      "q.σz + o.N + 0.1*o.N*q.σz",
      "0.1*o.a",
    );
    expect(new Set(frequencies(dispersive))).toEqual(new Set(["0.9", "1.1"]));
  });

  it("of a rotated qubit are found beside those of another", () => {
    const text = machine("subsystem a, b1 : qubit", "2*a.σx + 3*b1.σz", "0.1*(a.σz + i*a.σy) + 0.1*b1.σ⁻");
    expect(frequencies(text)).toEqual(["4", "4", "6", "6"]);
  });

  it("of levels closer than the rate are warned about", () => {
    const close = compileText(
      machine("subsystem r : rotor(l in -5..5)", "r.L^2/2 + 20*r.L", "1.5*exp(-i*r.φ)"),
    );
    expect(close.diagnostics.map((d) => d.code)).toEqual(["W404"]);
  });

  it("that do not exist are an error with the commutator", () => {
    const { diagnostics } = compileText(machine("subsystem q : qubit", "2*q.σz + q.σx", "0.1*q.σ⁻"));
    expect(diagnostics.map((d) => d.code)).toEqual(["E402"]);
    expect(diagnostics[0]!.message).toContain("[H0, A] =");
  });
});
