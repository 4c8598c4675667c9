import { spawn } from "node:child_process";

/** What a command of Slurm said, or why it said nothing. */
export type SlurmAnswer<Value> =
  | { readonly kind: "good"; readonly value: Value }
  | { readonly kind: "failed"; readonly problem: string; readonly fix?: string };

/** Submits a script as an array job of that name; gives the number of the job. */
export async function submitArray(script: string, array: string, name: string): Promise<SlurmAnswer<string>> {
  // environment variables (SBATCH_…) have precedence over the script, and these options over them
  const answer = await run("sbatch", ["--parsable", `--array=${array}`, `--job-name=${name}`, script]);
  if (answer.kind === "failed") return answer;
  // with a cluster's name behind it where there are several
  const id = /^(\d+)(;.*)?$/m.exec(answer.value)?.[1];
  return id === undefined
    ? { kind: "failed", problem: `sbatch gave no number of a job but '${answer.value.trim()}'` }
    : { kind: "good", value: id };
}

/**
 * Those tasks of an array job that wait or run, and those that completed. What failed is left out, as is what Slurm has
 * forgotten, such as tasks that were cancelled while they waited.
 */
export async function arrayTasks(
  id: string,
  name: string,
): Promise<SlurmAnswer<ReadonlyMap<number, "active" | "completed">>> {
  const answer = await run("squeue", ["-h", "-r", "-j", id, "-t", "all", "-o", "%K %T %j"]);
  if (answer.kind === "failed") {
    return /invalid job id/i.test(answer.problem) ? { kind: "good", value: new Map() } : answer;
  }
  const tasks = new Map<number, "active" | "completed">();
  for (const line of answer.value.split("\n")) {
    const [task, state = "", own] = line.trim().split(" ");
    if (own !== name || FAILED.has(state)) continue;
    tasks.set(Number(task), state === "COMPLETED" ? "completed" : "active");
  }
  return { kind: "good", value: tasks };
}

/** Ends jobs, or with `waiting` what has not begun of them. What cannot be ended is over already. */
export async function cancelJobs(ids: readonly string[], which: "all" | "waiting"): Promise<void> {
  if (ids.length > 0) await run("scancel", [...(which === "waiting" ? ["--state=PENDING"] : []), ...ids]);
}

const FAILED: ReadonlySet<string> = new Set([
  "BOOT_FAIL",
  "CANCELLED",
  "DEADLINE",
  "FAILED",
  "NODE_FAIL",
  "OUT_OF_MEMORY",
  "PREEMPTED",
  "REVOKED",
  "TIMEOUT",
]);

function run(command: string, args: readonly string[]): Promise<SlurmAnswer<string>> {
  return new Promise((resolve) => {
    // in a group of its own: Ctrl-C on the terminal must not end a submission without its number being known
    const child = spawn(command, args, { detached: true, stdio: ["ignore", "pipe", "pipe"] });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      stderr += text;
    });
    child.on("error", (error: NodeJS.ErrnoException) =>
      resolve({
        kind: "failed",
        ...(error.code === "ENOENT"
          ? { problem: `there is no '${command}' on this machine`, fix: NO_SLURM }
          : { problem: `'${command}' does not run: ${error.message}` }),
      }),
    );
    child.on("close", (code) =>
      resolve(
        code === 0
          ? { kind: "good", value: stdout }
          : { kind: "failed", problem: stderr.trim() || `'${command}' ended with exit code ${code}` },
      ),
    );
  });
}

const NO_SLURM = "run this where jobs are submitted, such as a login node, or leave out --on slurm";
