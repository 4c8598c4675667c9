import { Worker } from "node:worker_threads";
import type { JobPool, JobResult } from "../index.ts";
import type { WorkerAnswer, WorkerRequest, WorkerSetting } from "./worker-protocol.ts";

/** Threads that work on one model, started when the first experiment needs them. */
export interface Workers {
  readonly poolFor: (experiment: string) => JobPool<JobResult>;
  readonly end: () => void;
}

/** `file` is what the program itself was started from. */
export function createWorkers(file: string, size: number, setting: WorkerSetting): Workers {
  let threads: Thread[] = [];
  const end = (): void => {
    for (const thread of threads) thread.end();
    threads = [];
  };
  return {
    end,
    poolFor: (experiment) => {
      while (threads.length < size) threads.push(startThread(file, setting));
      return {
        size,
        run: (places) => {
          const idle = threads.find((t) => t.isIdle());
          if (!idle) throw new Error("more calls than threads");
          return idle.run(experiment, places);
        },
        // threads that are idle are kept for the next experiment
        close: () => {
          if (threads.some((t) => !t.isIdle())) end();
        },
      };
    },
  };
}

interface Thread {
  readonly isIdle: () => boolean;
  readonly run: (experiment: string, places: readonly number[]) => Promise<readonly JobResult[]>;
  readonly end: () => void;
}

function startThread(file: string, setting: WorkerSetting): Thread {
  const worker = new Worker(file, { workerData: setting });
  let waiting:
    | { readonly resolve: (r: readonly JobResult[]) => void; readonly reject: (e: Error) => void }
    | undefined;
  let count = 0;
  const settle = (): typeof waiting => {
    const call = waiting;
    waiting = undefined;
    return call;
  };
  worker.on("message", (answer: WorkerAnswer) => {
    if ("bug" in answer) settle()?.reject(new Error(`in a worker: ${answer.bug}`));
    else settle()?.resolve(answer.results);
  });
  worker.on("error", (error) => settle()?.reject(error));
  worker.on("exit", () => settle()?.reject(new Error("a worker has ended")));
  return {
    isIdle: () => waiting === undefined,
    run: (experiment, places) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        worker.postMessage({ id: count++, experiment, places } satisfies WorkerRequest);
      }),
    end: () => void worker.terminate(),
  };
}
