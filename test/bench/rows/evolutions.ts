import { runEvolve } from "../../../src/run-evolve.ts";
import { type BenchRow, secondsOf } from "../bench-row.ts";
import { modelFile } from "../model-file.ts";
import { compiledText, ROTOR_PARAMETERS, rotorIn } from "../rotor-model.ts";

const [end, share] = [2e5, 2000];
const times = Array.from({ length: 20 }, (_, k) => (end / share) * ((k + 1) / 20));

const windowed = rotorIn(-30, 30);
const short = `${windowed}\nexperiment short { evolve collisions from start over time in [${times.join(", ")}]; with { β2 = 0.8*β1 }; record mean(r.L) }`;

/** Fig. 8, everything that the report records; the peer's steps are all alike, so that it need not go all the way. */
function figure8() {
  const model = compiledText(windowed);
  const seconds = secondsOf(() => {
    const { status } = runEvolve(model, { experiment: "powers" });
    if (status !== "good") throw new Error(status);
  });
  const { results } = runEvolve(compiledText(short), { experiment: "short" });
  return { seconds, numbers: [results.trajectories[0]!.quantities["mean(r.L)"]!.map((x) => x as number)] };
}

export const EVOLUTIONS: readonly BenchRow[] = [
  {
    name: "fig8",
    work: "Fig. 8: evolution to t = 2·10⁵ at 200 times, window −30..30, with heats, powers and entropies",
    goal: "≥ 100×",
    limit:
      "the evolution takes 40 % of the time (Krylov vectors of the inverse 14 %, their refinement 10 %, small exponentials 6 %), what is recorded at 200 times 35 %, collecting garbage 20 %. Before, 1.7 s: kernels were made anew for each of the 10⁵ small eigenproblems of the entropies, a third of the time.",
    ours: figure8,
    process: ["evolve", modelFile("fig8", windowed), "powers", "--json"],
    theirs: {
      request: { work: "evolution", parameters: { ...ROTOR_PARAMETERS, β2: 0.08 }, window: [-30, 30], times },
      times: share,
      note: `mesolve to t = ${end / share}, times ${share}`,
      repeats: 1,
    },
  },
];
