import { sumOperators } from "../algebra/normal-form.ts";
import type { MasterEquation } from "../equation/master-equation.ts";
import { type Generator, lowerEquation } from "../lower/generator.ts";
import { observable } from "../lower/observable.ts";
import { matrixOfUnknowns, unknownsOfMatrix } from "../lower/product-state.ts";
import { describeBadRate, rateCheck } from "../lower/rate-check.ts";
import { vanishingFrequency } from "../lower/vanishing-frequency.ts";
import type { ProductBasis } from "../lower/window.ts";
import type { Model } from "../model/model.ts";
import { valuesInTime } from "../model/parameter-values.ts";
import { type Evolution, isFailure, type WatchedEvolution } from "../numerics/evolution.ts";
import { chooseRoute, type EvolutionRoute } from "../numerics/evolution-route.ts";
import { evolveRadau, type RadauOptions } from "../numerics/radau-evolution.ts";
import { evolveRungeKutta } from "../numerics/runge-kutta.ts";
import { withinTolerance } from "../numerics/within-tolerance.ts";
import { readMeters } from "./brought-energy.ts";
import { type CoefficientCourse, coefficientCourse } from "./coefficient-course.ts";
import { populations } from "./density.ts";
import { type DrivenSystem, drivenSystem } from "./driven-system.ts";
import { imagesByMatrices, productFlows } from "./energy-flow.ts";
import { joining } from "./evolving-system.ts";
import type { SolveFailure } from "./steady-state.ts";
import {
  failed,
  gaveUp,
  type TrajectoryOptions,
  type TrajectoryOutcome,
  type TrajectoryPoint,
  type Waypoint,
} from "./trajectory-outcome.ts";

/** Where a coefficient diverges is known to this part of the whole time: the digits of a square are half of those of time. */
const NEARNESS = 1e-7;

/** What the explicit pair has not done in all its steps is stiff, and done in so few of Radau's, or changes ever faster. */
const STIFF_STEPS = 10_000;

/** Times at which rates and the size of L(t) are looked at. */
const CHECKS = 128;

/**
 * Evolves a state of an equation that depends on time, as `trajectory` does one that does not: by an explicit pair of
 * order 8, or by Radau's method of order 9 where that would take too many steps. `parameters` are those at the time 0.
 */
export function drivenTrajectory(
  equation: MasterEquation,
  model: Model,
  basis: ProductBasis,
  parameters: Float64Array,
  start: Waypoint,
  times: readonly number[],
  options: TrajectoryOptions,
): TrajectoryOutcome {
  const valuesAt = valuesInTime(model.parameters, parameters);
  const wrong = wrongOnTheWay(equation, model, basis, valuesAt, times.at(-1) ?? 0, options.route);
  if (wrong) return failed(wrong);
  const lowered = lowerEquation(equation, basis, model.parameters.length, joining(start.rho));
  if (lowered.kind === "too-large") {
    return failed({ ...lowered, advice: "use fewer subsystems, or smaller windows of levels" });
  }
  const { generator } = lowered;
  const { sector } = generator;
  const system = drivenSystem(equation, model, generator, (t) => valuesAt(start.time + t));
  const length = (times.at(-1) ?? start.time) - start.time;
  const course = length > 0 ? coefficientCourse(system, length) : undefined;
  const { divergence } = course ?? {};
  const limit = divergence ? divergence.time - NEARNESS * length : length;
  const possible = times.filter((t) => t - start.time <= limit);
  const end = divergence && diverging(start.time + divergence.time, divergence, system, equation, model);
  if (end && possible.length === 0) return failed(end);
  const { result, last, passed } = evolved(system, generator, start, possible, course, options);
  const pointOf = pointReader(equation, generator, system, start.time, valuesAt);
  const reached = {
    points: passed.map(pointOf),
    size: sector.size,
    numerics: { routes: [result.route], steps: result.steps, error: result.error },
  };
  const { outcome } = result;
  if (isFailure(outcome)) return failed(gaveUp(outcome, start.time + result.time, options.route), reached);
  if (end && outcome === "evolved") return failed(end, reached);
  return {
    kind: "evolved",
    trajectory: {
      ...reached,
      outcome,
      end: () => ({ ...last, rho: matrixOfUnknowns(sector, last.rho) }),
      // what never stops changing has no limit
      later: () => undefined,
    },
  };
}

