import { join } from "node:path";
import type { Compiled, ExperimentResults } from "../index.ts";
import { compileParameters } from "../model/parameter-values.ts";
import {
  type ExperimentWriter,
  type FinishedExperiment,
  type OutputFile,
  tableFiles,
} from "../report/experiment-files.ts";
import { type ExperimentRun, type OpenOutput, type RanExperiment, runExperiment } from "./experiment-run.ts";
import { finishedEntry } from "./finished-entry.ts";
import type { Host } from "./host.ts";
import { displayName } from "./model-input.ts";
import { type Provenance, writeExperiment } from "./output-directory.ts";
import { openStore, sha256 } from "./result-store.ts";
import type { WorkerSetting } from "./worker-protocol.ts";

/** What is written of an experiment as soon as it is done. */
const WRITERS: readonly ExperimentWriter[] = [tableFiles];

/** What figures are written as. */
const FIGURES = ["svg", "png"] as const;

/** Opens a directory for the results of a model. Throws what the file system throws. */
export const openOutput = (directory: string, provenance: Provenance): OpenOutput => ({
  directory,
  store: openStore(storePath(directory)),
  provenance,
});

export const storePath = (directory: string): string => join(directory, ".thermill");

/** What results of a model are results of. */
export function provenanceOf(
  { source, libraries, sets }: WorkerSetting,
  file: string,
  { model }: Compiled,
  host: Host,
): Provenance {
  const hashes = Object.entries(libraries).map(([path, text]) => [path, sha256(text ?? "")] as const);
  const text = sha256(source.text);
  const run = sha256(JSON.stringify([host.compiler.version, host.programHash?.() ?? "", text, hashes, sets]));
  const values = compileParameters(model.parameters).at([]);
  return {
    run,
    thermill: host.compiler.version,
    language: 1,
    model: { name: model.name, file: displayName(file), sha256: text, libraries: Object.fromEntries(hashes) },
    set: sets,
    parameters: Object.fromEntries(
      model.parameters.map(({ name }, k) => [name, Number.isFinite(values[k]) ? values[k]! : null]),
    ),
  };
}

/** Writes the tables and results of a finished experiment, and says so. */
export function writeTables({ finished, diagnostics }: RanExperiment, run: ExperimentRun): void {
  const { directory, provenance } = run.output!;
  const files = WRITERS.flatMap((write) => write(finished));
  writeExperiment(directory, provenance, finishedEntry(finished, diagnostics), files);
  say(finished.name, files, run);
}

function say(
  experiment: string,
  files: readonly OutputFile[],
  { output, compiled, host }: ExperimentRun,
): void {
  const names = files.map(({ name }) => join(output!.directory, name)).join(", ");
  host.stdout.write(`${compiled.model.name}, ${experiment}: ${names}\n`);
}

/** Draws the figures of experiments when all are done, since some lay marks on the figures of others. */
export async function writeFigures(done: readonly RanExperiment[], run: ExperimentRun): Promise<void> {
  const { compiled, host, output } = run;
  const { model } = compiled;
  const { experimentsOfFigure, experimentFigure } = host.compiler;
  const { directory, provenance } = output!;
  const known = new Map(done.map(({ finished }) => [finished.name, finished]));
  for (const { finished, diagnostics } of done) {
    for (const needed of experimentsOfFigure(model, finished.name)) {
      if (!known.has(needed)) known.set(needed, (await runExperiment(needed, run)).finished);
    }
    const figure = experimentFigure(model, finished.name, resultsByKind([...known.values()]));
    if (!figure) continue;
    const { figureFile } = await host.figures();
    const figures: OutputFile[] = [];
    for (const format of FIGURES) {
      figures.push({ name: `${finished.name}.${format}`, content: await figureFile(figure, format) });
    }
    const files = [...WRITERS.flatMap((write) => write(finished)), ...figures];
    writeExperiment(directory, provenance, finishedEntry(finished, diagnostics), files);
    say(finished.name, figures, run);
  }
}

/** Results of experiments as figures are made of them. */
export const resultsByKind = (all: readonly FinishedExperiment[]): ExperimentResults => ({
  sweeps: new Map(all.flatMap((f) => (f.kind === "steady" ? [[f.name, f.results.results]] : []))),
  evolutions: new Map(all.flatMap((f) => (f.kind === "evolution" ? [[f.name, f.results.trajectories]] : []))),
});
