import { runSweep } from "../../../src/run-sweep.ts";
import type { BenchRow, Peer } from "../bench-row.ts";
import { secondsOf } from "../bench-row.ts";
import { modelFile } from "../model-file.ts";
import { compiledText, ROTOR, ROTOR_PARAMETERS, rotorIn } from "../rotor-model.ts";

const VALUES = Array.from({ length: 89 }, (_, k) => 0.002 + (0.088 * k) / 88);

const qutip: Peer = {
  request: { work: "sweep", parameters: ROTOR_PARAMETERS, window: [-20, 40], values: VALUES },
  repeats: 2,
};

/** The experiment of Fig. 2 with all its quantities, compilation included; heats and works are compared. */
function figure2(text: string) {
  let numbers: number[][] = [];
  const seconds = secondsOf(() => {
    const { results, status } = runSweep(compiledText(text), { experiment: "operation" });
    if (status !== "good") throw new Error(status);
    numbers = results.results[0]!.rows.map(({ quantities }) =>
      ["heat(cold)", "heat(hot)", "work"].map((key) => quantities[key] as number),
    );
  });
  return { seconds, numbers };
}

const fixed = rotorIn(-20, 40);

export const SWEEPS: readonly BenchRow[] = [
  {
    name: "fig2",
    work: "Fig. 2: steady states over 89 values of β2, window −20..40, every quantity of the figure",
    ours: () => figure2(fixed),
    process: ["run", modelFile("fig2", fixed), "operation", "--json"],
    theirs: qutip,
    repeats: 5,
  },
  {
    name: "fig2-auto",
    work: "the same with automatic windows, verified at each point; QuTiP in the fixed window",
    ours: () => figure2(ROTOR),
    process: ["run", modelFile("fig2-auto", ROTOR), "operation", "--json"],
    theirs: qutip,
  },
];
