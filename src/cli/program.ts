import { Command, InvalidArgumentError, Option } from "commander";
import {
  EVOLUTION_ROUTES,
  EXPORT_FORMATS,
  GRAPH_FORMATS,
  isTolerance,
  REPRESENTATIONS,
  TOLERANCES,
} from "../index.ts";
import { type AdviseCommandOptions, adviseCommand } from "./advise-command.ts";
import { type CheckCommandOptions, checkCommand } from "./check-command.ts";
import { DERIVE_FORMATS, type DeriveCommandOptions, deriveCommand } from "./derive-command.ts";
import { type EvolveCommandOptions, evolveCommand } from "./evolve-command.ts";
import type { ExitCode } from "./exit-code.ts";
import { type ExportCommandOptions, exportCommand } from "./export-command.ts";
import { FIGURE_FORMATS } from "./figure-format.ts";
import { type GraphCommandOptions, graphCommand } from "./graph-command.ts";
import {
  ADVISE_HELP,
  CHECK_HELP,
  DERIVE_HELP,
  EVOLVE_HELP,
  EXPORT_HELP,
  GRAPH_HELP,
  PLOT_HELP,
  PROGRAM_HELP,
  RUN_HELP,
} from "./help.ts";
import type { Host } from "./host.ts";
import { type PlotCommandOptions, plotCommand } from "./plot-command.ts";
import { type RunCommandOptions, runCommand } from "./run-command.ts";
import { shardCommand } from "./shard-command.ts";

