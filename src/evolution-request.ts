import type { MasterEquation } from "./equation/master-equation.ts";
import { gridValues } from "./experiment/grid.ts";
import { isTolerance, TOLERANCE_ADVICE } from "./model/check-experiments.ts";
import { pointProblem } from "./model/check-values.ts";
import type { EvolutionDefinition, Model } from "./model/model.ts";
import { parameterSlot } from "./model/parameter-values.ts";
import type { StateDefinition } from "./model/state.ts";
import type { EvolutionRoute } from "./numerics/evolution-route.ts";
import { compileReal } from "./scalar/compile.ts";
import type { SolveFailure } from "./solve/steady-state.ts";

/** What an evolution is asked for, by an experiment and by those who run it. */
export interface EvolutionRequest {
  readonly state: StateDefinition;
  /** In order, without the one that stands for the steady state. */
  readonly times: readonly number[];
  /** Whether the steady state is asked for, too, as the time inf. */
  readonly isRestAsked: boolean;
  /** The error that an element of ρ may have. */
  readonly tolerance: number;
  readonly route?: EvolutionRoute;
}

/** The error that an element of ρ may have, where nothing is said. */
export const TOLERANCE = 1e-11;

/** What an experiment asks of an equation, or what is wrong with it. `valuesAt` has all parameters at a time. */
export function evolutionRequest(
  definition: EvolutionDefinition,
  { dependsOnTime }: MasterEquation,
  model: Model,
  valuesAt: (time: number) => Float64Array,
  asked: { readonly tolerance?: number; readonly route?: EvolutionRoute },
): EvolutionRequest | SolveFailure {
  const parameters = valuesAt(0);
  const wrong = pointProblem(parameters, model);
  if (wrong) return refusal(wrong, "look at the settings of the experiment");
  const state = model.states.find((s) => s.name === definition.state);
  if (!state)
    return refusal(`there is no state '${definition.state}'`, "declare it: state start { q = |0> }");
  const all = gridValues(definition.times, parameters).sort((a, b) => a - b);
  const times = all.filter((t) => t < Number.POSITIVE_INFINITY);
  const wrongTime = all.find((t) => !(t >= 0));
  if (wrongTime !== undefined || times.length === 0) {
    const reason = wrongTime === undefined ? "no time is finite" : `one of its times is ${wrongTime}`;
    return refusal(reason, "times begin at 0: over time in linear(0, 40, 81)");
  }
  const tolerance = asked.tolerance ?? toleranceOf(definition, parameters);
  if (!isTolerance(tolerance)) return refusal(`its tolerance is ${tolerance}`, TOLERANCE_ADVICE);
  const wrongInTime = dependsOnTime ? timeProblem(all, valuesAt, model) : undefined;
  if (wrongInTime) return wrongInTime;
  const route = asked.route ?? definition.route;
  return { state, times, isRestAsked: times.length < all.length, tolerance, ...(route && { route }) };
}

const refusal = (reason: string, advice: string): SolveFailure => ({ kind: "not-finite", reason, advice });

const toleranceOf = ({ tolerance }: EvolutionDefinition, parameters: Float64Array): number =>
  tolerance ? compileReal(tolerance, parameterSlot)(parameters) : TOLERANCE;

/** What is wrong with the times of an equation that depends on time, or with its values at one of them. */
function timeProblem(
  times: readonly number[],
  valuesAt: (time: number) => Float64Array,
  model: Model,
): SolveFailure | undefined {
  for (const time of times) {
    if (time === Number.POSITIVE_INFINITY) {
      return {
        kind: "depends-on-time",
        reason: "one of its times is inf, the steady state, and an equation that depends on time has none",
        advice: "leave it out",
      };
    }
    const problem = pointProblem(valuesAt(time), model);
    if (!problem) continue;
    const reason = `at the time ${time} ${problem}`;
    return { kind: "not-finite", reason, advice: "look at what depends on time" };
  }
  return undefined;
}
