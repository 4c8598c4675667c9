import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { equationText, formulaText } from "../../src/formula/formula-text.ts";
import { compile } from "../../src/pipeline.ts";
import { deriveFormulas } from "../../src/run-derive.ts";
import { runSteady } from "../../src/run-steady.ts";

const MODELS = [
  "rotor-qubit",
  "absorption-refrigerator",
  "three-level-maser",
  "driven-maser",
  "coupled-qubits",
  "optomechanical-cooling",
  "spin-chain",
];

const asked = { sets: [], quantities: [], readLibrary: () => undefined };

describe("derived heat, work and drive power, pasted into the model as quantities, against the solver's", () => {
  it.each(MODELS)("%s", (model) => {
    const name = `models/${model}.thermill`;
    const text = readFileSync(name, "utf8");
    const outcome = deriveFormulas(compile({ name, text }, asked), { of: [], closure: { kind: "none" } });
    if (outcome.status !== "good") throw new Error(outcome.status);
    const formulas = outcome.derivations.filter((d) => /^(heat|work|drive_power)/.test(d.name));
    const known = new Set(compile({ name, text }, asked).model.parameters.map((p) => p.name));
    const pasted = [
      ...outcome.definitions
        .filter((e) => !known.has(formulaText(e.left)))
        .map((e) => `let ${equationText(e)}`),
      ...formulas.map(
        (d, k) => `quantity derived_${k} = re(0*i + ${asMeans(d.equations[0]!.right.at(-1)!)})`,
      ),
    ].join("\n");
    const compiled = compile({ name, text: `${text}\n${pasted}\n` }, asked);
    expect(compiled.diagnostics).toEqual([]);
    const { results } = runSteady(compiled, {}).results;
    const { quantities } = results[0]!.rows[0]!;
    const largest = Math.max(...formulas.map((d) => Math.abs(quantities[d.name] as number)));
    for (const [k, { name: quantity }] of formulas.entries()) {
      const difference = (quantities[`derived_${k}`] as number) - (quantities[quantity] as number);
      expect(Math.abs(difference) / largest, quantity).toBeLessThan(1e-10);
    }
  });
});

/** Means of operators that are not Hermitian must say which part is meant. */
const asMeans = (f: Parameters<typeof formulaText>[0]): string =>
  formulaText(f).replace(/mean\(((?:[^()]|\([^()]*\))*)\)/g, "(re(mean($1)) + i*im(mean($1)))");

describe("a coupling that raises the energy", () => {
  const text = (spectrum: string) => `model raised
parameter ω = 1.3
subsystem q : qubit
hamiltonian { free -ω*q.σz }
bath k : bosonic { β = 0.4; ${spectrum} couples 0.1*q.σ⁻ }
bath f : bosonic { β = 1.7; couples 0.2*q.σ⁺ }
equation e { local k, f }`;

  it.each(["", "spectrum = ohmic_exponential(cutoff = 2);"])(
    "is printed with A and A† exchanged: %s",
    (spectrum) => {
      const outcome = deriveFormulas(compile({ name: "m", text: text(spectrum) }, asked), {
        of: ["heat(k)"],
        closure: { kind: "none" },
      });
      if (outcome.status !== "good") throw new Error(outcome.status);
      const formula = formulaText(outcome.derivations[0]!.equations[0]!.right.at(-1)!);
      const lets = outcome.definitions.map((e) => `let ${equationText(e)}`).join("\n");
      const pasted = `${text(spectrum)}\n${lets}\nquantity derived = ${formula}`;
      const { quantities } = runSteady(compile({ name: "m", text: pasted }, asked), {}).results.results[0]!
        .rows[0]!;
      expect(Math.abs((quantities.derived as number) / (quantities["heat(k)"] as number) - 1)).toBeLessThan(
        1e-10,
      );
    },
  );
});
