import { type Machine, modelError, type Settings } from "./api-machine.ts";
import { unknownName } from "./api-steady.ts";
import { askedQuantities, withDefinition } from "./api-sweep.ts";
import { type DensityMatrix, densityMatrix } from "./export/density-matrix.ts";
import type { EvolutionDefinition } from "./model/model.ts";
import type { Compiled } from "./pipeline.ts";
import type { DistributionReport, EvolutionCertificate } from "./report/evolution-results.ts";
import { reportedDiagnostics } from "./report/reported-diagnostics.ts";
import type { ReportedDiagnostic } from "./report/results.ts";
import { runEvolve } from "./run-evolve.ts";
import { number } from "./scalar/scalar.ts";
import { sameName } from "./source/name.ts";

interface AnyEvolution {
  /** The equation's name; the experiment's, or the model's first, where absent. */
  readonly equation?: string;
  /** Parameters at other values than the model's defaults. */
  readonly set?: Settings;
  /** Is told what is being done, in words. */
  readonly onProgress?: (message: string) => void;
}

/** A way from a state of the model file over given times. */
export interface CourseOptions extends AnyEvolution {
  /** The name of a `state` of the file. */
  readonly from: string;
  /** Infinity is the steady state. */
  readonly times: readonly number[];
  /** What is recorded besides heats, works, energy and entropy, in the language of models. */
  readonly quantities?: readonly string[];
}

/** An experiment of the model file with `evolve`. */
export interface EvolutionExperiment extends AnyEvolution {
  readonly experiment: string;
}

/** What becomes of a state in time. */
export interface Evolution {
  readonly equation: string;
  /** Ascending; Infinity is the steady state. */
  readonly times: readonly number[];
  /** Columns over `times`, by key; null where undefined. */
  readonly quantities: Readonly<Record<string, readonly (number | string | null)[]>>;
  /** Why a quantity is null. */
  readonly undefined: Readonly<Record<string, string>>;
  /** Populations level by level, of the subsystems that an experiment asks it of. */
  readonly distributions: readonly DistributionReport[];
  readonly certificate: EvolutionCertificate;
  readonly warnings: readonly ReportedDiagnostic[];
  /** ρ at a place in `times`. */
  readonly density: (place: number) => DensityMatrix;
}

/**
 * Evolves a state by one equation, the first of an experiment's where it names several. Throws a {@link ModelError} where
 * the model lacks what is asked for, or no evolution can be vouched for.
 *
 * @example
 * ```ts
 * const { times, quantities } = evolve(machine, { from: "start", times: [0, 1, 10], quantities: ["mean(q1.σz)"] });
 * ```
 */
export function evolve(machine: Machine, options: CourseOptions | EvolutionExperiment): Evolution {
  const { compiled, experiment } =
    "from" in options
      ? courseOf(machine, options)
      : { ...machine.at(options.set), experiment: options.experiment };
  const { status, diagnostics, results, points } = runEvolve(compiled, {
    experiment,
    ...(options.equation !== undefined && { equation: options.equation }),
    ...(options.onProgress && { onProgress: options.onProgress }),
  });
  if (status === "unknown-experiment") {
    throw unknownName("experiment with evolve", experiment, machine.experiments.evolve);
  }
  if (status === "unknown-equation") throw unknownName("equation", options.equation!, machine.equations);
  const [trajectory] = results.trajectories;
  if (status !== "good" || !trajectory) throw modelError(diagnostics, compiled);
  const { equation, times, quantities, undefined: reasons, distributions, certificate } = trajectory;
  return {
    equation,
    times: times.map((t) => t ?? Number.POSITIVE_INFINITY),
    quantities,
    undefined: reasons,
    distributions,
    certificate,
    warnings: reportedDiagnostics(diagnostics, compiled.sources),
    density: (place) => {
      const { steady, state } = points[0]![place]!;
      return densityMatrix(steady, state.unknowns);
    },
  };
}

/** A way in time as an experiment that the file does not have. */
function courseOf(
  machine: Machine,
  { from, times, set, quantities = [] }: CourseOptions,
): { readonly compiled: Compiled; readonly experiment: string } {
  const { compiled } = machine.at(set, quantities);
  const { states, equations } = compiled.model;
  const state = states.find(({ name }) => sameName(name, from));
  if (!state) throw unknownName("state", from, machine.states);
  const experiment = "course";
  const definition: EvolutionDefinition = {
    name: experiment,
    span: equations[0]!.span,
    equations: [0],
    state: state.name,
    times: { kind: "list", values: times.map((t) => number(t)) },
    settings: [],
    quantities: askedQuantities(compiled, quantities),
    distributions: [],
    plots: [],
  };
  return withDefinition(compiled, { evolutions: [definition] }, experiment);
}
