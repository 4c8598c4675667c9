import type { DerivedModel } from "./equation/derive.ts";
import { frameText } from "./equation/hamiltonian.ts";
import type { MasterEquation } from "./equation/master-equation.ts";
import { gridValues } from "./experiment/grid.ts";
import { fastestChange } from "./lower/frequency-change.ts";
import { placeIn } from "./lower/moved-state.ts";
import { type ProductBasis, productBasis, type Windows } from "./lower/window.ts";
import { pointProblem } from "./model/check-values.ts";
import type { EvolutionDefinition, Model, Quantity, QuantityOperandValue } from "./model/model.ts";
import { compileParameters, namedValues, parameterSlot, valuesInTime } from "./model/parameter-values.ts";
import type { StateDefinition } from "./model/state.ts";
import type { EvolutionRoute } from "./numerics/evolution-route.ts";
import type { Compiled } from "./pipeline.ts";
import type {
  DistributionReport,
  EvolutionCertificate,
  EvolutionResults,
  JumpReport,
  LongTimeReport,
  TrajectoryReport,
} from "./report/evolution-results.ts";
import { reportedDiagnostics } from "./report/reported-diagnostics.ts";
import { runTrajectories, type TrajectoryCase, type TrajectoryRequest } from "./run-trajectories.ts";
import { compileReal } from "./scalar/compile.ts";
import { populations } from "./solve/density.ts";
import { equationTrajectory } from "./solve/equation-trajectory.ts";
import { type InitialState, initialState, restingStart } from "./solve/initial-state.ts";
import type { LaterPoint } from "./solve/resting-point.ts";
import type { SolveFailure } from "./solve/steady-state.ts";
import { createReporter, type Diagnostic, type Reporter } from "./source/diagnostic.ts";
import { sameName } from "./source/name.ts";
import { RESULT_CODES } from "./thermo/codes.ts";
import { entropyOf } from "./thermo/entropy-rate.ts";
import { evaluateQuantity, evaluateStandard, type QuantityContext } from "./thermo/evaluate-quantity.ts";
import { movingPoint } from "./thermo/moving-point.ts";
import type { QuantityValue } from "./thermo/quantity.ts";
import { entropyProduction, violatesSecondLaw } from "./thermo/second-law.ts";
import { type SolvedPoint, solvedPoint } from "./thermo/solved-point.ts";
import { type SettledState, settledSteadyState } from "./truncate/settled-steady-state.ts";
import { type SettledTrajectory, settledTrajectory } from "./truncate/settled-trajectory.ts";
import { VERSION } from "./version.ts";
import { QUANTITIES } from "./vocabulary.ts";

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

type ResultReport = Reporter<keyof typeof RESULT_CODES>["report"];

/** The error that an element of ρ may have, where nothing is said; and what may be asked for. */
const TOLERANCE = 1e-11;
const TOLERANCES = { least: 1e-14, most: 1e-2 };

/** An eigenvalue of ρ below minus this, or a hundred tolerances, is more than its error. */
const NEGATIVE = 1e-9;

/** Evolves the states of an experiment in time, with every quantity that it records. */
export function runEvolve(compiled: Compiled, options: EvolveOptions): EvolveOutcome {
  const { derived, model, diagnostics } = compiled;
  const definition = model.evolutions.find(
    ({ name }) => options.experiment === undefined || sameName(name, options.experiment),
  );
  const finish = (
    status: EvolveOutcome["status"],
    more: readonly Diagnostic[],
    evolved: readonly Evolved[],
  ) => ({
    status,
    points: evolved.map((e) => e.points),
    diagnostics: [...diagnostics, ...more],
    results: {
      format: "thermill-evolution/1",
      thermill: VERSION,
      units: "hbar = k_B = 1",
      model: model.name,
      experiment: definition?.name ?? "",
      diagnostics: reportedDiagnostics([...diagnostics, ...more], compiled.sources),
      trajectories: evolved.map((e) => e.report),
    } as const,
  });
  if (!derived) return finish("model-error", [], []);
  if (!definition) return finish("unknown-experiment", [], []);
  const asked = options.equation;
  const equations =
    asked === undefined
      ? definition.equations
      : model.equations.flatMap((e, k) => (sameName(e.name, asked) ? [k] : []));
  if (equations.length === 0) return finish("unknown-equation", [], []);
  const { diagnostics: found, report } = createReporter(RESULT_CODES);
  const evolved = equations.flatMap((place) => evolveOne(derived, place, definition, options, report) ?? []);
  const status = found.some((d) => d.severity === "error") ? "not-vouched" : "good";
  return finish(status, found, evolved);
}

