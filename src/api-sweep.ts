import { type Machine, ModelError, modelError, type Settings } from "./api-machine.ts";
import { unknownName } from "./api-steady.ts";
import type { SweepDefinition } from "./model/model.ts";
import type { Compiled } from "./pipeline.ts";
import { reportedDiagnostics } from "./report/reported-diagnostics.ts";
import type { CertificateReport, ReportedDiagnostic } from "./report/results.ts";
import { runSweep } from "./run-sweep.ts";
import { number } from "./scalar/scalar.ts";
import { sameName } from "./source/name.ts";

interface AnySweep {
  /** Parameters at other values than the model's defaults. */
  readonly set?: Settings;
  /** Is told what is being done, in words. */
  readonly onProgress?: (message: string) => void;
}

/** A grid over parameters: the first runs slowest. */
export interface GridOptions extends AnySweep {
  readonly over: Readonly<Record<string, readonly number[]>>;
  /** What is recorded at each point, in the language of models. */
  readonly quantities: readonly string[];
  /** The equation's name; the model's first where absent. */
  readonly equation?: string;
}

/** An experiment of the model file with `steady`. */
export interface SweepExperiment extends AnySweep {
  readonly experiment: string;
}

/** A point of a grid that has a steady state. */
export interface SweepPoint {
  readonly equation: string;
  /** The swept parameters. */
  readonly at: Settings;
  readonly parameters: Readonly<Record<string, number | null>>;
  /** What is recorded, by its key; null where undefined. */
  readonly quantities: Readonly<Record<string, number | string | null>>;
  /** Why a quantity is null. */
  readonly undefined: Readonly<Record<string, string>>;
  readonly certificate: CertificateReport;
}

/** Steady states over a grid. */
export interface Sweep {
  readonly points: readonly SweepPoint[];
  /** The warnings of the model, and of each point that has no solution why. */
  readonly diagnostics: readonly ReportedDiagnostic[];
}

/**
 * Steady states over a grid of parameters, or over that of an experiment; what does not depend on the parameters is worked
 * out once. Points that cannot be vouched for are left out and named in `diagnostics`. Throws a {@link ModelError} where
 * the call asks for what the model does not have.
 *
 * @example
 * ```ts
 * const { points } = sweep(machine, { over: { T2: [2, 3, 4] }, quantities: ["work", "efficiency"] });
 * ```
 */
export function sweep(machine: Machine, options: GridOptions | SweepExperiment): Sweep {
  const { compiled, experiment } =
    "over" in options
      ? gridOf(machine, options)
      : { ...machine.at(options.set), experiment: options.experiment };
  const outcome = runSweep(compiled, {
    experiment,
    ...(options.onProgress && { onProgress: options.onProgress }),
  });
  if (outcome.status === "unknown-experiment") {
    throw unknownName("experiment with steady", experiment, machine.experiments.steady);
  }
  if (outcome.status === "model-error") throw modelError(outcome.diagnostics, compiled);
  return {
    points: outcome.results.results.flatMap(({ equation, rows }) =>
      rows.map(({ sweep: at = {}, parameters, quantities, undefined: reasons, certificate }) => ({
        equation,
        at,
        parameters,
        quantities,
        undefined: reasons,
        certificate,
      })),
    ),
    diagnostics: reportedDiagnostics(outcome.diagnostics, compiled.sources),
  };
}

/** A grid as an experiment that the file does not have. */
function gridOf(
  machine: Machine,
  { over, set, quantities, equation }: GridOptions,
): { readonly compiled: Compiled; readonly experiment: string } {
  const { compiled } = machine.at(set, quantities);
  const { model } = compiled;
  const place =
    equation === undefined ? 0 : model.equations.findIndex(({ name }) => sameName(name, equation));
  if (place < 0) throw unknownName("equation", equation!, machine.equations);
  const { span } = model.equations[place]!;
  const experiment = "sweep";
  const axes = Object.entries(over).map(([name, values]) => {
    const parameter = model.parameters.findIndex((p) => p.role === "parameter" && sameName(p.name, name));
    if (parameter < 0) throw unknownName("parameter", name, Object.keys(machine.parameters));
    if (model.parameters[parameter]!.type === "integer") {
      throw new ModelError(`'${name}' shapes the model: set it with 'set', one value at a time`);
    }
    return {
      parameter,
      values: { kind: "list", values: values.map((v) => number(v)) },
      span,
      isSet: false,
    } as const;
  });
  const definition: SweepDefinition = {
    name: experiment,
    span,
    equations: [place],
    settings: [],
    axes,
    quantities: askedQuantities(compiled, quantities),
    searches: [],
    plots: [],
    marks: [],
  };
  return withDefinition(compiled, { sweeps: [definition] }, experiment);
}

/** The quantities that a compilation was asked for, by their keys. */
export function askedQuantities(
  { model }: Compiled,
  asked: readonly string[],
): Compiled["model"]["quantities"] {
  const spelt = asked.map((q) => q.replace(/\s/g, ""));
  return spelt.flatMap(
    (key) => model.quantities.find(({ name }) => sameName(name.replace(/\s/g, ""), key)) ?? [],
  );
}

/** The same model with an experiment of its own. */
export function withDefinition<Definitions extends Partial<Compiled["model"]>>(
  compiled: Compiled,
  definitions: Definitions,
  experiment: string,
): { readonly compiled: Compiled; readonly experiment: string } {
  const model = { ...compiled.model, ...definitions };
  return { compiled: { ...compiled, model }, experiment };
}
