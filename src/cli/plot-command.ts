import type { Compiled, Figure } from "../index.ts";
import { type Diagnostic, hasErrors } from "../source/diagnostic.ts";
import { nearestName, sameName } from "../source/name.ts";
import { countText, writeDiagnostics } from "./diagnostics-output.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { resultsByKind } from "./experiment-output.ts";
import { type ExperimentRun, experimentRun, type RanExperiment, runExperiment } from "./experiment-run.ts";
import { experimentSetting } from "./experiment-setting.ts";
import { type FigureFormat, figureFormatOf } from "./figure-format.ts";
import type { Host } from "./host.ts";
import { displayName, readModel } from "./model-input.ts";
import { type Refusal, refuse, unknownFormat, writeTo } from "./refuse.ts";

/** The options of `thermill plot` as typed. */
export interface PlotCommandOptions {
  readonly format?: FigureFormat;
  readonly output?: string;
  readonly set?: readonly string[];
  readonly workers?: number;
}

/** `thermill plot FILE EXPERIMENT`: runs an experiment and draws its figure. Throws `UnreadableFile`. */
export async function plotCommand(
  file: string,
  experiment: string,
  options: PlotCommandOptions,
  host: Host,
): Promise<ExitCode> {
  const { output } = options;
  const format = options.format ?? figureFormatOf(output);
  const toTerminal = output === undefined || output === "-";
  if (format === undefined) return refuse("E002", EXIT.usage, unknownFormat(output!, "figure", NAMES), host);
  if (format === "png" && toTerminal) return refuse("E002", EXIT.usage, PNG_TO_STDOUT, host);
  const { compiled, setting } = experimentSetting(readModel(file), options.set ?? [], host);
  if (hasErrors(compiled.diagnostics)) {
    writeDiagnostics(compiled.diagnostics, compiled.sources, host);
    host.stderr.write(`${displayName(file)}: ${countText(compiled.diagnostics)}\n`);
    return EXIT.modelErrors;
  }
  if (!isExperiment(experiment, compiled))
    return refuse("E002", EXIT.usage, unknownExperiment(experiment, compiled), host);
  const workers = host.startWorkers?.(options.workers, setting);
  const run = experimentRun(compiled, workers, host);
  const { figure, diagnostics, exitCode } = await drawn(experiment, run).finally(() => workers?.end());
  writeDiagnostics(diagnostics, compiled.sources, host);
  if (exitCode === EXIT.interrupted) return exitCode;
  if (!figure && exitCode !== EXIT.good) return exitCode;
  if (!figure) return refuse("E006", EXIT.usage, nothingToDraw(experiment), host);
  const content = await (await host.figures()).figureFile(figure, format);
  return writeTo(output, content, host) ?? exitCode;
}

interface Drawn {
  /** Where the experiments came to their end, and have a plot. */
  readonly figure?: Figure;
  readonly diagnostics: readonly Diagnostic[];
  readonly exitCode: ExitCode;
}

/** The figure of an experiment, with what was said while it and those that lay marks on it were run. */
async function drawn(asked: string, run: ExperimentRun): Promise<Drawn> {
  const { compiled, host } = run;
  const { experimentsOfFigure, experimentFigure } = host.compiler;
  const ran: RanExperiment[] = [];
  for (const name of experimentsOfFigure(compiled.model, asked)) {
    const one = await runExperiment(name, run);
    ran.push(one);
    if (one.exitCode === EXIT.interrupted) break;
  }
  const diagnostics = [...compiled.diagnostics, ...ran.flatMap((r) => r.diagnostics)];
  const exitCode = ran.reduce<ExitCode>((code, r) => Math.max(code, r.exitCode) as ExitCode, EXIT.good);
  if (exitCode === EXIT.interrupted) return { diagnostics, exitCode };
  const figure = experimentFigure(compiled.model, asked, resultsByKind(ran.map((r) => r.finished)));
  return { ...(figure && { figure }), diagnostics, exitCode };
}

const experimentNames = ({ model }: Compiled): readonly string[] =>
  [...model.sweeps, ...model.evolutions].filter((e) => e.plots.length > 0).map((e) => e.name);

const isExperiment = (experiment: string, { model }: Compiled): boolean =>
  [...model.sweeps, ...model.evolutions].some((e) => sameName(e.name, experiment));

function unknownExperiment(experiment: string, compiled: Compiled): Refusal {
  const names = experimentNames(compiled);
  const near = nearestName(experiment, names);
  const has = names.length > 0 ? `those with plots are ${names.join(", ")}` : "the model has none with plots";
  return {
    message: `there is no experiment '${experiment}'; ${has}`,
    ...(near !== undefined && { fix: near }),
  };
}

/** What names of files may end with. */
const NAMES = ".svg, .png, .html, .json";

const PNG_TO_STDOUT: Refusal = {
  message: "a PNG picture is no text for a terminal",
  fix: "--output figure.png",
};

const nothingToDraw = (experiment: string): Refusal => ({
  message: `'${experiment}' has no plot`,
  fix: "add a clause to it: plot work against β",
});
