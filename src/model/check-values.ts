import { compileReal, type Evaluator } from "../scalar/compile.ts";
import { type Scalar, scalarText, symbolsOf, view } from "../scalar/scalar.ts";
import type { Span } from "../source/span.ts";
import { amplitudesOf, badAmplitudes } from "./check-amplitudes.ts";
import type { ModelCode } from "./codes.ts";
import type { Model } from "./model.ts";
import type { ModelReport } from "./model-report.ts";
import {
  compileParameters,
  type ParameterValues,
  parameterSlot,
  violatedDomain,
} from "./parameter-values.ts";
import { variantWays } from "./variant-ways.ts";

/** A value that is wrong at some point, and how to say so. */
interface Problem {
  readonly code: ModelCode & ("E211" | "E214" | "E224" | "E229");
  /** What is wrong; one of the model itself is not said again for its variants. */
  readonly subject: string;
  readonly message: string;
  readonly fix?: string | undefined;
  readonly span: Span;
  /** The parameters on which the value depends, also by way of others. */
  readonly causes: ReadonlySet<number>;
}

/** Values that are no numbers, lie outside their domain, or are temperatures that are not positive. */
export function checkValues(model: Model, report: ModelReport): void {
  const parameters = compileParameters(model.parameters);
  const known = new Set<string>();
  for (const { code, subject, message, fix, span } of problemsAt(parameters.at([]), model)) {
    known.add(subject);
    report(code, span, message, { fix });
  }
  for (const way of variantWays(model, report)) checkWay(way, { model, parameters, known, report });
}

interface Checked {
  readonly model: Model;
  readonly parameters: ParameterValues;
  /** What has been said, of the model and of settings. */
  readonly known: Set<string>;
  readonly report: ModelReport;
}

/** What is wrong in a variant (or one inside another) and not in the model, at the setting that makes it so. */
function checkWay(way: readonly number[], { model, parameters, known, report }: Checked): void {
  const variants = way.map((place) => model.variants[place]!);
  const settings = variants.flatMap((v) => v.settings).reverse();
  const name = variants.map((v) => v.name).join(".");
  for (const { code, subject, message, fix, causes } of problemsAt(parameters.at(variants), model)) {
    const setting = settings.find(({ parameter }) => causes.has(parameter)) ?? settings[0];
    const said = setting && `${subject} ${setting.span.start}`;
    if (!said || known.has(subject) || known.has(said)) continue;
    known.add(said);
    report(code, setting.span, `in the variant '${name}' ${message}`, { fix });
  }
}

/** What is wrong with the values of a point that a sweep or an evolution comes to; undefined where nothing is. */
export const pointProblem = (values: Float64Array, model: Model): string | undefined =>
  problemsAt(values, model)[0]?.message;

/**
 * `pointProblem` for many points. Whether a point is suspicious is compiled once and asked first: whether a value is not a
 * number, beyond its bounds, or a temperature or duration that is not positive.
 */
export function pointCheck(model: Model): (values: Float64Array) => string | undefined {
  const real = (scalar: Scalar): Evaluator => compileReal(scalar, parameterSlot);
  const positive = [
    ...model.baths.flatMap(({ beta }) => (beta ? [real(beta)] : [])),
    ...model.equations.flatMap((e) =>
      e.clauses.flatMap(({ duration }) => (duration ? [real(duration)] : [])),
    ),
  ];
  const numbers = [
    ...model.baths.flatMap(({ mu }) => (mu ? [real(mu)] : [])),
    ...amplitudesOf(model).flatMap(({ re, im }) => (im ? [re, im] : [re])),
  ];
  const bounds = model.parameters.flatMap(({ domain }, place) =>
    domain?.kind === "interval" ? [{ place, from: real(domain.from), to: real(domain.to) }] : [],
  );
  const hasLists = model.parameters.some(({ domain }) => domain?.kind === "list");
  const isClear = (values: Float64Array): boolean =>
    !hasLists &&
    values.every((x) => !Number.isNaN(x)) &&
    positive.every((f) => f(values) > 0 && f(values) < Infinity) &&
    numbers.every((f) => Number.isFinite(f(values))) &&
    bounds.every(({ place, from, to }) => values[place]! >= from(values) && values[place]! <= to(values));
  return (values) => (isClear(values) ? undefined : pointProblem(values, model));
}

function problemsAt(values: Float64Array, model: Model): readonly Problem[] {
  return [
    ...parameterProblems(values, model),
    ...temperatureProblems(values, model),
    ...chemicalPotentialProblems(values, model),
    ...durationProblems(values, model),
    ...amplitudeProblems(values, model),
  ];
}

