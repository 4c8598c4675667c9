import { runSteady } from "../../../src/run-steady.ts";
import { type BenchRow, secondsOf } from "../bench-row.ts";
import { compiledText, rotorIn } from "../rotor-model.ts";

/** The global equation of the reference model, everything in the report. */
function globalEquation(from: number, to: number): BenchRow {
  const d = 4 * (to - from + 1);
  return {
    name: `global-${d}`,
    work: `global equation of the rotor model, d = ${d}, built, solved and reported`,
    ours: () => {
      const model = compiledText(rotorIn(from, to), ["g=0.5", "χ=0.3"]);
      const seconds = secondsOf(() => {
        const { status } = runSteady(model, { equation: "spin_boson" });
        if (status !== "good") throw new Error(status);
      });
      return { seconds, numbers: [] };
    },
  };
}

export const GLOBAL_EQUATIONS: readonly BenchRow[] = [globalEquation(-30, 30), globalEquation(-45, 45)];
