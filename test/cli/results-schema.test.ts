import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020, type AnySchemaObject } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { EXAMPLE } from "../report/example-results.ts";
import { ROOT, resultsOf, SMALL, useCli } from "./cli-process.ts";

const cli = useCli();

const schema = JSON.parse(readFileSync(`${ROOT}/docs/results.schema.json`, "utf8")) as AnySchemaObject;

/** The schema for consumers lets keys be added; here each key must be one that it describes. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node).map(([key, value]) => [key, closed(value)] as const);
  const isOpenObject = "properties" in node && !("additionalProperties" in node);
  return { ...Object.fromEntries(entries), ...(isOpenObject && { additionalProperties: false }) };
}

const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(
  closed(schema) as AnySchemaObject,
);

/** What is wrong with a value by the schema. */
function errors(value: unknown): unknown[] {
  validate(value);
  return validate.errors ?? [];
}

describe("docs/results.schema.json", () => {
  const models = readdirSync(`${ROOT}/models`).filter((name) => name.endsWith(".thermill"));

  it.each(models)("describes the results of %s", (name) => {
    const finished = cli.run(["run", `models/${name}`, "--json"]);
    expect(finished.code).toBe(0);
    // a local equation may be warned about where it is no picture of permanent baths
    expect(finished.stderr.match(/^(error|warning)\[(?!W507).*/gm) ?? []).toEqual([]);
    const results = resultsOf(finished);
    expect(errors(results)).toEqual([]);
    expect(JSON.stringify(results, null, 2)).toBe(finished.stdout.trimEnd());
    for (const { quantities, undefined: reasons } of results.results.flatMap((r) => r.rows)) {
      const empty = Object.keys(quantities).filter((key) => quantities[key] === null);
      expect(Object.keys(reasons).sort()).toEqual(empty.sort());
    }
  });

  it("describes the results of collisions of finite duration", () => {
    const text = cli.write(
      "colliding.thermill",
      "model m\nsubsystem q : qubit\nhamiltonian { free q.σz; interaction 0.1*q.σx }\nbath a : bosonic { β = 2; couples 0.1*q.σ⁻ }\nbath b : bosonic { β = 3; couples 0.1*q.σ⁻ }\nequation e { collision a, b with { τ = 0.1 } }\n",
    );
    const finished = cli.run(["run", text, "--json"]);
    expect(finished.code).toBe(0);
    // a local equation may be warned about where it is no picture of permanent baths
    expect(finished.stderr.match(/^(error|warning)\[(?!W507).*/gm) ?? []).toEqual([]);
    const results = resultsOf(finished);
    expect(errors(results)).toEqual([]);
    const [row] = results.results[0]!.rows;
    expect(Object.keys(row!.certificate.collision!.ancillas)).toEqual(["a", "b"]);
    expect(row!.undefined["work(a)"]).toMatch(/only their total work is defined/);
  });

  it("describes a spectrum", () => {
    const results = resultsOf(cli.run(["run", SMALL, "--spectrum", "4", "--json"]));
    expect(errors(results)).toEqual([]);
    const { spectrum } = results.results[0]!.rows[0]!;
    expect(spectrum!.modes.length).toBe(4);
    expect(spectrum!.gap).toBe(-spectrum!.modes[0]!.re);
  });

  it("describes noise, with what vouches for it", () => {
    const finished = cli.run(["run", "models/optomechanical-cooling.thermill", "--noise", "--json"]);
    const results = resultsOf(finished);
    expect(errors(results)).toEqual([]);
    const [row] = results.results[0]!.rows;
    expect(Object.keys(row!.quantities)).toContain("uncertainty_product(cold)");
    expect(row!.certificate.noise!.map((n) => [n.bath, n.counted, Boolean(n.wider)])).toEqual([
      ["warm", "energy", true],
      ["cold", "energy", true],
    ]);
  });

  it("describes what is printed on failure", () => {
    const wrong = cli.write("wrong.thermill", "model m\nsubsystem q : qbit\n");
    for (const args of [
      ["run", wrong],
      ["check", wrong, SMALL],
      ["run", "nowhere"],
      ["run", SMALL, "--frobnicate"],
      ["run", SMALL, "--equation", "none"],
      ["run", SMALL, "--set", "Γ=0"],
    ]) {
      expect([args, errors(resultsOf(cli.run([...args, "--json"])))]).toEqual([args, []]);
    }
  });

  it("tells a wrong object from a right one", () => {
    expect(errors(EXAMPLE)).toEqual([]);
    expect(errors({ ...EXAMPLE, format: "thermill-results/2" })).not.toEqual([]);
    expect(errors({ ...EXAMPLE, surprise: 1 })).not.toEqual([]);
    const [equation] = EXAMPLE.results;
    const { certificate: _, ...row } = equation!.rows[0]!;
    expect(errors({ ...EXAMPLE, results: [{ ...equation, rows: [row] }] })).not.toEqual([]);
  });
});
