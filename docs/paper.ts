/**
 * Makes the figures of the paper from models/rotor-qubit.thermill into docs/images/paper, as many at once as there are
 * processors. Run with `npm run paper`.
 */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { compile } from "../src/pipeline.ts";

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const [MODEL, DIRECTORY] = [path("../models/rotor-qubit.thermill"), path("images/paper/")];

/** `thermill plot` of one experiment. */
const plot = (experiment: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const start = performance.now();
    const given = ["plot", MODEL, experiment, "--output", `${DIRECTORY}${experiment}.svg`];
    const child = spawn(process.execPath, [path("../dist/thermill.cjs"), ...given], { stdio: "inherit" });
    child.on("error", reject);
    child.on("exit", (code) => {
      console.log(`${experiment}.svg: ${((performance.now() - start) / 1000).toFixed(1)} s`);
      if (code === 0) resolve();
      else reject(new Error(`'${experiment}' ended with ${code}`));
    });
  });

const source = { name: "rotor-qubit", text: readFileSync(MODEL, "utf8") };
const { model } = compile(source, { sets: [], quantities: [], readLibrary: () => undefined });
mkdirSync(DIRECTORY, { recursive: true });
// those with optima take longest and come first
const slow = new Set(model.sweeps.flatMap(({ marks }) => marks.map((m) => m.on)));
const waiting = [...model.sweeps, ...model.evolutions]
  .filter(({ plots }) => plots.length > 0)
  .map(({ name }) => name)
  .sort((a, b) => Number(slow.has(b)) - Number(slow.has(a)));
const worker = async (): Promise<void> => {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await plot(next);
};
await Promise.all(Array.from({ length: availableParallelism() }, worker));
