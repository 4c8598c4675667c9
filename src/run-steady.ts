import { validityOf } from "./advise/validity.ts";
import { bathFindings, type Condition } from "./advise/verdict.ts";
import type { DerivedModel } from "./equation/derive.ts";
import { frameText } from "./equation/hamiltonian.ts";
import { exploration, type Unsolved } from "./experiment/exploration.ts";
import { namedValues } from "./model/parameter-values.ts";
import type { Compiled } from "./pipeline.ts";
import { reportedDiagnostics } from "./report/reported-diagnostics.ts";
import type {
  CertificateReport,
  CollisionReport,
  EquationResults,
  Results,
  Row,
  SpectrumReport,
} from "./report/results.ts";
import { wholeKernelDimension } from "./solve/whole-kernel.ts";
import { createReporter, type Diagnostic, type Reporter } from "./source/diagnostic.ts";
import { sameName } from "./source/name.ts";
import { spectrumReport } from "./spectrum-report.ts";
import { RESULT_CODES } from "./thermo/codes.ts";
import { evaluateQuantity, evaluateStandard, type QuantityContext } from "./thermo/evaluate-quantity.ts";
import type { QuantityValue } from "./thermo/quantity.ts";
import { entropyProduction, violatesSecondLaw } from "./thermo/second-law.ts";
import { slowestModes } from "./thermo/slowest-modes.ts";
import { type SolvedPoint, solvedPoint } from "./thermo/solved-point.ts";
import { reportedFluctuations, reportedQuantities } from "./thermo/standard-quantities.ts";
import type { SettledState, SolverCache } from "./truncate/settled-steady-state.ts";
import { VERSION } from "./version.ts";
import { QUANTITIES } from "./vocabulary.ts";
import { windowChanges } from "./window-changes.ts";

export interface RunOptions {
  /** The equation's name; the model's first where absent. */
  readonly equation?: string;
  /** How many of the Liouvillian's slowest modes are asked for; none where absent. */
  readonly spectrum?: number;
  /** Whether the noise of each current is reported, too. */
  readonly hasNoise?: boolean;
  readonly onProgress?: (message: string) => void;
  /** Solvers that earlier points of the same model have left, and that this one leaves. */
  readonly solvers?: SolverCache;
}

export interface RunOutcome {
  readonly results: Results;
  /** Of the compilation and of the results. */
  readonly diagnostics: readonly Diagnostic[];
  readonly status: "good" | "model-error" | "unknown-equation" | "not-vouched";
  /** The state itself, where the status is good. */
  readonly point?: SolvedPoint;
}

type ResultReport = Reporter<keyof typeof RESULT_CODES>["report"];

/** A stated window whose end holds more than this is warned about. */
const WORRYING_EDGE = 1e-8;

/** The steady state of one equation of a compiled model at its parameters, with every quantity of the report. */
export function runSteady(compiled: Compiled, options: RunOptions): RunOutcome {
  const { derived, diagnostics } = compiled;
  if (!derived) return outcome(compiled, [], diagnostics, "model-error");
  const place = equationPlace(derived, options.equation);
  if (place < 0) return outcome(compiled, [], diagnostics, "unknown-equation");
  const explorer = exploration(derived, { ...options, standard: QUANTITIES })([]);
  const found = explorer.solve(place, []);
  if ("problem" in found) {
    const refused = refusal(derived, place, found);
    return outcome(compiled, [], [...diagnostics, ...refused], "not-vouched");
  }
  const { point, settled } = found;
  const { row, warnings } = rowOf(point, settled, explorer.context(place, [], point), options);
  const asked =
    options.spectrum === undefined ? { told: [] } : spectrumOf(point, settled, place, options.spectrum);
  const result: EquationResults = {
    equation: point.equation.name,
    roles: roleNames(point),
    rows: [asked.spectrum ? { ...row, spectrum: asked.spectrum } : row],
  };
  const told = [...diagnostics, ...warnings, ...asked.told];
  return { ...outcome(compiled, [result], told, asked.isRefused ? "not-vouched" : "good"), point };
}

/** A gap that wider windows change by more than this part of it is warned about. */
const MOVING_GAP = 1e-6;

function spectrumOf(
  point: SolvedPoint,
  { verified }: SettledState,
  place: number,
  count: number,
): { readonly spectrum?: SpectrumReport; readonly told: readonly Diagnostic[]; readonly isRefused?: true } {
  const { derived, equation, parameters } = point;
  const found = slowestModes(point, count);
  if ("reason" in found) {
    const { reason, advice } = found;
    return { told: refusal(derived, place, { problem: reason, advice, code: "E506" }), isRefused: true };
  }
  const wide =
    verified && slowestModes(solvedPoint(derived, equation, verified.point, parameters), count + 1);
  const wider = wide && !("reason" in wide) ? { levels: verified.levels, spectrum: wide } : undefined;
  const spectrum = spectrumReport(point, found, wider);
  const { diagnostics, report } = createReporter(RESULT_CODES);
  const { gap, windows } = spectrum;
  const moved = windows.kind === "verified" && gap !== null ? (windows.gap ?? Infinity) : 0;
  if (moved > MOVING_GAP * Math.abs(gap ?? 0)) {
    report(
      "W513",
      derived.model.equations[place]!.span,
      `equation '${equation.name}': the gap ${gap} holds for the windows of the steady state alone; in wider ones it ${moved < Infinity ? `differs by ${moved.toExponential(1)}` : "is not known"}`,
      { fix: "state wider windows, as in r : rotor(l in -60..60), until it no longer changes" },
    );
  }
  return { spectrum, told: diagnostics };
}

