import { readFileSync } from "node:fs";
import { runSteady } from "../../../src/run-steady.ts";
import { type BenchRow, type Measured, timesOf } from "../bench-row.ts";
import { modelFile } from "../model-file.ts";
import { compiledText } from "../rotor-model.ts";

/** Two driven Kerr oscillators of n levels each; phases of a and b change no number in the report. */
const kerrPair = (n: number, φa = 0, φb = 0): string => `
model kerr_pair
subsystem a, b : oscillator(n in 0..${n - 1})
hamiltonian {
  free 0.3*a.N + 0.5*b.N
  interaction 0.5*a.a†*a.a†*a.a*a.a + 0.4*b.a†*b.a†*b.a*b.a
            + 0.6*(exp(i*${φa})*a.a + h.c.) + 0.2*(exp(i*${φb})*b.a + h.c.)
            + 0.3*(exp(i*${φb - φa})*a.a†*b.a + h.c.)
}
bath left  : jumps { jump sqrt(0.3)*a.a; jump sqrt(0.05)*a.a† }
bath right : jumps { jump sqrt(0.2)*b.a }
equation e { jumps left, right }
`;

const CHAIN = readFileSync(new URL("../../../models/spin-chain.thermill", import.meta.url), "utf8");

/** The chain of the models in a field that is tilted to the side as well, so that no charge is conserved. */
const tiltedChain = (n: number): string =>
  CHAIN.replace(/parameter N : integer = 4/, `parameter N : integer = ${n}`).replace(
    "interaction sum",
    "interaction sum(j in 1..N) 0.3*q[j].σx + sum",
  );

/** Every spin turned about x by the angle with cosine 3/5: the same chain by other, complex matrices. */
const turned = (text: string): string =>
  text.replace(/q\[([^\]]+)\]\.(σ[xyz⁺⁻])/g, (whole, j: string, operator: string) => {
    const y = `(0.6*q[${j}].σy - 0.8*q[${j}].σz)`;
    if (operator === "σx") return whole;
    if (operator === "σy") return y;
    if (operator === "σz") return `(0.6*q[${j}].σz + 0.8*q[${j}].σy)`;
    return `(0.5*q[${j}].σx ${operator === "σ⁺" ? "+" : "-"} 0.5*i*${y})`;
  });

function solved(text: string, quantities: readonly string[]): Measured {
  let numbers: number[] = [];
  const times = timesOf(() => {
    const { results, status } = runSteady(compiledText(text), {});
    if (status !== "good") throw new Error(status);
    const { quantities: values } = results.results[0]!.rows[0]!;
    numbers = quantities.map((name) => values[name] as number);
  });
  return { ...times, numbers: [numbers] };
}

const KERR = ["mean(a.N)", "mean(b.N)", "heat(left)", "work(left)", "heat(right)", "work(right)"];

/** From profiles (`node --cpu-prof`, shares of the whole); the kernel of dense products alone does 16 to 17 GFlop/s from 64 to 1024 rows. */
const LIMITS: Readonly<Record<string, string>> = {
  "kerr-144":
    "start-up of the code. Solved again and again the state takes 0.28 s, of which 0.11 s are the 1.7·10⁹ flops of dense products (16 GFlop/s); compiling the model and the report take as long as the solve.",
  "kerr-400":
    "flops. 4.6·10¹⁰ of dense products are 47 % of the time at the kernel's own 17 GFlop/s; the Liouvillian on blocks takes 6 %, unknowns to blocks and back 9 %, orthogonalisation 4 % (memory traffic). Before there were kernels: 62 % at 5 GFlop/s, 3.5 times the time.",
  "kerr-625": "flops: dense products are 60 % of the time, orthogonalisation 9 %.",
  "chain-6":
    "start-up of the code. Solved again and again it takes 0.16 s, a third of it for an ordering of sparse factors, given up when they are found to be too large, a quarter in GMRES, a tenth for the report.",
  "chain-8": "flops and start-up of the code by halves.",
  "chain-9":
    "flops. 4.5·10¹⁰ of dense products are 43 % of the time at 17 GFlop/s, the inverse of the rate equation 4 %, finding the sector 6 %.",
  "chain-10":
    "flops: dense products are 57 % of the time, the inverse of the rate equation 5 %, unknowns to blocks and back 8 %.",
};

const GOALS: Readonly<Record<string, string>> = {
  "kerr-144": "≥ 50×",
  "kerr-625": "2 minutes, 3 GB",
  "chain-8": "< 6 s",
  "chain-9": "< 60 s",
  "chain-10": "5 minutes, 3 GB",
};

/** What is said of a row by its name, and its whole process. */
const about = (name: string, text: string) => ({
  name,
  ...(GOALS[name] && { goal: GOALS[name] }),
  ...(LIMITS[name] && { limit: LIMITS[name] }),
  process: ["run", modelFile(name, text)],
});

function kerrRow(n: number): BenchRow {
  return {
    ...about(`kerr-${n * n}`, kerrPair(n)),
    work: `driven pair of Kerr oscillators, d = ${n * n}: steady state and everything in the report`,
    ours: () => solved(kerrPair(n), KERR),
    ...(n <= 12
      ? {
          theirs: {
            request: { work: "kerr", busy: true, levels: n },
            note: "steadystate, direct",
            repeats: 1,
          },
          repeats: 7,
        }
      : {
          otherRoute: {
            how: "complex amplitudes of the drives",
            numbers: () => solved(kerrPair(n, 0.7, -0.4), KERR).numbers,
          },
          repeats: 1,
        }),
  };
}

const CHAIN_QUANTITIES = ["heat(left)", "heat(right)", "work(left)", "work(right)", "entropy(all)"];

function chainRow(n: number): BenchRow {
  return {
    ...about(`chain-${n}`, tiltedChain(n)),
    work: `chain of ${n} spins in a tilted field, d = ${2 ** n}, no symmetry: steady state and everything in the report`,
    ours: () => solved(tiltedChain(n), CHAIN_QUANTITIES),
    ...(n <= 6
      ? {
          theirs: {
            request: { work: "chain", busy: true, spins: n },
            note: "steadystate, direct",
            repeats: 1,
          },
          repeats: 7,
        }
      : {
          otherRoute: {
            how: "every spin turned, complex",
            numbers: () => solved(turned(tiltedChain(n)), CHAIN_QUANTITIES).numbers,
          },
          repeats: n > 8 ? 1 : 3,
        }),
  };
}

export const STEADY_STATES: readonly BenchRow[] = [
  ...[12, 20, 25].map(kerrRow),
  ...[6, 8, 9, 10].map(chainRow),
];
