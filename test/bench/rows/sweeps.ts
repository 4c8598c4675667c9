import { runSweep } from "../../../src/run-sweep.ts";
import { type BenchRow, type Measured, type Peer, secondsOf, timesOf } from "../bench-row.ts";
import { modelFile } from "../model-file.ts";
import { compiledText, ROTOR, ROTOR_PARAMETERS, rotorIn } from "../rotor-model.ts";

const VALUES = Array.from({ length: 89 }, (_, k) => 0.002 + (0.088 * k) / 88);

const qutip: Peer = {
  request: { work: "sweep", parameters: ROTOR_PARAMETERS, window: [-20, 40], values: VALUES, busy: true },
  repeats: 2,
};

/** The experiment of Fig. 2 with all its quantities, lowering included, ready to run; heats and works are its numbers. */
function figure2(text: string): () => Measured["numbers"] {
  const compiled = compiledText(text);
  return () => {
    const { results, status } = runSweep(compiled, { experiment: "operation" });
    if (status !== "good") throw new Error(status);
    return results.results[0]!.rows.map(({ quantities }) =>
      ["heat(cold)", "heat(hot)", "work"].map((key) => quantities[key] as number),
    );
  };
}

/** Its time, and that of a further point: of ten times as many values, less that of those of the figure when it is run again. */
function figure2Times(text: string): Measured {
  const [figure, long] = [1, 10].map((times) =>
    figure2(text.replace("0.9*β1, 89)", `0.9*β1, ${times * VALUES.length})`)),
  ) as [ReturnType<typeof figure2>, ReturnType<typeof figure2>];
  let numbers: Measured["numbers"] = [];
  const times = timesOf(() => {
    numbers = figure();
  });
  let count = 0;
  const ofLong = timesOf(() => {
    count = long().length;
  });
  const again = timesOf(figure);
  const furtherPoint = (ofLong.processorSeconds - again.processorSeconds) / (count - VALUES.length);
  return { ...times, furtherPoint, numbers };
}

const fixed = rotorIn(-20, 40);

const LENGTHS = [50, 100, 200, 500, 1000, 2000];

/** The best of three runs of five points, set-up included, against the length of the rotor's window. */
function windowLengths(): Measured {
  const experiment =
    "experiment few { steady collisions; sweep β2 in linear(0.03, 0.05, 5); record heat(cold), work }";
  const seconds = LENGTHS.map((n) => {
    const model = compiledText(`${rotorIn(-n / 2, n / 2 - 1)}\n${experiment}`);
    const runs = [1, 2, 3].map(() =>
      secondsOf(() => {
        const { status } = runSweep(model, { experiment: "few" });
        if (status !== "good") throw new Error(status);
      }),
    );
    return Math.min(...runs);
  });
  const exponent = Math.log(seconds.at(-1)! / seconds[0]!) / Math.log(LENGTHS.at(-1)! / LENGTHS[0]!);
  const last = Math.log(seconds.at(-1)! / seconds.at(-3)!) / Math.log(LENGTHS.at(-1)! / LENGTHS.at(-3)!);
  return {
    seconds: seconds.at(-1)!,
    numbers: [],
    remark: `exponent ${exponent.toFixed(2)} from 50 levels, ${last.toFixed(2)} from 500`,
  };
}

export const SWEEPS: readonly BenchRow[] = [
  {
    name: "fig2",
    work: "Fig. 2: steady states over 89 values of β2, window −20..40, every quantity of the figure",
    goal: "≥ 300× a point, ≥ 60× whole process",
    points: VALUES.length,
    ours: () => figure2Times(fixed),
    process: ["run", modelFile("fig2", fixed), "operation", "--json"],
    theirs: qutip,
    repeats: 5,
    limit:
      "start-up of the code: the first sweep of a process takes about 0.1 s of the processor, most of it for V8 to interpret and compile what lowers the equation and writes rows. Once it is warm a point takes 0.3 ms (45 % kernels: sums of entries 10 %, refactorisation 9 %, triangular solves 11 %, residuals 6 %, images of the baths 4 %; lowering 17 %, garbage 7 %, traces 5 %, rows 5 %), the kernels' 3.7·10⁵ flops at 2.8 GFlop/s: scalar and indexed, two thirds of them in double-double. Before there were these kernels: 0.77 ms (refinement 16 %, refactorisation 12 %, condition 11 %, sums of entries 9 %, images 6 %, lowering 14 %) and 0.22 s.",
  },
  {
    name: "fig2-auto",
    work: "the same with automatic windows, verified at each point; QuTiP in the fixed window",
    goal: "≥ 100×",
    points: VALUES.length,
    ours: () => figure2Times(ROTOR),
    process: ["run", modelFile("fig2-auto", ROTOR), "operation", "--json"],
    theirs: qutip,
    limit:
      "as fig2, with two solves a point, in windows of 65 and 77 levels, and four windows to be set up. Before: seven windows, 2.0 ms a point and 0.33 s.",
  },
  {
    name: "window-length",
    work: "five steady states of the rotor model, set-up included, window of 2000 levels",
    goal: "exponent ≤ 1.2 from 50 to 2000 levels",
    limit:
      "memory, and hashing: 2000 levels are 12 000 unknowns and 8000 states, whose set-up is 40 % of the time (looking up pairs of states 13 %); factors and solves are linear in the levels.",
    ours: windowLengths,
    repeats: 1,
  },
];
