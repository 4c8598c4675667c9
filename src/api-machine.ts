import { pointProblem } from "./model/check-values.ts";
import { compileParameters } from "./model/parameter-values.ts";
import { type Compiled, compile as compileFile } from "./pipeline.ts";
import { reportedDiagnostics } from "./report/reported-diagnostics.ts";
import type { ReportedDiagnostic } from "./report/results.ts";
import { number } from "./scalar/scalar.ts";
import { codeFrame } from "./source/code-frame.ts";
import { type Diagnostic, hasErrors } from "./source/diagnostic.ts";
import { asciiName, nearestName } from "./source/name.ts";
import type { SolverCache } from "./truncate/settled-steady-state.ts";

/** Values of parameters by name, in any spelling: `{ β2: 0.05 }` and `{ beta2: 0.05 }` are the same. */
export type Settings = Readonly<Record<string, number>>;

/** What {@link compile} may be told besides the model's text. */
export interface CompileOptions {
  /** The file's name in messages; `model` where absent. */
  readonly name?: string;
  /** Text of a file that the model uses (`use "lib/spectra.thermill"`), by its path; undefined where there is none. */
  readonly library?: (path: string) => string | undefined;
}

/** A model, compiled: its equations are derived and wait for values of the parameters. */
export interface Machine {
  readonly name: string;
  readonly description?: string;
  /** Parameters and derived values at the model's defaults. */
  readonly parameters: Settings;
  /** Names of the equations; functions take the first one unless told otherwise. */
  readonly equations: readonly string[];
  /** Names of the experiments that {@link sweep} and {@link evolve} run. */
  readonly experiments: { readonly steady: readonly string[]; readonly evolve: readonly string[] };
  readonly states: readonly string[];
  readonly warnings: readonly ReportedDiagnostic[];
  /**
   * The compiled model at other values and with further quantities, for the functions that take a `Compiled`. Only
   * integer parameters, which shape a model, and quantities not asked for before compile the text again. Throws a
   * {@link ModelError} where a name is unknown or a value not allowed.
   */
  readonly at: (settings?: Settings, quantities?: readonly string[]) => Prepared;
}

/** A model at values of its parameters, with the solvers that earlier values have left. */
export interface Prepared {
  readonly compiled: Compiled;
  readonly solvers: SolverCache;
}

/** A model that does not compile, a name that it does not have, or an equation without a solution that can be vouched for. */
export class ModelError extends Error {
  override readonly name = "ModelError";
  /** What is wrong, with codes, places and fixes; empty where only the call was wrong. */
  readonly diagnostics: readonly ReportedDiagnostic[];

  constructor(message: string, diagnostics: readonly ReportedDiagnostic[] = []) {
    super(message);
    this.diagnostics = diagnostics;
  }
}

/**
 * Compiles the text of a model file. Throws a {@link ModelError} with every error of the text.
 *
 * @example
 * ```ts
 * const machine = compile(await readFile("models/coupled-qubits.thermill", "utf8"));
 * ```
 */
export function compile(text: string, options: CompileOptions = {}): Machine {
  const source = { name: options.name ?? "model", text };
  const readLibrary = options.library ?? (() => undefined);
  const known = new Map<string, Prepared>();
  const prepared = (shape: Settings, quantities: readonly string[]): Prepared => {
    const sets = Object.entries(shape).map(([name, value]) => `${name}=${value}`);
    const key = JSON.stringify([sets, quantities]);
    const present = known.get(key);
    if (present) return present;
    const compiled = compileFile(source, { sets, quantities, readLibrary });
    if (hasErrors(compiled.diagnostics)) throw modelError(compiled.diagnostics, compiled);
    const made = { compiled, solvers: new Map() };
    known.set(key, made);
    return made;
  };
  const { compiled } = prepared({}, []);
  const { model } = compiled;
  const values = compileParameters(model.parameters).at([]);
  return {
    name: model.name,
    ...(model.description !== undefined && { description: model.description }),
    parameters: Object.fromEntries(model.parameters.map((p, k) => [p.name, values[k]!])),
    equations: model.equations.map((e) => e.name),
    experiments: { steady: model.sweeps.map((s) => s.name), evolve: model.evolutions.map((e) => e.name) },
    states: model.states.map((s) => s.name),
    warnings: reportedDiagnostics(compiled.diagnostics, compiled.sources),
    at: (settings = {}, quantities = []) => {
      const { shape, others } = splitSettings(settings, compiled);
      const { solvers, compiled: base } = prepared(shape, quantities);
      return { solvers, compiled: withSettings(base, others) };
    },
  };
}

/** The error that carries diagnostics, its message as a terminal shows them. */
export const modelError = (diagnostics: readonly Diagnostic[], { sources }: Compiled): ModelError => {
  const errors = diagnostics.filter((d) => d.severity === "error");
  return new ModelError(
    errors.map((d) => codeFrame(d, sources)).join("\n\n"),
    reportedDiagnostics(diagnostics, sources),
  );
};

/** Integer parameters, which decide how many parts there are, apart from the others. */
function splitSettings(
  settings: Settings,
  { model }: Compiled,
): { readonly shape: Settings; readonly others: ReadonlyMap<string, number> } {
  const shape: Record<string, number> = {};
  const others = new Map<string, number>();
  for (const [name, value] of Object.entries(settings)) {
    const ascii = asciiName(name);
    const parameter = model.parameters.find((p) => asciiName(p.name) === ascii);
    if (parameter?.role !== "parameter") throw unknownParameter(name, model);
    if (parameter.type === "integer") shape[parameter.name] = value;
    else others.set(ascii, value);
  }
  return { shape, others };
}

function unknownParameter(name: string, { parameters }: Compiled["model"]): ModelError {
  const names = parameters.filter((p) => p.role === "parameter").map((p) => p.name);
  const near = nearestName(name, names);
  const meant = near === undefined ? "" : `; did you mean '${near}'?`;
  return new ModelError(`the model has no parameter '${name}' to set; it has ${names.join(", ")}${meant}`);
}

/** The same equations with other defaults: what `--set` gives, without compiling again. */
function withSettings(compiled: Compiled, settings: ReadonlyMap<string, number>): Compiled {
  if (settings.size === 0) return compiled;
  const parameters = compiled.model.parameters.map((p) => {
    const value = settings.get(asciiName(p.name));
    return value === undefined ? p : { ...p, value: number(value) };
  });
  const model = { ...compiled.model, parameters };
  const wrong = pointProblem(compileParameters(parameters).at([]), model);
  if (wrong) throw new ModelError(wrong);
  return { ...compiled, model, ...(compiled.derived && { derived: { ...compiled.derived, model } }) };
}
