import type { DerivedModel } from "./equation/derive.ts";
import { frameText } from "./equation/hamiltonian.ts";
import type { MasterEquation } from "./equation/master-equation.ts";
import { placeIn } from "./lower/moved-state.ts";
import type { EvolutionCertificate, LongTimeReport } from "./report/evolution-results.ts";
import type { LaterPoint } from "./solve/resting-point.ts";
import type { SolvedPoint } from "./thermo/solved-point.ts";
import type { SettledState } from "./truncate/settled-steady-state.ts";
import type { SettledTrajectory } from "./truncate/settled-trajectory.ts";

/** What vouches for an evolution. */
export function certificateOf(
  { numerics, size, windows, points: reached, moves, leftBehind }: SettledTrajectory,
  points: readonly SolvedPoint[],
  { model }: DerivedModel,
  { frame, dependsOnTime }: MasterEquation,
  longTime: LongTimeReport | undefined,
  asked: { readonly tolerance: number; readonly isRouteAsked: boolean },
): EvolutionCertificate {
  const worst = (of: (p: SolvedPoint) => number): number =>
    points.reduce((most, p) => Math.max(most, of(p)), 0);
  return {
    tolerance: asked.tolerance,
    estimatedError: numerics.error,
    route: numerics.routes.join(", "),
    isRouteAsked: asked.isRouteAsked,
    steps: numerics.steps,
    traceError: worst((p) => p.state.certificate.traceError),
    smallestEigenvalue: points.reduce(
      (least, p) => Math.min(least, p.state.certificate.smallestEigenvalue),
      1,
    ),
    windows: Object.fromEntries(
      windows.map(({ subsystem, first, last, isAutomatic, edges }) => [
        model.subsystems[subsystem]!.name,
        { first, last, isAutomatic, edgePopulations: [edges[0] ?? null, edges[1] ?? null] as const },
      ]),
    ),
    sectorSize: size,
    fullSize: Math.max(...reached.map((p) => p.basis.dimension ** 2)),
    moves,
    leftBehind,
    longTime: longTime ?? null,
    dependsOnTime,
    frame: frame ? frameText(model) : null,
  };
}

/** The limit of long times by evolution, beside the state that the solver finds at rest. */
export function longTimeOf(
  { basis, later }: SettledTrajectory,
  rest: SettledState,
): LongTimeReport | undefined {
  const holdsRest = rest.point.basis.windows.every(
    (w, s) => w.first >= basis.windows[s]!.first && w.last <= basis.windows[s]!.last,
  );
  const last = holdsRest ? later() : undefined;
  return last && { time: last.time, distance: distanceToRest(last, basis, rest) };
}

/** max |ρ_ij| of the difference between two states on windows of which one holds the other. */
function distanceToRest(
  { sector, rho }: LaterPoint,
  basis: SettledTrajectory["basis"],
  { point }: SettledState,
): number {
  const translated = placeIn(basis, point.basis);
  let most = 0;
  const { row, column, unknown } = point.sector;
  for (let k = 0; k < row.length; k++) {
    const [i, j] = [translated(row[k]!), translated(column[k]!)];
    const pair = sector.pairOf(Math.min(i, j), Math.max(i, j));
    const x = unknown[k]!;
    const [re, im] = [point.state.unknowns[x]!, i === j ? 0 : point.state.unknowns[x + 1]!];
    const y = pair < 0 ? -1 : sector.unknown[pair]!;
    const [u, v] = y < 0 ? [0, 0] : [rho[y]!, i === j ? 0 : rho[y + 1]!];
    most = Math.max(most, Math.hypot(re - u, im - v));
  }
  return most;
}
