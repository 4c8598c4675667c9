import { compileReal, type Evaluator } from "../scalar/compile.ts";
import { type Scalar, symbolsOf } from "../scalar/scalar.ts";
import type { Domain, Parameter, Variant } from "./model.ts";
import { movingSymbols } from "./time-dependence.ts";

/** The slot of a parameter's symbol in an array of values. */
export const parameterSlot = (symbol: string): number =>
  /^p\d+$/.test(symbol) ? Number(symbol.slice(1)) : -1;

/** The places of parameters such that each comes after what it needs, or the places of a cycle. */
export type ParameterOrder =
  | { readonly kind: "ordered"; readonly places: readonly number[] }
  | { readonly kind: "cycle"; readonly places: readonly number[] };

/** Orders values by what they depend on. */
export function orderParameters(values: readonly Scalar[]): ParameterOrder {
  const state: ("new" | "open" | "done")[] = values.map(() => "new");
  const places: number[] = [];
  const path: number[] = [];
  const visit = (place: number): number[] | undefined => {
    if (state[place] === "done") return undefined;
    if (state[place] === "open") return path.slice(path.indexOf(place));
    state[place] = "open";
    path.push(place);
    for (const symbol of symbolsOf(values[place]!)) {
      const slot = parameterSlot(symbol);
      const cycle = slot >= 0 ? visit(slot) : undefined;
      if (cycle) return cycle;
    }
    path.pop();
    state[place] = "done";
    places.push(place);
    return undefined;
  };
  for (let place = 0; place < values.length; place++) {
    const cycle = visit(place);
    if (cycle) return { kind: "cycle", places: cycle };
  }
  return { kind: "ordered", places };
}

/** Computes all parameter values of a model: defaults, then variants (each simultaneous), then derived values. */
export interface ParameterValues {
  /** Values in the order of `Model.parameters`, after the variants named, outermost first. */
  readonly at: (variants: readonly Variant[]) => Float64Array;
}

/** Compiles the parameters of a model, which must have no cycle. */
export function compileParameters(parameters: readonly Parameter[]): ParameterValues {
  const order = orderParameters(parameters.map((p) => p.value));
  if (order.kind === "cycle") throw new Error("parameters depend on each other in a circle");
  const evaluators = parameters.map((p) => compileReal(p.value, parameterSlot));
  const settle = (values: Float64Array, isKept: (place: number) => boolean): Float64Array => {
    for (const place of order.places) if (!isKept(place)) values[place] = evaluators[place]!(values);
    return values;
  };
  return {
    at: (variants) => {
      let values = settle(new Float64Array(parameters.length), () => false);
      for (const variant of variants) values = applyVariant(values, variant, parameters, settle);
      return values;
    },
  };
}

/** A variant replaces parameters at once and leaves the others as they are; derived values follow. */
function applyVariant(
  before: Float64Array,
  variant: Variant,
  parameters: readonly Parameter[],
  settle: (values: Float64Array, isKept: (place: number) => boolean) => Float64Array,
): Float64Array {
  const after = before.slice();
  for (const { parameter, value } of variant.settings)
    after[parameter] = compileReal(value, parameterSlot)(before);
  return settle(after, (place) => parameters[place]!.role !== "derived");
}

/** Values by name, of what does not change in time; null where not finite. */
export const namedValues = (parameters: readonly Parameter[], values: ArrayLike<number>): NamedValues =>
  valueNames(parameters)(values);

type NamedValues = Readonly<Record<string, number | null>>;

/** `namedValues` for many points. */
export function valueNames(parameters: readonly Parameter[]): (values: ArrayLike<number>) => NamedValues {
  const moving = movingSymbols(parameters);
  const still = parameters.flatMap(({ name, symbol }, place) =>
    moving.has(symbol) ? [] : [{ name, place }],
  );
  return (values) => {
    const named: Record<string, number | null> = {};
    for (const { name, place } of still) named[name] = Number.isFinite(values[place]) ? values[place]! : null;
    return named;
  };
}

/** All values at other times, `base` being those at the time 0. */
export function valuesInTime(
  parameters: readonly Parameter[],
  base: Float64Array,
): (time: number) => Float64Array {
  const moving = movingSymbols(parameters);
  if (moving.size === 0) return () => base;
  const order = orderParameters(parameters.map((p) => p.value));
  const changing = order.places
    .filter((place) => moving.has(parameters[place]!.symbol) && parameters[place]!.role === "derived")
    .map((place) => [place, compileReal(parameters[place]!.value, parameterSlot)] as const);
  const clock = parameters.findIndex((p) => p.role === "time");
  return (time) => {
    const values = base.slice();
    values[clock] = time;
    for (const [place, evaluate] of changing) values[place] = evaluate(values);
    return values;
  };
}

/** Whether a value lies in a domain, ends included; the text of the domain where not. */
export function violatedDomain(value: number, domain: Domain, at: ArrayLike<number>): string | undefined {
  const evaluate = (node: Scalar): number => (compileReal(node, parameterSlot) as Evaluator)(at);
  if (domain.kind === "list") {
    const allowed = domain.values.map(evaluate);
    return allowed.includes(value) ? undefined : `[${allowed.join(", ")}]`;
  }
  const [from, to] = [evaluate(domain.from), evaluate(domain.to)];
  return value >= from && value <= to ? undefined : `${from}..${to}`.replaceAll("Infinity", "inf");
}
