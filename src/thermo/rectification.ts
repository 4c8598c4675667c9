import type { Model } from "../model/model.ts";
import { type QuantityValue, type StandardQuantity, undefinedBecause, value } from "./quantity.ts";
import type { SolvedPoint } from "./solved-point.ts";

/** The same current before and after a variant, or why it has no two values. */
type Pair = { readonly before: number; readonly after: number } | { readonly problem: string };

/**
 * The heat from the hot bath and, in the variant, that from the bath that is the cold one here: with the temperatures
 * exchanged it is then the heat that flows in, Eq. (38).
 */
function heats(here: SolvedPoint, there: SolvedPoint): Pair {
  const { cold, hot, problem } = here.roles;
  if (cold === undefined || hot === undefined) return { problem: problem ?? "there is no cold and hot bath" };
  const [before, after] = [here.currents[hot], there.currents[cold]];
  if (!before || !after) return { problem: "the equation leaves out the cold or the hot bath" };
  return { before: before.heat, after: after.heat };
}

/** ⟨L⟩ of the model's rotor in both. */
function momenta(here: SolvedPoint, there: SolvedPoint): Pair {
  const rotors = rotorsOf(here.derived.model);
  const [rotor] = rotors;
  if (rotor === undefined) return { problem: "the model has no rotor" };
  if (rotors.length > 1)
    return { problem: "the model has several rotors: write mean(r.L) of the one that is meant" };
  const { algebra } = here.derived;
  const momentum = algebra.normalForm({ kind: "named", subsystem: rotor, name: "L" });
  return { before: here.mean(momentum).re, after: there.mean(momentum).re };
}

const rotorsOf = ({ subsystems }: Model): number[] =>
  subsystems.flatMap(({ kind }, place) => (kind.name === "rotor" ? [place] : []));

/** |(x − x′)/(x + x′)|, Eqs. (39), (42) */
const contrast = ({ before, after }: { before: number; after: number }): QuantityValue =>
  before + after === 0
    ? undefinedBecause("both currents are zero, or they are equal and opposite")
    : value(Math.abs((before - after) / (before + after)));

/** max(|x|, |x′|), Eqs. (40) without its unit, (43) */
const larger = ({ before, after }: { before: number; after: number }): QuantityValue =>
  value(Math.max(Math.abs(before), Math.abs(after)));

const comparison = (
  name: string,
  description: string,
  pairOf: (here: SolvedPoint, there: SolvedPoint) => Pair,
  measure: (pair: { before: number; after: number }) => QuantityValue,
): StandardQuantity => ({
  name,
  description,
  operand: "variant",
  isText: false,
  evaluate: (point, operand, inVariant) => {
    if (operand.kind !== "variant") throw new Error("a variant is needed");
    const there = inVariant(operand.variant);
    if ("problem" in there) return undefinedBecause(there.problem);
    const pair = pairOf(point, there);
    return "problem" in pair ? undefinedBecause(pair.problem) : measure(pair);
  },
});

/** Two runs of one model, the second with parameters exchanged: Eqs. (38)–(40), (42), (43). */
export const RECTIFICATION: readonly StandardQuantity[] = [
  comparison(
    "rectification",
    "R, Eq. (39): |(Q − Q′)/(Q + Q′)|, Q the heat from the hot bath and Q′ that from the cold one in the variant, where their temperatures are exchanged",
    heats,
    contrast,
  ),
  comparison("largest_heat", "max(|Q|, |Q′|) of the same heats: J of Eq. (40) times its unit", heats, larger),
  comparison(
    "angular_rectification",
    "Eq. (42): |(⟨L⟩ − ⟨L⟩′)/(⟨L⟩ + ⟨L⟩′)| of the model's rotor, here and in the variant",
    momenta,
    contrast,
  ),
  comparison(
    "largest_momentum",
    "J_angular, Eq. (43): max(|⟨L⟩|, |⟨L⟩′|) of the model's rotor, here and in the variant",
    momenta,
    larger,
  ),
];
