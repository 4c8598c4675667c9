/** What a batch script does, and with how much. Paths are absolute and without control characters. */
export interface BatchJob {
  readonly name: string;
  /** Shards to be done, in ascending order. */
  readonly shards: readonly number[];
  readonly coresPerTask: number;
  /** How the program is started. */
  readonly command: readonly string[];
  readonly plan: string;
  /** Directory of a log for each shard. */
  readonly logs: string;
}

/**
 * The script of an array job, a task for each shard, in POSIX shell. Paths stand in the body alone, where the shell's
 * quotes make any of them safe; the lines of options have rules of their own for blanks, quotes and percent signs.
 */
export const batchScript = ({ name, shards, coresPerTask, command, plan, logs }: BatchJob): string =>
  `#!/bin/sh
#SBATCH --job-name=${name}
#SBATCH --array=${arrayText(shards)}
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=${coresPerTask}
#SBATCH --output=/dev/null
exec > ${quoted(logs)}/"$SLURM_ARRAY_TASK_ID.log" 2>&1
exec ${command.map(quoted).join(" ")} run-shard ${quoted(plan)} "$SLURM_ARRAY_TASK_ID" --workers "\${SLURM_CPUS_PER_TASK:-1}"
`;

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Ascending whole numbers as `--array` reads them: `0-3,7`. */
export function arrayText(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const n of numbers) {
    const last = ranges.at(-1);
    if (last && last[1] === n - 1) last[1] = n;
    else ranges.push([n, n]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(",");
}