export function equationPlace({ equations }: DerivedModel, name: string | undefined): number {
  return name === undefined ? 0 : equations.findIndex((e) => sameName(e.name, name));
}

function outcome(
  compiled: Compiled,
  results: readonly EquationResults[],
  diagnostics: readonly Diagnostic[],
  status: RunOutcome["status"],
): RunOutcome {
  return {
    status,
    diagnostics,
    results: {
      format: "thermill-results/1",
      thermill: VERSION,
      language: 1,
      units: "hbar = k_B = 1",
      model: compiled.model.name,
      diagnostics: reportedDiagnostics(diagnostics, compiled.sources),
      results,
    },
  };
}

export function refusal(
  { model }: DerivedModel,
  place: number,
  { problem, advice, code }: Omit<Unsolved, "code"> & { readonly code: Unsolved["code"] | "E506" },
): readonly Diagnostic[] {
  const { name, span } = model.equations[place]!;
  const { diagnostics, report } = createReporter(RESULT_CODES);
  report(code, span, `equation '${name}': ${problem}`, { fix: advice });
  return diagnostics;
}

/** An eigenvalue of ρ below this is more than round-off. */
const NEGATIVE = -1e-9;

function rowOf(
  point: SolvedPoint,
  settled: SettledState,
  context: QuantityContext,
  { hasNoise = false }: RunOptions,
): { readonly row: Row; readonly warnings: readonly Diagnostic[] } {
  const { model } = point.derived;
  const quantities: Record<string, number | string | null> = {};
  const reasons: Record<string, string> = {};
  const put = (key: string, result: QuantityValue): void => {
    quantities[key] = result.kind === "value" ? result.value : result.kind === "text" ? result.text : null;
    if (result.kind === "undefined") reasons[key] = result.reason;
  };
  const standard = reportedQuantities(point);
  const evaluated = function* (there: QuantityContext): Generator<readonly [string, QuantityValue]> {
    for (const { key, name, operand } of standard) yield [key, evaluateStandard(name, operand, there)];
    for (const quantity of model.quantities) yield [quantity.name, evaluateQuantity(quantity, there)];
  };
  const values = [...evaluated(context)];
  for (const [key, result] of values) put(key, result);
  if (hasNoise) {
    for (const { key, name, operand } of reportedFluctuations(point)) {
      put(key, evaluateStandard(name, operand, context));
    }
  }
  const parameters = namedValues(model.parameters, point.parameters);
  const { diagnostics, report } = createReporter(RESULT_CODES);
  const { verified } = settled;
  const certificate: CertificateReport = {
    ...certificateReport(point, settled, true),
    ...(verified && {
      wider: windowChanges(point, values, verified, (there) =>
        evaluated({ ...context, point: there, follow: () => NOT_FOLLOWED }),
      ),
    }),
  };
  warnOfWindows(point, settled, report);
  warnOfCoherences(point, certificate, report);
  warnOfEntropy(point, report);
  warnOfPositivity(point, report);
  warnOfApproximations(point, report);
  return {
    row: { parameters, quantities, undefined: reasons, certificate },
    warnings: diagnostics,
  };
}

/** Other variants and equations have windows of their own. */
const NOT_FOLLOWED = { problem: "nothing is followed from wider windows" };

/** What vouches for a point; `isWhole` asks for the kernel of the whole Liouvillian, too. */
export function certificateReport(
  { derived, equation, parameters, steady, counted }: SolvedPoint,
  { windows, verified }: SettledState,
  isWhole: boolean,
): CertificateReport {
  return {
    ...steady.state.certificate,
    wholeKernelDimension: (isWhole && wholeKernelDimension(equation, steady, parameters)) || null,
    windows: Object.fromEntries(
      windows.map(({ subsystem, first, last, isAutomatic, edges }) => [
        derived.model.subsystems[subsystem]!.name,
        { first, last, isAutomatic, edgePopulations: [edges[0] ?? null, edges[1] ?? null] as const },
      ]),
    ),
    ...(verified && { wider: { change: verified.change, levels: verified.levels } }),
    ...(equation.frame && { frame: frameText(derived.model) }),
    ...(steady.levels && { levels: steady.levels }),
    ...(steady.clusters && { clusters: steady.clusters }),
    ...(steady.collision && { collision: collisionReport(steady.collision) }),
    ...noiseReport(derived.model, equation, counted),
    sectorSize: steady.size,
    fullSize: steady.basis.dimension ** 2,
  };
}

