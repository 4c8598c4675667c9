import { evolveDense } from "./dense-evolution.ts";
import { checkTimes, DEFAULT_TOLERANCE, type Evolution, type EvolutionOptions } from "./evolution.ts";
import { chooseRoute, type EvolutionRoute, type RouteChoice } from "./evolution-route.ts";
import { evolveKrylov } from "./krylov-evolution.ts";
import { minimumDegree } from "./minimum-degree.ts";
import { evolveShiftInvert } from "./shift-invert-evolution.ts";
import { norm1, type SparseMatrix } from "./sparse-matrix.ts";
import { symbolicFill } from "./symbolic-fill.ts";

export interface LinearEvolutionOptions extends EvolutionOptions {
  /** w with wᵀL = 0, where there is one: wᵀx is kept to round-off. */
  readonly conserved?: Float64Array;
}

export interface RoutedEvolution extends Evolution {
  /** The route that led to the states. */
  readonly route: EvolutionRoute;
}

/** Entries of factors beyond which the routes that need them are not considered. */
const MAX_FILL = 1e7;

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
  const choice = routeFor(L, times, options.tolerance ?? DEFAULT_TOLERANCE);
  const first = by(choice.route, choice.maxSteps, L, low, start, times, options);
  const isGivenUp =
    first.outcome !== "evolved" && first.outcome !== "cancelled" && first.outcome !== "not-finite";
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
      return { ...evolveDense(L, start, times, options), route };
    case "krylov":
      return { ...evolveKrylov(L, start, times, limited), route };
    default:
      return { ...evolveShiftInvert(L, low, start, times, limited), route: "shift-invert" };
  }
}
