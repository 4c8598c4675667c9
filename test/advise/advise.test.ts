import { describe, expect, it } from "vitest";
import type { AdvisedEquation } from "../../src/advise/advice.ts";
import { compile } from "../../src/pipeline.ts";
import { adviceReport } from "../../src/report/advice-json.ts";
import { adviceText } from "../../src/report/advice-text.ts";
import { runAdvise } from "../../src/run-advise.ts";
import { modelText, steady } from "../physics/steady.ts";

function adviceOn(text: string, sets: readonly string[] = [], equation?: string) {
  const compiled = compile({ name: "m", text }, { sets, quantities: [], readLibrary: () => undefined });
  const outcome = runAdvise(compiled, equation === undefined ? {} : { equation });
  if (outcome.status !== "good") throw new Error(outcome.status);
  const { equations, recommended } = outcome.advice;
  const of = (name: string): AdvisedEquation => equations.find((e) => e.name === name)!;
  return { advice: outcome.advice, of, recommended };
}

const verdictOn = ({ findings }: AdvisedEquation, condition: string) =>
  findings.filter((f) => f.condition === condition).map((f) => f.verdict);

const QUBITS = `model resonant
parameter δ = 0
parameter g = 1e-3
parameter κ = 0.1
parameter T1 = 0.5
parameter T2 = 1
subsystem q1, q2 : qubit
hamiltonian { free 0.5*q1.σz + (1 + δ)/2*q2.σz
  interaction g*(q1.σ⁺*q2.σ⁻ + h.c.) }
bath cold : bosonic { β = 1/T1; couples κ*q1.σ⁻ }
bath hot : bosonic { β = 1/T2; couples κ*q2.σ⁻ }
equation loc { local cold, hot }`;

describe("advice on two qubits", () => {
  it("resonant and weakly coupled: the secular equation is not to be trusted, the others agree", () => {
    const { of, recommended } = adviceOn(QUBITS);
    expect(of("global").verdict).toBe("no");
    expect(verdictOn(of("global"), "secular")).toEqual(["no", "no"]);
    for (const name of ["loc", "unified", "redfield"]) expect(of(name).verdict).toBe("trust");
    expect(recommended).toBe("unified");
  });

  it("strongly coupled and detuned: the local equation is not to be trusted, the secular one is", () => {
    const { of, recommended } = adviceOn(QUBITS, ["g=0.3", "δ=0.2"]);
    expect(of("loc").verdict).toBe("no");
    expect(verdictOn(of("loc"), "equal temperatures")).toEqual(["no"]);
    expect(verdictOn(of("loc"), "local frequencies")).toEqual(["no", "no"]);
    for (const name of ["global", "unified", "redfield"]) expect(of(name).verdict).toBe("trust");
    expect(recommended).toBe("unified");
  });

  it("baths that are not weakly coupled: nothing is recommended", () => {
    const { of, recommended } = adviceOn(QUBITS, ["κ=2", "g=0.3"]);
    expect(verdictOn(of("redfield"), "weak coupling")).toContain("no");
    expect(recommended).toBeUndefined();
  });

  it("the currents of all equations stand side by side, as a run gives them", () => {
    const { advice } = adviceOn(QUBITS);
    const declared = `${QUBITS}
equation glob { global cold, hot }
equation uni { unified cold, hot }
equation red { redfield cold, hot }`;
    for (const [name, equation] of [
      ["loc", "loc"],
      ["global", "glob"],
      ["unified", "uni"],
      ["redfield", "red"],
    ]) {
      const { of } = steady(declared, { equation: equation! });
      const { currents } = advice.equations.find((e) => e.name === name)!;
      expect(currents!.heat.hot).toBe(of("heat(hot)"));
      expect(currents!.work.cold).toBe(of("work(cold)"));
      expect(currents!.entropyProduction).toBe(of("entropy_production"));
    }
  });

  it("equations of the file with the same baths are judged under their own names, once", () => {
    const { advice } = adviceOn(`${QUBITS}
equation eigen { unified cold, hot }
equation half { local cold; global hot }
equation alone { local cold }`);
    expect(advice.equations.map((e) => e.name)).toEqual(["loc", "eigen", "half", "global", "redfield"]);
  });
});

