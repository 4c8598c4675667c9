import type { Compiled, EquationResults, Figure, TrajectoryReport } from "../index.ts";
import { type Diagnostic, hasErrors } from "../source/diagnostic.ts";
import { nearestName, sameName } from "../source/name.ts";
import { cliDiagnostic, countText, writeDiagnostics } from "./diagnostics-output.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { type FigureFormat, figureFormatOf } from "./figure-format.ts";
import type { Host } from "./host.ts";
import { displayName, readModel } from "./model-input.ts";
import { createProgress } from "./progress.ts";
import { writeContent } from "./write-content.ts";

/** The options of `thermill plot` as typed. */
export interface PlotCommandOptions {
  readonly format?: FigureFormat;
  readonly output?: string;
  readonly set?: readonly string[];
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
  if (format === undefined) return refuse("E002", EXIT.usage, unknownFormat(output!), host);
  if (format === "png" && toTerminal) return refuse("E002", EXIT.usage, PNG_TO_STDOUT, host);
  const { source, readLibrary } = readModel(file);
  const compiled = host.compiler.compile(source, { sets: options.set ?? [], quantities: [], readLibrary });
  if (!hasErrors(compiled.diagnostics) && !isExperiment(experiment, compiled))
    return refuse("E002", EXIT.usage, unknownExperiment(experiment, compiled), host);
  const { figure, diagnostics } = await drawn(compiled, experiment, host);
  writeDiagnostics(diagnostics, compiled.sources, host);
  const isWrong = hasErrors(compiled.diagnostics);
  if (isWrong) host.stderr.write(`${displayName(file)}: ${countText(diagnostics)}\n`);
  if (isWrong) return EXIT.modelErrors;
  const exitCode = hasErrors(diagnostics) ? EXIT.notVouched : EXIT.good;
  if (!figure && exitCode !== EXIT.good) return exitCode;
  if (!figure) return refuse("E006", EXIT.usage, nothingToDraw(experiment), host);
  const content = await (await host.figures()).figureFile(figure, format);
  if (toTerminal) {
    host.stdout.write(content as string);
    return exitCode;
  }
  const problem = writeContent(output, content);
  return problem === undefined ? exitCode : refuse("E004", EXIT.usage, { message: problem }, host);
}

/** The figure of an experiment, with what was said while it and those that lay marks on it were run. */
async function drawn(
  compiled: Compiled,
  asked: string,
  { compiler, stderr }: Host,
): Promise<{ readonly figure?: Figure; readonly diagnostics: readonly Diagnostic[] }> {
  const { model } = compiled;
  const progress = createProgress(stderr);
  const sweeps = new Map<string, readonly EquationResults[]>();
  const evolutions = new Map<string, readonly TrajectoryReport[]>();
  const found = new Set<Diagnostic>(compiled.diagnostics);
  for (const experiment of hasErrors(compiled.diagnostics)
    ? []
    : compiler.experimentsOfFigure(model, asked)) {
    const options = { experiment, onProgress: progress.show };
    const sweep = model.sweeps.find((s) => sameName(s.name, experiment));
    const evolution = model.evolutions.find((e) => sameName(e.name, experiment));
    const outcome = sweep ? compiler.runSweep(compiled, options) : compiler.runEvolve(compiled, options);
    const { results } = outcome;
    if ("results" in results && sweep) sweeps.set(sweep.name, results.results);
    if ("trajectories" in results && evolution) evolutions.set(evolution.name, results.trajectories);
    for (const d of outcome.diagnostics) found.add(d);
  }
  progress.clear();
  const figure = compiler.experimentFigure(model, asked, { sweeps, evolutions });
  return { ...(figure && { figure }), diagnostics: [...found] };
}

const experimentNames = ({ model }: Compiled): readonly string[] =>
  [...model.sweeps, ...model.evolutions].filter((e) => e.plots.length > 0).map((e) => e.name);

const isExperiment = (experiment: string, { model }: Compiled): boolean =>
  [...model.sweeps, ...model.evolutions].some((e) => sameName(e.name, experiment));

interface Refusal {
  readonly message: string;
  readonly fix?: string;
}

function unknownExperiment(experiment: string, compiled: Compiled): Refusal {
  const names = experimentNames(compiled);
  const near = nearestName(experiment, names);
  const has = names.length > 0 ? `those with plots are ${names.join(", ")}` : "the model has none with plots";
  return {
    message: `there is no experiment '${experiment}'; ${has}`,
    ...(near !== undefined && { fix: near }),
  };
}

const unknownFormat = (output: string): Refusal => ({
  message: `'${output}' is not named like anything that a figure is written as: .svg, .png, .html, .json`,
  fix: "say what it is to hold: --format svg",
});

const PNG_TO_STDOUT: Refusal = {
  message: "a PNG picture is no text for a terminal",
  fix: "--output figure.png",
};

const nothingToDraw = (experiment: string): Refusal => ({
  message: `'${experiment}' has no plot`,
  fix: "add a clause to it: plot work against β",
});

function refuse(
  code: "E002" | "E004" | "E006",
  exitCode: ExitCode,
  { message, fix }: Refusal,
  host: Host,
): ExitCode {
  writeDiagnostics([{ ...cliDiagnostic(code, message), ...(fix !== undefined && { fix }) }], [], host);
  return exitCode;
}