interface Evolved {
  readonly report: TrajectoryReport;
  readonly points: readonly SolvedPoint[];
}

function evolveOne(
  derived: DerivedModel,
  place: number,
  definition: EvolutionDefinition,
  { onProgress = () => {}, ...asked }: EvolveOptions,
  report: ResultReport,
): Evolved | undefined {
  const { model } = derived;
  const equation = derived.equations[place]!;
  const parameters = compileParameters(model.parameters).at([
    { name: definition.name, settings: definition.settings },
  ]);
  const wrong = pointProblem(parameters, model);
  const state = model.states.find((s) => s.name === definition.state);
  const refuse = ({ kind, reason, advice }: SolveFailure): undefined => {
    const code = kind === "zero-frequency" ? "E507" : kind === "bad-rate" ? "E504" : "E501";
    report(code, definition.span, `'${definition.name}', equation '${equation.name}': ${reason}`, {
      fix: advice,
    });
    return undefined;
  };
  if (wrong)
    return refuse({ kind: "not-finite", reason: wrong, advice: "look at the settings of the experiment" });
  if (!state) {
    return refuse({
      kind: "not-finite",
      reason: `there is no state '${definition.state}'`,
      advice: "declare it: state start { q = |0> }",
    });
  }
  const times = gridValues(definition.times, parameters).sort((a, b) => a - b);
  const finite = times.filter((t) => t < Number.POSITIVE_INFINITY);
  const wrongTime = times.find((t) => !(t >= 0));
  if (wrongTime !== undefined || finite.length === 0) {
    return refuse({
      kind: "not-finite",
      reason: wrongTime === undefined ? "no time is finite" : `one of its times is ${wrongTime}`,
      advice: "times begin at 0: over time in linear(0, 40, 81)",
    });
  }
  const tolerance = asked.tolerance ?? toleranceOf(definition, parameters);
  if (!(tolerance >= TOLERANCES.least && tolerance <= TOLERANCES.most)) {
    return refuse({
      kind: "not-finite",
      reason: `its tolerance is ${tolerance}`,
      advice: `an error of ρ between ${TOLERANCES.least} and ${TOLERANCES.most} can be asked for`,
    });
  }
  const route = asked.route ?? definition.route;
  const valuesAt = valuesInTime(model.parameters, parameters);
  const wrongInTime = equation.dependsOnTime ? timeProblem(times, valuesAt, model) : undefined;
  if (wrongInTime) return refuse(wrongInTime);
  const rest = settledSteadyState(derived, equation, parameters, new Map(), onProgress);
  const settledRest = rest.kind === "settled" ? rest.settled : undefined;
  const start = startOf(state, derived, parameters, onProgress);
  if ("reason" in start) return refuse(start);
  const outcome = settledTrajectory(derived, equation, parameters, start.on, finite, {
    tolerance,
    ...(route && { route }),
    onProgress,
    onStep: (t) => void onProgress(`time ${Number(t.toPrecision(3))}`),
    begin: joined([settledRest?.point.basis.windows, start.windows]),
    rest: settledRest?.point.basis.windows,
  });
  if (outcome.kind === "failed") return refuse(outcome.failure);
  const { settled } = outcome;
  if (settled.stopped) refuse(stoppedAfter(settled.points.at(-1)!.time, settled.stopped));
  const points = movingPoints(derived, equation, valuesAt, settled);
  const atRest =
    settledRest && !settled.stopped && times.includes(Number.POSITIVE_INFINITY)
      ? [solvedPoint(derived, equation, settledRest.point, parameters, settledRest.counted)]
      : [];
  warn(definition, settled, points, tolerance, report);
  warnOfFastChange(derived, equation, definition, finite, valuesAt, report);
  const longTime = settledRest && longTimeOf(settled, settledRest);
  const told: TrajectoryReport = {
    equation: equation.name,
    state: stateText(state),
    parameters: namedValues(model.parameters, parameters),
    times: [...points.map((p) => p.motion!.time), ...atRest.map(() => null)],
    ...columnsOf([...points, ...atRest], definition, model),
    distributions: definition.distributions.map((s) => distributionOf(s, [...points, ...atRest], model)),
    windows: windowsInTime([...points, ...atRest], model),
    certificate: certificateOf(settled, points, derived, equation, longTime, {
      tolerance,
      isRouteAsked: route !== undefined,
    }),
  };
  const made =
    asked.trajectories &&
    trajectoriesOf(asked.trajectories, start, settled, {
      derived,
      equation,
      parameters,
      definition,
      evolved: told,
      onProgress,
    });
  if (made && "reason" in made) {
    report("E508", definition.span, `'${definition.name}', equation '${equation.name}': ${made.reason}`, {
      fix: made.advice,
    });
  }
  const whole = made && !("reason" in made) ? { ...told, jumps: made } : told;
  return { report: whole, points: [...points, ...atRest] };
}

