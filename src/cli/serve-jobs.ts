import { parentPort, workerData } from "node:worker_threads";
import { compile, type JobResult, knownStates, sweepWorker } from "../index.ts";
import type { WorkerAnswer, WorkerRequest, WorkerSetting } from "./worker-protocol.ts";

/** A worker's life: compiles the model once, prepares each experiment once, and answers with results of jobs. */
export function serveJobs(): void {
  const { source, libraries, sets } = workerData as WorkerSetting;
  const readLibrary = (path: string) => libraries[path] ?? undefined;
  const compiled = compile(source, { sets, quantities: [], readLibrary });
  const known = compiled.derived && knownStates(compiled.derived);
  const prepared = new Map<string, (places: readonly number[]) => readonly JobResult[]>();
  const answer = ({ id, experiment, places }: WorkerRequest): WorkerAnswer => {
    try {
      const run = prepared.get(experiment) ?? sweepWorker(compiled, experiment, known);
      prepared.set(experiment, run);
      return { id, results: run(places) };
    } catch (error) {
      return { id, bug: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  };
  parentPort!.on("message", (request: WorkerRequest) => parentPort!.postMessage(answer(request)));
}
