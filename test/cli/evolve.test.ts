import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { ROOT, ROTOR, SMALL, useCli } from "./cli-process.ts";

const cli = useCli();

const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(`${ROOT}/docs/evolution.schema.json`, "utf8")),
);

describe("thermill evolve", () => {
  it("prints a table of what the experiment records, populations and a certificate", () => {
    const { code, stdout, stderr } = cli.run(["evolve", ROTOR, "held"]);
    expect([code, stderr]).toEqual([0, ""]);
    for (const part of [
      "held: collisions from start",
      "at rest",
      "Population of r",
      "Certificate",
      "has come to rest",
    ]) {
      expect(stdout).toContain(part);
    }
  });

  it("takes the first experiment that evolves, and prints JSON as its schema says", () => {
    const { code, stdout } = cli.run(["evolve", ROTOR, "--json"]);
    expect(code).toBe(0);
    const results = JSON.parse(stdout);
    expect(results.experiment).toBe("running_away");
    validate(results);
    expect(validate.errors ?? []).toEqual([]);
  });

  it("averages over trajectories and shows one, the same for the same seed", () => {
    const ask = (...more: string[]) =>
      cli.run(["evolve", "models/driven-maser.thermill", "ignition", "--trajectory", "2", ...more]);
    const { code, stdout } = ask("--trajectories", "3");
    expect(code).toBe(0);
    for (const part of [
      "standard error",
      "Jumps of trajectory 2",
      "energy to the bath",
      "seed 1, 3 trajectories",
    ]) {
      expect(stdout).toContain(part);
    }
    const json = ask("--json");
    const results = JSON.parse(json.stdout);
    validate(results);
    expect(validate.errors ?? []).toEqual([]);
    const { single } = results.trajectories[0].jumps;
    expect(single.jumps.length).toBeGreaterThan(10);
    expect(JSON.parse(ask("--json", "--seed", "2").stdout).trajectories[0].jumps.single).not.toEqual(single);
    expect(ask("--seed", "x").code).toBe(2);
  });

  it.each([
    [["--tolerance", "1"], "1e-14 to 0.01"],
    [["--tolerance", "1e-20"], "1e-14 to 0.01"],
    [["--tolerance", "small"], "1e-14 to 0.01"],
    [["--seed", "3"], "--trajectories"],
  ])("exits with 2 for %s, and says what may be asked for", (options, said) => {
    const { code, stdout, stderr } = cli.run(["evolve", ROTOR, "held", ...options]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(said);
  });

  it("exits with 2 for an experiment that is not there or does not evolve, and names those that do", () => {
    const { code, stderr } = cli.run(["evolve", ROTOR, "operation"]);
    expect(code).toBe(2);
    expect(stderr).toContain("running_away, held, powers");
    expect(cli.run(["evolve", SMALL]).code).toBe(2);
    expect(cli.run(["evolve", ROTOR, "held", "--equation", "nothing"]).code).toBe(2);
  });
});

describe("thermill advise", () => {
  it("says which equation to use, and prints JSON as its schema says", () => {
    const { code, stdout } = cli.run(["advise", SMALL]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^coupled_qubits: use /);
    const json = cli.run(["advise", SMALL, "--json"]);
    const schema = JSON.parse(readFileSync(`${ROOT}/docs/advice.schema.json`, "utf8"));
    const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);
    validate(JSON.parse(json.stdout));
    expect(validate.errors ?? []).toEqual([]);
  });
});
