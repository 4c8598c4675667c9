import { describe, expect, it } from "vitest";
import { terminalReport } from "../../src/report/terminal-report.ts";
import { runSteady } from "../../src/run-steady.ts";
import { type Palette, PLAIN } from "../../src/source/palette.ts";
import { compileClean } from "../model-text.ts";
import { EXAMPLE } from "./example-results.ts";

describe("terminal report", () => {
  it("groups quantities, aligns points, and gives each undefined one its reason", () => {
    expect(terminalReport(EXAMPLE)).toBe(`mill, steady state of weak
B1 = 4, β1 = not finite, γ = 5e-5
Units hbar = k_B = 1; energy that enters the machine is positive.

Baths                   role    heat            work
  sink                  cold    -5.694397e-4      0
  source                hot      0.001423599    -12.5
  loss                          undefined       undefined
  heat(loss), work(loss)  undefined: the bath 'loss' has no temperature

Performance
  regime                engine
  efficiency              0.1873651     (Carnot 0.7)
  COP                   undefined: the regime is engine, not refrigerator
                        (Carnot 0.4285714)
  work                  -12.5           (bosonic and fermionic baths together)
  entropy production    undefined: the bath 'loss' has no temperature
  first-law residual     -1.344411e-17

Mean values
  q1.σz                 -0.3798949
  r.L                    1.234568e7

State                   entropy     ergotropy
  all                   4.174023    2.333754
  q1,q2                             0

Quantities
  swapped.heat(sink)     1
  mean(q1.σz)/mean(r.L)  2
  noise                  1e-12
  Γ                      undefined: it divides by zero

Certificate
  residual              6.9e-18, trace off by 0
  smallest eigenvalue   1.5e-18
  kernel                dimension 1, condition 5.3e6
  levels of r           -28..31 (automatic), its ends hold 1.4e-17 and 7.5e-15
  levels of m           0..19 (stated), its end holds 1e-9
  levels of f           0..1 (automatic)
  unknowns              358 real ones out of 57600
  solver                sparse LU
`);
  });

  it("fits into its columns and says the same with and without colour", () => {
    const paint = (text: string) => `<${text}>`;
    const palette: Palette = { ...PLAIN, strong: paint, faint: paint };
    const plain = terminalReport(EXAMPLE, { columns: 80 });
    const coloured = terminalReport(EXAMPLE, { columns: 80, palette });
    expect(coloured).not.toBe(plain);
    expect(coloured.replace(/[<>]/g, "")).toBe(plain);
    expect(Math.max(...plain.split("\n").map((line) => [...line].length))).toBeLessThanOrEqual(80);
  });

  it("is empty where there are no results", () => {
    expect(terminalReport({ ...EXAMPLE, results: [] })).toBe("");
  });
});

describe("the certificate of a noise", () => {
  const text = (cutoff: string) => `model m
subsystem o : oscillator
hamiltonian { free o.N }
bath b : bosonic { β = 2; couples 0.1*o.a }
bath c : bosonic { β = 3; couples 0.1*o.a }
equation e { global b, c with { spectrum = ohmic(cutoff = ${cutoff}) } }`;
  const certificate = (cutoff: string): string =>
    terminalReport(runSteady(compileClean(text(cutoff)), { hasNoise: true }).results).replace(/\s+/g, " ");

  it("says by how much wider windows change it, or that they cannot show it", () => {
    expect(certificate("1")).toMatch(/noise round-off below \S+; \d+ levels more change none by more than/);
    expect(certificate("largest_frequency")).toMatch(
      /noise round-off below \S+; not compared with wider windows/,
    );
  });
});
