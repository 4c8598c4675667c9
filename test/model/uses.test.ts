import { describe, expect, it } from "vitest";
import { compile } from "../../src/pipeline.ts";
import { runSteady } from "../../src/run-steady.ts";

const LIBRARY: Readonly<Record<string, string>> = {
  "slow.thermill": `
model slow
use "lib/amplitudes.thermill"
parameter B = 1
parameter g = 1
subsystem q : qubit
hamiltonian { free B*q.σz }
bath cold : bosonic { β = 1; couples strong(g)*q.σ⁻ }
quantity field = B
quantity rate = g
`,
  "middle.thermill": `
use "slow.thermill"
model middle = slow with { B = 2; g = 3 }
parameter β2 = 0.2
bath hot : bosonic { β = β2; couples q.σ⁻ }
`,
  "lib/amplitudes.thermill": "let strong(x) = 2*x\n",
  "egg.thermill": 'use "hen.thermill"\nmodel egg = hen\n',
  "hen.thermill": 'use "egg.thermill"\nmodel hen = egg\n',
};

const built = (text: string) =>
  runSteady(
    compile(
      { name: "test.thermill", text },
      { sets: [], quantities: [], readLibrary: (path) => LIBRARY[path] },
    ),
    {},
  );

const said = (text: string): string[] => built(text).diagnostics.map((d) => `${d.code} ${d.message}`);

describe("models built on models", () => {
  it("have the parts of all below, and of settings the nearest", () => {
    const { diagnostics, results } = built(`
use "middle.thermill"
model fast = middle with { B = 3; β2 = 0.4 }
equation both { local cold, hot }
`);
    expect(diagnostics).toEqual([]);
    const row = results.results[0]!.rows[0]!;
    expect(row.parameters).toMatchObject({ B: 3, g: 3, β2: 0.4 });
    expect(row.quantities).toMatchObject({ field: 3, rate: 3 });
    expect(row.quantities["heat(hot)"]).toBeGreaterThan(0);
  });

  it("may be built without settings", () => {
    expect(said('use "middle.thermill"\nmodel same = middle\nequation both { local cold, hot }\n')).toEqual(
      [],
    );
  });

  it("have the parameters of all below, and no others", () => {
    expect(
      said('use "middle.thermill"\nmodel m = middle with { C = 3 }\nequation both { local cold, hot }\n'),
    ).toEqual(["E213 the base model has no parameter 'C'"]);
    expect(
      said('use "middle.thermill"\nmodel m = middle with { B = 3; B = 4 }\nequation e { local hot }\n')[0],
    ).toBe("E213 'B' is set twice");
  });

  it("are not built on themselves", () => {
    expect(said('use "egg.thermill"\nmodel m = egg\n')[0]).toBe(
      "E203 the model 'egg' is built on itself: egg → hen → egg",
    );
    expect(said("model m = m\n")[0]).toBe("E203 the model 'm' is built on itself: m → m");
  });
});

describe("used files", () => {
  it("are read once, in whatever spelling", () => {
    const text = `
use "lib/amplitudes.thermill"
use "./lib/amplitudes.thermill"
use "lib/./amplitudes.thermill"
model m
subsystem q : qubit
hamiltonian { free q.σz }
bath cold : bosonic { β = 1; couples strong(0.1)*q.σ⁻ }
equation weak { local cold }
`;
    expect(said(text)).toEqual([]);
  });
});
