import { describe, expect, it } from "vitest";
import type { Job } from "../../src/experiment/jobs.ts";
import { type JobPool, type JobSurroundings, runJobs } from "../../src/experiment/run-jobs.ts";

const jobs: readonly Job[] = Array.from({ length: 40 }, (_, k) => ({ equation: 0, values: [[0, k]] }));
const square = ({ values }: Job): number => values[0]![1] ** 2;
const SQUARES = jobs.map(square);

/** A world whose clock goes on by `cost` seconds with each job that is done here. */
function world(cost: number) {
  let time = 0;
  const seen = { here: [] as number[], there: [] as number[], closed: 0 };
  const surroundings: JobSurroundings<number> = { now: () => time, pause: () => Promise.resolve() };
  const run = (job: Job): number => {
    time += cost;
    seen.here.push(job.values[0]![1]);
    return square(job);
  };
  const pool: JobPool<number> = {
    size: 3,
    run: async (places) => {
      seen.there.push(...places);
      // later chunks are ready before earlier ones
      for (let k = 0; k < 40 - places[0]!; k++) await Promise.resolve();
      return places.map((p) => SQUARES[p]!);
    },
    close: () => seen.closed++,
  };
  return { surroundings, run, pool, seen };
}

describe("jobs", () => {
  it("that are quick are done here, without starting anything", async () => {
    const { surroundings, run, pool, seen } = world(0.01);
    expect(await runJobs(jobs, run, { ...surroundings, startPool: () => pool })).toEqual(SQUARES);
    expect(seen.there).toEqual([]);
  });

  it("that take long are begun here and go on in the pool, each once, in order", async () => {
    const { surroundings, run, pool, seen } = world(0.15);
    expect(await runJobs(jobs, run, { ...surroundings, startPool: () => pool })).toEqual(SQUARES);
    expect([...seen.here, ...seen.there].sort((a, b) => a - b)).toEqual(jobs.map((_, k) => k));
    expect(seen.there.length).toBeGreaterThan(30);
    expect(seen.closed).toBeGreaterThan(0);
  });

  it("that are in the store are not done again, and what is done is put there", async () => {
    const { surroundings, run, seen } = world(0.01);
    const known = new Map(jobs.slice(10).map((job) => [job, square(job)]));
    const store = {
      get: (job: Job) => known.get(job),
      put: (job: Job, result: number) => void known.set(job, result),
    };
    expect(await runJobs(jobs, run, { ...surroundings, store })).toEqual(SQUARES);
    expect(seen.here).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(known.size).toBe(40);
  });

  it("of others are left alone, but taken from the store", async () => {
    const { surroundings, run, pool, seen } = world(0.15);
    const store = { get: (job: Job) => (job === jobs[1] ? SQUARES[1] : undefined), put: () => {} };
    const isOurs = ({ values }: Job) => values[0]![1] % 4 === 0;
    const results = await runJobs(jobs, run, { ...surroundings, store, isOurs, startPool: () => pool });
    expect(results).toEqual(SQUARES.map((square, k) => (k % 4 === 0 || k === 1 ? square : undefined)));
    expect([...seen.here, ...seen.there].every((k) => k % 4 === 0)).toBe(true);
    expect(seen.there.length).toBeGreaterThan(0);
  });

  it("end when they are interrupted, and what is done stays", async () => {
    const { surroundings, run, seen } = world(0.1);
    const abort = new AbortController();
    const pause = async () => {
      if (seen.here.length >= 6) abort.abort();
    };
    const results = await runJobs(jobs, run, { ...surroundings, pause, signal: abort.signal });
    const done = results.filter((r) => r !== undefined);
    expect(done.length).toBeGreaterThanOrEqual(6);
    expect(done.length).toBeLessThan(10);
    expect(done).toEqual(SQUARES.slice(0, done.length));
  });

  it("in a pool end when they are interrupted: calls that fail then are no error", async () => {
    const { surroundings, run } = world(0.5);
    const abort = new AbortController();
    const pool: JobPool<number> = {
      size: 2,
      run: () =>
        new Promise((_, reject) => {
          abort.signal.addEventListener("abort", () => reject(new Error("ended")));
          setTimeout(() => abort.abort(), 5);
        }),
      close: () => {},
    };
    const results = await runJobs(jobs, run, {
      ...surroundings,
      startPool: () => pool,
      signal: abort.signal,
    });
    expect(results.filter((r) => r !== undefined)).toEqual([0]);
  });

  it("whose worker fails for another reason throw", async () => {
    const { surroundings, run } = world(0.5);
    const pool: JobPool<number> = { size: 2, run: () => Promise.reject(new Error("a bug")), close: () => {} };
    await expect(runJobs(jobs, run, { ...surroundings, startPool: () => pool })).rejects.toThrow("a bug");
  });

  it("tell how far they are, and how long it takes still", async () => {
    const { surroundings, run } = world(0.01);
    const left: (number | undefined)[] = [];
    await runJobs(jobs, run, { ...surroundings, onProgress: (p) => left.push(p.secondsLeft) });
    expect(left[0]).toBeUndefined();
    expect(left[20]).toBeCloseTo(0.2, 10);
    expect(left.at(-1)).toBe(0);
  });
});
