import type { DerivedModel } from "./equation/derive.ts";
import {
  type ExperimentPoint,
  type ExperimentPoints,
  experimentPoints,
} from "./experiment/experiment-points.ts";
import type { Unsolved } from "./experiment/exploration.ts";
import type { Values } from "./experiment/grid.ts";
import { type Job, jobsOf } from "./experiment/jobs.ts";
import type { KnownStates } from "./experiment/known-states.ts";
import { optimumOf } from "./experiment/optimum.ts";
import { rootsOf } from "./experiment/roots.ts";
import type { Finding, SearchOutcome, SearchProblem } from "./experiment/search.ts";
import type { Model, Quantity, SearchDefinition, SweepDefinition } from "./model/model.ts";
import { valueNames } from "./model/parameter-values.ts";
import type { Row } from "./report/results.ts";
import { certificateReport, refusal, roleNames } from "./run-steady.ts";
import { createReporter, type Diagnostic } from "./source/diagnostic.ts";
import { RESULT_CODES } from "./thermo/codes.ts";
import type { QuantityValue } from "./thermo/quantity.ts";
import { QUANTITIES } from "./vocabulary.ts";

/** What comes of a job: plain data, the same when it is written as JSON and read again. */
export interface JobResult {
  readonly rows: readonly Row[];
  readonly diagnostics: readonly Diagnostic[];
  /** The baths that play the roles, at the first of the rows. */
  readonly roles?: Readonly<Record<string, string>>;
}

/** An experiment in pieces, each of which can be worked out by itself. */
export interface ExperimentWork {
  readonly jobs: readonly Job[];
  readonly run: (job: Job) => JobResult;
}

/**
 * Makes an experiment with steady states ready to run; what does not depend on the point is done once. `known` are the
 * states that other experiments of the same model share with it.
 */
export function experimentWork(
  derived: DerivedModel,
  definition: SweepDefinition,
  known?: KnownStates,
): ExperimentWork {
  const points = experimentPoints(derived, definition, QUANTITIES, known);
  const work: Work = { derived, definition, points, namesOf: valueNames(derived.model.parameters) };
  return {
    jobs: jobsOf(definition, points),
    run: (job) => {
      if (job.search === undefined) return pointResult(job, work);
      return searchResult(job, definition.searches[job.search]!, work);
    },
  };
}

interface Work {
  readonly derived: DerivedModel;
  readonly definition: SweepDefinition;
  readonly points: ExperimentPoints;
  readonly namesOf: ReturnType<typeof valueNames>;
}

function pointResult({ equation, values }: Job, work: Work): JobResult {
  const point = work.points.at(equation, values);
  if (point.kind === "unsolved") {
    return { rows: [], diagnostics: refused(work.derived, equation, values, point.unsolved) };
  }
  return {
    rows: [rowOf(point, work)],
    diagnostics: [],
    roles: roleNames(point.solved.point),
  };
}

function searchResult(job: Job, search: SearchDefinition, work: Work): JobResult {
  const { findings, problem } = searched(job, search, work);
  const results = findings.map((finding) => findingResult(job, finding, work));
  return {
    rows: results.flatMap((r) => r.rows),
    diagnostics: [
      ...results.flatMap((r) => r.diagnostics),
      ...(problem ? said(problem, job, search, work) : []),
    ],
    ...(results[0]?.roles && { roles: results[0].roles }),
  };
}

const searched = ({ equation, values }: Job, search: SearchDefinition, { points }: Work): SearchOutcome =>
  search.kind === "find"
    ? rootsOf(search, equation, values, points)
    : optimumOf(search, equation, values, points);

function findingResult({ equation }: Job, { values, text, value, optimum }: Finding, work: Work): JobResult {
  const point = work.points.at(equation, values);
  if (point.kind === "unsolved") {
    return { rows: [], diagnostics: refused(work.derived, equation, values, point.unsolved) };
  }
  const row = rowOf(point, work);
  const { parameters } = work.derived.model;
  return {
    rows: [
      {
        ...row,
        quantities: { ...row.quantities, [text]: value },
        ...(optimum && {
          optimum: { ...optimum, of: text, atEnds: optimum.atEnds.map((p) => parameters[p]!.name) },
        }),
      },
    ],
    diagnostics: [],
    roles: roleNames(point.solved.point),
  };
}

const named = (values: Values, { parameters }: Model): Record<string, number> =>
  Object.fromEntries(values.map(([p, value]) => [parameters[p]!.name, value]));

const placeText = (values: Values, model: Model): string =>
  Object.entries(named(values, model))
    .map(([name, value]) => `${name} = ${value}`)
    .join(", ");

function refused(
  derived: DerivedModel,
  equation: number,
  values: Values,
  unsolved: Unsolved,
): readonly Diagnostic[] {
  const where = placeText(values, derived.model);
  const problem = where === "" ? unsolved.problem : `at ${where}: ${unsolved.problem}`;
  return refusal(derived, equation, { ...unsolved, problem });
}

function said(
  { code, message, fix }: SearchProblem,
  { values }: Job,
  { span }: SearchDefinition,
  { definition, derived }: Work,
): readonly Diagnostic[] {
  const { diagnostics, report } = createReporter(RESULT_CODES);
  const where = placeText(values, derived.model);
  report(code, span, `'${definition.name}'${where && ` at ${where}`}: ${message}`, { fix });
  return [...diagnostics];
}

function rowOf(
  { values, solved, quantity }: Extract<ExperimentPoint, { kind: "solved" }>,
  { derived, definition, namesOf }: Work,
): Row {
  const quantities: Record<string, number | string | null> = {};
  const reasons: Record<string, string> = {};
  for (const recorded of definition.quantities) put(recorded, quantity(recorded), quantities, reasons);
  return {
    experiment: definition.name,
    sweep: named(values, derived.model),
    parameters: namesOf(solved.point.parameters),
    quantities,
    undefined: reasons,
    certificate: certificateReport(solved.point, solved.settled, false),
  };
}

function put(
  { name }: Quantity,
  found: QuantityValue,
  quantities: Record<string, number | string | null>,
  reasons: Record<string, string>,
): void {
  if (found.kind === "text") quantities[name] = found.text;
  // JSON knows neither a negative zero nor what is not finite
  else if (found.kind === "value" && Number.isFinite(found.value)) quantities[name] = found.value + 0;
  else {
    quantities[name] = null;
    reasons[name] = found.kind === "undefined" ? found.reason : `it is ${found.value}`;
  }
}