/** The command line as Commander reads it; `done` receives the exit code of the command that ran. */
export function createProgram(host: Host, done: (code: ExitCode | Promise<ExitCode>) => void): Command {
  const program = new Command("thermill")
    .description("Thermodynamic reports of quantum thermal machines from model files.")
    .version(host.compiler.version, "-V, --version", "print the version")
    .addHelpText("after", PROGRAM_HELP)
    .showHelpAfterError("'thermill --help' shows the commands.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => host.stdout.write(text),
      writeErr: (text) => host.stderr.write(text),
      getOutHelpWidth: () => host.stdout.columns ?? 100,
      getErrHelpWidth: () => host.stderr.columns ?? 100,
    });
  program
    .command("run")
    .description("solve a model for its steady state and report its thermodynamics")
    .argument("<FILE>", "the model file; - reads standard input")
    .argument("[EXPERIMENT...]", "experiments of the file to run instead")
    .option("--all", "run all experiments of the file")
    .option(
      "--out <DIR>",
      "write tables and results into a directory; the same command goes on where it ended",
    )
    .option("--workers <N>", "cores to use for experiments that take long (default: all)", workerCount)
    .addOption(
      new Option("--on <CLUSTER>", "compute the points as an array job of a cluster").choices(["slurm"]),
    )
    .option("--jobs <N>", "with --on: tasks of the array job (default: 16)", workerCount)
    .option("--dry-run", "with --on: print the batch script and submit nothing")
    .option("--equation <NAME>", "the equation to solve (default: the first of the file)")
    .option("--set <NAME=VALUE>", "give a parameter another value; may be repeated", collectSet)
    .option("--quantity <EXPR>", "report one more quantity; may be repeated", collect)
    .option(
      "--spectrum [COUNT]",
      "report the Liouvillian's gap and its slowest modes, 6 unless a number is given",
      wholeCount,
    )
    .option("--noise", "report the noise of each current, too, and its uncertainty product")
    .addOption(new Option("--json", "print one JSON object and nothing else").conflicts("emit"))
    .addOption(
      new Option("--csv", "print the rows of an experiment as comma-separated values").conflicts([
        "json",
        "emit",
      ]),
    )
    .addOption(emitOption())
    .addHelpText("after", RUN_HELP)
    .showHelpAfterError("'thermill run --help' shows the options.")
    .action((file: string, experiments: string[], options: RunCommandOptions) =>
      done(runCommand(file, experiments, options, host)),
    );
  program
    .command("run-shard", { hidden: true })
    .description("what a task of 'thermill run --on slurm' does: compute one shard into the directory")
    .argument("<PLAN>", "the plan, written by 'thermill run'")
    .argument("<NUMBER>", "the shard", shardNumber)
    .option("--workers <N>", "cores to use", workerCount)
    .action((plan: string, number: number, options: { workers?: number }) =>
      done(shardCommand(plan, number, options, host)),
    );
  program
    .command("evolve")
    .description("evolve an initial state in time, as an experiment of the file says")
    .argument("<FILE>", "the model file; - reads standard input")
    .argument("[EXPERIMENT]", "an experiment with evolve (default: the first)")
    .option("--equation <NAME>", "evolve by this equation instead of the experiment's")
    .option("--trajectories <COUNT>", "average over so many quantum-jump trajectories, too", wholeNumber)
    .option("--trajectory <NUMBER>", "show one of them: its jumps and what is recorded along it", wholeNumber)
    .option("--seed <SEED>", "a whole number that the trajectories are made from (default: 1)", wholeNumber)
    .option("--set <NAME=VALUE>", "give a parameter another value; may be repeated", collectSet)
    .option("--tolerance <X>", "the error that an element of ρ may have (default: 1e-11)", tolerance)
    .addOption(
      new Option("--route <NAME>", "how to evolve (default: by rule, docs/evolution.md)").choices(
        EVOLUTION_ROUTES,
      ),
    )
    .addOption(new Option("--json", "print one JSON object and nothing else"))
    .addHelpText("after", EVOLVE_HELP)
    .showHelpAfterError("'thermill evolve --help' shows the options.")
    .action((file: string, experiment: string | undefined, options: EvolveCommandOptions) =>
      done(evolveCommand(file, experiment, options, host)),
    );
  program
    .command("advise")
    .description("run the equations that apply to a model side by side, and say which to trust")
    .argument("<FILE>", "the model file; - reads standard input")
    .option("--equation <NAME>", "the equation whose baths are meant (default: the first of the file)")
    .option("--set <NAME=VALUE>", "give a parameter another value; may be repeated", collectSet)
    .addOption(new Option("--json", "print one JSON object and nothing else"))
    .addHelpText("after", ADVISE_HELP)
    .showHelpAfterError("'thermill advise --help' shows the options.")
    .action((file: string, options: AdviseCommandOptions) => done(adviseCommand(file, options, host)));
  program
    .command("check")
    .description("say what is wrong with models, without solving them")
    .argument("<FILE...>", "model files; - reads standard input")
    .addOption(new Option("--json", "print one JSON object and nothing else").conflicts("emit"))
    .addOption(emitOption())
    .addHelpText("after", CHECK_HELP)
    .showHelpAfterError("'thermill check --help' shows the options.")
    .action((files: string[], options: CheckCommandOptions) => done(checkCommand(files, options, host)));
  program
    .command("derive")
    .description("derive the equations of a model and its thermodynamics as formulas")
    .argument("<FILE>", "the model file; - reads standard input")
    .option("--equation <NAME>", "the equation to derive (default: the first of the file)")
    .option(
      "--of <WHAT>",
      "one of: hamiltonian, dissipators, collision, heat(BATH), work, work(BATH), symmetries, d<O>/dt; may be repeated (default: all but the last)",
      collect,
    )
    .option(
      "--close [ORDER]",
      "with d<O>/dt: go on with the operators that occur, up to an order",
      wholeOrder,
    )
    .option("--set <NAME=VALUE>", "give a parameter another value; may be repeated", collectSet)
    .addOption(new Option("--format <FORMAT>", "how to print").choices(DERIVE_FORMATS).default("text"))
    .addOption(
      new Option("--document", "print a complete LaTeX document instead").conflicts([
        "of",
        "close",
        "format",
      ]),
    )
    .addHelpText("after", DERIVE_HELP)
    .showHelpAfterError("'thermill derive --help' shows the options.")
    .action((file: string, options: DeriveCommandOptions) => done(deriveCommand(file, options, host)));
  program
    .command("graph")
    .description("draw which terms join the subsystems of a model and which baths touch them")
    .argument("<FILE>", "the model file; - reads standard input")
    .addOption(
      new Option(
        "--format <FORMAT>",
        "what to write (default: as the output file is named, else svg)",
      ).choices(GRAPH_FORMATS),
    )
    .option("--output <FILE>", "write into a file instead of to standard output")
    .option("--set <NAME=VALUE>", "give a parameter another value; may be repeated", collectSet)
    .addHelpText("after", GRAPH_HELP)
    .showHelpAfterError("'thermill graph --help' shows the options.")
    .action((file: string, options: GraphCommandOptions) => done(graphCommand(file, options, host)));
  program
    .command("plot")
    .description("run an experiment and draw its plots as one figure")
    .argument("<FILE>", "the model file; - reads standard input")
    .argument("<EXPERIMENT>", "an experiment with plot")
    .addOption(
      new Option(
        "--format <FORMAT>",
        "what to write (default: as the output file is named, else svg)",
      ).choices(FIGURE_FORMATS),
    )
    .option("--output <FILE>", "write into a file instead of to standard output")
    .option("--set <NAME=VALUE>", "give a parameter another value; may be repeated", collectSet)
    .option("--workers <N>", "cores to use where it takes long (default: all)", workerCount)
    .addHelpText("after", PLOT_HELP)
    .showHelpAfterError("'thermill plot --help' shows the options.")
    .action(async (file: string, experiment: string, options: PlotCommandOptions) =>
      done(await plotCommand(file, experiment, options, host)),
    );
  program
    .command("export")
    .description("write an equation, or the states that it has, for other programs")
    .argument("<FILE>", "the model file; - reads standard input")
    .argument("[EXPERIMENT]", "with --to npz: an experiment with evolve instead of the steady state")
    .addOption(
      new Option("--to <FORMAT>", "qutip: a Python script; json: formulas and matrices; npz: arrays of NumPy")
        .choices(EXPORT_FORMATS)
        .makeOptionMandatory(),
    )
    .option("--equation <NAME>", "the equation to write (default: the first of the file)")
    .option("--set <NAME=VALUE>", "give a parameter another value; may be repeated", collectSet)
    .option("--output <FILE>", "write into a file instead of to standard output")
    .addHelpText("after", EXPORT_HELP)
    .showHelpAfterError("'thermill export --help' shows the options.")
    .action((file: string, experiment: string | undefined, options: ExportCommandOptions) =>
      done(exportCommand(file, experiment, options, host)),
    );
  return program;
}

