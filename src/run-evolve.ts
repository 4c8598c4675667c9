import type { DerivedModel } from "./equation/derive.ts";
import type { MasterEquation } from "./equation/master-equation.ts";
import { certificateOf, longTimeOf } from "./evolution-certificate.ts";
import { columnsOf, distributionOf, windowsInTime } from "./evolution-columns.ts";
import { type EvolutionRequest, evolutionRequest, TOLERANCE } from "./evolution-request.ts";
import { joined, type Start, startOf } from "./evolution-start.ts";
import { type ResultReport, warn, warnOfFastChange } from "./evolution-warnings.ts";
import { productBasis } from "./lower/window.ts";
import type { EvolutionDefinition } from "./model/model.ts";
import { compileParameters, namedValues, valuesInTime } from "./model/parameter-values.ts";
import type { EvolutionRoute } from "./numerics/evolution-route.ts";
import type { Compiled } from "./pipeline.ts";
import type { EvolutionResults, TrajectoryReport } from "./report/evolution-results.ts";
import { reportedDiagnostics } from "./report/reported-diagnostics.ts";
import { runTrajectories, type TrajectoryCase, type TrajectoryRequest } from "./run-trajectories.ts";
import { equationTrajectory } from "./solve/equation-trajectory.ts";
import type { SolveFailure } from "./solve/steady-state.ts";
import { createReporter, type Diagnostic } from "./source/diagnostic.ts";
import { sameName } from "./source/name.ts";
import { RESULT_CODES } from "./thermo/codes.ts";
import { entropyOf } from "./thermo/entropy-rate.ts";
import { movingPoint } from "./thermo/moving-point.ts";
import { type SolvedPoint, solvedPoint } from "./thermo/solved-point.ts";
import { type SettledState, settledSteadyState } from "./truncate/settled-steady-state.ts";
import { type SettledTrajectory, settledTrajectory } from "./truncate/settled-trajectory.ts";
import { VERSION } from "./version.ts";

export interface EvolveOptions {
  /** The experiment's name; the model's first with `evolve` where absent. */
  readonly experiment?: string;
  /** Evolve this equation in the place of the experiment's. */
  readonly equation?: string;
  /** Quantum-jump trajectories that are asked for, too. */
  readonly trajectories?: TrajectoryRequest;
  /** The error that an element of ρ may have, and the route, in the place of the experiment's or the rule's. */
  readonly tolerance?: number;
  readonly route?: EvolutionRoute;
  readonly onProgress?: (message: string) => void;
}

export interface EvolveOutcome {
  readonly results: EvolutionResults;
  readonly diagnostics: readonly Diagnostic[];
  readonly status: "good" | "model-error" | "unknown-experiment" | "unknown-equation" | "not-vouched";
  /** The states themselves, in the order of `results.trajectories` and of their times. */
  readonly points: readonly (readonly SolvedPoint[])[];
}

