import type { PlotValue } from "../model/model.ts";
import type { TrajectoryReport } from "../report/evolution-results.ts";
import type { EquationResults } from "../report/results.ts";

/** What a plot may ask of one point of the results, whether at rest or on its way. */
export interface Sample {
  readonly equation: string;
  /** The point of the experiment's grid. */
  readonly sweep: Readonly<Record<string, number>>;
  /** Roles of the baths, where they are known. */
  readonly roles: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, number | null>>;
  readonly quantities: Readonly<Record<string, number | string | null>>;
  /** Of an optimum: whether it sits on an end of the range that was searched. */
  readonly optimum?: { readonly isAtEnd: boolean };
  /** null is the limit of long times; absent at rest. */
  readonly time?: number | null;
}

/** The rows of an experiment with `steady`. */
export const rowSamples = (results: readonly EquationResults[]): readonly Sample[] =>
  results.flatMap(({ equation, roles, rows }) =>
    rows.map(({ sweep = {}, parameters, quantities, optimum }) => ({
      equation,
      roles,
      sweep,
      parameters,
      quantities,
      ...(optimum && { optimum: { isAtEnd: optimum.atEnds.length > 0 } }),
    })),
  );

/** The times of an experiment with `evolve`. */
export const timeSamples = (trajectories: readonly TrajectoryReport[]): readonly Sample[] =>
  trajectories.flatMap(({ equation, parameters, times, quantities }) =>
    times.map((time, k) => ({
      equation,
      roles: {},
      sweep: {},
      parameters,
      time,
      quantities: Object.fromEntries(Object.entries(quantities).map(([key, column]) => [key, column[k]!])),
    })),
  );

/** The value that an axis shows of a sample, at the place of an array's element where there is one; null where undefined. */
export function valueAt(
  { quantities, parameters, time, equation }: Sample,
  value: PlotValue,
  place?: number,
): number | string | null {
  switch (value.kind) {
    case "quantity":
      return quantities[value.key] ?? null;
    case "array": {
      const element = value.elements.find((e) => e.place === place);
      return element ? (quantities[element.key] ?? null) : null;
    }
    case "parameter":
      return parameters[value.name] ?? null;
    case "time":
      return time ?? null;
    case "equation":
      return equation;
    case "index":
      return place ?? null;
    case "population":
      return null;
  }
}

/** The same as a number. */
export function numberAt(sample: Sample, value: PlotValue, place?: number): number | null {
  const found = valueAt(sample, value, place);
  return typeof found === "number" && Number.isFinite(found) ? found : null;
}

/** What tells the values of axes apart: two with the same key show the same. */
export function valueKey(value: PlotValue): string {
  switch (value.kind) {
    case "quantity":
      return `quantity ${value.key}`;
    case "parameter":
      return `parameter ${value.name}`;
    case "array":
      return `array ${value.elements.map((e) => e.key).join(" ")}`;
    case "population":
      return `population ${value.subsystem}`;
    default:
      return value.kind;
  }
}
