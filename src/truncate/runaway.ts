import type { SolveFailure } from "../solve/steady-state.ts";
import type { SlowTail } from "./algebraic-tail.ts";
import { MAX_LEVELS, type WindowReport } from "./window-report.ts";

/** A failure on the way to a wider window: the drift is the cause and the failure what it led to. */
export function drifted(
  failure: SolveFailure,
  name: string,
  { first, last, edges }: WindowReport,
): SolveFailure {
  const held = edges.map((p) => (p ?? 0).toExponential(1)).join(" and ");
  return {
    kind: failure.kind,
    reason: `the window ${first}..${last} of '${name}' still held ${held} at its ends, and in a wider one ${failure.reason}`,
    advice: holdingAdvice(name),
  };
}

const holdingAdvice = (name: string): string =>
  `give '${name}' something that holds it (a load, a loss), or state a window to see the truncated system`;

/** Populations that no window holds, however wide. */
export function boundless(name: string, { report: { first, last }, power }: SlowTail): SolveFailure {
  return {
    kind: "unbounded",
    reason: `towards the ends of its window ${first}..${last} the populations of '${name}' fall only like |l|^-${power.toPrecision(2)}, so that ${MAX_LEVELS} levels would not hold them`,
    advice: holdingAdvice(name),
  };
}

/** A window that would have to be wider than is tried. */
export const runaway = (name: string, { edges }: WindowReport): SolveFailure => ({
  kind: "unbounded",
  reason: `the window of '${name}' would need more than ${MAX_LEVELS} levels and its ends still hold ${edges.map((p) => (p ?? 0).toExponential(1)).join(" and ")}: it drifts without bound`,
  advice: holdingAdvice(name),
});
