import { appendFileSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { arrayText } from "./batch-script.ts";
import type { ClusterWork } from "./cluster-work.ts";
import { interruptedText, type OpenOutput, progressText } from "./experiment-run.ts";
import type { Host } from "./host.ts";
import { makeDirectory } from "./make-directory.ts";
import { writeWhole } from "./output-directory.ts";
import { createProgress } from "./progress.ts";
import { arrayTasks, cancelJobs, submitArray } from "./slurm.ts";

/** How work on a cluster ended. */
export type ClusterOutcome =
  | { readonly kind: "whole" }
  | { readonly kind: "interrupted" }
  | { readonly kind: "failed"; readonly problem: string; readonly fix?: string };

/** A shard is given up when it was submitted so often without any new result. */
const MAX_TRIES = 3;

/** Seconds that a shared file system is given to show what a task that completed has written. */
const FILE_SYSTEM_DELAY = 60;

/** Seconds between two looks at the queue: short at first, since small work is soon done. */
const FIRST_PAUSE = 0.5;
const LONGEST_PAUSE = 10;

/** Looks at the queue that may fail one after the other, while a controller restarts. */
const MAX_SILENCE = 30;

/** An array job, with those of its tasks that have not ended. */
interface Submission {
  readonly id: string;
  readonly active: Set<number>;
}

interface Shard {
  readonly number: number;
  readonly keys: readonly string[];
  /** Submissions since one brought something. */
  tries: number;
  /** Results that were missing when it was last submitted. */
  missing: number;
  /** When its last task was seen to have completed. */
  completed?: number;
}

/**
 * Has the results of shards computed by array jobs, until the store has all of them. Tasks that end without theirs are
 * submitted again. Jobs of an earlier call that was killed are found and waited for. An interrupt cancels all jobs.
 */
export async function runOnSlurm(work: ClusterWork, output: OpenOutput, host: Host): Promise<ClusterOutcome> {
  const abort = new AbortController();
  const ignore = host.onInterrupt?.(() => abort.abort());
  const progress = createProgress(host.stderr);
  const say = (text: string): void => {
    progress.clear();
    host.stderr.write(`${text}\n`);
  };
  try {
    return await untilWhole({ work, output, host, say, show: progress.show, signal: abort.signal });
  } finally {
    ignore?.();
    progress.clear();
  }
}

interface Surroundings {
  readonly work: ClusterWork;
  readonly output: OpenOutput;
  readonly host: Host;
  readonly say: (text: string) => void;
  readonly show: (text: string) => void;
  readonly signal: AbortSignal;
}

async function untilWhole(surroundings: Surroundings): Promise<ClusterOutcome> {
  const { work, output, say, show, signal } = surroundings;
  const { store } = output;
  const total = work.shards.reduce((sum, keys) => sum + keys.length, 0);
  const names = work.plan.experiments.join(", ");
  const shards = work.shards.map((keys, number): Shard => ({ number, keys, tries: 0, missing: keys.length }));
  const missing = ({ keys }: Shard): number => keys.reduce((sum, key) => sum + (store.has(key) ? 0 : 1), 0);
  const submissions: Submission[] = [];
  if (shards.some(missing)) submissions.push(...(await earlierSubmissions(work, say)));
  const start = performance.now() / 1000;
  let before: number | undefined;
  let silence = 0;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(1.2 * pause, LONGEST_PAUSE)) {
    // the queue first: what a task has written was written before it was seen to have ended
    const problem = await lookAtQueue(submissions, shards, work);
    store.refresh();
    const left = shards.filter(missing);
    const done = total - left.reduce((sum, shard) => sum + missing(shard), 0);
    before ??= done;
    const rate = (done - before) / (performance.now() / 1000 - start);
    show(progressText(names, { done, total, ...(rate > 0 && { secondsLeft: (total - done) / rate }) }));
    if (left.length === 0) {
      // tasks that were submitted a second time, and whose results came after all
      await cancelJobs(activeJobs(submissions), "waiting");
      forget(work);
      return { kind: "whole" };
    }
    if (signal.aborted) {
      const ids = activeJobs(submissions);
      await cancelJobs(ids, "all");
      forget(work);
      if (ids.length > 0) say(`${jobsText(ids)} cancelled`);
      say(interruptedText(names, done, total, output).trimEnd());
      return { kind: "interrupted" };
    }
    silence = problem === undefined ? 0 : silence + 1;
    if (silence > MAX_SILENCE) {
      const fix = "the jobs go on: the same command finds them again";
      return { kind: "failed", problem: `squeue has failed for minutes: ${problem}`, fix };
    }
    if (problem === undefined) {
      const idle = left.filter(({ number }) => submissions.every(({ active }) => !active.has(number)));
      const due = idle.filter((shard) => isDue(shard, missing(shard)));
      if (due.length > 0) {
        const submitted = await submit(due, missing, surroundings);
        if ("problem" in submitted) return { kind: "failed", ...submitted };
        submissions.push(submitted);
      } else if (idle.length === left.length && idle.every((shard) => isGivenUp(shard, missing(shard)))) {
        return givenUp(left, total - done, total, work);
      }
    }
    await sleep(1000 * pause, undefined, { signal }).catch(() => {});
  }
}