/** Trajectories do not move their windows: they have all levels that the evolution came to. */
function trajectoriesOf(
  request: TrajectoryRequest,
  start: Start,
  { windows, basis }: SettledTrajectory,
  given: Omit<TrajectoryCase, "basis" | "start">,
): JumpReport | SolveFailure {
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
  return runTrajectories(request, { ...given, basis: whole, start: made.rho });
}

/** What is wrong with the times of an equation that depends on time, or with its values at one of them. */
function timeProblem(
  times: readonly number[],
  valuesAt: (time: number) => Float64Array,
  model: Model,
): SolveFailure | undefined {
  for (const time of times) {
    if (time === Number.POSITIVE_INFINITY) {
      return {
        kind: "depends-on-time",
        reason: "one of its times is inf, the steady state, and an equation that depends on time has none",
        advice: "leave it out",
      };
    }
    const problem = pointProblem(valuesAt(time), model);
    if (!problem) continue;
    const reason = `at the time ${time} ${problem}`;
    return { kind: "not-finite", reason, advice: "look at what depends on time" };
  }
  return undefined;
}

const stoppedAfter = (time: number, { kind, reason, advice }: SolveFailure): SolveFailure => ({
  kind,
  reason: `the times after ${time} were not come to: ${reason}`,
  advice,
});

const toleranceOf = ({ tolerance }: EvolutionDefinition, parameters: Float64Array): number =>
  tolerance ? compileReal(tolerance, parameterSlot)(parameters) : TOLERANCE;

interface Start {
  readonly on: (basis: ProductBasis) => InitialState;
  /** Where the state comes in windows of its own. */
  readonly windows?: Windows;
}

/** An initial state, ready to be made on any windows. */
function startOf(
  state: StateDefinition,
  derived: DerivedModel,
  parameters: Float64Array,
  onProgress: (message: string) => void,
): Start | SolveFailure {
  if (state.kind === "product") {
    return { on: (basis) => initialState(state.parts, derived, basis, parameters) };
  }
  const equation = derived.equations[state.equation]!;
  const rest = settledSteadyState(derived, equation, parameters, new Map(), onProgress);
  if (rest.kind === "failed") return rest.failure;
  const { point } = rest.settled;
  return { on: (basis) => restingStart(point, basis), windows: point.basis.windows };
}

/** Windows that hold all of those given. */
function joined(all: readonly (Windows | undefined)[]): Windows | undefined {
  const [first, ...others] = all.filter((w) => w !== undefined);
  return first?.map((w, s) => ({
    ...w,
    first: Math.min(w.first, ...others.map((o) => o[s]!.first)),
    last: Math.max(w.last, ...others.map((o) => o[s]!.last)),
  }));
}

const stateText = ({ name }: StateDefinition): string => name;

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

/** The limit of long times by evolution, beside the state that the solver finds at rest. */
function longTimeOf({ basis, later }: SettledTrajectory, rest: SettledState): LongTimeReport | undefined {
  const holdsRest = rest.point.basis.windows.every(
    (w, s) => w.first >= basis.windows[s]!.first && w.last <= basis.windows[s]!.last,
  );
  const last = holdsRest ? later() : undefined;
  return last && { time: last.time, distance: distanceToRest(last, basis, rest) };
}