/** By how much an equation's heat may differ from Redfield's where it is trusted. */
const AGREEMENT = 0.05;

describe("a secular equation that is trusted", () => {
  it("agrees with Redfield's, for qubits, oscillators and a maser, whatever the coupling", () => {
    let [trusted, refused] = [0, 0];
    const check = (text: string, sets: readonly string[], bath: string) => {
      const { of } = adviceOn(text, sets);
      const [global, red] = [of("global"), of("redfield")];
      if (!global.currents || red.verdict === "no") return;
      const deviation = Math.abs(global.currents.heat[bath]! / red.currents!.heat[bath]! - 1);
      if (global.verdict === "trust") {
        trusted++;
        expect(deviation, `${sets}`).toBeLessThan(AGREEMENT);
      }
      if (deviation > 0.5) {
        refused++;
        expect(global.verdict, `${sets}`).toBe("no");
      }
    };
    for (const g of [1e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3]) {
      for (const δ of [0, 0.01, 0.1]) check(QUBITS, [`g=${g}`, `δ=${δ}`], "hot");
    }
    for (const g of [0.002, 0.02, 0.05, 0.3]) check(modelText("three-level-maser"), [`g=${g}`], "hot");
    expect(trusted).toBeGreaterThan(5);
    expect(refused).toBeGreaterThan(4);
  });
});

describe("what a reader is told", () => {
  it("the conclusion, a table of currents, and reasons, what holds for all of them once", () => {
    const { advice } = adviceOn(QUBITS);
    const about = { thermill: "0", model: "resonant", diagnostics: [] };
    const text = adviceText(adviceReport(advice, about), { columns: 100 });
    expect(text).toMatch(/^resonant: use unified\n/);
    expect(text).toMatch(/global +do not trust/);
    expect(text.match(/the linewidth from 'cold'/g)).toHaveLength(1);
    expect(text.split("\n").filter((line) => line.length > 120)).toEqual([]);
  });

  it("what cannot be derived or solved is said in its place", () => {
    const tilted = QUBITS.replace("free 0.5*q1.σz", "free 0.5*q1.σz + 0.3*q1.σx");
    const { of } = adviceOn(
      tilted.replace("local cold, hot", "unified cold, hot with { spectrum = ohmic(cutoff = 9) }"),
    );
    expect(of("loc").currents).toBeDefined();
    const local = of("local");
    expect(local.currents).toBeUndefined();
    expect(local.findings[0]!.text).toMatch(/does not split into eigenoperators/);
  });
});

describe("a run", () => {
  it.each([
    ["global cold, hot", ["g=0.001"], ["W505"]],
    ["global cold, hot", ["g=0.1", "κ=0.03"], []],
    ["local cold, hot", ["g=0.001"], []],
    ["local cold, hot", ["g=0.4"], ["W507"]],
    ["redfield cold, hot", ["κ=2"], ["W506"]],
  ])("of %s at %s warns of %s", (clauses, sets, codes) => {
    const values = Object.fromEntries(sets.map((s) => s.split("=") as [string, string]));
    const { codes: found } = steady(`${QUBITS}\nequation asked { ${clauses} }`, {
      set: values,
      equation: "asked",
    });
    expect(found.filter((c) => /^W50[567]$/.test(c))).toEqual(codes);
  });
});

describe("a driven equation", () => {
  it.each([
    ["in its frame", modelText("driven-maser")],
    ["that depends on time", QUBITS.replace("hamiltonian {", "hamiltonian { drive cos(time)*q1.σx;")],
  ])("%s has nothing to be compared with", (_, text) => {
    const compiled = compile({ name: "m", text }, { sets: [], quantities: [], readLibrary: () => undefined });
    const outcome = runAdvise(compiled, {});
    expect(outcome).toMatchObject({ status: "driven", diagnostics: [{ code: "E509" }] });
  });
});
