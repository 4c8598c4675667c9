import { matrixOfUnknowns } from "../lower/product-state.ts";
import { levelIn, type ProductBasis, productBasis } from "../lower/window.ts";
import type { Model } from "../model/model.ts";
import { forEachEntry } from "../numerics/complex-sparse.ts";
import type { SolvedPoint } from "../thermo/solved-point.ts";
import type { NumericArray } from "./npy.ts";

/** Density operators with at most this many elements together are written out in full. */
export const MAX_DENSE = 4_000_000;

type Arrays = ReadonlyMap<string, NumericArray>;

/** Values of quantities by key; what is undefined, or no number, is null or text. */
type Values = Readonly<Record<string, number | string | null>>;

/**
 * A steady state as arrays: `rho` (d × d), `level.NAME` of each subsystem in every product state, and the quantities that
 * are numbers, by their keys, without dimensions.
 */
export const steadyArrays = (point: SolvedPoint, quantities: Values): Arrays =>
  new Map([
    ...densityArrays([point], point.steady.basis, false),
    ...levelArrays(point.steady.basis, point.derived.model),
    ...Object.entries(quantities).flatMap(([key, value]) =>
      typeof value === "string" ? [] : [[key, numbers([value], [])] as const],
    ),
  ]);

/** An evolution as it is reported. */
export interface Course {
  readonly times: readonly (number | null)[];
  readonly quantities: Readonly<Record<string, readonly (number | string | null)[]>>;
  readonly distributions: readonly {
    readonly subsystem: string;
    readonly levels: readonly string[];
    readonly populations: readonly (readonly number[])[];
  }[];
}

/**
 * An evolution as arrays over the same times: `times` (∞ for the limit of long times), `rho` (times × d × d), the
 * quantities by their keys, `population(NAME)` (times × levels) where it is recorded, and the levels as of a steady state:
 * those that any of the times needs.
 */
export function evolutionArrays(points: readonly SolvedPoint[], course: Course): Arrays {
  const basis = commonBasis(points.map((p) => p.steady.basis));
  return new Map([
    ["times", numbers(course.times.map((t) => t ?? Number.POSITIVE_INFINITY))],
    ...densityArrays(points, basis, true),
    ...levelArrays(basis, points[0]!.derived.model),
    ...Object.entries(course.quantities).flatMap(([key, column]) =>
      column.some((x) => typeof x === "string") ? [] : [[key, numbers(column as (number | null)[])] as const],
    ),
    ...course.distributions.map(
      ({ subsystem, levels, populations }) =>
        [
          `population(${subsystem})`,
          numbers(populations.flat(), [populations.length, levels.length]),
        ] as const,
    ),
  ]);
}

/** The smallest windows that hold all of those given. */
const commonBasis = (all: readonly ProductBasis[]): ProductBasis =>
  productBasis(
    all[0]!.windows.map((w, s) => ({
      ...w,
      first: Math.min(...all.map((b) => b.windows[s]!.first)),
      last: Math.max(...all.map((b) => b.windows[s]!.last)),
    })),
  );

/** The place of each state of a basis in one whose windows hold its own. */
function placesIn(basis: ProductBasis, wide: ProductBasis): Int32Array {
  return Int32Array.from({ length: basis.dimension }, (_, state) =>
    wide.strides.reduce(
      (n, stride, s) => n + (levelIn(basis, state, s) - wide.windows[s]!.first) * stride,
      0,
    ),
  );
}

/** Real numbers, NaN for null, as a list where no shape is given. */
const numbers = (
  values: readonly (number | null)[],
  shape: readonly number[] = [values.length],
): NumericArray => ({
  type: "float64",
  shape,
  data: values.map((x) => x ?? Number.NaN),
});

const whole = (values: readonly number[]): NumericArray => ({
  type: "int64",
  shape: [values.length],
  data: values,
});

/** `level.NAME`: of each product state, in the order of ρ's rows, the level of a subsystem (its place in a finite basis). */
const levelArrays = (basis: ProductBasis, { subsystems }: Model): (readonly [string, NumericArray])[] =>
  subsystems.map(({ name }, s) => [
    `level.${name}`,
    whole(Array.from({ length: basis.dimension }, (_, state) => levelIn(basis, state, s))),
  ]);

/**
 * `rho`, dense up to `MAX_DENSE` elements; beyond them its elements that can differ from zero, `rho.row`, `rho.column`,
 * `rho.value`, with `rho.shape`, and of an evolution `rho.time`, the place in `times`.
 */
function densityArrays(
  points: readonly SolvedPoint[],
  basis: ProductBasis,
  isCourse: boolean,
): (readonly [string, NumericArray])[] {
  const d = basis.dimension;
  const lead = isCourse ? [points.length] : [];
  const forEach = (
    take: (time: number, row: number, column: number, re: number, im: number) => void,
  ): void => {
    for (const [k, { steady, state }] of points.entries()) {
      const places = placesIn(steady.basis, basis);
      forEachEntry(matrixOfUnknowns(steady.sector, state.unknowns), (row, column, re, im) =>
        take(k, places[row]!, places[column]!, re, im),
      );
    }
  };
  if (points.length * d * d <= MAX_DENSE) {
    const data = new Float64Array(2 * points.length * d * d);
    forEach((k, row, column, re, im) => {
      const at = 2 * ((k * d + row) * d + column);
      data[at] = re;
      data[at + 1] = im;
    });
    return [["rho", { type: "complex128", shape: [...lead, d, d], data }]];
  }
  const [times, rows, columns, values]: [number[], number[], number[], number[]] = [[], [], [], []];
  forEach((k, row, column, re, im) => {
    times.push(k);
    rows.push(row);
    columns.push(column);
    values.push(re, im);
  });
  return [
    ...(isCourse ? [["rho.time", whole(times)] as const] : []),
    ["rho.row", whole(rows)],
    ["rho.column", whole(columns)],
    ["rho.value", { type: "complex128", shape: [rows.length], data: values }],
    ["rho.shape", whole([...lead, d, d])],
  ];
}
