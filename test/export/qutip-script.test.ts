import { describe, expect, it } from "vitest";
import { compile } from "../../src/pipeline.ts";
import { runExport } from "../../src/run-export.ts";

const exported = (text: string) => {
  const compiled = compile({ name: "m", text }, { sets: [], quantities: [], readLibrary: () => undefined });
  return runExport(compiled, { to: "qutip" });
};

const script = (text: string): string => {
  const { content, diagnostics } = exported(text);
  if (typeof content !== "string") throw new Error(diagnostics.map((d) => d.message).join("\n"));
  return content;
};

const qubit = (declarations: string, more = ""): string => `
model m ${declarations}
subsystem q : qubit
hamiltonian { free q.σz }
bath b : bosonic { β = 1; couples 0.1*q.σ⁻ }
equation weak { local b }
${more}
`;

/** The lines of a script that are neither comments nor known before. */
const lines = (text: string): readonly string[] => text.split(/\r\n|[\n\r]/);

describe("the QuTiP script", () => {
  it("writes the equation as one would by hand", () => {
    const text = script(`
      model pair
      parameter ω = 2 "splitting"
      parameter T = 0.5
      subsystem q : qubit
      subsystem m : oscillator(n in 0..3)
      hamiltonian { free ω/2*q.σz + ω*m.N; interaction 0.1*(m.a†*q.σ⁻ + h.c.) }
      bath hot : bosonic { β = 1/T; couples sqrt(0.1)*q.σ⁻ }
      bath cold : bosonic { β = 2; couples 0.2*m.a }
      bath noise : jumps { jump 0.3*q.σz }
      equation weak { local hot, cold; jumps noise }
    `);
    for (const line of [
      "omega = 2  # ω: splitting",
      "q_sigmaz = on(0, sigmaz())",
      "m_a = on(1, destroy(4))",
      "H0 = omega/2*q_sigmaz + omega*m_N",
      "V = 0.1*(m_a.dag()*q_sigmaminus + (m_a.dag()*q_sigmaminus).dag())",
      "hot = thermal(np.sqrt(0.1)*q_sigmaminus, omega, 1/T)",
      "cold = thermal(0.2*m_a, omega, 2)",
      "    0.3*q_sigmaz,",
      "L = liouvillian(H) + L_hot + L_cold + L_noise",
      'report["heat(hot)"] = flow(H0, L_hot)',
    ]) {
      expect(lines(text)).toContain(line);
    }
  });

  it("keeps names off Python's words, its own and each other", () => {
    const text = script(
      qubit(
        "",
        "parameter lambda = 1\nparameter λ_ = 2\nparameter rho = 3\nparameter json = 4\nparameter β_1 = 5",
      ),
    );
    for (const line of [
      "lambda_ = 1  # lambda",
      "lambda__ = 2  # λ_",
      "rho_ = 3  # rho",
      "json_ = 4  # json",
    ]) {
      expect(lines(text)).toContain(line);
    }
  });

  it("lets no description leave its comment, hide or turn the line round", () => {
    for (const hidden of ["\u2028", "\u2029", "\u0085", "\u000b", "\u000c", "\u0000", "\u202e", "\u2066"]) {
      const plain = script(qubit('"coding: latin-1"', 'parameter x = 1 "a b"'));
      const compiled = compile(
        { name: "m", text: qubit("", 'parameter x = 1 "a b"') },
        { sets: [], quantities: [], readLibrary: () => undefined },
      );
      const parameters = compiled.model.parameters.map((p) => ({ ...p, description: `a${hidden}import os` }));
      const hostile = { ...compiled.derived!, model: { ...compiled.model, parameters } };
      const { content } = runExport({ ...compiled, derived: hostile }, { to: "qutip" });
      expect(lines(content as string)).toHaveLength(lines(plain).length);
      expect(content).toContain("x = 1  # a import os\n");
      // PEP 263 looks for an encoding on the first two lines alone
      expect(lines(plain).slice(0, 2)).toEqual(["#!/usr/bin/env python3", "# -*- coding: utf-8 -*-"]);
    }
  });

  it("says in a word that a bath is at zero temperature, and then nothing of entropy production", () => {
    const cold = script(qubit("", "parameter T = 0").replace("β = 1", "β = 1/T"));
    expect(lines(cold)).toContain("b = thermal(0.1*q_sigmaminus, 2, np.inf)");
    expect(cold).not.toContain("entropy_production");
    const warm = script(qubit("", "parameter T = 2").replace("β = 1", "β = 1/T"));
    expect(lines(warm)).toContain("b = thermal(0.1*q_sigmaminus, 2, 1/T)");
    expect(lines(warm)).toContain('report["entropy_production"] = -(1/T*report["heat(b)"])');
  });

  it("multiplies truncated matrices only where that is exact", () => {
    const text = script(`
      model m
      subsystem m : oscillator(n in 0..3)
      hamiltonian { free m.N; interaction 0.1*(m.a + m.a†)^2 }
      bath b : bosonic { β = 1; couples 0.1*m.a }
      equation weak { local b }
    `);
    expect(text).toContain("diagonal(0.2*n_m + 0.1)");
    expect(text).not.toMatch(/m_a\.dag\(\)\)\*\*2/);
  });

  it("is refused for collisions that last and for Lamb shifts", () => {
    const lasting = exported(qubit("").replace("local b", "collision b with { τ = 0.1 }"));
    expect(lasting).toMatchObject({ status: "not-vouched" });
    expect(lasting.diagnostics.map((d) => d.code)).toContain("E601");
    const shifted = exported(
      qubit("").replace("local b", "global b with { spectrum = ohmic(cutoff = 3); lamb_shift = on }"),
    );
    expect(shifted.diagnostics.map((d) => d.code)).toContain("E601");
  });
});
