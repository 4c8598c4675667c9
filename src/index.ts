/**
 * All that the command line uses of the compiler; what a program in TypeScript uses is in api.ts. Everything here runs in a
 * browser.
 */
export type { Advice, AdvisedCurrents, AdvisedEquation } from "./advise/advice.ts";
export type { Finding, Verdict } from "./advise/verdict.ts";
export type { Job } from "./experiment/jobs.ts";
export { type KnownStates, knownStates } from "./experiment/known-states.ts";
export type { JobPool, JobProgress, JobStore } from "./experiment/run-jobs.ts";
export type { JobResult } from "./experiment-work.ts";
export {
  type ExperimentResults,
  experimentFigure,
  experimentsOfFigure,
} from "./figure/experiment-figure.ts";
export type { Axis, Figure, LinesPanel, MapPanel, Panel } from "./figure/figure.ts";
export { vegaLite } from "./figure/vega-lite.ts";
export { GRAPH_FORMATS, type GraphFormat, type GraphOutcome, graphText } from "./graph/graph-text.ts";
export type {
  BathNode,
  GraphEdge,
  ModelGraph,
  SubsystemNode,
  TermNode,
} from "./graph/model-graph.ts";
export { isTolerance, TOLERANCES } from "./model/check-experiments.ts";
export type { Model } from "./model/model.ts";
export { EVOLUTION_ROUTES, type EvolutionRoute } from "./numerics/evolution-route.ts";
export { type Compiled, type CompileOptions, compile } from "./pipeline.ts";
export type { EvolutionResults, TrajectoryReport } from "./report/evolution-results.ts";
export type {
  CertificateReport,
  EquationResults,
  ReportedDiagnostic,
  Results,
  Row,
  WindowReport,
} from "./report/results.ts";
export { REPRESENTATIONS, type Representation, represent } from "./represent.ts";
export { type AdviseOptions, type AdviseOutcome, runAdvise } from "./run-advise.ts";
export {
  type DeriveOptions,
  type DeriveOutcome,
  type DocumentOutcome,
  deriveDocument,
  deriveFormulas,
  operatorsIn,
} from "./run-derive.ts";
export {
  type EvolveOptions,
  type EvolveOutcome,
  type EvolveStep,
  evolveInSteps,
  runEvolve,
} from "./run-evolve.ts";
export {
  EXPORT_FORMATS,
  type ExportFormat,
  type ExportOptions,
  type ExportOutcome,
  runExport,
} from "./run-export.ts";
export { modelGraph } from "./run-graph.ts";
export { type RunOptions, type RunOutcome, runSteady } from "./run-steady.ts";
export {
  runSweep,
  runSweepJobs,
  type SweepOptions,
  type SweepOutcome,
  type SweepSurroundings,
  sweepJobs,
  sweepWorker,
} from "./run-sweep.ts";
export type { Diagnostic } from "./source/diagnostic.ts";
export type { SourceFile, Span } from "./source/span.ts";
export { VERSION } from "./version.ts";
