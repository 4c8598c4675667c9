import type { Job } from "./jobs.ts";

/** Work that is done elsewhere, at most `size` calls at once. */
export interface JobPool<Result> {
  readonly size: number;
  /** The results of jobs, by their places in the list of all, in the order asked for. */
  readonly run: (places: readonly number[]) => Promise<readonly Result[]>;
  /** Ends what is running; calls that wait are rejected. */
  readonly close: () => void;
}

/** Results of earlier runs, by what tells jobs apart. */
export interface JobStore<Result> {
  readonly get: (job: Job) => Result | undefined;
  readonly put: (job: Job, result: Result) => void;
}

export interface JobProgress {
  readonly done: number;
  readonly total: number;
  /** Absent while nothing is known yet. */
  readonly secondsLeft?: number;
}

/** The world as far as running jobs needs it. */
export interface JobSurroundings<Result> {
  readonly store?: JobStore<Result>;
  /** False for jobs that are left to others; absent where all are to be done. */
  readonly isOurs?: (job: Job) => boolean;
  /** Absent where all is to be done here. */
  readonly startPool?: () => JobPool<Result>;
  /** Seconds from any beginning. */
  readonly now: () => number;
  /** Lets whatever else waits for its turn have it, such as a signal that ends the run. */
  readonly pause: () => Promise<void>;
  /** Ends the run early when it is aborted; what is done is kept. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: JobProgress) => void;
}

/** Seconds of work that must be left for workers to be worth their start. */
const WORTH_A_POOL = 1;

/** Seconds of work that the estimate rests on at least. */
const ESTIMATED_FROM = 0.4;

/** What is left is taken to last as the quickest of so many jobs: the first ones set up and warm up what later ones use. */
const LATEST = 8;

/** Seconds that a worker is given at a time, and that pass here between two pauses. */
const TURN = 0.2;

/** Jobs given to a worker at a time, at most. */
const MAX_CHUNK = 64;

/**
 * The results of all jobs in their order; undefined where the run ended before they were done, and for those of others
 * that are not in the store. Jobs depend on nothing
 * else, so that it makes no difference who does them and when: work begins here, and goes on in a pool of workers where
 * what is left would take longer than to start them.
 */
export async function runJobs<Result>(
  jobs: readonly Job[],
  run: (job: Job) => Result,
  surroundings: JobSurroundings<Result>,
): Promise<readonly (Result | undefined)[]> {
  const { store, isOurs = () => true, startPool, now, pause, signal, onProgress = () => {} } = surroundings;
  const results: (Result | undefined)[] = jobs.map((job) => store?.get(job));
  const pending = jobs.flatMap((job, place) => (results[place] === undefined && isOurs(job) ? [place] : []));
  const start = now();
  let settled = 0;
  const settle = (place: number, result: Result): void => {
    results[place] = result;
    store?.put(jobs[place]!, result);
    settled++;
    const left = pending.length - settled;
    const secondsLeft = ((now() - start) / settled) * left;
    onProgress({ done: jobs.length - left, total: jobs.length, secondsLeft });
  };
  onProgress({ done: jobs.length - pending.length, total: jobs.length });
  let before = now();
  let turn = before;
  const latest: number[] = [];
  let next = 0;
  for (; next < pending.length && !signal?.aborted; next++) {
    const place = pending[next]!;
    settle(place, run(jobs[place]!));
    const after = now();
    latest.push(after - before);
    if (latest.length > LATEST) latest.shift();
    const perJob = Math.min(...latest);
    const left = (pending.length - next - 1) * perJob;
    before = after;
    if (startPool && after - start > ESTIMATED_FROM && left > WORTH_A_POOL) {
      next++;
      await inPool(startPool(), pending.slice(next), perJob, settle, signal);
      break;
    }
    if (after - turn < TURN) continue;
    await pause();
    turn = now();
  }
  return results;
}

async function inPool<Result>(
  pool: JobPool<Result>,
  places: readonly number[],
  perJob: number,
  settle: (place: number, result: Result) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const fair = Math.ceil(places.length / (4 * pool.size));
  const chunk = Math.max(1, Math.min(MAX_CHUNK, fair, Math.round(TURN / perJob)));
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < places.length && !signal?.aborted) {
      const taken = places.slice(next, next + chunk);
      next += taken.length;
      const found = await pool.run(taken);
      for (const [k, place] of taken.entries()) settle(place, found[k]!);
    }
  };
  signal?.addEventListener("abort", pool.close, { once: true });
  try {
    await Promise.all(Array.from({ length: pool.size }, worker));
  } catch (error) {
    if (!signal?.aborted) throw error;
  } finally {
    signal?.removeEventListener("abort", pool.close);
    pool.close();
  }
}
