import type { Compiled, EvolutionRoute, EvolveOptions, EvolveOutcome } from "../index.ts";
import { evolutionText } from "../report/evolution-text.ts";
import { evolutionJson } from "../report/json-report.ts";
import { reportedDiagnostics } from "../report/reported-diagnostics.ts";
import type { Diagnostic } from "../source/diagnostic.ts";
import { nearestName } from "../source/name.ts";
import { paletteFor } from "./colours.ts";
import { cliDiagnostic, countText, writeDiagnostics } from "./diagnostics-output.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import type { Host } from "./host.ts";
import { displayName, readModel } from "./model-input.ts";
import { createProgress } from "./progress.ts";
import { refuseLine } from "./refused-line.ts";
import { reportColumns } from "./report-columns.ts";
import { unknownEquation } from "./unknown-equation.ts";

/** The options of `thermill evolve` as typed. */
export interface EvolveCommandOptions {
  readonly equation?: string;
  readonly set?: readonly string[];
  readonly tolerance?: number;
  readonly route?: EvolutionRoute;
  readonly json?: true;
  /** How many quantum-jump trajectories are averaged over, the number of the one to be shown, and their seed. */
  readonly trajectories?: number;
  readonly trajectory?: number;
  readonly seed?: number;
}

/** Trajectories of different seeds share nothing; this one is taken where none is given. */
const USUAL_SEED = 1;

/** `thermill evolve FILE EXPERIMENT`: what becomes of an initial state in time. Throws `UnreadableFile`. */
export async function evolveCommand(
  file: string,
  experiment: string | undefined,
  options: EvolveCommandOptions,
  host: Host,
): Promise<ExitCode> {
  if (options.seed !== undefined && options.trajectories === undefined && options.trajectory === undefined) {
    const message = "--seed is for quantum-jump trajectories, and none are asked for";
    const fix = "--trajectories 500, or --trajectory 1";
    return refuseLine({ ...cliDiagnostic("E002", message), fix }, options, host);
  }
  const { source, readLibrary } = readModel(file);
  const compiled = host.compiler.compile(source, { sets: options.set ?? [], quantities: [], readLibrary });
  const progress = createProgress(host.stderr);
  const outcome = await evolved(compiled, host, {
    ...(experiment !== undefined && { experiment }),
    ...(options.equation !== undefined && { equation: options.equation }),
    ...requestOf(options),
    ...(options.tolerance !== undefined && { tolerance: options.tolerance }),
    ...(options.route !== undefined && { route: options.route }),
    onProgress: progress.show,
  });
  progress.clear();
  const told = {
    ...outcome,
    diagnostics: [...outcome.diagnostics, ...unknownEvolution(outcome, compiled, experiment, options)],
  };
  writeDiagnostics(told.diagnostics, compiled.sources, host);
  if (told.status === "model-error") {
    host.stderr.write(`${displayName(file)}: ${countText(told.diagnostics)}\n`);
  }
  const results = { ...told.results, diagnostics: reportedDiagnostics(told.diagnostics, compiled.sources) };
  const { stdout } = host;
  if (options.json) stdout.write(evolutionJson(results));
  else
    stdout.write(evolutionText(results, { palette: paletteFor(stdout, host), columns: reportColumns(host) }));
  const { jumps } = results.trajectories.at(-1) ?? {};
  if (jumps?.asked === undefined) return EXIT_BY_STATUS[told.status];
  host.stderr.write(`interrupted: ${jumps.count} of ${jumps.asked} trajectories are done\n`);
  return EXIT.interrupted;
}

/** How long trajectories go on before an interrupt is looked for. */
const PATIENCE_MS = 50;

/**
 * Evolves in one go, in which an interrupt ends the process; but once trajectories are being made it ends these, and
 * those that are done are averaged over.
 */
async function evolved(compiled: Compiled, host: Host, options: EvolveOptions): Promise<EvolveOutcome> {
  const steps = host.compiler.evolveInSteps(compiled, options);
  let isInterrupted = false;
  let ignore: (() => void) | undefined;
  let looked = 0;
  for (;;) {
    const step = steps.next(isInterrupted);
    if (step.done || step.value === "after the trajectories") {
      ignore?.();
      ignore = undefined;
      if (step.done) return step.value;
      continue;
    }
    if (!ignore) {
      ignore = host.onInterrupt?.(() => {
        isInterrupted = true;
      });
      looked = performance.now();
    }
    if (performance.now() - looked < PATIENCE_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    looked = performance.now();
  }
}

/** What the options say of trajectories. */
function requestOf({ trajectories, trajectory, seed = USUAL_SEED }: EvolveCommandOptions) {
  if (trajectories === undefined && trajectory === undefined) return {};
  return {
    trajectories: {
      count: trajectories ?? 0,
      seed,
      ...(trajectory !== undefined && { single: trajectory }),
    },
  };
}

const EXIT_BY_STATUS = {
  good: EXIT.good,
  "model-error": EXIT.modelErrors,
  "unknown-experiment": EXIT.usage,
  "unknown-equation": EXIT.usage,
  "not-vouched": EXIT.notVouched,
} as const satisfies Record<EvolveOutcome["status"], ExitCode>;

/** What the command line asks to evolve and the model does not have. */
export function unknownEvolution(
  { status }: Pick<EvolveOutcome, "status">,
  compiled: Compiled,
  experiment: string | undefined,
  { equation = "" }: Pick<EvolveCommandOptions, "equation">,
): readonly Diagnostic[] {
  if (status === "unknown-equation") return [unknownEquation(equation, compiled)];
  if (status !== "unknown-experiment") return [];
  const names = compiled.model.evolutions.map((e) => e.name);
  const has =
    names.length > 0 ? `those that evolve are ${names.join(", ")}` : "the model has none that evolves";
  const message =
    experiment === undefined
      ? "the model has no experiment with evolve"
      : `no experiment '${experiment}' to evolve; ${has}`;
  const near = nearestName(experiment ?? "", names);
  const fix =
    near ??
    (names.length === 0
      ? "experiment cooling { evolve EQUATION from STATE over time in linear(0, 10, 11) }"
      : undefined);
  return [{ ...cliDiagnostic("E002", message), ...(fix !== undefined && { fix }) }];
}