/** max |ρ_ij| of the difference between two states on windows of which one holds the other. */
function distanceToRest(
  { sector, rho }: LaterPoint,
  basis: SettledTrajectory["basis"],
  { point }: SettledState,
): number {
  const translated = placeIn(basis, point.basis);
  let most = 0;
  const { row, column, unknown } = point.sector;
  for (let k = 0; k < row.length; k++) {
    const [i, j] = [translated(row[k]!), translated(column[k]!)];
    const pair = sector.pairOf(Math.min(i, j), Math.max(i, j));
    const x = unknown[k]!;
    const [re, im] = [point.state.unknowns[x]!, i === j ? 0 : point.state.unknowns[x + 1]!];
    const y = pair < 0 ? -1 : sector.unknown[pair]!;
    const [u, v] = y < 0 ? [0, 0] : [rho[y]!, i === j ? 0 : rho[y + 1]!];
    most = Math.max(most, Math.hypot(re - u, im - v));
  }
  return most;
}

/** What is recorded of every evolution. */
const ALWAYS = [
  "work",
  "energy",
  "energy_rate",
  "first_law_residual",
  "entropy_production",
  "accumulated_entropy",
];

interface Recorded {
  readonly key: string;
  readonly evaluate: (context: QuantityContext) => QuantityValue;
}

function recordedOf(definition: EvolutionDefinition, model: Model, equation: MasterEquation): Recorded[] {
  const standard = (key: string, name: string, operand: QuantityOperandValue): Recorded => ({
    key,
    evaluate: (context) => evaluateStandard(name, operand, context),
  });
  const own = (quantity: Quantity): Recorded => ({
    key: quantity.name,
    evaluate: (context) => evaluateQuantity(quantity, context),
  });
  const baths = equation.dissipators.map(({ bath }) => bath);
  const all = [
    ...definition.quantities.map(own),
    ...["heat", "work", "accumulated_heat", "accumulated_work"].flatMap((name) =>
      baths.map((bath) => standard(`${name}(${model.baths[bath]!.name})`, name, { kind: "bath", bath })),
    ),
    ...(equation.power ? ["drive_power", "accumulated_drive_work"] : []).map((name) =>
      standard(name, name, { kind: "none" }),
    ),
    ...ALWAYS.map((name) => standard(name, name, { kind: "none" })),
  ];
  const seen = new Set<string>();
  return all.filter(({ key }) => !seen.has(key) && seen.add(key));
}

/** Nothing leads from a state on its way to another equation or variant. */
const contextOf = (point: SolvedPoint): QuantityContext => ({
  point,
  standard: QUANTITIES,
  follow: () => ({ problem: "along an evolution there is no other equation or variant" }),
});

function columnsOf(
  points: readonly SolvedPoint[],
  definition: EvolutionDefinition,
  model: Model,
): Pick<TrajectoryReport, "quantities" | "undefined" | "recorded"> {
  const quantities: Record<string, (number | string | null)[]> = {};
  const reasons: Record<string, string> = {};
  const recorded = recordedOf(definition, model, points[0]!.equation);
  for (const { key, evaluate } of recorded) {
    quantities[key] = points.map((point) => {
      const found = evaluate(contextOf(point));
      if (found.kind === "undefined") reasons[key] ??= found.reason;
      return found.kind === "value" ? found.value : found.kind === "text" ? found.text : null;
    });
  }
  return { quantities, undefined: reasons, recorded: definition.quantities.map((q) => q.name) };
}

function distributionOf(subsystem: number, points: readonly SolvedPoint[], model: Model): DistributionReport {
  const { name, kind } = model.subsystems[subsystem]!;
  const windows = points.map((p) => p.steady.basis.windows[subsystem]!);
  const first = Math.min(...windows.map((w) => w.first));
  const last = Math.max(...windows.map((w) => w.last));
  return {
    subsystem: name,
    levels: Array.from({ length: last - first + 1 }, (_, k) =>
      kind.basis.kind === "finite" ? kind.basis.labels[first + k]! : String(first + k),
    ),
    populations: points.map(({ steady, state }, k) => {
      const own = populations(steady, state.unknowns, subsystem);
      const shift = windows[k]!.first - first;
      return Array.from({ length: last - first + 1 }, (_, l) => own[l - shift] ?? 0);
    }),
  };
}