/** What vouches for the noises that were asked for. */
function noiseReport(
  { baths }: DerivedModel["model"],
  { dissipators }: SolvedPoint["equation"],
  counted: SolvedPoint["counted"],
): Pick<CertificateReport, "noise"> {
  const found = counted?.found() ?? [];
  if (found.length === 0) return {};
  return {
    noise: found.map(({ dissipator, counted: what, statistics }) => ({
      bath: baths[dissipators[dissipator]!.bath]!.name,
      counted: what,
      uncertainty: statistics.uncertainty,
      isSymmetrised: statistics.isSymmetrised,
      ...(statistics.verified && { wider: statistics.verified }),
    })),
  };
}

const collisionReport = ({
  duration,
  ancillas,
  leftOut,
  change,
}: NonNullable<SolvedPoint["steady"]["collision"]>): CollisionReport => ({
  duration,
  ancillas,
  leftOut,
  change: change ?? null,
});

/** Elsewhere than in the sector of the diagonal the equation may keep what a state starts with. */
function warnOfCoherences(
  { derived, equation, steady }: SolvedPoint,
  { kernelDimension, wholeKernelDimension: whole }: CertificateReport,
  report: ResultReport,
): void {
  if (whole === null || whole === kernelDimension) return;
  report(
    "W504",
    derived.model.equations.find((e) => e.name === equation.name)!.span,
    `the equation '${equation.name}' conserves coherences: its kernel has dimension ${whole}, and only states that start without coherences outside the ${steady.size} unknowns end in the one that is reported`,
    { fix: "couple a bath to what is conserved, if there may be such coherences at the start" },
  );
}

function warnOfWindows({ derived }: SolvedPoint, { windows }: SettledState, report: ResultReport): void {
  for (const { subsystem, first, last, isAutomatic, edges } of windows) {
    const worst = Math.max(edges[0] ?? 0, edges[1] ?? 0);
    if (isAutomatic || worst <= WORRYING_EDGE) continue;
    const { name, span } = derived.model.subsystems[subsystem]!;
    report(
      "W501",
      span,
      `the window ${first}..${last} of '${name}' is too small: one of its ends holds the population ${worst.toExponential(1)}`,
      { fix: "widen it, or leave it out: then it is found automatically" },
    );
  }
}

/** A violation of the second law is said together with the equation that allows it. */
function warnOfEntropy(point: SolvedPoint, report: ResultReport): void {
  const { equation, derived } = point;
  const found = entropyProduction(point);
  if (found.kind !== "value" || !violatesSecondLaw(found)) return;
  const methods = [...new Set(equation.dissipators.map((d) => d.method))].join(", ");
  report(
    "W502",
    derived.model.equations.find((e) => e.name === equation.name)!.span,
    `the entropy production is negative (${found.production.toExponential(2)}): the equation '${equation.name}' (${methods}) violates the second law here`,
  );
}

/** Redfield's equation may leave the set of states. */
function warnOfPositivity({ equation, derived, state }: SolvedPoint, report: ResultReport): void {
  const { smallestEigenvalue } = state.certificate;
  if (smallestEigenvalue >= NEGATIVE) return;
  report(
    "W503",
    derived.model.equations.find((e) => e.name === equation.name)!.span,
    `the steady state of '${equation.name}' is not positive: its smallest eigenvalue is ${smallestEigenvalue.toExponential(2)}`,
    { fix: "compare with 'unified', which keeps states positive" },
  );
}

/** States of a block of H beyond which a run does not look for its eigenstates only to warn. */
const LARGEST_BLOCK = 200;

/** The conditions of the methods, where they fail; `advise` says more. */
function warnOfApproximations(point: SolvedPoint, report: ResultReport): void {
  const { derived, equation, steady, parameters } = point;
  const { model } = derived;
  const { span } = model.equations.find((e) => e.name === equation.name)!;
  const validity = validityOf(equation, model, steady, parameters, { largestBlock: LARGEST_BLOCK }) ?? [];
  const failing = validity
    .flatMap((v) => bathFindings(v, model).filter(({ condition }) => isAssumed(condition, v.method)))
    .filter((f) => f.verdict === "no");
  for (const [condition, code, remark] of APPROXIMATIONS) {
    const texts = failing.filter((f) => f.condition === condition).map((f) => f.text);
    if (texts.length === 0) continue;
    report(code, span, `the equation '${equation.name}': ${texts.join("; ")}${remark}`, {
      fix: "compare the equations that apply: thermill advise",
    });
  }
}

/** Repeated collisions need not be weak, so that a run of a local equation does not ask for it. */
const isAssumed = (condition: Condition, method: string): boolean =>
  condition !== "weak coupling" || method !== "local";

const APPROXIMATIONS: readonly (readonly [Condition, "W505" | "W506" | "W507", string])[] = [
  ["secular", "W505", ""],
  ["weak coupling", "W506", ""],
  ["local frequencies", "W507", ". It describes repeated collisions, not baths that are always coupled"],
];

export function roleNames({ roles, derived }: SolvedPoint): Record<string, string> {
  const named: Record<string, string> = {};
  for (const role of ["cold", "hot", "load"] as const) {
    const place = roles[role];
    if (place !== undefined) named[role] = derived.model.baths[place]!.name;
  }
  return named;
}
