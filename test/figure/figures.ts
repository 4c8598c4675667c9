import { experimentFigure, experimentsOfFigure } from "../../src/figure/experiment-figure.ts";
import type { Figure, LinesPanel, MapPanel } from "../../src/figure/figure.ts";
import type { Runs } from "../../src/graph/runs.ts";
import { compile } from "../../src/pipeline.ts";
import type { TrajectoryReport } from "../../src/report/evolution-results.ts";
import type { EquationResults } from "../../src/report/results.ts";
import { runEvolve } from "../../src/run-evolve.ts";
import { runSweep } from "../../src/run-sweep.ts";

/** The figure of an experiment, as `thermill plot` makes it. */
export function figureOf(text: string, experiment: string): Figure {
  const compiled = compile({ name: "m", text }, { sets: [], quantities: [], readLibrary: () => undefined });
  const sweeps = new Map<string, readonly EquationResults[]>();
  const evolutions = new Map<string, readonly TrajectoryReport[]>();
  for (const name of experimentsOfFigure(compiled.model, experiment)) {
    if (compiled.model.evolutions.some((e) => e.name === name)) {
      evolutions.set(name, runEvolve(compiled, { experiment: name }).results.trajectories);
    } else sweeps.set(name, runSweep(compiled, { experiment: name }).results.results);
  }
  const figure = experimentFigure(compiled.model, experiment, { sweeps, evolutions });
  if (!figure) throw new Error(`no figure: ${compiled.diagnostics.map((d) => d.message).join("; ")}`);
  return figure;
}

export function linesOf(figure: Figure, place = 0): LinesPanel {
  const panel = figure.panels[place];
  if (panel?.kind !== "lines") throw new Error("no lines");
  return panel;
}

export function mapOf(figure: Figure): MapPanel {
  const [panel] = figure.panels;
  if (panel?.kind !== "map") throw new Error("no map");
  return panel;
}

/** Runs with sub- and superscripts marked as in LaTeX: `Q̇_{hot}`. */
export const marked = (runs: Runs): string =>
  runs
    .filter(({ text }) => text !== "")
    .map(({ text, rise }) => (rise === 0 ? text : `${rise < 0 ? "_" : "^"}{${text}}`))
    .join("")
    .replace(/\}\^\{/g, "");

/** Two detuned qubits between two baths; experiments are put behind. */
export const PAIR = `model pair "two qubits"
parameter B1 = 2 "field on qubit 1"
parameter B2 = 3
parameter β1 = 1
parameter β2 = 0.3 "inverse temperature, hot"
parameter N : integer = 2 in 1..5
let n = N
subsystem q1, q2 : qubit
hamiltonian { free B1*q1.σz + B2*q2.σz + 0*n*q1.σz
  interaction 0.1*(q1.σ⁺*q2.σ⁻ + h.c.) }
bath cold : bosonic { β = β1; role = cold; couples 0.3*q1.σ⁻ }
bath hot  : bosonic { β = β2; role = hot;  couples 0.3*q2.σ⁻ }
equation weak    { local cold, hot }
equation secular { global cold, hot }
quantity flow[j in 1..2] = heat(hot)*j
state start { q1 = |up>; q2 = |down> }
`;
