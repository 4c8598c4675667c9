import type { FindDefinition } from "../model/model.ts";
import { rootBetween } from "../numerics/root.ts";
import { type ExperimentPoints, finiteValue } from "./experiment-points.ts";
import type { Values } from "./grid.ts";
import { type Finding, rangesAt, type SearchOutcome } from "./search.ts";

/** Points at which a change of sign is looked for. */
const SAMPLES = 49;

/** A root is found to this part of the range. */
const ROOT_TOLERANCE = 1e-13;

/** Every change of sign of a condition's difference between neighbouring samples, followed to where it is zero. */
export function rootsOf(
  find: FindDefinition,
  place: number,
  values: Values,
  points: ExperimentPoints,
): SearchOutcome {
  const { text, difference, over } = find;
  const [low, high] = rangesAt(find, values, points)[0]!;
  const at = (x: number): Values => [...values, [over[0].parameter, x]];
  const valueAt = (x: number): number | undefined => finiteValue(points.at(place, at(x)), difference);
  const samples = Array.from({ length: SAMPLES }, (_, k) => {
    const x = k === SAMPLES - 1 ? high : low + ((high - low) * k) / (SAMPLES - 1);
    return [x, valueAt(x)] as const;
  });
  const findings: Finding[] = [];
  for (const [k, [b, fb]] of samples.entries()) {
    const [a, fa] = samples[k - 1] ?? [b, undefined];
    if (fa === undefined || fb === undefined || Math.sign(fa) === Math.sign(fb) || fa === 0) continue;
    const root = rootBetween(valueAt, [a, fa], [b, fb], ROOT_TOLERANCE * Math.abs(high - low));
    if (root && !root.isJump) findings.push({ values: at(root.at), text, value: root.value });
  }
  if (findings.length > 0) return { findings };
  return {
    findings,
    problem: {
      code: "W509",
      message: `${text} holds nowhere that was looked at between ${low} and ${high}`,
      fix: "look in another range: a difference that touches zero without changing its sign is not seen",
    },
  };
}
