import type { DerivedModel } from "./equation/derive.ts";
import type { ProductBasis, Windows } from "./lower/window.ts";
import type { StateDefinition } from "./model/state.ts";
import { type InitialState, initialState, restingStart } from "./solve/initial-state.ts";
import type { SolveFailure } from "./solve/steady-state.ts";
import { settledSteadyState } from "./truncate/settled-steady-state.ts";

/** An initial state that is ready to be made on any windows. */
export interface Start {
  readonly on: (basis: ProductBasis) => InitialState;
  /** Where the state comes in windows of its own. */
  readonly windows?: Windows;
}

/** The initial state of a name; one at rest is solved for. */
export function startOf(
  state: StateDefinition,
  derived: DerivedModel,
  parameters: Float64Array,
  onProgress: (message: string) => void,
): Start | SolveFailure {
  if (state.kind === "product") {
    return { on: (basis) => initialState(state.parts, derived, basis, parameters) };
  }
  const equation = derived.equations[state.equation]!;
  const rest = settledSteadyState(derived, equation, parameters, new Map(), onProgress);
  if (rest.kind === "failed") return rest.failure;
  const { point } = rest.settled;
  return { on: (basis) => restingStart(point, basis), windows: point.basis.windows };
}

/** Windows that hold all of those given. */
export function joined(all: readonly (Windows | undefined)[]): Windows | undefined {
  const [first, ...others] = all.filter((w) => w !== undefined);
  return first?.map((w, s) => ({
    ...w,
    first: Math.min(w.first, ...others.map((o) => o[s]!.first)),
    last: Math.max(w.last, ...others.map((o) => o[s]!.last)),
  }));
}