/** Evolves the states of an experiment in time, with every quantity that it records. */
export function runEvolve(compiled: Compiled, options: EvolveOptions): EvolveOutcome {
  const steps = evolveInSteps(compiled, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Where an evolution in steps stands: only before a trajectory it can be ended, with those that are done. */
export type EvolveStep = "before a trajectory" | "after the trajectories";

/** `runEvolve` in steps; to answer one before a trajectory with `true` ends it there. */
export function* evolveInSteps(
  compiled: Compiled,
  options: EvolveOptions,
): Generator<EvolveStep, EvolveOutcome, boolean | undefined> {
  const { derived, model } = compiled;
  const definition = model.evolutions.find(
    ({ name }) => options.experiment === undefined || sameName(name, options.experiment),
  );
  const finish = (status: EvolveOutcome["status"]) => outcomeOf(compiled, definition, status, [], []);
  if (!derived) return finish("model-error");
  if (!definition) return finish("unknown-experiment");
  const asked = options.equation;
  const equations =
    asked === undefined
      ? definition.equations
      : model.equations.flatMap((e, k) => (sameName(e.name, asked) ? [k] : []));
  if (equations.length === 0) return finish("unknown-equation");
  const { diagnostics: found, report } = createReporter(RESULT_CODES);
  const evolved: Evolved[] = [];
  for (const place of equations) {
    const equation = derived.equations[place]!;
    const one = yield* evolveOne({ derived, equation, definition, report }, options);
    if (one) evolved.push(one);
    if (one?.report.jumps?.asked !== undefined) break;
  }
  const status = found.some((d) => d.severity === "error") ? "not-vouched" : "good";
  return outcomeOf(compiled, definition, status, found, evolved);
}

function outcomeOf(
  { diagnostics, model, sources }: Compiled,
  definition: EvolutionDefinition | undefined,
  status: EvolveOutcome["status"],
  more: readonly Diagnostic[],
  evolved: readonly Evolved[],
): EvolveOutcome {
  const all = [...diagnostics, ...more];
  return {
    status,
    points: evolved.map((e) => e.points),
    diagnostics: all,
    results: {
      format: "thermill-evolution/1",
      thermill: VERSION,
      units: "hbar = k_B = 1",
      model: model.name,
      experiment: definition?.name ?? "",
      diagnostics: reportedDiagnostics(all, sources),
      trajectories: evolved.map((e) => e.report),
    },
  };
}

interface Evolved {
  readonly report: TrajectoryReport;
  readonly points: readonly SolvedPoint[];
}

/** One equation of an experiment. */
interface EvolutionCase {
  readonly derived: DerivedModel;
  readonly equation: MasterEquation;
  readonly definition: EvolutionDefinition;
  readonly report: ResultReport;
}

function* evolveOne(
  one: EvolutionCase,
  { onProgress = () => {}, ...asked }: EvolveOptions,
): Generator<EvolveStep, Evolved | undefined, boolean | undefined> {
  const { derived, equation, definition, report } = one;
  const { model } = derived;
  const parameters = compileParameters(model.parameters).at([
    { name: definition.name, settings: definition.settings },
  ]);
  const valuesAt = valuesInTime(model.parameters, parameters);
  const request = evolutionRequest(definition, equation, model, valuesAt, asked);
  if ("reason" in request) return refuse(request, one);
  const rest = settledSteadyState(derived, equation, parameters, new Map(), onProgress);
  const settledRest = rest.kind === "settled" ? rest.settled : undefined;
  const start = startOf(request.state, derived, parameters, onProgress);
  if ("reason" in start) return refuse(start, one);
  const { times, tolerance, route, isRestAsked } = request;
  const outcome = settledTrajectory(derived, equation, parameters, start.on, times, {
    tolerance,
    ...(route && { route }),
    onProgress,
    onStep: (t) => void onProgress(`time ${Number(t.toPrecision(3))}`),
    begin: joined([settledRest?.point.basis.windows, start.windows]),
    rest: settledRest?.point.basis.windows,
    unbounded: rest.kind === "failed" && rest.failure.kind === "unbounded" ? rest.failure : undefined,
  });
  if (outcome.kind === "failed") return refuse(outcome.failure, one);
  const { settled } = outcome;
  if (settled.stopped) refuse(stoppedAfter(settled.points.at(-1)!.time, settled.stopped), one);
  const moving = movingPoints(derived, equation, valuesAt, settled);
  warn(definition, settled, moving, tolerance, report);
  warnOfFastChange(derived, equation, definition, times, valuesAt, report);
  const atRest =
    settledRest && !settled.stopped && isRestAsked
      ? [solvedPoint(derived, equation, settledRest.point, parameters, settledRest.counted)]
      : [];
  const points = [...moving, ...atRest];
  const told = reportOf(points, settled, settledRest, request, parameters, one);
  if (!asked.trajectories) return { report: told, points };
  const given = { derived, equation, parameters, definition, evolved: told, onProgress };
  const jumps = yield* trajectoriesOf(asked.trajectories, start, settled, given);
  yield "after the trajectories";
  if (!("reason" in jumps)) return { report: { ...told, jumps }, points };
  report("E508", definition.span, `${nameOf(one)}: ${jumps.reason}`, { fix: jumps.advice });
  return { report: told, points };
}

const nameOf = ({ definition, equation }: EvolutionCase): string =>
  `'${definition.name}', equation '${equation.name}'`;

function refuse({ kind, reason, advice }: SolveFailure, one: EvolutionCase): undefined {
  const code = kind === "zero-frequency" ? "E507" : kind === "bad-rate" ? "E504" : "E501";
  one.report(code, one.definition.span, `${nameOf(one)}: ${reason}`, { fix: advice });
  return undefined;
}

const stoppedAfter = (time: number, { kind, reason, advice }: SolveFailure): SolveFailure => ({
  kind,
  reason: `the times after ${time} were not come to: ${reason}`,
  advice,
});

/** What is told of states on their way, and of the one at rest where there is one of them. */
function reportOf(
  points: readonly SolvedPoint[],
  settled: SettledTrajectory,
  rest: SettledState | undefined,
  { state, tolerance, route }: EvolutionRequest,
  parameters: Float64Array,
  { derived, equation, definition }: EvolutionCase,
): TrajectoryReport {
  const { model } = derived;
  const longTime = rest && longTimeOf(settled, rest);
  const moving = points.filter((p) => p.motion);
  return {
    equation: equation.name,
    state: state.name,
    parameters: namedValues(model.parameters, parameters),
    times: points.map((p) => p.motion?.time ?? null),
    ...columnsOf(points, definition, model),
    distributions: definition.distributions.map((s) => distributionOf(s, points, model)),
    windows: windowsInTime(points, model),
    certificate: certificateOf(settled, moving, derived, equation, longTime, {
      tolerance,
      isRouteAsked: route !== undefined,
    }),
  };
}

/** Trajectories do not move their windows: they have all levels that the evolution came to. */
function* trajectoriesOf(
  request: TrajectoryRequest,
  start: Start,
  { windows, basis }: SettledTrajectory,
  given: Omit<TrajectoryCase, "basis" | "start">,
): ReturnType<typeof runTrajectories> {
  const held = new Map(windows.map((w) => [w.subsystem, w]));
  const whole = productBasis(
    basis.windows.map((w, s) => ({
      ...w,
      first: held.get(s)?.first ?? w.first,
      last: held.get(s)?.last ?? w.last,
    })),
  );
  const made = start.on(whole);
  if (made.kind === "wrong")
    return { kind: "not-finite", reason: made.reason, advice: "look at the initial state" };
  return yield* runTrajectories(request, { ...given, basis: whole, start: made.rho });
}

function movingPoints(
  derived: DerivedModel,
  equation: MasterEquation,
  valuesAt: (time: number) => Float64Array,
  { points, start }: SettledTrajectory,
): SolvedPoint[] {
  const initial = initialEntropy(derived, equation, valuesAt(0), start);
  return points.map((at) => movingPoint(derived, equation, valuesAt(at.time), at, initial));
}

/** S at the time 0, which need not be one of those asked for. */
function initialEntropy(
  derived: DerivedModel,
  equation: MasterEquation,
  parameters: Float64Array,
  { basis, rho }: SettledTrajectory["start"],
): number {
  const start = { time: 0, rho };
  const outcome = equationTrajectory(equation, derived.model, basis, parameters, start, [0], {
    tolerance: TOLERANCE,
  });
  if (outcome.kind === "failed") return Number.NaN;
  const first = outcome.trajectory.points[0]!;
  return entropyOf(movingPoint(derived, equation, parameters, first, 0).state.eigenvalues);
}
