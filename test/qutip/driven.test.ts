import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { evolve, farthest } from "../physics/evolve.ts";
import { modelText } from "../physics/steady.ts";

// Set THERMILL_QUTIP_PYTHON to a Python that has QuTiP (README.md) to hold driven evolutions against driven.py.

const python = process.env.THERMILL_QUTIP_PYTHON;

type Columns = Readonly<Record<string, readonly number[]>>;

const answers = (executable: string): Readonly<Record<"maser" | "swept", Columns>> =>
  JSON.parse(
    execFileSync(executable, [fileURLToPath(new URL("./driven.py", import.meta.url))], {
      encoding: "utf8",
      env: { ...process.env, OMP_NUM_THREADS: "1" },
    }),
  );

/** The shipped model without its frame, and so in the laboratory. */
const MASER = modelText("driven-maser")
  .replace(/^ {2}frame .*$/m, "")
  .replace(/experiment detuned[\s\S]*?\n}/, "")
  .replace("linear(0, 200, 101)", "linear(0, 40, 9)")
  .replace("record inversion", "record mean(atom.|x><x|), mean(atom.|e><e|), inversion");

const SWEPT = `model swept
let B = 2 + 0.5*cos(0.3*time)
subsystem q : qubit
hamiltonian { free B*q.σz
  drive 0.1*cos(3*time)*q.σx }
bath cold : bosonic { β = 1; couples 0.3*q.σ⁻ }
equation weak { local cold }
state start { q = |up> }
experiment e { evolve weak from start over time in linear(0, 20, 9); record mean(q.σz), drive_power }`;

describe.skipIf(!python)("evolutions that depend on time agree with QuTiP's mesolve", () => {
  const theirs = python ? answers(python) : undefined;
  it.each([
    ["maser", MASER, { sets: ["Δ=0.1"] }],
    ["swept", SWEPT, { sets: [] }],
  ] as const)("%s", (name, text, asked) => {
    const ours = evolve(text, asked);
    // mesolve is asked for 1e-12 a step, and its steps add up to less than 1e-10
    for (const [key, column] of Object.entries(theirs![name])) {
      expect(farthest(ours.of(key), column), key).toBeLessThan(2e-10);
    }
  });
});
