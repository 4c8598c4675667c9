/**
 * Makes the figures of the paper from models/rotor-qubit.thermill into docs/images/paper. Run with `npm run paper`.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { figureFile } from "../src/cli/figure-files.ts";
import { experimentFigure, experimentsOfFigure } from "../src/figure/experiment-figure.ts";
import { compile } from "../src/pipeline.ts";
import type { TrajectoryReport } from "../src/report/evolution-results.ts";
import type { EquationResults } from "../src/report/results.ts";
import { runEvolve } from "../src/run-evolve.ts";
import { runSweep } from "../src/run-sweep.ts";

const MODEL = new URL("../models/rotor-qubit.thermill", import.meta.url);
const DIRECTORY = new URL("images/paper/", import.meta.url);

const { model, ...compiled } = compile(
  { name: "rotor-qubit", text: readFileSync(MODEL, "utf8") },
  { sets: [], quantities: [], readLibrary: () => undefined },
);
mkdirSync(DIRECTORY, { recursive: true });

const sweeps = new Map<string, readonly EquationResults[]>();
const evolutions = new Map<string, readonly TrajectoryReport[]>();

/** Runs an experiment, once. */
function run(experiment: string): void {
  const whole = { model, ...compiled };
  if (model.evolutions.some((e) => e.name === experiment)) {
    if (!evolutions.has(experiment))
      evolutions.set(experiment, runEvolve(whole, { experiment }).results.trajectories);
  } else if (!sweeps.has(experiment)) sweeps.set(experiment, runSweep(whole, { experiment }).results.results);
}

for (const { name, plots } of [...model.sweeps, ...model.evolutions]) {
  if (plots.length === 0) continue;
  const start = performance.now();
  for (const experiment of experimentsOfFigure(model, name)) run(experiment);
  const figure = experimentFigure(model, name, { sweeps, evolutions });
  if (!figure) throw new Error(`'${name}' has nothing to draw`);
  writeFileSync(new URL(`${name}.svg`, DIRECTORY), await figureFile(figure, "svg"));
  console.log(`${name}.svg: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