function windowsInTime(points: readonly SolvedPoint[], { subsystems }: Model): TrajectoryReport["windows"] {
  const truncated = subsystems.flatMap(({ name, kind }, s) =>
    kind.basis.kind === "infinite" ? [[name, points.map((p) => p.steady.basis.windows[s]!)] as const] : [],
  );
  return Object.fromEntries(
    truncated.map(([name, w]) => [name, { first: w.map((x) => x.first), last: w.map((x) => x.last) }]),
  );
}

function warn(
  { span, name }: EvolutionDefinition,
  { windows, overflows }: SettledTrajectory,
  points: readonly SolvedPoint[],
  tolerance: number,
  report: ResultReport,
): void {
  const model = points[0]!.derived.model;
  for (const { subsystem, first, last, edges } of windows) {
    const overflow = overflows.get(subsystem);
    if (!overflow) continue;
    const { name: which, span: where } = model.subsystems[subsystem]!;
    const most = Math.max(...edges.map((p) => p ?? 0));
    report(
      "W501",
      where,
      `the window ${first}..${last} of '${which}' is too small from the time ${Number(overflow.time.toPrecision(3))} on: one of its ends holds the population ${overflow.population.toExponential(1)} then, and up to ${most.toExponential(1)} later`,
      { fix: "widen it, or leave it out: then it is found automatically" },
    );
  }
  const negative = points.find(
    (p) => p.state.certificate.smallestEigenvalue < -Math.max(NEGATIVE, 100 * tolerance),
  );
  if (negative) {
    report(
      "W503",
      span,
      `along '${name}' the state is not positive: at the time ${negative.motion!.time} its smallest eigenvalue is ${negative.state.certificate.smallestEigenvalue.toExponential(2)}`,
      { fix: "compare with 'unified', which keeps states positive" },
    );
  }
  const violation = points.find((p) => violatesSecondLaw(entropyProduction(p)));
  if (violation) {
    const found = entropyProduction(violation);
    const production = found.kind === "value" ? found.production.toExponential(2) : "";
    report(
      "W502",
      span,
      `along '${name}' the entropy production is negative at the time ${violation.motion!.time} (${production}): the equation '${violation.equation.name}' violates the second law there`,
    );
  }
}

/** A local bath follows its frequency at each moment: that says nothing of a frequency that changes fast. */
function warnOfFastChange(
  { model, algebra }: DerivedModel,
  { dissipators, name }: MasterEquation,
  { span }: EvolutionDefinition,
  times: readonly number[],
  valuesAt: (time: number) => Float64Array,
  report: ResultReport,
): void {
  for (const { bath, jumps } of dissipators) {
    const speed = fastestChange(jumps, model, algebra.space, times.at(-1)!, valuesAt);
    if (!(speed > 0)) continue;
    report(
      "W510",
      span,
      `the bath '${model.baths[bath]!.name}' of '${name}' follows a Bohr frequency that changes in time: this assumes slow change, |dω/dt| far below ω², and here it is up to ${Number(speed.toPrecision(2))} ω²`,
    );
  }
}

function certificateOf(
  { numerics, size, windows, points: reached, moves, leftBehind }: SettledTrajectory,
  points: readonly SolvedPoint[],
  { model }: DerivedModel,
  { frame, dependsOnTime }: MasterEquation,
  longTime: LongTimeReport | undefined,
  asked: { readonly tolerance: number; readonly isRouteAsked: boolean },
): EvolutionCertificate {
  const worst = (of: (p: SolvedPoint) => number): number =>
    points.reduce((most, p) => Math.max(most, of(p)), 0);
  return {
    tolerance: asked.tolerance,
    estimatedError: numerics.error,
    route: numerics.routes.join(", "),
    isRouteAsked: asked.isRouteAsked,
    steps: numerics.steps,
    traceError: worst((p) => p.state.certificate.traceError),
    smallestEigenvalue: points.reduce(
      (least, p) => Math.min(least, p.state.certificate.smallestEigenvalue),
      1,
    ),
    windows: Object.fromEntries(
      windows.map(({ subsystem, first, last, isAutomatic, edges }) => [
        model.subsystems[subsystem]!.name,
        { first, last, isAutomatic, edgePopulations: [edges[0] ?? null, edges[1] ?? null] as const },
      ]),
    ),
    sectorSize: size,
    fullSize: Math.max(...reached.map((p) => p.basis.dimension ** 2)),
    moves,
    leftBehind,
    longTime: longTime ?? null,
    dependsOnTime,
    frame: frame ? frameText(model) : null,
  };
}
