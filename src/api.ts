/**
 * Thermill as a library: compile a model, solve it, sweep its parameters, follow it in time. Everything here runs in a
 * browser, too.
 *
 * ```ts
 * import { compile, steadyState } from "thermill";
 *
 * const machine = compile(`
 *   model two_qubits
 *   parameter T2 = 4
 *   subsystem q1, q2 : qubit
 *   hamiltonian { free q1.σz + 1.5*q2.σz; interaction 0.1*(q1.σ⁺*q2.σ⁻ + h.c.) }
 *   bath cold : bosonic { β = 1;    couples 0.2*q1.σ⁻ }
 *   bath hot  : bosonic { β = 1/T2; couples 0.2*q2.σ⁻ }
 *   equation collisions { local cold, hot }
 * `);
 * console.log(steadyState(machine, { set: { T2: 6 } }).value("heat(hot)"));
 * ```
 *
 * @packageDocumentation
 */
export type { Advice, AdvisedCurrents, AdvisedEquation } from "./advise/advice.ts";
export { type CourseOptions, type Evolution, type EvolutionExperiment, evolve } from "./api-evolve.ts";
export {
  type CompileOptions,
  compile,
  type Machine,
  ModelError,
  type Prepared,
  type Settings,
} from "./api-machine.ts";
export { type SteadyState, type SteadyStateOptions, steadyState } from "./api-steady.ts";
export { type GridOptions, type Sweep, type SweepExperiment, type SweepPoint, sweep } from "./api-sweep.ts";
export type { Closure } from "./derive/moments.ts";
export type { DensityMatrix } from "./export/density-matrix.ts";
export { GRAPH_FORMATS, type GraphFormat, type GraphOutcome, graphText } from "./graph/graph-text.ts";
export type * from "./graph/model-graph.ts";
export type { Role } from "./model/model.ts";
export type { Compiled } from "./pipeline.ts";
export type {
  DistributionReport,
  EvolutionCertificate,
  LongTimeReport,
} from "./report/evolution-results.ts";
export type * from "./report/results.ts";
export { type AdviseOptions, type AdviseOutcome, runAdvise } from "./run-advise.ts";
export {
  type DeriveOptions,
  type DeriveOutcome,
  type DocumentOutcome,
  deriveDocument,
  deriveFormulas,
} from "./run-derive.ts";
export {
  EXPORT_FORMATS,
  type ExportFormat,
  type ExportOptions,
  type ExportOutcome,
  runExport,
} from "./run-export.ts";
export { modelGraph } from "./run-graph.ts";
export type { Diagnostic, Severity } from "./source/diagnostic.ts";
export type { SourceFile, Span } from "./source/span.ts";
export { VERSION } from "./version.ts";
