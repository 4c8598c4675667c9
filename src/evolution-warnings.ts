import type { DerivedModel } from "./equation/derive.ts";
import type { MasterEquation } from "./equation/master-equation.ts";
import { fastestChange } from "./lower/frequency-change.ts";
import type { EvolutionDefinition } from "./model/model.ts";
import type { Reporter } from "./source/diagnostic.ts";
import type { RESULT_CODES } from "./thermo/codes.ts";
import { entropyProduction, violatesSecondLaw } from "./thermo/second-law.ts";
import type { SolvedPoint } from "./thermo/solved-point.ts";
import type { SettledTrajectory } from "./truncate/settled-trajectory.ts";

/** Reports what can be wrong with results. */
export type ResultReport = Reporter<keyof typeof RESULT_CODES>["report"];

/** An eigenvalue of ρ below minus this, or a hundred tolerances, is more than its error. */
const NEGATIVE = 1e-9;

/** Warns of errors above the tolerance, windows that are too small, states that are not positive, and entropy that is destroyed. */
export function warn(
  { span, name }: EvolutionDefinition,
  { windows, overflows, numerics }: SettledTrajectory,
  points: readonly SolvedPoint[],
  tolerance: number,
  report: ResultReport,
): void {
  const model = points[0]!.derived.model;
  if (numerics.error > tolerance) {
    report(
      "W511",
      span,
      `along '${name}' the estimated errors of all steps add up to ${numerics.error.toExponential(1)}, more than the ${tolerance} that was asked for: double precision gives no more here`,
      { fix: "ask for no more than that (within 1e-8, --tolerance 1e-8), or take the digits as they are" },
    );
  }
  for (const { subsystem, first, last, edges } of windows) {
    const overflow = overflows.get(subsystem);
    if (!overflow) continue;
    const { name: which, span: where } = model.subsystems[subsystem]!;
    const most = Math.max(...edges.map((p) => p ?? 0));
    report(
      "W501",
      where,
      `the window ${first}..${last} of '${which}' is too small from the time ${Number(overflow.time.toPrecision(3))} on: one of its ends holds the population ${overflow.population.toExponential(1)} then, and up to ${most.toExponential(1)} later`,
      { fix: "widen it, or leave it out: then it is found automatically" },
    );
  }
  const negative = points.find(
    (p) => p.state.certificate.smallestEigenvalue < -Math.max(NEGATIVE, 100 * tolerance),
  );
  if (negative) {
    report(
      "W503",
      span,
      `along '${name}' the state is not positive: at the time ${negative.motion!.time} its smallest eigenvalue is ${negative.state.certificate.smallestEigenvalue.toExponential(2)}`,
      { fix: "compare with 'unified', which keeps states positive" },
    );
  }
  const violation = points.find((p) => violatesSecondLaw(entropyProduction(p)));
  if (violation) {
    const found = entropyProduction(violation);
    const production = found.kind === "value" ? found.production.toExponential(2) : "";
    report(
      "W502",
      span,
      `along '${name}' the entropy production is negative at the time ${violation.motion!.time} (${production}): the equation '${violation.equation.name}' violates the second law there`,
    );
  }
}

/** A local bath follows its frequency at each moment: that says nothing of a frequency that changes fast. */
export function warnOfFastChange(
  { model, algebra }: DerivedModel,
  { dissipators, name }: MasterEquation,
  { span }: EvolutionDefinition,
  times: readonly number[],
  valuesAt: (time: number) => Float64Array,
  report: ResultReport,
): void {
  for (const { bath, jumps } of dissipators) {
    const speed = fastestChange(jumps, model, algebra.space, times.at(-1)!, valuesAt);
    if (!(speed > 0)) continue;
    report(
      "W510",
      span,
      `the bath '${model.baths[bath]!.name}' of '${name}' follows a Bohr frequency that changes in time: this assumes slow change, |dω/dt| far below ω², and here it is up to ${Number(speed.toPrecision(2))} ω²`,
    );
  }
}
