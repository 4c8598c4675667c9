import type { SearchDefinition, SearchRange } from "../model/model.ts";
import { parameterSlot } from "../model/parameter-values.ts";
import { compileReal } from "../scalar/compile.ts";
import type { ExperimentPoints } from "./experiment-points.ts";
import type { Values } from "./grid.ts";

/** What a search found at one point of the grid. */
export interface Finding {
  /** The point of the grid with the values found. */
  readonly values: Values;
  /** What the search is named by in the model, and its value there. */
  readonly text: string;
  readonly value: number;
  readonly optimum?: Optimum;
}

/** How an optimum was found. */
export interface Optimum {
  readonly kind: "maximise" | "minimise";
  /** Places of the parameters that sit on an end of their range. */
  readonly atEnds: readonly number[];
  /** Of the best between the ends, where the best of all sits on an end. */
  readonly isLocal: boolean;
  /** Whether there is one between the ends. */
  readonly hasInside: boolean;
  /** Steady states that were asked for. */
  readonly evaluations: number;
}

export interface SearchOutcome {
  readonly findings: readonly Finding[];
  /** What is to be said of it. */
  readonly problem?: SearchProblem;
}

export interface SearchProblem {
  readonly code: "W508" | "W509" | "W512";
  readonly message: string;
  readonly fix: string;
}

/** The ends of a search's ranges at a point of the grid. */
export const rangesAt = (
  { over }: SearchDefinition,
  values: Values,
  points: ExperimentPoints,
): readonly (readonly [from: number, to: number])[] => {
  const parameters = points.parametersAt(values);
  const end = (node: SearchRange["from"]): number => compileReal(node, parameterSlot)(parameters);
  return over.map(({ from, to }) => [end(from), end(to)] as const);
};
