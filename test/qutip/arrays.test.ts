import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { compile } from "../../src/pipeline.ts";
import { type ExportOptions, runExport } from "../../src/run-export.ts";
import { modelText } from "../physics/steady.ts";
import { ask, python } from "./peer.ts";

interface Answer {
  readonly quantities: Readonly<Record<string, number | readonly number[]>>;
  /** Of the arrays themselves. */
  readonly reported: Readonly<Record<string, number | readonly number[]>>;
  readonly trace: number;
}

const directory = mkdtempSync(join(tmpdir(), "thermill-arrays-"));
afterAll(() => rmSync(directory, { recursive: true }));

const compiledOf = (text: string) =>
  compile({ name: "m", text }, { sets: [], quantities: [], readLibrary: () => undefined });

/** A model's arrays beside the matrices of the same equation on the same levels. */
function request(name: string, text: string, options: Omit<ExportOptions, "to">) {
  const paths = { arrays: join(directory, `${name}.npz`), equation: join(directory, `${name}.json`) };
  const compiled = compiledOf(text);
  for (const [to, path] of [
    ["npz", paths.arrays],
    ["json", paths.equation],
  ] as const) {
    const { content } = runExport(compiled, { ...options, to });
    if (content === undefined) throw new Error(`${name} is not written as ${to}`);
    writeFileSync(path, content);
  }
  return paths;
}

// stated levels, so that the evolution and the equation as data share them
const COOLING = `
model cooling
subsystem m : oscillator(n in 0..11)
subsystem q : qubit
hamiltonian { free m.N + 0.5*q.σz; interaction 0.2*(m.a*q.σ⁺ + h.c.) }
bath warm : bosonic { β = 1.1; couples 0.1*m.a }
bath cold : bosonic { β = 4;   couples 0.3*q.σ⁻ }
equation weak { local warm, cold }
state start { m = |2>; q = |up> }
experiment relaxing {
  evolve weak from start over time in [0, 1, 5, 20, inf]
  record mean(m.N), mean(q.σz)
}`;

/** 30 × 380² elements are more than are written in full. */
const MANY = COOLING.replace("0..11", "0..189").replace("[0, 1, 5, 20, inf]", "linear(0, 0.3, 30)");

describe.runIf(python)("arrays, read by numpy", () => {
  const requests = python
    ? [
        request("mill", modelText("rotor-qubit"), {}),
        request("cooling", COOLING, { experiment: "relaxing" }),
        request("many", MANY, { experiment: "relaxing" }),
      ]
    : [];
  const [mill, cooling, many] = ask<Answer>("arrays.py", requests);

  const close = (
    ours: number | readonly number[],
    theirs: number | readonly number[],
    digits: number,
  ): void => {
    const [a, b] = [[ours].flat(), [theirs].flat()];
    expect(a).toHaveLength(b.length);
    for (const [k, x] of a.entries()) expect(x).toBeCloseTo(b[k]!, digits);
  };

  it("hold the steady state: heats and means follow from ρ", () => {
    expect(mill!.trace).toBeLessThan(1e-12);
    for (const bath of ["cold", "hot", "load"]) {
      close(mill!.reported[`heat(${bath})`]!, mill!.quantities[`heat(${bath})`]!, 11);
    }
    close(mill!.reported["mean(r.L)"]!, mill!.quantities["level(r)"]!, 10);
  });

  it.each(["in full", "by its entries"])("hold a course in time, ρ %s", (form) => {
    const { quantities, reported, trace } = form === "in full" ? cooling! : many!;
    expect(trace).toBeLessThan(1e-10);
    close(reported["mean(m.N)"]!, quantities["level(m)"]!, 9);
    for (const bath of ["warm", "cold"]) close(reported[`heat(${bath})`]!, quantities[`heat(${bath})`]!, 9);
  });
});