/** Why the evolution ends at a time, with the part of the equation that does not go on. */
function diverging(
  time: number,
  { coefficient }: NonNullable<CoefficientCourse["divergence"]>,
  { movingIn }: DrivenSystem,
  { dissipators }: MasterEquation,
  { baths }: Model,
): SolveFailure {
  const part = movingIn[coefficient]!;
  const of = part <= 0 ? "the Hamiltonian" : `the bath '${baths[dissipators[part - 1]!.bath]!.name}'`;
  return {
    kind: "not-finite",
    reason: `at the time ${Number(time.toPrecision(6))} a coefficient of ${of} is infinite or not a number, and no state leads beyond it`,
    advice: "end before that time, or keep the coefficient finite: x/(x^2 + w^2) in the place of 1/x",
  };
}

/** The states at the times that were reached, and the last that was let pass. */
function evolved(
  system: DrivenSystem,
  { sector, basis }: Generator,
  start: Waypoint,
  times: readonly number[],
  course: CoefficientCourse | undefined,
  options: TrajectoryOptions,
) {
  const before = start.brought ?? new Float64Array(system.scale.length);
  const passedAt = (time: number, x: Float64Array): Passed => ({
    time,
    rho: x.slice(0, sector.size),
    brought: before.map((value, m) => value + system.scale[m]! * x[sector.size + m]!),
  });
  const first = new Float64Array(system.size);
  first.set(unknownsOfMatrix(start.rho, sector));
  let last = passedAt(start.time, first);
  const { watch } = options;
  const onState = (t: number, x: Float64Array): boolean => {
    const time = start.time + t;
    const verdict = watch!({
      time,
      populations: (subsystem) => populations({ basis, sector }, x.subarray(0, sector.size), subsystem),
    });
    if (verdict !== "stop before") last = passedAt(time, x);
    return verdict === "on";
  };
  const relative = times.map((t) => t - start.time);
  const result = integrated(system, first, relative, course, options, watch && { onState });
  const passed = result.states.map((x, k) => passedAt(times[k]!, x));
  if (result.outcome === "evolved") last = passed.at(-1) ?? last;
  return { result, last, passed };
}

/** A state that was come to, and what the meters showed by then. */
interface Passed {
  readonly time: number;
  readonly rho: Float64Array;
  readonly brought: Float64Array;
}

const needsConstant = (route: EvolutionRoute): SolveFailure => ({
  kind: "depends-on-time",
  reason: `the route ${route} is one for equations that do not depend on time`,
  advice: "leave it to the rule, or ask for runge-kutta or radau",
});

/** A route that is none here, a frequency that vanishes, or a rate that is none, at some time. */
function wrongOnTheWay(
  equation: MasterEquation,
  model: Model,
  basis: ProductBasis,
  valuesAt: (time: number) => Float64Array,
  end: number,
  route: EvolutionRoute | undefined,
): SolveFailure | undefined {
  if (route && route !== "runge-kutta" && route !== "radau") return needsConstant(route);
  const vanishing = vanishingFrequency(equation, model, basis, valuesAt, end);
  if (vanishing) {
    return {
      kind: "zero-frequency",
      reason: `at the time ${Number(vanishing.time.toPrecision(6))} a Bohr frequency of the bath '${vanishing.bath}' reaches zero, where a boson has no occupation`,
      advice:
        "keep the free terms away from a crossing of levels, or write the bath as jumps with rates of your own",
    };
  }
  const badRate = rateCheck(equation, model, basis);
  for (let k = 0; k <= CHECKS; k++) {
    const time = (k / CHECKS) * end;
    const bad = badRate(valuesAt(time));
    if (!bad) continue;
    const { reason, advice } = describeBadRate(bad);
    return { kind: "bad-rate", reason: `at the time ${Number(time.toPrecision(4))} ${reason}`, advice };
  }
  return undefined;
}

