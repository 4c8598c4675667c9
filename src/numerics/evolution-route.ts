/** What the choice of a route depends on. */
export interface RouteFacts {
  /** Unknowns. */
  readonly size: number;
  /** Entries of L. */
  readonly nonzeros: number;
  /** Entries of the LU factors of L, as `symbolicFill` foresees them; `Infinity` where they are too many. */
  readonly fill: number;
  /** ‖L‖₁ times the last time asked for; of an L(t), the largest there is. */
  readonly normTime: number;
  /** How many times are asked for. */
  readonly count: number;
  readonly tolerance: number;
  readonly dependsOnTime: boolean;
}

export const EVOLUTION_ROUTES = ["dense", "shift-invert", "krylov", "runge-kutta", "radau"] as const;

export type EvolutionRoute = (typeof EVOLUTION_ROUTES)[number];

/** The route of a name, in which a word of the language may have `_` for `-`. */
export const routeNamed = (name: string): EvolutionRoute | undefined =>
  EVOLUTION_ROUTES.find((route) => route === name.replace("_", "-"));

export interface RouteChoice {
  readonly route: EvolutionRoute;
  /** Where the work depends on what the system does: the steps after which `fallback` would have been done sooner. */
  readonly maxSteps?: number;
  readonly fallback?: EvolutionRoute;
}

/** Beyond this the powers that the dense route keeps take more than about 150 MB. */
const LARGEST_DENSE = 800;

/** An explicit pair takes about a step for ‖L‖t = 4. Beyond this many, systems are taken to be stiff. */
const EXPLICIT_STEPS = 25_000;
const EXPLICIT_REACH = 4;

/**
 * The route that is expected to be done first, by estimates of the work in nanoseconds on one core that were fitted to
 * the measurements of `npm run measure:evolution` (docs/evolution.md):
 *
 * - dense: (10 + log₂‖L‖t) products of n³ multiplications at 1 ns. Only where ε‖L‖₁t/8 is below the tolerance:
 *   what rounding left was a tenth of ε‖L‖₁t at most in all measurements.
 * - krylov: 0.7‖L‖t products with L, each orthogonalised against up to 30 vectors; 1.5 ms for each step and time.
 * - shift-invert: log₂‖L‖t steps where fast motion decays before slow motion matters, and at most ‖L‖t/20; in each a
 *   factorisation, up to 40 solves, and 4 ms for the small problem. What does not decay needs more steps: after as many as
 *   the next best route would have paid for, that route takes over.
 *
 * Generators that depend on time go by the explicit pair up to ‖L‖t = 10⁵, then by Radau IIA.
 */
export function chooseRoute(facts: RouteFacts): RouteChoice {
  const { size, normTime, tolerance } = facts;
  if (facts.dependsOnTime) {
    return { route: normTime <= EXPLICIT_REACH * EXPLICIT_STEPS ? "runge-kutta" : "radau" };
  }
  const mayBeDense = size <= LARGEST_DENSE && (Number.EPSILON / 8) * normTime <= tolerance;
  const work = { dense: mayBeDense ? denseWork(facts) : Infinity, krylov: krylovWork(facts) };
  const other = work.dense < work.krylov ? "dense" : "krylov";
  const step = shiftInvertStep(facts);
  const expected = step * Math.max(1, Math.min(normTime / 20, Math.log2(1 + normTime)));
  if (!(expected < work[other])) return { route: other };
  return {
    route: "shift-invert",
    maxSteps: Math.ceil(Math.max(FEWEST_STEPS, (2 * work[other]) / step)),
    fallback: other,
  };
}

/** A route is not given up before this many steps. */
const FEWEST_STEPS = 40;

const denseWork = ({ size, normTime, count }: RouteFacts): number =>
  size ** 3 * (10 + Math.log2(1 + normTime)) + count * 12 * size ** 2;

const krylovWork = ({ size, nonzeros, normTime, count }: RouteFacts): number =>
  (30 + 0.7 * normTime) * (2 * nonzeros + 120 * size + 50_000) + count * 1.5e6;

const shiftInvertStep = ({ size, nonzeros, fill }: RouteFacts): number =>
  fill ** 2 / size + 40 * (6 * fill + 10 * nonzeros + 160 * size) + 4e6;
