import type { Scalar } from "../scalar/scalar.ts";
import type { Span } from "../source/span.ts";
import type { Grid, Model, Variant } from "./model.ts";
import type { ModelReport } from "./model-report.ts";
import type { StateValue } from "./state.ts";
import { holds, movingSymbols } from "./time-dependence.ts";

/** Parameters, their bounds, what experiments and variants put in their place, and initial states are the same at all times. */
export function checkConstants(model: Model, report: ModelReport): void {
  const moving = movingSymbols(model.parameters);
  if (moving.size === 0) return;
  for (const { what, value, span, fix = USUAL_FIX } of constantsOf(model)) {
    if (value && holds(value, moving)) report("E231", span, `${what} depends on time`, { fix });
  }
}

const USUAL_FIX =
  "what changes in time is a derived value: let x = …, or stands in the Hamiltonian or in a bath";

interface Constant {
  readonly what: string;
  readonly value: Scalar | undefined;
  readonly span: Span;
  readonly fix?: string;
}

function* constantsOf(model: Model): Generator<Constant> {
  for (const { role, name, value, domain, span } of model.parameters) {
    if (role === "parameter") yield { what: `the parameter '${name}'`, value, span };
    const bounds = domain?.kind === "list" ? domain.values : domain ? [domain.from, domain.to] : [];
    for (const bound of bounds) yield { what: `a bound of '${name}'`, value: bound, span };
  }
  for (const { clauses } of model.equations) {
    for (const { duration, span } of clauses)
      yield { what: "the duration of a collision", value: duration, span };
  }
  for (const { settings } of [...model.variants, ...model.sweeps, ...model.evolutions]) {
    yield* settingsOf(settings, model);
  }
  for (const { axes, searches } of model.sweeps) {
    for (const axis of axes) yield* gridOf(axis.values, "a value of the sweep", axis.span);
    for (const { from, to, span } of searches.flatMap((s) => [...s.over])) {
      for (const value of [from, to]) yield { what: "an end of the range", value, span };
    }
  }
  for (const { times, tolerance, span } of model.evolutions) {
    yield* gridOf(times, "one of the times", span);
    yield { what: "the tolerance", value: tolerance, span };
  }
  for (const state of model.states) {
    const [what, fix] = [
      `the state '${state.name}'`,
      "an initial state is that of the time 0: leave time out",
    ];
    for (const { state: value, span } of state.kind === "product" ? state.parts : []) {
      for (const scalar of scalarsOf(value)) yield { what, value: scalar, span, fix };
    }
  }
}

function scalarsOf(state: StateValue): readonly Scalar[] {
  if (state.kind === "thermal") return [state.beta];
  return state.kind === "coherent" ? [state.amplitude] : state.terms.map((t) => t.coefficient);
}

function* settingsOf(settings: Variant["settings"], { parameters }: Model): Generator<Constant> {
  for (const { parameter, value, span } of settings) {
    yield { what: `the value of '${parameters[parameter]!.name}'`, value, span };
  }
}

function* gridOf(grid: Grid, what: string, span: Span): Generator<Constant> {
  for (const value of grid.kind === "list" ? grid.values : [grid.from, grid.to]) yield { what, value, span };
}