function integrated(
  system: DrivenSystem,
  start: Float64Array,
  times: readonly number[],
  course: CoefficientCourse | undefined,
  { tolerance, route: asked, onStep }: TrajectoryOptions,
  watched: WatchedEvolution | undefined,
): Evolution & { readonly route: EvolutionRoute } {
  const end = times.at(-1) ?? 0;
  const { route } = asked
    ? { route: asked }
    : chooseRoute({
        size: start.length,
        nonzeros: 0,
        fill: Number.POSITIVE_INFINITY,
        normTime: largestNorm(system, end) * end,
        count: times.length,
        tolerance,
        dependsOnTime: true,
      });
  const options = {
    tolerance,
    longestStep: course?.shortestFeature ?? 0,
    ...(onStep && { onStep }),
    ...watched,
  };
  if (route !== "radau") {
    const explicit = byRungeKutta(system, start, times, options);
    if (asked || explicit.outcome !== "too-many-steps") return { ...explicit, route: "runge-kutta" };
    const implicit = evolveRadau(system.matrixAt, start, times, { ...options, maxSteps: STIFF_STEPS });
    return implicit.time > explicit.time
      ? { ...implicit, route: "radau" }
      : { ...explicit, route: "runge-kutta" };
  }
  return { ...evolveRadau(system.matrixAt, start, times, options), route: "radau" };
}

/** Steps whose estimated errors add up to no more than the tolerance. */
const byRungeKutta = (
  { derivative }: DrivenSystem,
  start: Float64Array,
  times: readonly number[],
  { tolerance, ...options }: RadauOptions & { readonly tolerance: number },
): Evolution =>
  withinTolerance(tolerance, tolerance / 100, (bound) =>
    evolveRungeKutta(derivative, start, times, { ...options, relative: bound, absolute: bound }),
  );

/** Of what acts on ρ: the integrals beside it follow, however fast they grow, and limit no step. */
function largestNorm({ matrixAt, size, scale }: DrivenSystem, end: number): number {
  const n = size - scale.length;
  let most = 0;
  for (let k = 0; k <= 16; k++) {
    const { columnStarts, rowIndices, values } = matrixAt((k / 16) * end);
    for (let column = 0; column < n; column++) {
      let sum = 0;
      for (let e = columnStarts[column]!; e < columnStarts[column + 1]!; e++) {
        if (rowIndices[e]! < n) sum += Math.abs(values[e]!);
      }
      most = Math.max(most, sum);
    }
  }
  return most;
}

/** What quantities need to know of a state on its way. */
function pointReader(
  equation: MasterEquation,
  generator: Generator,
  { imagesAt, meters }: DrivenSystem,
  begin: number,
  valuesAt: (time: number) => Float64Array,
): (passed: Passed) => TrajectoryPoint {
  const { sector, basis } = generator;
  const flows = productFlows(equation, basis, imagesByMatrices(generator));
  const whole = observable(
    sumOperators([equation.free, equation.interaction], equation.space),
    sector,
    basis,
  );
  const power = equation.power && observable(equation.power, sector, basis);
  return ({ time, rho, brought }) => {
    const values = valuesAt(time);
    const { change, dissipative } = imagesAt(time - begin, rho);
    return {
      time,
      basis,
      sector,
      rho,
      change,
      dissipative,
      flows: flows(values, rho),
      energyRate: whole.trace(values, change).re + (power?.trace(values, rho).re ?? 0),
      ...readMeters(meters, brought, generator.dissipators.length),
    };
  };
}
