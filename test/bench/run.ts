/**
 * `npm run bench`: the same work by Thermill and, where `THERMILL_QUTIP_PYTHON` names a Python with QuTiP, by the peer, in
 * one run and alternating; prints and writes docs/benchmarks.md. Times are measured and never tested.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { deriveEquations } from "../../src/equation/derive.ts";
import { productBasis } from "../../src/lower/window.ts";
import { compileParameters } from "../../src/model/parameter-values.ts";
import { compile } from "../../src/pipeline.ts";
import { runEvolve } from "../../src/run-evolve.ts";
import { runSteady } from "../../src/run-steady.ts";
import { steadyPointSolver } from "../../src/solve/steady-point.ts";
import { solvedPoint } from "../../src/thermo/solved-point.ts";
import { METHODS } from "../../src/vocabulary.ts";

const REPEATS = 3;

const python = process.env.THERMILL_QUTIP_PYTHON;

const ROTOR = readFileSync(new URL("../../models/rotor-qubit.thermill", import.meta.url), "utf8");

const PARAMETERS = { B1: 4, B2: 10, I: 1, λ: 0.1, g: 1, β1: 0.1, β2: 0.03, βr: 0.09, γ: 5e-5 };

interface Measured {
  readonly seconds: number;
  readonly numbers: readonly (readonly number[])[];
}

interface RowOfWork {
  readonly work: string;
  readonly ours: () => Measured;
  /** The request to peer.py, and what its time is multiplied by where it does less. */
  readonly theirs?: { readonly request: object; readonly times: number; readonly note?: string };
}

const seconds = (work: () => void): number => {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1e9;
};

const compiled = (text: string, sets: readonly string[]) =>
  compile({ name: "bench", text }, { sets, quantities: [], readLibrary: () => undefined });

const windowed = (from: number, to: number): string =>
  ROTOR.replace(/subsystem r : rotor.*/, `subsystem r : rotor(l in ${from}..${to})`);

/** Fig. 2: 89 points, set-up and lowering included. */
function sweepRow(): RowOfWork {
  const values = Array.from({ length: 89 }, (_, k) => 0.002 + (0.088 * k) / 88);
  return {
    work: "Fig. 2: steady states over 89 values of β2, window −20..40, heats and works",
    ours: () => {
      let numbers: number[][] = [];
      const time = seconds(() => {
        const { model } = compiled(windowed(-20, 40), []);
        const { value: derived } = deriveEquations(model, METHODS);
        const equation = derived.equations[0]!;
        const basis = productBasis([
          { first: 0, last: 1 },
          { first: 0, last: 1 },
          { first: -20, last: 40 },
        ]);
        const solve = steadyPointSolver(equation, model, basis);
        const place = model.parameters.findIndex((p) => p.name === "β2");
        const start = compileParameters(model.parameters).at([]);
        numbers = values.map((β2) => {
          const parameters = start.slice();
          parameters[place] = β2;
          const outcome = solve(parameters);
          if (outcome.kind === "failed") throw new Error(outcome.failure.reason);
          const { currents } = solvedPoint(derived, equation, outcome.point, parameters);
          return [...currents.map((c) => c!.heat), ...currents.map((c) => c!.work ?? 0)];
        });
      });
      return { seconds: time, numbers };
    },
    theirs: { request: { work: "sweep", parameters: PARAMETERS, window: [-20, 40], values }, times: 1 },
  };
}

/** Fig. 8, everything that the report records; the peer's steps are all alike, so that it need not go all the way. */
function evolutionRow(): RowOfWork {
  const [end, share] = [2e5, 2000];
  const times = Array.from({ length: 20 }, (_, k) => (end / share) * ((k + 1) / 20));
  return {
    work: "Fig. 8: evolution to t = 2·10⁵ at 200 times, window −30..30, with heats, powers and entropies",
    ours: () => {
      let numbers: number[][] = [];
      const model = compiled(windowed(-30, 30), []);
      const time = seconds(() => {
        const { status } = runEvolve(model, { experiment: "powers" });
        if (status !== "good") throw new Error(status);
      });
      const short = `${windowed(-30, 30)}\nexperiment short { evolve collisions from start over time in [${times.join(", ")}]; with { β2 = 0.8*β1 }; record mean(r.L) }`;
      const { results } = runEvolve(compiled(short, []), { experiment: "short" });
      numbers = [results.trajectories[0]!.quantities["mean(r.L)"]!.map((x) => x as number)];
      return { seconds: time, numbers };
    },
    theirs: {
      request: { work: "evolution", parameters: { ...PARAMETERS, β2: 0.08 }, window: [-30, 30], times },
      times: share,
      note: `mesolve to t = ${end / share}, times ${share}`,
    },
  };
}

