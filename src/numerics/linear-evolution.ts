import { evolveDense } from "./dense-evolution.ts";
import {
  checkTimes,
  DEFAULT_TOLERANCE,
  type Evolution,
  type EvolutionOptions,
  isFailure,
  type WatchedEvolution,
} from "./evolution.ts";
import { chooseRoute, type EvolutionRoute, type RouteChoice } from "./evolution-route.ts";
import { evolveKrylov } from "./krylov-evolution.ts";
import { minimumDegree } from "./minimum-degree.ts";
import { evolveRadau } from "./radau-evolution.ts";
import { standing } from "./rational-evolution.ts";
import { type Derivative, evolveRungeKutta } from "./runge-kutta.ts";
import { evolveShiftInvert } from "./shift-invert-evolution.ts";
import { multiply, norm1, type SparseMatrix } from "./sparse-matrix.ts";
import { symbolicFill } from "./symbolic-fill.ts";
import { withinTolerance } from "./within-tolerance.ts";

export interface LinearEvolutionOptions extends EvolutionOptions, WatchedEvolution {
  /** w with wᵀL = 0, where there is one: wᵀx is kept to round-off. */
  readonly conserved?: Float64Array;
  /** The route to take in the place of the rule's; no other is tried then. */
  readonly route?: EvolutionRoute;
}

export interface RoutedEvolution extends Evolution {
  /** The route that led to the states. */
  readonly route: EvolutionRoute;
}

/** Entries of factors beyond which the routes that need them are not considered. */
const MAX_FILL = 1e7;

/** Unknowns beyond which the matrices of the dense route would fill the memory. */
const MAX_DENSE = 3000;

/**
 * The states e^{tL}x at the times given by the route that `chooseRoute` picks, or the one it falls back on. `low` holds what
 * the entries of L lost to rounding, in the order of its values.
 */
export function evolveLinear(
  L: SparseMatrix,
  low: Float64Array,
  start: Float64Array,
  times: ArrayLike<number>,
  options: LinearEvolutionOptions = {},
): RoutedEvolution {
  checkTimes(times);
  if (options.route) return by(options.route, options.maxSteps, L, low, start, times, options);
  const choice = routeFor(L, times, options.tolerance ?? DEFAULT_TOLERANCE);
  const first = by(choice.route, choice.maxSteps, L, low, start, times, options);
  const isGivenUp = isFailure(first.outcome) && first.outcome !== "not-finite";
  return isGivenUp && choice.fallback
    ? by(choice.fallback, options.maxSteps, L, low, start, times, options)
    : first;
}

function routeFor(L: SparseMatrix, times: ArrayLike<number>, tolerance: number): RouteChoice {
  const fill = symbolicFill(L, minimumDegree(L, []), MAX_FILL);
  return chooseRoute({
    size: L.columns,
    nonzeros: L.values.length,
    fill: fill > MAX_FILL ? Infinity : fill,
    normTime: norm1(L) * (times[times.length - 1] ?? 0),
    count: times.length,
    tolerance,
    dependsOnTime: false,
  });
}

function by(
  route: EvolutionRoute,
  maxSteps: number | undefined,
  L: SparseMatrix,
  low: Float64Array,
  start: Float64Array,
  times: ArrayLike<number>,
  options: LinearEvolutionOptions,
): RoutedEvolution {
  const limited = maxSteps === undefined ? options : { ...options, maxSteps };
  switch (route) {
    case "dense":
      if (L.columns > MAX_DENSE) return { ...standing("too-large", [], 0), route };
      return { ...evolveDense(L, start, times, options), route };
    case "krylov":
      return { ...evolveKrylov(L, start, times, limited), route };
    case "shift-invert":
      return { ...evolveShiftInvert(L, low, start, times, limited), route };
    case "runge-kutta":
      return { ...byRungeKutta(L, start, times, limited), route };
    case "radau":
      return { ...evolveRadau(() => L, start, times, limited), route };
  }
}

/** The explicit pair takes the error of a step, of which many add up. */
function byRungeKutta(
  L: SparseMatrix,
  start: Float64Array,
  times: ArrayLike<number>,
  { tolerance = DEFAULT_TOLERANCE, ...options }: LinearEvolutionOptions,
): Evolution {
  const derivative: Derivative = (_, x, out) => void multiply(L, x, out);
  return withinTolerance(tolerance, tolerance / 10, (bound) =>
    evolveRungeKutta(derivative, start, times, { ...options, absolute: bound, relative: bound }),
  );
}