const activeJobs = (submissions: readonly Submission[]): readonly string[] =>
  submissions.filter(({ active }) => active.size > 0).map(({ id }) => id);

/** Takes tasks that have ended from their submissions. Returns why it could not, where it could not. */
async function lookAtQueue(
  submissions: readonly Submission[],
  shards: readonly Shard[],
  { name }: ClusterWork,
): Promise<string | undefined> {
  for (const { id, active } of submissions) {
    if (active.size === 0) continue;
    const answer = await arrayTasks(id, name);
    if (answer.kind === "failed") return answer.problem;
    for (const number of active) {
      const state = answer.value.get(number);
      if (state === "active") continue;
      active.delete(number);
      if (state === "completed") shards[number]!.completed = performance.now() / 1000;
    }
  }
  return undefined;
}

const isGivenUp = ({ tries, missing }: Shard, stillMissing: number): boolean =>
  tries >= MAX_TRIES && stillMissing >= missing;

function isDue(shard: Shard, stillMissing: number): boolean {
  const { completed } = shard;
  if (completed !== undefined && performance.now() / 1000 < completed + FILE_SYSTEM_DELAY) return false;
  return !isGivenUp(shard, stillMissing);
}

async function submit(
  due: readonly Shard[],
  missing: (shard: Shard) => number,
  { work, say }: Surroundings,
): Promise<Submission | { readonly problem: string; readonly fix?: string }> {
  const numbers = due.map(({ number }) => number);
  const array = arrayText(numbers);
  const script = join(work.home, "batch.sh");
  makeDirectory(work.home);
  writeWhole(work.planPath, JSON.stringify(work.plan));
  writeWhole(script, work.script(numbers));
  const answer = await submitArray(script, array, work.name);
  if (answer.kind === "failed") return answer;
  const id = answer.value;
  appendFileSync(submissionsPath(work), `${id} ${numbers.join(",")}\n`);
  const isAgain = due.some(({ tries }) => tries > 0);
  for (const shard of due) {
    const now = missing(shard);
    shard.tries = now < shard.missing ? 1 : shard.tries + 1;
    shard.missing = now;
    delete shard.completed;
  }
  say(
    isAgain
      ? `shards ${array} ended without all of their points: submitted again as job ${id}`
      : `submitted as job ${id}, shards ${array} of ${work.shards.length}`,
  );
  return { id, active: new Set(numbers) };
}

/** Jobs of the same work that an earlier call has submitted, and that go on. */
async function earlierSubmissions(work: ClusterWork, say: (text: string) => void): Promise<Submission[]> {
  const found: Submission[] = [];
  for (const line of textOf(submissionsPath(work)).split("\n")) {
    const [id = "", numbers = ""] = line.split(" ");
    if (!/^\d+$/.test(id)) continue;
    const answer = await arrayTasks(id, work.name);
    if (answer.kind === "failed") continue;
    const active = new Set(
      numbers
        .split(",")
        .map(Number)
        .filter((n) => answer.value.get(n) === "active"),
    );
    if (active.size > 0) found.push({ id, active });
  }
  if (found.length > 0) say(`${jobsText(found.map(({ id }) => id))} still at work`);
  return found;
}

function givenUp(left: readonly Shard[], missing: number, total: number, work: ClusterWork): ClusterOutcome {
  const array = arrayText(left.map(({ number }) => number));
  const log = join(work.home, `${left[0]!.number}.log`);
  const end = textOf(log).trim().split("\n").slice(-5).join("\n");
  const why =
    end === ""
      ? `; '${log}' says nothing: do the nodes see this directory, and had they memory and time enough?`
      : `; '${log}' ends with\n${end}`;
  rmSync(submissionsPath(work), { force: true });
  return {
    kind: "failed",
    problem: `${missing} of ${total} points are missing: shards ${array} ended ${MAX_TRIES} times without one of them more${why}`,
    fix: "what is done is kept: the same command goes on from there",
  };
}

const submissionsPath = ({ home }: ClusterWork): string => join(home, "submissions");

/** Removes plan, script and logs of work that is over. */
function forget({ home }: ClusterWork): void {
  try {
    rmSync(home, { recursive: true, force: true });
  } catch {
    // a task that is about to end holds its log; on some file systems the directory then stays for a while
  }
}

const jobsText = (ids: readonly string[]): string =>
  ids.length === 1 ? `job ${ids[0]} is` : `jobs ${ids.join(", ")} are`;

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
