import type { OptimumDefinition } from "../model/model.ts";
import { boxMaximum, isAtEnd } from "../numerics/box-maximum.ts";
import type { Vertex } from "../numerics/nelder-mead.ts";
import { type ExperimentPoints, finiteValue } from "./experiment-points.ts";
import type { Values } from "./grid.ts";
import { type Finding, rangesAt, type SearchOutcome } from "./search.ts";

/** Where a quantity is largest or smallest over the ranges of parameters, at one point of the grid. */
export function optimumOf(
  definition: OptimumDefinition,
  place: number,
  values: Values,
  points: ExperimentPoints,
): SearchOutcome {
  const { kind, text, objective, over } = definition;
  const ranges = rangesAt(definition, values, points);
  const sign = kind === "maximise" ? 1 : -1;
  let evaluations = 0;
  const valuesAt = (at: readonly number[]): Values => [
    ...values,
    ...over.map(({ parameter }, k) => [parameter, between(ranges[k]!, at[k]!)] as const),
  ];
  const found = boxMaximum((at) => {
    evaluations++;
    const value = finiteValue(points.at(place, valuesAt(at)), objective);
    return value === undefined ? Number.NEGATIVE_INFINITY : sign * value;
  }, over.length);
  if (!found) {
    const problem = {
      code: "W509",
      message: `${text} has no value anywhere that was looked at`,
      fix: "look in another range, or leave out what makes it undefined",
    } as const;
    return { findings: [], problem };
  }
  const finding = ({ at, value }: Vertex, isLocal: boolean): Finding => ({
    values: valuesAt(at),
    text,
    value: sign * value,
    optimum: {
      kind,
      atEnds: over.flatMap(({ parameter }, k) => (isAtEnd(at[k]!) ? [parameter] : [])),
      isLocal,
      hasInside: found.inside !== undefined || !found.best?.at.some(isAtEnd),
      evaluations,
    },
  });
  const findings = [
    ...(found.best ? [finding(found.best, false)] : []),
    ...(found.inside ? [finding(found.inside, true)] : []),
  ];
  if (found.poles.length > 0) {
    const [grows, top] = kind === "maximise" ? ["grows", "maximum"] : ["falls", "minimum"];
    const places = found.poles.map((p) => Number(between(ranges[0]!, p).toPrecision(6))).join(" and at ");
    const problem = {
      code: "W512",
      message: `${text} ${grows} without bound at ${places}: it has no ${top} there`,
      fix: "the rows are what there is besides; leave the place out of the range",
    } as const;
    return { findings, problem };
  }
  if (found.isSettled) return { findings };
  const problem = {
    code: "W508",
    message: `the search to ${kind} ${text} ended where a point nearby is better`,
    fix: "give it narrower ranges, or fewer parameters",
  } as const;
  return { findings, problem };
}

/** The point of a range at a part of it, its ends exactly. */
const between = ([from, to]: readonly [number, number], part: number): number =>
  part === 1 ? to : from + (to - from) * part;
