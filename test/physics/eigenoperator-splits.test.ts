import { describe, it } from "vitest";
import { expectClose, steady } from "./steady.ts";

/** A machine between two baths, the first at β = 1 and the second at β = 0.4, treated as `method`. */
const machine = (subsystems: string, free: string, cold: string, hot: string, method = "local") =>
  `model m\n${subsystems}\nhamiltonian { free ${free} }\nbath c : bosonic { β = 1; couples ${cold} }\nbath h : bosonic { β = 0.4; couples ${hot} }\nequation e { ${method} c, h }\n`;

const heat = (...model: Parameters<typeof machine>) => steady(machine(...model)).of("heat(h)");

describe("a Hermitian coupling whose frequencies depend on the level", () => {
  const oscillator = "subsystem o : oscillator";
  const rotor = "subsystem r : rotor";

  it("has the heat of the lowering operator alone: each pair of levels counts once", () => {
    const free = "o.N + 0.1*o.N^2";
    const exchange = heat(oscillator, free, "0.1*o.a", "0.1*o.a");
    expectClose(heat(oscillator, free, "0.1*(o.a + o.a†)", "0.1*o.a"), exchange, 1e-9);
    expectClose(heat(oscillator, free, "0.1*(o.a + o.a†)", "0.1*(o.a + o.a†)"), exchange, 1e-9);
  });

  it("has it on a rotor, where the operator that lowers depends on the sign of l", () => {
    const free = "r.L^2/2 + 0.3*r.L";
    const exchange = heat(rotor, free, "0.01*exp(i*r.φ)", "0.01*exp(i*r.φ)");
    expectClose(heat(rotor, free, "0.02*cos(r.φ)", "0.01*exp(-i*r.φ)"), exchange, 1e-9);
    expectClose(heat(rotor, free, "0.02*sin(r.φ)", "0.02*cos(r.φ)"), exchange, 1e-9);
  });

  it("has it through names for the same amplitude", () => {
    const qubit = "parameter g = 0.1\nlet k = g\nsubsystem q : qubit";
    const exchange = heat(qubit, "q.σz", "g*q.σ⁻", "g*q.σ⁻");
    expectClose(heat(qubit, "q.σz", "g*q.σ⁻ + k*q.σ⁺", "k*q.σ⁻"), exchange, 1e-12);
  });
});

// without an interaction and without degenerate gaps the local and the full secular equation are one
describe("couplings that split by the states of other subsystems", () => {
  const same = (what: string, ...[subsystems, free, cold, hot]: [string, string, string, string]) =>
    it(`${what} give the equation between the eigenstates of H`, () => {
      const expected = heat(subsystems, free, cold, hot, "global");
      expectClose(heat(subsystems, free, cold, hot), expected, 1e-9);
    });
  same(
    "of qubits with an Ising term",
    "subsystem q1, q2 : qubit",
    "q1.σz + 1.3*q2.σz + 0.2*q1.σz*q2.σz",
    "0.2*q1.σ⁻ + 0.1*q2.σ⁻",
    "0.3*q2.σx",
  );
  same(
    "of three qubits in a row",
    "subsystem q1, q2, q3 : qubit",
    "q1.σz + 1.3*q2.σz + 0.7*q3.σz + 0.21*q1.σz*q2.σz + 0.13*q2.σz*q3.σz",
    "0.2*q2.σ⁻ + 0.1*q1.σ⁻",
    "0.3*q2.σx + 0.2*q3.σ⁻",
  );
  same(
    "of a mode with a dispersive shift",
    "subsystem q : qubit\nsubsystem o : oscillator(n in 0..7)",
    "q.σz + 0.9*o.N + 0.13*o.N*q.σz",
    "0.2*o.a + 0.1*q.σ⁻",
    "0.3*q.σ⁻",
  );
  same(
    "of a rotated qubit beside another",
    "subsystem q1, q2, q3 : qubit",
    "q1.σx + 1.7*q2.σz + 0.1*q2.σz*q3.σz + 0.4*q3.σz",
    "0.1*(q1.σz + i*q1.σy) + 0.2*q2.σ⁻ + 0.1*q3.σ⁻",
    "0.2*(q1.σz + i*q1.σy) + 0.3*q2.σ⁻",
  );
  same(
    "of a mode with one shifted level",
    "kind k { basis n in 0..inf; operator b = sum(n) sqrt(n)*|n-1><n|; operator N = sum(n) n*|n><n|; operator P = |1><1| }\nsubsystem o : k(n in 0..8)",
    "o.N + 0.2*o.P + 0.05*o.N^2",
    "0.2*o.b",
    "0.3*(o.b + o.b†)",
  );
});
