import { readFileSync } from "node:fs";
import { Ajv2020, type AnySchemaObject } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { ROOT, SMALL, useCli } from "./cli-process.ts";

const cli = useCli();
const ROTOR = "models/rotor-qubit.thermill";

const schema = JSON.parse(readFileSync(`${ROOT}/docs/derivation.schema.json`, "utf8")) as AnySchemaObject;
const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);

/** The one object on stdout, checked against the schema. */
function objectOf(stdout: string) {
  const value = JSON.parse(stdout);
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
  return value;
}

describe("thermill derive", () => {
  it("prints everything as text, in the spelling of model files", () => {
    const { code, stdout, stderr } = cli.run(["derive", ROTOR]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("rotor_qubit, equation collisions\n");
    expect(stdout).toContain("\n  V = λ*(q1.σ⁺*q2.σ⁻*exp(i*r.φ) + q1.σ⁻*q2.σ⁺*exp(-i*r.φ))\n");
    expect(stdout).toContain("where\n  g1 = g*(1 - χ)\n");
  });

  it("derives what --of names, in the order asked for, by any spelling", () => {
    const { stdout } = cli.run(["derive", ROTOR, "--of", "work", "--of", "heat( hot )", "--format", "json"]);
    expect(objectOf(stdout).derivations.map((d: { name: string }) => d.name)).toEqual(["work", "heat(hot)"]);
  });

  it("derives equations of motion of any operator, and closes them", () => {
    const { stdout, code } = cli.run([
      "derive",
      "models/coupled-qubits.thermill",
      "--of",
      "d<q1.sigmaz>/dt",
      "--close",
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain("# closed: 3 equations");
  });

  it("takes parameters and other equations", () => {
    const { stdout } = cli.run(["derive", ROTOR, "--equation", "unloaded", "--of", "dissipators"]);
    expect(stdout).not.toContain("L_load");
    expect(cli.run(["derive", ROTOR, "--set", "χ=1/2", "--of", "work"]).code).toBe(0);
  });

  it("prints LaTeX displays with comments", () => {
    const { stdout } = cli.run(["derive", ROTOR, "--of", "heat(cold)", "--format", "latex"]);
    expect(stdout).toMatch(/^% Heat from the bath cold: heat\(cold\)\n\\begin\{equation\}/);
    expect(stdout).toContain("% Definitions\n");
  });

  it("writes a whole document", () => {
    const { stdout, code } = cli.run(["derive", ROTOR, "--document"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\\documentclass/);
    expect(stdout).toMatch(/\\end\{document\}\n$/);
    for (const part of [
      "Hamiltonian",
      "Baths",
      "Master equation",
      "Heat and work",
      "Reported quantities",
      "Parameters",
    ]) {
      expect(stdout).toContain(`\\section{${part}}`);
    }
  });

  it.each([
    [["--of", "heat(nobody)"], 2, "nothing is called 'heat(nobody)' here"],
    [["--of", "d<q1.σq>/dt"], 1, "unknown operator 'q1.σq'"],
    [["--of", "d<B1>/dt"], 1, "an operator is needed, and this is a number"],
    [["--equation", "colisions"], 2, "--equation collisions"],
    [["--close", "0"], 2, "whole number"],
    [["--document", "--of", "work"], 2, "cannot be used with"],
    [["--format", "pdf"], 2, "Allowed choices are text, latex, json"],
  ])("says what is wrong with %j", (args, code, message) => {
    const finished = cli.run(["derive", ROTOR, ...args]);
    expect([finished.code, finished.stdout]).toEqual([code, ""]);
    expect(finished.stderr).toContain(message);
  });

  it("prints its JSON object also where the model, the file or the command line is wrong", () => {
    const broken = cli.write("broken.thermill", "model m\nsubsystem q : qubitt\n");
    const json = ["--format", "json"];
    const wrong = [
      cli.run(["derive", broken, ...json]),
      cli.run(["derive", "nowhere.thermill", ...json]),
      cli.run(["derive", SMALL, "--of", "nothing", ...json]),
    ];
    expect(wrong.map((f) => f.code)).toEqual([1, 2, 2]);
    for (const { stdout } of wrong) {
      const { derivations, equation, diagnostics } = objectOf(stdout);
      expect([derivations, equation]).toEqual([[], null]);
      expect(diagnostics.length).toBeGreaterThan(0);
    }
  });
});
