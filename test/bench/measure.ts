import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type BenchRow, type Measured, secondsOf } from "./bench-row.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A Python that has QuTiP: `THERMILL_QUTIP_PYTHON`, or what `npm run bench:setup` made. */
export const PYTHON =
  process.env.THERMILL_QUTIP_PYTHON ??
  (existsSync(here("../../.venv/bin/python")) ? here("../../.venv/bin/python") : undefined);

/** Medians of a row, in seconds. */
export interface Measurement {
  readonly ours?: number;
  readonly ourProcess?: number;
  /** The most memory that our whole process held, in bytes. */
  readonly ourMemory?: number;
  readonly theirs?: number;
  readonly theirProcess?: number;
  /** The largest difference of our numbers from the peer's or another route's, relative to the largest of them. */
  readonly deviation?: number;
  readonly remark?: string;
  readonly furtherPoint?: number;
}

/** Runs a row several times, we and the peer by turns. */
export function measure({ ours, process: argv, theirs, otherRoute, repeats = 3 }: BenchRow): Measurement {
  const mine: Measured[] = [];
  const myProcess: Process[] = [];
  const other: (Measured & { readonly process: number })[] = [];
  for (let k = 0; k < repeats; k++) {
    if (ours) mine.push(ours());
    if (argv) myProcess.push(runProgram(argv));
    if (PYTHON && theirs && k < (theirs.repeats ?? repeats)) other.push(askPeer(PYTHON, theirs.request));
  }
  const times = theirs?.times ?? 1;
  const isShared = times !== 1;
  const isBusyTime = mine.some((m) => m.processorSeconds !== undefined);
  const remark = mine.at(-1)?.remark ?? (isBusyTime ? "processor" : undefined);
  const further = mine.flatMap((m) => m.furtherPoint ?? []);
  const known = other[0]?.numbers ?? otherRoute?.numbers();
  return {
    ...(ours && { ours: median(mine.map(busySeconds)) }),
    ...(argv && {
      ourProcess: median(myProcess.map(({ seconds }) => seconds)),
      ourMemory: Math.max(...myProcess.map(({ memory }) => memory)),
    }),
    ...(other.length > 0 && { theirs: times * median(other.map(busySeconds)) }),
    ...(other.length > 0 && !isShared && argv && { theirProcess: median(other.map((m) => m.process)) }),
    ...(known && mine.length > 0 && { deviation: deviation(mine[0]!.numbers, known) }),
    ...(remark && { remark }),
    ...(further.length > 0 && { furtherPoint: median(further) }),
  };
}

const busySeconds = ({ seconds, processorSeconds }: Measured): number => processorSeconds ?? seconds;

interface Process {
  readonly seconds: number;
  readonly memory: number;
}

function runProgram(argv: readonly string[]): Process {
  let memory = 0;
  const seconds = secondsOf(() => {
    const { status, stderr, output } = spawnSync(
      process.execPath,
      ["--require", here("./memory-at-exit.cjs"), here("../../dist/thermill.cjs"), ...argv],
      { cwd: here("../.."), stdio: ["ignore", "ignore", "pipe", "pipe"], encoding: "utf8" },
    );
    if (status !== 0) throw new Error(`thermill ${argv.join(" ")}: exit code ${status}\n${stderr}`);
    memory = 1024 * Number(output[3]);
  });
  return { seconds, memory };
}

function askPeer(python: string, request: object): Measured & { readonly process: number } {
  const input = JSON.stringify(request);
  let answer = "";
  const seconds = secondsOf(() => {
    // a second thread brings its sparse factorisation nothing, and waits for it at full speed where cores are shared
    const env = { ...process.env, OMP_NUM_THREADS: "1" };
    const found = spawnSync(python, [here("./peer.py")], { input, env, encoding: "utf8", maxBuffer: 1e9 });
    if (found.status !== 0) throw new Error(found.stderr);
    answer = found.stdout;
  });
  return { ...(JSON.parse(answer) as Measured), process: seconds };
}

export const median = (list: readonly number[]): number =>
  [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]!;

function deviation(a: Measured["numbers"], b: Measured["numbers"]): number {
  if (a.length !== b.length) throw new Error(`${a.length} rows against ${b.length}`);
  const scale = Math.max(...b.flat().map(Math.abs));
  return Math.max(...a.flatMap((row, i) => row.map((x, j) => Math.abs(x - b[i]![j]!)))) / scale;
}