/** Whole processes, as a user starts them. */
function processRow(work: string, argv: readonly string[]): RowOfWork {
  const program = fileURLToPath(new URL("../../dist/thermill.js", import.meta.url));
  return {
    work,
    ours: () => ({
      numbers: [],
      seconds: seconds(() => {
        const { status } = spawnSync(process.execPath, [program, ...argv], { stdio: "ignore" });
        if (status !== 0) throw new Error(`${argv.join(" ")}: ${status}`);
      }),
    }),
  };
}

/** The global equation of the rotor model, everything in the report. */
function globalRow(from: number, to: number): RowOfWork {
  const d = 4 * (to - from + 1);
  return {
    work: `global equation of the rotor model, d = ${d}, built, solved and reported`,
    ours: () => {
      const model = compiled(windowed(from, to), ["g=0.5", "χ=0.3"]);
      const time = seconds(() => {
        const { status } = runSteady(model, { equation: "spin_boson" });
        if (status !== "good") throw new Error(status);
      });
      return { seconds: time, numbers: [] };
    },
  };
}

const ROWS: readonly RowOfWork[] = [
  sweepRow(),
  evolutionRow(),
  globalRow(-30, 30),
  globalRow(-45, 45),
  processRow("`thermill check models/rotor-qubit.thermill`, whole process", [
    "check",
    "models/rotor-qubit.thermill",
  ]),
  processRow("`thermill run models/rotor-qubit.thermill`, whole process", [
    "run",
    "models/rotor-qubit.thermill",
  ]),
];

const median = (list: readonly number[]): number =>
  [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]!;

const peer = (request: object): Measured =>
  JSON.parse(
    execFileSync(python!, [fileURLToPath(new URL("./peer.py", import.meta.url))], {
      input: JSON.stringify(request),
      encoding: "utf8",
      maxBuffer: 1e9,
    }),
  ) as Measured;

/** The largest difference of two tables of numbers, relative to the largest number. */
function deviation(a: Measured["numbers"], b: Measured["numbers"]): number {
  const scale = Math.max(...b.flat().map(Math.abs));
  return Math.max(...a.flatMap((row, i) => row.map((x, j) => Math.abs(x - b[i]![j]!)))) / scale;
}

const shown = (x: number): string =>
  x >= 100 ? x.toFixed(0) : x >= 1 ? x.toFixed(1) : x >= 0.01 ? x.toFixed(3) : x.toExponential(1);

function measured({ work, ours, theirs }: RowOfWork): string {
  const [mine, other]: [Measured[], Measured[]] = [[], []];
  for (let k = 0; k < REPEATS; k++) {
    mine.push(ours());
    if (python && theirs) other.push(peer(theirs.request));
  }
  const here = median(mine.map((m) => m.seconds));
  const there = other.length > 0 ? median(other.map((m) => m.seconds)) * theirs!.times : undefined;
  const agreement = other.length > 0 ? deviation(mine[0]!.numbers, other[0]!.numbers).toExponential(0) : "";
  const cells = [
    work,
    `${shown(here)} s`,
    there === undefined ? "" : `${shown(there)} s${theirs!.note ? ` (${theirs!.note})` : ""}`,
    there === undefined ? "" : `${shown(there / here)}×`,
    agreement,
  ];
  const line = `| ${cells.join(" | ")} |`;
  console.log(line);
  return line;
}

const head = [
  "# Benchmarks",
  "",
  `\`npm run bench\` with QuTiP 5.3 beside, medians of ${REPEATS} alternating runs on ${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}), Node ${process.version}. The peer's times leave out its imports; ours in the rows that name a whole process hold everything.`,
  "",
  "| work | Thermill | QuTiP 5.3 | ratio | largest relative deviation |",
  "|---|---|---|---|---|",
];
writeFileSync(
  new URL("../../docs/benchmarks.md", import.meta.url),
  `${[...head, ...ROWS.map(measured)].join("\n")}\n`,
);