function workerCount(value: string): number {
  if (!/^[1-9]\d{0,2}$/.test(value)) throw new InvalidArgumentError("Give a whole number from 1 to 999.");
  return Number(value);
}

function shardNumber(value: string): number {
  if (!/^\d{1,3}$/.test(value)) throw new InvalidArgumentError("Give a whole number from 0 to 999.");
  return Number(value);
}

function wholeOrder(value: string): number {
  if (!/^[1-9]\d?$/.test(value)) throw new InvalidArgumentError("Give a whole number from 1 to 99.");
  return Number(value);
}

function wholeNumber(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value))
    throw new InvalidArgumentError("Give a whole number from 1 to 999999999.");
  return Number(value);
}

function tolerance(value: string): number {
  const number = value.trim() === "" ? Number.NaN : Number(value);
  if (isTolerance(number)) return number;
  throw new InvalidArgumentError(`Give a number from ${TOLERANCES.least} to ${TOLERANCES.most}.`);
}

function wholeCount(value: string): number {
  if (!/^[1-9]\d?$/.test(value)) throw new InvalidArgumentError("Give a whole number from 1 to 99.");
  return Number(value);
}

const emitOption = (): Option =>
  new Option("--emit <REPR>", "print a representation of the model as JSON instead").choices(REPRESENTATIONS);

const collect = (value: string, earlier: readonly string[] = []): string[] => [...earlier, value];

function collectSet(value: string, earlier?: readonly string[]): string[] {
  if (!/^\s*[^\s=][^=]*=/.test(value)) throw new InvalidArgumentError("Write NAME=VALUE.");
  return collect(value, earlier);
}
