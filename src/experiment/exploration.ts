import type { DerivedModel } from "../equation/derive.ts";
import type { PathStep, Variant } from "../model/model.ts";
import { compileParameters } from "../model/parameter-values.ts";
import type { SolveFailure } from "../solve/steady-state.ts";
import { type QuantityContext, quantityCompiler } from "../thermo/evaluate-quantity.ts";
import type { StandardQuantity } from "../thermo/quantity.ts";
import { pointThermodynamics, type SolvedPoint } from "../thermo/solved-point.ts";
import { type SettledState, type SolverCache, settledSteadyState } from "../truncate/settled-steady-state.ts";
import { type KnownStates, knownStates } from "./known-states.ts";

export type Solved = { readonly point: SolvedPoint; readonly settled: SettledState };
export type Unsolved = { readonly problem: string; readonly advice: string; readonly code: "E501" | "E504" };

const unsolved = ({ kind, reason, advice }: SolveFailure): Unsolved => ({
  problem: reason,
  advice,
  code: kind === "bad-rate" ? "E504" : "E501",
});

/** Solves equations under variants, each once. */
export interface Explorer {
  readonly solve: (equation: number, variants: readonly number[]) => Solved | Unsolved;
  readonly context: (equation: number, variants: readonly number[], point: SolvedPoint) => QuantityContext;
}

export interface ExplorationOptions {
  /** The quantities that exist, by name. */
  readonly standard: ReadonlyMap<string, StandardQuantity>;
  readonly onProgress?: (message: string) => void;
  /** Solvers that earlier points of the same equations have left, and that these points leave. */
  readonly solvers?: SolverCache;
  /** A point of the parameters that answers may depend on, besides their own (`settledSteadyState`). */
  readonly reference?: Float64Array;
  /** States of the same model that are known already, and that these points are put beside. */
  readonly known?: KnownStates;
}

/** An explorer of the model with `base` before all variants: the settings of an experiment, a point of its grid. */
export type Exploration = (base: readonly Variant[]) => Explorer;

/** What does not depend on the parameters is made once for all points. */
export function exploration(
  derived: DerivedModel,
  {
    standard,
    onProgress = () => {},
    solvers = new Map(),
    reference,
    known = knownStates(derived),
  }: ExplorationOptions,
): Exploration {
  const parameters = compileParameters(derived.model.parameters);
  const thermodynamics = derived.equations.map((equation) => pointThermodynamics(derived, equation));
  const compile = quantityCompiler();
  return (base) => {
    const solved = new Map<string, Solved | Unsolved>();
    const solve: Explorer["solve"] = (place, variants) => {
      const key = `${place}:${variants.join(",")}`;
      const present = solved.get(key);
      if (present) return present;
      const values = parameters.at([...base, ...variants.map((v): Variant => derived.model.variants[v]!)]);
      const equation = derived.equations[place]!;
      const outcome = known.at(place, values, reference, () =>
        settledSteadyState(derived, equation, values, solvers, onProgress, true, reference),
      );
      const result: Solved | Unsolved =
        outcome.kind === "failed"
          ? unsolved(outcome.failure)
          : {
              settled: outcome.settled,
              point: thermodynamics[place]!(outcome.settled.point, values, outcome.settled.counted),
            };
      solved.set(key, result);
      return result;
    };
    const context: Explorer["context"] = (place, variants, point) => ({
      point,
      standard,
      compile,
      follow: (step: PathStep) => {
        const equation = step.kind === "equation" ? step.equation : place;
        const changed = step.kind === "variant" ? [...variants, step.variant] : variants;
        const there = solve(equation, changed);
        return "problem" in there ? there : context(equation, changed, there.point);
      },
    });
    return { solve, context };
  };
}
