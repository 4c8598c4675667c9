import type {
  AdviseOptions,
  AdviseOutcome,
  Compiled,
  CompileOptions,
  DeriveOptions,
  DeriveOutcome,
  DocumentOutcome,
  EvolveOptions,
  EvolveOutcome,
  EvolveStep,
  ExperimentResults,
  ExportOptions,
  ExportOutcome,
  Figure,
  GraphFormat,
  GraphOutcome,
  Job,
  KnownStates,
  Model,
  ModelGraph,
  Representation,
  RunOptions,
  RunOutcome,
  SourceFile,
  SweepOutcome,
  SweepSurroundings,
} from "../index.ts";
import type { FigureFormat } from "./figure-format.ts";
import type { WorkerSetting } from "./worker-protocol.ts";
import type { Workers } from "./workers.ts";

/** A stream that the commands write to. */
export interface Output {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  /** Columns of the terminal. */
  readonly columns: number | undefined;
}

/** The compiler as the commands use it. */
export interface Compiler {
  readonly version: string;
  readonly compile: (source: SourceFile, options: CompileOptions) => Compiled;
  readonly represent: (compiled: Compiled, which: Representation) => unknown;
  readonly runSteady: (compiled: Compiled, options: RunOptions) => RunOutcome;
  readonly runSweepJobs: (
    compiled: Compiled,
    experiment: string,
    surroundings: SweepSurroundings,
  ) => Promise<SweepOutcome>;
  readonly knownStates: (derived: NonNullable<Compiled["derived"]>) => KnownStates;
  readonly sweepJobs: (compiled: Compiled, experiment: string) => readonly Job[];
  readonly runAdvise: (compiled: Compiled, options: AdviseOptions) => AdviseOutcome;
  readonly experimentsOfFigure: (model: Model, experiment: string) => readonly string[];
  readonly experimentFigure: (
    model: Model,
    experiment: string,
    results: ExperimentResults,
  ) => Figure | undefined;
  readonly runEvolve: (compiled: Compiled, options: EvolveOptions) => EvolveOutcome;
  readonly evolveInSteps: (
    compiled: Compiled,
    options: EvolveOptions,
  ) => Generator<EvolveStep, EvolveOutcome, boolean | undefined>;
  readonly runExport: (compiled: Compiled, options: ExportOptions) => ExportOutcome;
  readonly operatorsIn: (of: readonly string[]) => string[];
  readonly deriveFormulas: (compiled: Compiled, options: DeriveOptions) => DeriveOutcome;
  readonly deriveDocument: (compiled: Compiled, equation?: string) => DocumentOutcome;
  readonly modelGraph: (compiled: Compiled) => ModelGraph | undefined;
  readonly graphText: (graph: ModelGraph, format: GraphFormat) => GraphOutcome;
}

/** What makes figures: heavy libraries, which are loaded when they are asked for. */
export interface FigureMaker {
  /** The content of a file in a format. */
  readonly figureFile: (figure: Figure, format: FigureFormat) => Promise<string | Uint8Array>;
}

/** All that a command touches besides its files. */
export interface Host {
  readonly compiler: Compiler;
  /** Carries results and nothing else. */
  readonly stdout: Output;
  /** Carries diagnostics and progress. */
  readonly stderr: Output;
  readonly figures: () => Promise<FigureMaker>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Workers for a model, started when they are needed; as many as there are cores where no number is given. */
  readonly startWorkers?: (count: number | undefined, setting: WorkerSetting) => Workers;
  /** Calls back when the user interrupts, in the place of ending the process, until what it returns is called. */
  readonly onInterrupt?: (interrupted: () => void) => () => void;
  /** How this program is started from anywhere: an executable and its first arguments, by absolute paths. */
  readonly command?: readonly string[];
  /** Tells this build of the program from others. */
  readonly programHash?: () => string;
}