function* amplitudeProblems(values: Float64Array, model: Model): Generator<Problem> {
  for (const { place, scalar, span } of badAmplitudes(values, model)) {
    if (restsOnNaN(scalar, values)) continue;
    const text = scalarText(scalar, (s) => model.parameters[parameterSlot(s)]?.name ?? s);
    yield {
      code: "E224",
      subject: `amplitude ${span.start}`,
      message: `the amplitude ${text} of ${place} is not a number: a root, logarithm or quotient is outside its domain`,
      span,
      causes: causesOf(model.parameters, dependencies(scalar)),
    };
  }
}

function* parameterProblems(values: Float64Array, { parameters }: Model): Generator<Problem> {
  for (const [place, { name, domain, span, value }] of parameters.entries()) {
    const current = values[place]!;
    const causes = causesOf(parameters, [place]);
    if (Number.isNaN(current)) {
      if (restsOnNaN(value, values) || isPlaceholder(value)) continue;
      const message = `the value of '${name}' is not a number: a root, logarithm or quotient is outside its domain`;
      yield { code: "E224", subject: `value ${place}`, message, span, causes };
      continue;
    }
    const violated = domain && violatedDomain(current, domain, values);
    if (!violated) continue;
    const message = `${name} = ${current} is outside the values allowed for it, ${violated}`;
    const bounds = domain.kind === "list" ? domain.values : [domain.from, domain.to];
    const ofBounds = causesOf(parameters, bounds.flatMap(dependencies));
    const all = new Set([...causes, ...ofBounds]);
    yield { code: "E211", subject: `domain ${place}`, message, span, causes: all };
  }
}

function* temperatureProblems(values: Float64Array, { parameters, baths }: Model): Generator<Problem> {
  for (const [place, { name, beta, kind, span }] of baths.entries()) {
    if (!beta) continue;
    const value = compileReal(beta, parameterSlot)(values);
    if (value > 0 && !(kind === "jumps" && value === Infinity)) continue;
    if (Number.isNaN(value) && restsOnNaN(beta, values)) continue;
    const is = Number.isNaN(value) ? "not a number" : `${value}`;
    yield {
      code: "E214",
      subject: `temperature ${place}`,
      message: `the inverse temperature of '${name}' is ${is}; it must be positive`,
      fix: kind === "jumps" ? undefined : "for the vacuum write β = inf",
      span,
      causes: causesOf(parameters, dependencies(beta)),
    };
  }
}

function* chemicalPotentialProblems(values: Float64Array, { parameters, baths }: Model): Generator<Problem> {
  for (const [place, { name, mu, span }] of baths.entries()) {
    if (!mu) continue;
    const value = compileReal(mu, parameterSlot)(values);
    if (Number.isFinite(value) || (Number.isNaN(value) && restsOnNaN(mu, values))) continue;
    yield {
      code: "E224",
      subject: `chemical potential ${place}`,
      message: `the chemical potential of '${name}' is ${Number.isNaN(value) ? "not a number" : value}; it must be finite`,
      span,
      causes: causesOf(parameters, dependencies(mu)),
    };
  }
}

function* durationProblems(values: Float64Array, { parameters, equations }: Model): Generator<Problem> {
  for (const { name, clauses } of equations) {
    for (const { duration, span } of clauses) {
      if (!duration) continue;
      const value = compileReal(duration, parameterSlot)(values);
      if (value > 0 && value < Infinity) continue;
      if (Number.isNaN(value) && restsOnNaN(duration, values)) continue;
      yield {
        code: "E229",
        subject: `duration ${span.start}`,
        message: `the duration τ of the collisions of '${name}' is ${Number.isNaN(value) ? "not a number" : value}; it must be positive`,
        fix: value === 0 ? "for the limit of short collisions use 'local'" : undefined,
        span,
        causes: causesOf(parameters, dependencies(duration)),
      };
    }
  }
}

/** Whether what a value is made of is not a number, which is said there. */
const restsOnNaN = (value: Scalar, values: Float64Array): boolean =>
  dependencies(value).some((slot) => Number.isNaN(values[slot]!));

/** What stands for a value that could not be read, which has been reported. */
function isPlaceholder(value: Scalar): boolean {
  const v = view(value);
  return v.kind === "number" && Number.isNaN(v.value);
}

const dependencies = (value: Scalar): number[] =>
  [...symbolsOf(value)].map(parameterSlot).filter((slot) => slot >= 0);

/** Parameters, those that their derived values are made of included. */
function causesOf(parameters: Model["parameters"], places: readonly number[]): ReadonlySet<number> {
  const found = new Set(places);
  for (const place of found) for (const needed of dependencies(parameters[place]!.value)) found.add(needed);
  return found;
}
