import { type Machine, ModelError, modelError, type Settings } from "./api-machine.ts";
import { type DensityMatrix, densityMatrix } from "./export/density-matrix.ts";
import { reportedDiagnostics } from "./report/reported-diagnostics.ts";
import type { CertificateReport, ReportedDiagnostic } from "./report/results.ts";
import { type RunOutcome, runSteady } from "./run-steady.ts";

/** What a steady state is asked for. */
export interface SteadyStateOptions {
  /** The equation's name; the model's first where absent. */
  readonly equation?: string;
  /** Parameters at other values than the model's defaults. */
  readonly set?: Settings;
  /** Further quantities in the language of models: `mean(r.L^2)`, `ergotropy(q1, q2)`. */
  readonly quantities?: readonly string[];
  /** Whether the noise of each current is worked out, too. */
  readonly noise?: boolean;
  /** Is told what is being done, in words. */
  readonly onProgress?: (message: string) => void;
}

/** A steady state that is vouched for, with its thermodynamics. */
export interface SteadyState {
  readonly equation: string;
  /** The bath that plays each role at this point: `{ cold: "left", hot: "right" }`. */
  readonly roles: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, number | null>>;
  /** Every quantity of the report by its key, `heat(hot)`, `regime`, `mean(r.L)`; null where undefined. */
  readonly quantities: Readonly<Record<string, number | string | null>>;
  /** Why a quantity is null. */
  readonly undefined: Readonly<Record<string, string>>;
  readonly certificate: CertificateReport;
  readonly warnings: readonly ReportedDiagnostic[];
  /** A quantity that is a number, by its key with any spaces; throws a {@link ModelError} with the reason where it is none. */
  readonly value: (key: string) => number;
  /** ρ in the product basis. */
  readonly density: () => DensityMatrix;
}

/**
 * The steady state of one equation of a machine. Throws a {@link ModelError} where none can be vouched for.
 *
 * @example
 * ```ts
 * const hot = steadyState(machine, { set: { T2: 6 }, quantities: ["mean(q1.σx)"] });
 * console.log(hot.value("heat(hot)"), hot.quantities.regime);
 * ```
 */
export function steadyState(machine: Machine, options: SteadyStateOptions = {}): SteadyState {
  const { compiled, solvers } = machine.at(options.set, options.quantities);
  const outcome = runSteady(compiled, {
    ...(options.equation !== undefined && { equation: options.equation }),
    ...(options.noise === true && { hasNoise: true }),
    ...(options.onProgress && { onProgress: options.onProgress }),
    solvers,
  });
  if (outcome.status === "unknown-equation")
    throw unknownName("equation", options.equation!, machine.equations);
  if (outcome.status !== "good") throw modelError(outcome.diagnostics, compiled);
  return stateOf(outcome, reportedDiagnostics(outcome.diagnostics, compiled.sources));
}

/** A name in a call that the model does not have. */
export const unknownName = (what: string, name: string, known: readonly string[]): ModelError =>
  new ModelError(
    `the model has no ${what} '${name}'; ${known.length > 0 ? `there are ${known.join(", ")}` : "there are none"}`,
  );

function stateOf({ results, point }: RunOutcome, warnings: readonly ReportedDiagnostic[]): SteadyState {
  const [{ equation, roles, rows }] = results.results as [RunOutcome["results"]["results"][number]];
  const { parameters, quantities, undefined: reasons, certificate } = rows[0]!;
  return {
    equation,
    roles,
    parameters,
    quantities,
    undefined: reasons,
    certificate,
    warnings,
    value: (key) => numberAt(quantities, reasons, key),
    density: () => densityMatrix(point!.steady, point!.state.unknowns),
  };
}

/** The number under a key; why there is none as an error. */
function numberAt(
  quantities: SteadyState["quantities"],
  reasons: SteadyState["undefined"],
  key: string,
): number {
  const spelt = key.replace(/\s/g, "");
  const found = quantities[key] ?? quantities[spelt];
  if (typeof found === "number") return found;
  if (typeof found === "string") throw new ModelError(`${key} is text: ${found}`);
  const reason = reasons[key] ?? reasons[spelt];
  throw reason === undefined
    ? unknownName("quantity", key, Object.keys(quantities))
    : new ModelError(`${key} is undefined: ${reason}`);
}
