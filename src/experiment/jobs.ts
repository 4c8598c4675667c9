import type { SweepDefinition } from "../model/model.ts";
import type { ExperimentPoints } from "./experiment-points.ts";
import { pointsOf, type Values } from "./grid.ts";

/** A piece of an experiment that is worked out by itself. What comes of it depends on nothing else. */
export interface Job {
  /** Place in `Model.equations`. */
  readonly equation: number;
  /** Place in `SweepDefinition.searches`; absent where the point itself is asked for. */
  readonly search?: number;
  /** The point of the grid. */
  readonly values: Values;
}

/**
 * All that an experiment asks for, in the order of its rows: for each equation the points of the grid, then each search at
 * the points of the axes that it does not run over itself. Points are rows only where nothing else would be: without
 * searches, or where all searches run over what is swept.
 */
export function jobsOf(definition: SweepDefinition, points: ExperimentPoints): readonly Job[] {
  const { equations, axes, searches } = definition;
  const base = points.parametersAt([]);
  const axesOf = searches.map(({ over }) =>
    axes.filter(({ parameter }) => !over.some((o) => o.parameter === parameter)),
  );
  const hasPoints = searches.length === 0 || (axes.length > 0 && axesOf.every((a) => a.length < axes.length));
  return equations.flatMap((equation) => [
    ...(hasPoints ? pointsOf(axes, base).map((values): Job => ({ equation, values })) : []),
    ...axesOf.flatMap((own, search) =>
      pointsOf(own, base).map((values): Job => ({ equation, search, values })),
    ),
  ]);
}
