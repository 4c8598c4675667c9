import { runSteady } from "../../../src/run-steady.ts";
import { type BenchRow, type Measured, secondsOf, timesOf } from "../bench-row.ts";
import { modelFile } from "../model-file.ts";
import { compiledText, ROTOR_PARAMETERS, rotorIn } from "../rotor-model.ts";

/** The global equation of the reference model, everything in the report. */
function globalEquation(from: number, to: number): BenchRow {
  const d = 4 * (to - from + 1);
  const text = rotorIn(from, to);
  const sets = ["g=0.5", "χ=0.3"];
  const solved = (model: string): Measured => {
    const compiled = compiledText(model, sets);
    let numbers: number[] = [];
    const seconds = secondsOf(() => {
      const { results, status } = runSteady(compiled, { equation: "spin_boson" });
      if (status !== "good") throw new Error(status);
      const { quantities } = results.results[0]!.rows[0]!;
      numbers = QUANTITIES.map((name) => quantities[name] as number);
    });
    return { seconds, numbers: [numbers] };
  };
  return {
    name: `global-${d}`,
    work: `global equation of the rotor model, d = ${d}, built, solved and reported`,
    ...(d === 364 && {
      goal: "< 1 s",
      limit:
        "start-up of the code. Solved and reported again and again it takes 0.05 s, collecting garbage 15 % of that, eigenvectors of small blocks and gains 8 %.",
    }),
    ours: () => solved(text),
    process: [
      "run",
      modelFile(`global-${d}`, text),
      "--equation",
      "spin_boson",
      ...sets.flatMap((set) => ["--set", set]),
    ],
    otherRoute: {
      how: "complex coupling",
      numbers: () => solved(text.replace("λ*(q1.σ⁺*q2.σ⁻*exp(i*r.φ) + h.c.)", TURNED)).numbers,
    },
  };
}

const QUANTITIES = ["heat(cold)", "heat(hot)", "heat(load)", "work(load)", "mean(r.L)", "entropy(all)"];

/** A phase of the coupling changes no quantity, but every eigenvector and every coherence. */
const TURNED = "λ*(exp(0.7*i)*q1.σ⁺*q2.σ⁻*exp(i*r.φ) + h.c.)";

/** The rotor of the reference model, without its load, between baths that meet the qubits by σx. */
const HERMITIAN = `
model hermitian_baths
subsystem q1, q2 : qubit
subsystem r : rotor(l in -8..11)
hamiltonian {
  free 4*q1.σz + 10*q2.σz + r.L^2/2
  interaction 0.1*(q1.σ⁺*q2.σ⁻*exp(i*r.φ) + h.c.)
}
bath cold : bosonic { β = 0.1;  couples 0.1*q1.σx; spectrum = ohmic(cutoff = 50) }
bath hot  : bosonic { β = 0.03; couples 0.1*q2.σx; spectrum = ohmic(cutoff = 50) }
equation e { global cold, hot }
`;

const blochRedfield: BenchRow = {
  name: "global-80",
  goal: "≥ 1000×",
  limit:
    "start-up of the code. Solved and reported again and again it takes 0.02 s. QuTiP's tensor grows as the fourth power of d: at d = 20 (5 levels) it takes 0.12 s, against 0.025 s for our first solve and report and 0.003 s for later ones.",
  work: "global equation of the rotor with Hermitian couplings, 20 levels, d = 80; QuTiP: Bloch–Redfield tensor, secular, and its steady state",
  ours: () => {
    const model = compiledText(HERMITIAN);
    let numbers: number[] = [];
    const times = timesOf(() => {
      const { results, status } = runSteady(model, {});
      if (status !== "good") throw new Error(status);
      const { quantities } = results.results[0]!.rows[0]!;
      numbers = ["mean(r.L)", "mean(q1.σz)", "mean(q2.σz)"].map((name) => quantities[name] as number);
    });
    return { ...times, numbers: [numbers] };
  },
  theirs: {
    request: {
      work: "bloch_redfield",
      busy: true,
      parameters: { ...ROTOR_PARAMETERS, g: 0.1 },
      window: [-8, 11],
      cutoff: 50,
    },
    repeats: 1,
  },
  repeats: 5,
};

export const GLOBAL_EQUATIONS: readonly BenchRow[] = [
  blochRedfield,
  globalEquation(-30, 30),
  globalEquation(-45, 45),
];
